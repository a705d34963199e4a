"""Does the main job with the installed wheel and nothing else, from a folder that has
nothing of the project; with "load" also reads tables, for which clients have to be there.

usage: check_wheel.py [load]
"""

import os
import subprocess
import sys
import tempfile

os.environ.pop("MIZAN_DATASET", None)
os.environ["PATH"] = os.path.dirname(sys.executable)
os.chdir(tempfile.mkdtemp())

import mizan  # noqa: E402


def check(condition, what):
    if not condition:
        sys.exit(f"interop: wheel: {what}")


def refused(kind, function, *arguments, **options):
    try:
        function(*arguments, **options)
    except kind as e:
        return e
    sys.exit(f"interop: wheel: {function.__name__} {options} raised no {kind.__name__}")


check(os.path.dirname(mizan.binary()) == os.path.dirname(sys.executable), f"the command is {mizan.binary()}")
check("dataset" in subprocess.run(["dataset", "--version"], capture_output=True, text=True, check=True).stdout, "dataset --version")
mizan.build("release")
mizan.command("verify", "release")

WORD = "\u0628\u0648\u062a\u064a\u0646"  # Putin


def extract(article):
    at = article["text"].find(WORD)
    return {"mentions": [{"start": at, "end": at + len(WORD), "text": WORD, "type": "PER"}] if at >= 0 else []}


predictions = mizan.run(extract, "release", output="mine.jsonl", jobs=2)
check(len(predictions) == 5 and any(p.get("mentions") for p in predictions), f"predictions {predictions}")
of_list, of_file = (mizan.score(p, "release", metrics="mentions.strict") for p in (predictions, "mine.jsonl"))
f = of_list["mentions.strict"]
check(of_list.json == of_file.json, "a list and its file give two scores")
check(f.gold == 284 and f.predicted == sum(len(p.get("mentions", [])) for p in predictions), f"{f}")
check(f.interval["f1"][0] < f.f1 < f.interval["f1"][1] and of_list.warnings, f"{f.interval}")
check(of_list.figure("mentions.strict", "GRP").precision is None, "an undefined precision is None")
gold = mizan.score("release", "release", metrics=["mentions.strict"], resamples=0)
check(gold["mentions.strict"].f1 == 1, f"gold against itself is {gold}")
check(mizan.compare(predictions, "mine.jsonl", release="release", metrics="mentions.strict")["comparisons"], "compare")

e = refused(mizan.UsageError, mizan.score, "mine.jsonl", metrics="no.such.metric")
check(e.code == 2 and "no.such.metric" in e.message and e.hint, f"{e!r}")
e = refused(mizan.CheckFailed, mizan.command, "gate", "mine.jsonl", "--min=mentions.strict.f1=0.9")
check(e.code == 3 and e.output, f"{e!r}")
refused(mizan.MizanError, mizan.score, "none.jsonl")
refused(TypeError, mizan.score, [["no annotation"]])
refused(ValueError, mizan.load, to="excel")
refused(FileNotFoundError, mizan.load, "no-release")


def broken(article):
    if article["doc_id"].startswith("002"):
        raise ZeroDivisionError("made for the test")
    return extract(article)


e = refused(mizan.ExtractorError, mizan.run, broken, output="broken.jsonl")
check(isinstance(e.__cause__, ZeroDivisionError) and "002" in str(e) and not os.path.exists("broken.jsonl"), f"{e!r}")
kept = mizan.run(broken, errors="record")
check([p["doc_id"][:3] for p in kept if "error" in p] == ["002"], f"{kept}")

loaded = "nothing loaded"
if "load" in sys.argv[1:]:
    for to in ("pandas", "polars", "arrow"):
        tables = mizan.load("release", to=to)
        check(len(tables) == 8 and len(tables["mentions"]) == 284, f"{to}: {list(tables)}")
        check(len(mizan.load(table="events", to=to)) == 113, f"{to}: events of the embedded corpus")
    refused(KeyError, mizan.load, "release", "no_table")
    loaded = "loaded with pandas, polars and pyarrow"
print(f"interop: wheel: run, scored and compared in an empty environment; errors are exceptions; {loaded}")
