"""What translation tools do to files, by Translate Toolkit.

save IN OUT      reads a file and writes it again
edit IN OUT      rewrites one translation that has no codes
terms IN         prints the terms of a termbase
prepare IN OUT   makes of an XLIFF 1.2 what OmegaT 3.6 takes: each target holds the source that is to be translated
"""

import copy
import sys

from lxml import etree
from translate.storage import po, tbx, tmx, xliff, xliff2

XLIFF = {"x": "urn:oasis:names:tc:xliff:document:1.2"}


def parse(path):
    if path.endswith(".tmx"):
        return tmx.tmxfile.parsefile(path)
    if path.endswith(".po"):
        return po.pofile.parsefile(path)
    if path.endswith(".tbx"):
        return tbx.tbxfile.parsefile(path)
    with open(path, encoding="utf-8") as file:
        is_new = 'version="2.' in file.read(200)
    return (xliff2.Xliff2File if is_new else xliff.xlifffile).parsefile(path)


def units(store):
    return [unit for unit in store.units if not unit.isheader()]


def save(source, target):
    store = parse(source)
    assert units(store), f"{source}: no units"
    store.savefile(target)
    print(f"{len(units(store))} units")


def is_plain(unit):
    """Whether neither side has a code."""
    if not hasattr(unit, "xmlelement"):
        return not set("*[`<{!") & set(unit.source + unit.target)
    around = unit.xmlelement if unit.xmlelement.tag.endswith(("unit", "tu")) else unit.xmlelement.getparent()
    sides = [it for it in around.iter() if str(it.tag).endswith(("source", "target", "seg"))]
    return not any(len(side) for side in sides)


def edit(source, target):
    store = parse(source)
    wanted = (it for it in units(store) if len(it.target or "") > 40 and it.target.endswith(".") and is_plain(it))
    unit = next(wanted)
    unit.target = unit.target[:-1] + " & gut."
    store.savefile(target)


def terms(source):
    found = [(unit.source, unit.target) for unit in units(parse(source))]
    assert found and all(all(pair) for pair in found), f"{source}: {found}"
    print(f"{len(found)} terms")


def prepare(source, target):
    tree = etree.parse(source)
    for unit in tree.findall(".//x:trans-unit", XLIFF):
        (source_side,), (target_side,) = unit.findall("x:source", XLIFF), unit.findall("x:target", XLIFF)
        # OmegaT numbers codes that stand alone in its own way in a memory, and does not find them again.
        if target_side.get("state") != "translated" or source_side.find("x:x", XLIFF) is not None:
            unit.getparent().remove(unit)
            continue
        for child in list(target_side):
            target_side.remove(child)
        target_side.text = source_side.text
        target_side.extend(copy.deepcopy(child) for child in source_side)
    tree.write(target, encoding="UTF-8", xml_declaration=True)


if __name__ == "__main__":
    {"save": save, "edit": edit, "terms": terms, "prepare": prepare}[sys.argv[1]](*sys.argv[2:])
