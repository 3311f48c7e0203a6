#!/bin/sh
# regress 2026.9.1 (PyPI), an ECMAScript engine: a run that stands in two loops gives nothing back.
#
# `/(?:(?:a+)+)+a/` and `/(?:(?:a+)+){2}/` match "aa": the inner `a+` takes both letters first and gives one back, as
# the standard and V8 have it. regress finds nothing. With one loop less, or a letter more in the run (`(?:a+b)+`), or
# with the outer loop written out twice, it finds what it should; so does the run that takes little first (`a+?`).
#
# Seen: what stands below as `expected`. Ends with 0 as long as it is so, with 1 and the difference when it is not.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q regress==2026.9.1 2>pip || { cat pip; exit 2; }

cat >expected <<'EXPECTED'
(?:(?:a+)+){2} in aa: nothing, should be 0 to 2
(?:(?:a+)+)+a in aa: nothing, should be 0 to 2
((?:a+)+){2} in aa: nothing, should be 0 to 2
(?:a+)+a in aa: 0 to 2, should be 0 to 2
(?:(?:a+)+)(?:(?:a+)+) in aa: 0 to 2, should be 0 to 2
(?:(?:a+b)+){2} in abab: 0 to 4, should be 0 to 4
(?:(?:a+?)+){2} in aa: 0 to 2, should be 0 to 2
EXPECTED

cat >program.py <<'PROGRAM'
from regress import Regex

PATTERNS = [
    ("(?:(?:a+)+){2}", "aa"),
    ("(?:(?:a+)+)+a", "aa"),
    ("((?:a+)+){2}", "aa"),
    ("(?:a+)+a", "aa"),
    ("(?:(?:a+)+)(?:(?:a+)+)", "aa"),
    ("(?:(?:a+b)+){2}", "abab"),
    ("(?:(?:a+?)+){2}", "aa"),
]
for pattern, text in PATTERNS:
    found = Regex(pattern).find(text)
    seen = "nothing" if found is None else f"{found.range().start} to {found.range().stop}"
    print(f"{pattern} in {text}: {seen}, should be 0 to {len(text)}")
PROGRAM

venv/bin/python program.py >seen
diff expected seen && echo "as described"
