#!/usr/bin/env bash
# Expected: 6/7/2016 is read the same way in European and in Arabic digits: day first.
# True: in European digits it is 6 July, in Arabic digits 7 June; a day over 12 hides it,
# and year first is read alike.
# htmldate 1.11.0 with dateparser 1.5.0.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check htmldate==1.11.0 dateparser==1.5.0
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from htmldate import find_date
arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
def page(date):
    return find_date(f"<html><head></head><body><span class='date'>{date}</span><p>{'خبر من العاصمة ' * 10}</p></body></html>")
dates = ["6/7/2016", "6-7-2016", "25/12/2016", "2016/7/6"]
european, eastern = [page(d) for d in dates], [page(d.translate(arabic)) for d in dates]
print("htmldate", version("htmldate"), european, eastern)
assert european == ["2016-07-06", "2016-07-06", "2016-12-25", "2016-07-06"]
assert eastern == ["2016-06-07", "2016-06-07", "2016-12-25", "2016-07-06"]
END
