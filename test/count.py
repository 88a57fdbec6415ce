"""Prints how many tests passed and failed, from the file that `lit --output` wrote.

A test that could not run (unresolved, skipped, timed out, passed against its XFAIL) failed; so does a suite of no tests.
"""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    codes = [test["code"] for test in json.load(file)["tests"]]
passed = sum(code in ("PASS", "XFAIL", "FLAKYPASS") for code in codes)
failed = sum(code not in ("PASS", "XFAIL", "FLAKYPASS", "UNSUPPORTED", "EXCLUDED") for code in codes)
print(passed, failed if codes else 1)
