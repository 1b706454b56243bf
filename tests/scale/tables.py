"""tables.py ONE MANY FINDINGS: two datasets have the same rows, and their findings are those of the
JSON report."""

import json
import sys

import duckdb

TABLES = ["segments", "beads", "signals", "policies", "findings"]


def main():
    one, many, report = sys.argv[1:]
    database = duckdb.connect()

    def count(query):
        return database.execute(query).fetchall()[0][0]

    told = []
    for table in TABLES:
        left, right = (
            f"(SELECT * FROM read_parquet('{it}/{table}/*/*.parquet', hive_partitioning = true))" for it in (one, many)
        )
        rows = count(f"SELECT count(*) FROM {left}")
        differ = count(f"SELECT count(*) FROM (FROM {left} EXCEPT ALL FROM {right})")
        differ += count(f"SELECT count(*) FROM (FROM {right} EXCEPT ALL FROM {left})")
        assert rows > 0 and differ == 0, f"{table}: {differ} rows differ"
        told.append(f"{rows} {table}")
    findings = json.load(open(report, encoding="utf-8"))["findings"]
    prints = sorted(it["fingerprint"] for it in findings)
    query = f"SELECT fingerprint FROM read_parquet('{one}/findings/*/*.parquet') ORDER BY 1"
    assert [row[0] for row in database.execute(query).fetchall()] == prints, "other findings than those of check"
    print(f"-- {one}: " + ", ".join(told) + "; the same in one part and in many")


main()
