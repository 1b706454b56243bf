"""Prints the windows of a corpus that do not agree, from the tables of `hexapla export --to parquet`.

    python windows.py DATASET [--csv]
"""

import argparse
import csv
import pathlib
import sys

import duckdb

QUERY = pathlib.Path(__file__).with_name("windows.sql").read_text(encoding="utf-8")
TABLES = ["segments", "beads", "signals", "policies", "findings"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dataset", type=pathlib.Path)
    parser.add_argument("--csv", action="store_true", help="print CSV")
    asked = parser.parse_args()

    database = duckdb.connect()
    for table in TABLES:
        # A path in SQL has its quotes doubled.
        files = str(asked.dataset / table / "*" / "*.parquet").replace("'", "''")
        database.execute(f"CREATE VIEW {table} AS FROM read_parquet('{files}', hive_partitioning = true)")
    found = database.execute(QUERY)
    names = [column[0] for column in found.description]
    rows = found.fetchall()
    if asked.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
        return
    for row in rows:
        it = dict(zip(names, row))
        print(f"{it['locale']} {it['article']} [{it['reported'] or 'not reported'}]")
        print(f"    {it['one']}\n    {it['other']}")
    print(f"{len(rows)} windows do not agree")


if __name__ == "__main__":
    main()
