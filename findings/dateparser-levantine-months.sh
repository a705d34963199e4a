#!/usr/bin/env bash
# Expected: dateparser, which speaks Arabic, reads "6 تموز 2016" as it does "6 يوليو 2016";
# with languages=["ar"] at the latest.
# True: none of the twelve month names of Syria, Lebanon, Iraq, Jordan and Palestine is
# known to "ar"; they belong to the locales (ar-SY …), which are asked only if named.
# Worse, "6 آب 2016" (August) is no failure by default but some other day.
# dateparser 1.5.0; scrapinghub/dateparser issue 1038 tells of the names in locales.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check dateparser==1.5.0
cd "$dir"
env/bin/python - <<'END'
import datetime, dateparser
base = {"RELATIVE_BASE": datetime.datetime(2026, 11, 30)}
months = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(",")
def read(month, **k):
    d = dateparser.parse(f"6 {month} 2016", settings=base, **k)
    return d and d.date().isoformat()
default, ar, sy = ([read(m, **k) for m in months] for k in ({}, {"languages": ["ar"]}, {"locales": ["ar-SY"]}))
print("dateparser", dateparser.__version__, "\ndefault", default, "\nar", ar, "\nar-SY", sy)
assert read("يوليو") == "2016-07-06"
assert ar == [None] * 12 and sy == [f"2016-{i:02}-06" for i in range(1, 13)]
assert [d for d in default if d] == ["2026-11-30"] and default[7] == "2026-11-30"
END
