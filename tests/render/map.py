"""Every file that a map or an article refers to is there, and every task is in its map once."""
import pathlib
import sys
import xml.etree.ElementTree as tree

files = links = 0
nowhere = []
for path in map(pathlib.Path, sys.argv[1:]):
    refs = [it.get("href") for it in tree.parse(path).iter("topicref")]
    there = {str(it.relative_to(path.parent)) for it in path.parent.rglob("*.dita")}
    assert len(refs) == len(set(refs)), f"{path}: a topic stands twice"
    assert set(refs) == there, f"{path}: {set(refs) ^ there}"
    files += len(refs)
    for topic in path.parent.rglob("*.dita"):
        for link in tree.parse(topic).iter("xref"):
            if link.get("scope") == "external":
                continue
            file, _, anchor = link.get("href").partition("#")
            target = (topic.parent / file) if file else topic
            ids = {it.get("id") for it in tree.parse(target).iter()} if target.exists() else set()
            if target.exists() and (not anchor or anchor in ids):
                links += 1
            else:
                nowhere.append(f"{topic}: {link.get('href')}")
print(f"-- dita: {files} topics in the maps, each once; {links} links between them lead somewhere, {len(nowhere)} nowhere")
for link in nowhere[:5]:
    print(f"--   {link}")
