#!/usr/bin/env bash
# Expected: of a page that says "6 تموز 2016" htmldate gives 6 July or nothing.
# True: it gives 2016-01-01, a whole date made of a bare year, and cannot be told from a
# page of New Year's Day; so too for "© 2016" in a footer. "6 يوليو 2016" is read.
# htmldate 1.11.0; extensive_search=False gives None for all three, يوليو included.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check htmldate==1.11.0 dateparser==1.5.0
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from htmldate import find_date
def page(body, **k):
    return find_date(f"<html><head></head><body>{body}<p>{'خبر من العاصمة ' * 10}</p></body></html>", **k)
bodies = ["<span class='date'>6 تموز 2016</span>", "<footer>© 2016</footer>", "<span class='date'>6 يوليو 2016</span>"]
found, careful = [page(b) for b in bodies], [page(b, extensive_search=False) for b in bodies]
print("htmldate", version("htmldate"), found, careful)
assert found == ["2016-01-01", "2016-01-01", "2016-07-06"], found
assert careful == [None] * 3, careful
END
