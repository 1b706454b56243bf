"""What a step of an action, or a job of GitLab, runs: steps.py action FILE ID, steps.py job FILE NAME"""

import sys

import yaml

kind, path, name = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    it = yaml.safe_load(file)
if kind == "action":
    (step,) = (step for step in it["runs"]["steps"] if step.get("id") == name)
    assert step["shell"] == "bash"
    print(step["run"])
else:
    print("\n".join(it[name]["script"]))
