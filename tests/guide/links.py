"""Every link, picture and script of a folder of HTML leads to a file of it, and every `#` to an id."""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.text = set(), [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (tag == "a" and name == "name"):
                self.ids.add(value)
            if name in ("href", "src") and value:
                self.links.append(value)

    def handle_data(self, data):
        self.text.append(data)


def main(folder):
    pages = {path: Page(path) for path in sorted(folder.rglob("*.html"))}
    wrong, count = [], 0
    for path, page in pages.items():
        # The page for absent addresses and the list of contents are read from other folders.
        if path.name in ("404.html", "toc.html"):
            continue
        if "{{#" in "".join(page.text):
            wrong.append(f"{path.relative_to(folder)}: something is not included")
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            count += 1
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            anchor = unquote(parts.fragment)
            known = pages.get(folder / target.relative_to(folder)) if target.is_relative_to(folder) else None
            if not target.is_file() or not target.is_relative_to(folder):
                wrong.append(f"{path.relative_to(folder)}: {link}")
            elif anchor and known and anchor not in known.ids:
                wrong.append(f"{path.relative_to(folder)}: {link}: no such id")
    print("\n".join(wrong))
    print(f"-- the guide: {len(pages)} pages, {count} links inside of it, {len(wrong)} wrong")
    return 1 if wrong or len(pages) < 60 else 0


sys.exit(main(Path(sys.argv[1]).resolve()))
