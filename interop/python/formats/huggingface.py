"""Rows for token classification against datasets: strings, ClassLabel and Parquet."""

import datasets
from datasets import ClassLabel, List, load_dataset

from . import mentions, same

FIELDS = ("start", "end", "text", "type")


def check(files):
    datasets.disable_progress_bars()
    for set in files.sets:
        written = files.write("huggingface", "tokens.jsonl", set)
        rows = load_dataset("json", data_files=str(written), split="train", cache_dir=str(files.folder / "cache"))
        flat = files.read(written, set)  # nested mentions are not in tags
        names = sorted({tag for row in rows["ner_tags"] for tag in row})
        label = ClassLabel(names=names)
        numbered = rows.map(lambda r: {"ner_tags": [label.str2int(t) for t in r["ner_tags"]]}).cast_column("ner_tags", List(label))
        folder = written.with_name("numbered")
        folder.mkdir()
        numbered.to_json(folder / "tokens.jsonl", force_ascii=False)
        numbered.info.write_to_directory(str(folder))
        back = files.read(folder / "tokens.jsonl", set)
        for doc_id, d in flat.items():
            same(f"datasets and back, {doc_id}", mentions(back[doc_id], *FIELDS), mentions(d, *FIELDS))
        numbered.to_parquet(folder / "datasets.parquet")
        table = files.write("hf-parquet", "tokens.parquet", set)
        label = load_dataset("parquet", data_files=str(table), split="train", cache_dir=str(files.folder / "cache")).features["ner_tags"].feature
        same("datasets: names of the tags", sorted(label.names), sorted(names + [n.replace("B-", "I-") for n in names if n.startswith("B-") and n.replace("B-", "I-") not in names]))
        for path in (table, folder / "datasets.parquet"):
            back = files.read(path, set)
            for doc_id, d in flat.items():
                same(f"{path.name} and back, {doc_id}", mentions(back[doc_id], *FIELDS), mentions(d, *FIELDS))
