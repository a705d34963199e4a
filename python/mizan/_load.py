"""Tables of a release."""

import json
import os
import tempfile

from ._command import command, flags


def build(output, **options):
    """Builds a release, of the embedded corpus or of articles=… and labels=…; options are
    those of `dataset build`. Gives the report."""
    return json.loads(command("build", "--json", *flags(output=output, **options)))


def load(release=None, table=None, to="pandas"):
    """The tables of a release in a folder, or of the embedded corpus, by name, or one of
    them. `to` is "pandas", "polars" or "arrow". A list of tables may be asked for too."""
    readers = {"pandas": _pandas, "polars": _polars, "arrow": _arrow}
    if to not in readers:
        raise ValueError(f"to: found {to!r}, expected one of {', '.join(readers)}")
    if release is None:
        with tempfile.TemporaryDirectory(prefix="mizan-") as folder:
            release = os.path.join(folder, "release")
            build(release)
            return _tables(release, table, readers[to])
    return _tables(os.fspath(release), table, readers[to])


def _tables(release, table, read):
    try:
        with open(os.path.join(release, "manifest.json"), encoding="utf-8") as f:
            names = [t["name"] for t in json.load(f)["tables"]]
    except FileNotFoundError:
        raise FileNotFoundError(f"{release}: not a release: no manifest.json") from None
    wanted = names if table is None else [table] if isinstance(table, str) else list(table)
    for name in wanted:
        if name not in names:
            raise KeyError(f"no table {name}; there are {', '.join(names)}")
    found = {name: read(os.path.join(release, "data", name)) for name in wanted}
    return found[table] if isinstance(table, str) else found


def _arrow(folder):
    import pyarrow.parquet
    return pyarrow.parquet.read_table(folder)


def _pandas(folder):
    import pandas
    return pandas.read_parquet(folder)


def _polars(folder):
    import polars
    return polars.read_parquet(os.path.join(folder, "*.parquet"))
