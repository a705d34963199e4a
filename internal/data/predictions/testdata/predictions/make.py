"""Writes the tables of predictions beside it, as pandas and polars write them.

pip install pandas==2.3.3 pyarrow==22.0.0 polars==1.35.2, then python make.py
"""

import pathlib

import pandas as pd
import polars as pl

here = pathlib.Path(__file__).parent

mentions = pd.DataFrame({
    "doc_id": ["a", "a", "b"],
    "start": [0, 6, 3],  # int64
    "end": [5, 11, 8],
    "text": ["قال بو", None, "موسكو"],
    "type": pd.Categorical(["PER", "PER", "GPE"]),  # a dictionary
    "head_start": [1, None, None],  # float64, for a value is missing
    "head_end": [4, None, None],
    "level": [None, None, None],  # a column without a type
    "fragments": [None, [{"start": 6, "end": 8}, {"start": 9, "end": 11}], None],
    "mention_id": ["m1", "m2", "m1"],
    "confidence": [0.5, None, 1.0],
    "score": [1, 2, 3],  # not a column of the table
})
events = pd.DataFrame({
    "doc_id": ["a", "c"],
    "event_id": ["e1", "e1"],
    "start": pd.array([6, None], dtype="Int64"),
    "end": pd.array([11, None], dtype="Int64"),
    "text": [None, "اتصال"],
    "type": ["CONSULT", "AID"],
    "modes": [["phone"], []],
    "quoted": [None, True],
})
arguments = pd.DataFrame({
    "doc_id": ["a", "a"],
    "event_id": ["e1", "e1"],
    "role": ["ACTOR", "TIME"],
    "mention_id": ["m1", None],
    "start": [None, 12],
    "end": [None, 16],
    "value": [None, "2016-07-06"],
    "confidence": pd.array([0.25, None], dtype="float32"),
})
for name, table in {"mentions": mentions, "events": events, "arguments": arguments}.items():
    (here / "pandas").mkdir(exist_ok=True)
    (here / "polars").mkdir(exist_ok=True)
    table.to_parquet(here / "pandas" / f"{name}.parquet", index=False)
    pl.from_pandas(table).write_parquet(here / "polars" / f"{name}.parquet")
