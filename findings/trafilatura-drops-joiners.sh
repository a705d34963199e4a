#!/usr/bin/env bash
# Expected: the letters of extracted text are those of the page; white space alone is tidied.
# True: the zero-width non-joiner is taken out, without which Persian می‌شود becomes another
# spelling, as are joiner, direction marks and soft hyphen; a letter and its combining hamza
# become one. Offsets found in the page do not hold in the text, and a search for the
# page's own spelling fails.
# trafilatura 2.3.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.4
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from trafilatura import extract
rest = "وزیر امور خارجه در نشست خبری خود گفت که گفتگوها با هیات ادامه خواهد داشت و هفته آینده در شهر برگزار خواهد شد."
def back(word):
    page = "<html><body><article>" + "".join(f"<p>{i} {rest}</p>" for i in range(4)) + f"<p>{word} {rest}</p></article></body></html>"
    return extract(page).split("\n")[-1].split(" ")[0]
words = {"non-joiner": "می\u200cشود", "right-to-left mark": "شهر\u200f", "combining hamza": "ا\u0654ب", "kashida": "ســوريا", "vowel signs": "مُحَمَّد"}
kept = {name: back(word) == word for name, word in words.items()}
print("trafilatura", version("trafilatura"), kept)
assert back("می\u200cشود") == "میشود"
assert kept == {"non-joiner": False, "right-to-left mark": False, "combining hamza": False, "kashida": True, "vowel signs": True}
END
