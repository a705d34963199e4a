#!/usr/bin/env bash
# Expected: "10:00 UTC+3", as a news page prints the hour of Damascus, is 07:00 UTC.
# True: dateutil, and pandas after it, take the sign the POSIX way and say 13:00 UTC;
# dateparser and DuckDB say 07:00. With "+03:00" alone all agree. Six hours move an
# evening's article to another day.
# python-dateutil 4.0.0, pandas 3.1.1, dateparser 1.5.0, duckdb 2.0.1; dateutil issues 70
# and 1478 are open.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check python-dateutil==4.0.0 pandas==3.1.1 dateparser==1.5.0 duckdb==2.0.1 pytz
cd "$dir"
env/bin/python - <<'END'
import datetime, dateparser, dateutil.parser, duckdb, pandas as pd
from importlib.metadata import version
utc = datetime.timezone.utc
readers = {
    "python-dateutil": lambda s: dateutil.parser.parse(s),
    "pandas": lambda s: pd.to_datetime(s),
    "dateparser": lambda s: dateparser.parse(s),
    "duckdb": lambda s: duckdb.execute("select ?::timestamptz", [s]).fetchone()[0],
}
got = {n: [f("2016-07-06 10:00:00" + z).astimezone(utc).hour for z in (" UTC+3", "+03:00")] for n, f in readers.items()}
print({f"{n} {version(n)}": hours for n, hours in got.items()})
assert got == {"python-dateutil": [13, 7], "pandas": [13, 7], "dateparser": [7, 7], "duckdb": [7, 7]}, got
END
