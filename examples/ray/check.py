"""Checks a corpus on the machines of a Ray cluster, and puts the results together.

    python check.py [--hexapla PATH] [--shards N] [--parquet DIR] [-o FILE] [--format FORMAT] ARTICLES

Every machine needs hexapla and the articles, at the same path relative to the folder it works in.
What a shard found comes back by way of Ray; `hexapla merge` runs here. The exit code is that of
`hexapla check` over all articles.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import ray


@ray.remote
def work(hexapla, folder, articles, shard, export):
    """What one shard found, and its tables by path."""

    def run(*command):
        done = subprocess.run([hexapla, *command, "-q"], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"shard {shard}: {done.stderr}")

    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        run("check", articles, "--shard", shard, "-o", str(place / "found"))
        tables = {}
        if export:
            run("export", articles, "--to", "parquet", "--shard", shard, "-o", str(place / "tables"))
            files = (place / "tables").rglob("*.parquet")
            tables = {str(file.relative_to(place / "tables")): file.read_bytes() for file in files}
        return (place / "found").read_bytes(), tables


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("articles")
    parser.add_argument("--hexapla", default="hexapla")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--parquet", type=pathlib.Path)
    parser.add_argument("-o", "--output")
    parser.add_argument("--format", default="json")
    asked = parser.parse_args()

    ray.init(logging_level="error", log_to_driver=False, include_dashboard=False)
    folder = str(pathlib.Path.cwd())
    shards = [f"{number}/{asked.shards}" for number in range(1, asked.shards + 1)]
    tasks = [work.remote(asked.hexapla, folder, asked.articles, shard, bool(asked.parquet)) for shard in shards]
    with tempfile.TemporaryDirectory() as place:
        files = []
        # One at a time, so that the tables of one shard are all that is held here.
        for number, task in enumerate(tasks):
            found, tables = ray.get(task)
            file = pathlib.Path(place) / f"{number}.shard"
            file.write_bytes(found)
            files.append(str(file))
            for name, table in tables.items():
                target = asked.parquet / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(table)
        merge = [asked.hexapla, "merge", *files, "--format", asked.format]
        if asked.output:
            merge += ["-o", asked.output]
        if asked.parquet:
            merge += ["--parquet", str(asked.parquet)]
        sys.exit(subprocess.run(merge).returncode)


if __name__ == "__main__":
    main()
