"""Loads every configuration of a release with Hugging Face datasets, without a
network, by the card's configs and features.

usage: clients_huggingface.py RELEASE
"""

import os
import sys
import tempfile

cache = tempfile.TemporaryDirectory()
os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", HF_HOME=cache.name, HF_DATASETS_DISABLE_PROGRESS_BARS="1")

import datasets  # noqa: E402
import yaml  # noqa: E402

from expected import Release, check, check_tables, plain  # noqa: E402

release = Release(sys.argv[1])
datasets.disable_progress_bars()
with open(f"{release.folder}/README.md", encoding="utf-8") as f:
    card = yaml.safe_load(f.read().split("---\n")[1])
stated = {i["config_name"]: [f["name"] for f in i["features"]] for i in card["dataset_info"]}
configs = datasets.get_dataset_config_names(release.folder)
check(sorted(configs) == sorted(release.rows), f"datasets: configurations {configs}, expected {sorted(release.rows)}")
check(datasets.load_dataset_builder(release.folder).config.name == "articles", "datasets: articles is not the default configuration")

tables = {}
for name in configs:
    builder = datasets.load_dataset_builder(release.folder, name)
    check(builder.info.features is not None and list(builder.info.features) == stated[name],
          f"datasets: {name}: the card's features are not taken")
    loaded = datasets.load_dataset(release.folder, name)
    splits = set(release.manifest["splits"])
    check(set(loaded) == splits or name == "actors" and len(loaded) == 1, f"datasets: {name} has splits {set(loaded)}, manifest says {splits}")
    for part in loaded.values():
        types = {f.name: plain(f.type) for f in part.features.arrow_schema}
        check(types == release.types(name), f"datasets: {name}: {types}, the files have {release.types(name)}")
    tables[name] = [row for part in loaded.values() for row in part]
contiguous = [m for m in tables["mentions"] if m["fragments"] is None]
check(contiguous, "datasets: null fragments became lists")
check_tables("datasets", release, tables)
