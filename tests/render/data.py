"""JSON and JSON Lines against their schemas; JSON-LD expanded, with schema.org's names as they are."""
import json
import pathlib
import sys

import jsonschema
from pyld import jsonld

out = pathlib.Path(sys.argv[1])


def schema(name):
    text = json.loads(pathlib.Path(f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(text)
    return jsonschema.Draft202012Validator(text)


topics, pieces = schema("json"), schema("chunks")
ids = {"procedures": set(), "policies": set()}
for path in sorted((out / "json").glob("*.json")):
    data = json.loads(path.read_text())
    topics.validate(data)
    for kind, found in ids.items():
        for topic in data[kind]:
            found.add(f"{topic['id']}@{topic['locale']}")
print(f"-- json: {len(ids['procedures'])} procedures and {len(ids['policies'])} policies are of the schema")

lines = [json.loads(line) for path in sorted((out / "chunks").glob("*.jsonl")) for line in path.open()]
for line in lines:
    pieces.validate(line)
assert len({line["id"] for line in lines}) == len(lines)
for kind, found in (("procedure", ids["procedures"]), ("policy", ids["policies"])):
    assert {line["id"] for line in lines if line["type"] == kind} == found
print(f"-- chunks: {len(lines)} pieces are of the schema, and hold each procedure and policy once")

digests = schema("changes")
for path in sorted((out / "changes").glob("*.json")):
    digests.validate(json.loads(path.read_text()))


def load(url, _options):
    assert url.startswith("https://schema.org"), url
    context = {"@context": {"@vocab": "http://schema.org/"}}
    return {"contextUrl": None, "documentUrl": url, "document": context, "contentType": "application/ld+json"}


jsonld.set_document_loader(load)
how_to, questions = [], []
for path in sorted((out / "jsonld").rglob("*.jsonld")):
    expanded = jsonld.expand(json.loads(path.read_text()), {"base": "https://help.example/"})
    assert expanded, path
    for node in expanded:
        kind = node["@type"][0]
        if kind == "http://schema.org/HowTo":
            how_to.append(node["@id"])
            assert node["http://schema.org/step"], node["@id"]
        else:
            assert kind == "http://schema.org/FAQPage", kind
            questions += [it["@id"] for it in node["http://schema.org/mainEntity"]]
assert len(set(how_to)) == len(how_to) == len(ids["procedures"]), (len(how_to), len(ids["procedures"]))
assert len(set(questions)) == len(questions)
print(f"-- jsonld: {len(how_to)} HowTo and {len(questions)} questions, expanded")
