"""Measures Mizan's readers of pages and plain texts, beside trafilatura,
readability-lxml and htmldate on the same pages in the same run. It fetches
nothing.

usage: measure_pages.py DATASET WORK FOLDER...

DATASET is the program, WORK a missing folder for its input and release. A FOLDER
holds one benchmark's marked pages as it publishes them (see marked_pages.py), or
plain texts (*.txt) in which every letter is the article's.

Body F1 is the benchmark's own: of sequences of four words, precision and recall
averaged over pages. A subheading or paragraph is kept when the text has all its
letters in their order, a date is right when it is the day or, as zones differ,
one beside it, an author when the set of names is the same.
"""

import collections
import datetime
import pathlib
import re
import shutil
import sys
import unicodedata

import marked_pages
import page_readers

WORD = re.compile(r"\w+")


def letters(text):
    """text for comparison: letters and digits without case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "").casefold() if c.isalnum())


def sequences(text):
    words = WORD.findall(text or "")
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)) if words)


def body_score(right, text):
    """(precision, recall) of sequences of four words; None where there are none."""
    a, b = sequences(right), sequences(text)
    hits = sum((a & b).values())
    return hits / sum(b.values()) if b else None, hits / sum(a.values()) if a else None


def day_state(right, found):
    if not found:
        return "none"
    try:
        days = abs(datetime.date.fromisoformat(right) - datetime.date.fromisoformat(found[:10])).days
    except ValueError:
        return "wrong"
    return "right" if days <= 1 else "wrong"


def names(list_):
    return {letters(n) for n in list_ or []} - {""}


class Tally:
    """What one reader did on one folder."""

    def __init__(self):
        self.precision, self.recall, self.pages, self.counts = [], [], {}, collections.Counter()

    def add(self, page, found):
        text = found.get("body")
        if page.paragraphs is not None and text is not None:
            p, r = body_score("\n".join(page.paragraphs), text)
            self.precision += [p] if p is not None else []
            self.recall += [r] if r is not None else []
            self.pages[page.name] = 0 if not p or not r else 2 * p * r / (p + r)
            have = letters(text)
            whole = letters(found.get("whole")) or have
            for kind, marked in (("subheadings", page.headings), ("paragraphs", page.paragraphs)):
                for m in marked or []:
                    if letters(m):
                        self.counts[kind, letters(m) in (whole if kind == "paragraphs" else have)] += 1
        if page.snippets and text is not None:
            have = letters(found.get("whole") or text)
            for s in page.snippets[0]:
                self.counts["snippets", letters(s) in have] += 1
            for s in page.snippets[1]:
                self.counts["furniture", letters(s) in have] += 1
        if page.title and "title" in found:
            self.counts["title", letters(found["title"]) == letters(page.title)] += 1
        if page.date and "date" in found:
            self.counts["date", day_state(page.date, found["date"])] += 1
        if page.authors and "authors" in found:
            got = names(found["authors"])
            self.counts["author", "none" if not got else "right" if got == names(page.authors) else "wrong"] += 1

    def share(self, kind):
        n = self.counts[kind, True] + self.counts[kind, False]
        return f"{self.counts[kind, True]}/{n} {self.counts[kind, True] / n:.3f}" if n else "-"

    def states(self, kind):
        n = [self.counts[kind, s] for s in ("right", "wrong", "none")]
        return "/".join(map(str, n)) if any(n) else "-"

    def f1(self):
        p = sum(self.precision) / len(self.precision) if self.precision else 0
        r = sum(self.recall) / len(self.recall) if self.recall else 0
        return p, r, 2 * p * r / (p + r) if p + r else 0

    def row(self, name):
        p, r, f = self.f1()
        mean = sum(self.pages.values()) / len(self.pages) if self.pages else 0
        body = f"{p:.3f} {r:.3f} {f:.3f} {mean:.3f}" if self.pages else " " * 23
        return f"  {name:12} {body}  {self.share('subheadings'):>15} {self.share('paragraphs'):>17} {self.share('title'):>14} {self.states('date'):>10} {self.states('author'):>11}" + (
            f"  snippets {self.share('snippets')} furniture {self.share('furniture')}" if any(k == "snippets" for k, _ in self.counts) else "")


HEAD = f"  {'':12} {'P     R     F1    mean':23}  {'subheadings':>15} {'paragraphs':>17} {'title':>14} {'date r/w/n':>10} {'author r/w/n':>11}"


def safe(name):
    return re.sub(r"[^A-Za-z0-9_.-]", "_", name)


def measure_marked(program, work, name, pages, peers):
    files = [(f"{i:04}_{safe(p.name)[:80].removesuffix('.html')}.html", p.page, p.url) for i, p in enumerate(pages)]
    found = page_readers.mizan(program, work / "pages", files)
    dumps = [(f[0].removesuffix(".html") + ".txt", marked_pages.Stripped(p.page.decode("utf-8", "replace")).text.encode(), p.url) for f, p in zip(files, pages)]
    dumped = page_readers.mizan(program, work / "dumps", dumps)
    tallies = collections.defaultdict(Tally)
    for page, file, dump in zip(pages, files, dumps):
        tallies["mizan"].add(page, found.get(file[0], {"body": ""}))
        for peer, read in peers.items():
            tallies[peer].add(page, read(page.page, page.url))
        d = dumped.get(dump[0], {"body": ""})
        tallies["mizan dump"].add(page, d)
    print(f"{name}: {len(pages)} pages\n{HEAD}")
    for reader in ("mizan", *peers, "mizan dump"):
        print(tallies[reader].row(reader))
    tails(tallies, "trafilatura")
    plain(program, work, pages)
    sys.stdout.flush()


def plain(program, work, pages):
    """The marked articles as plain texts, title above a blank line: what is lost."""
    files = []
    for i, page in enumerate(pages):
        if page.paragraphs and letters("".join(page.paragraphs)):
            head = [page.title, ""] if page.title else []
            files.append((f"{i:04}.txt", "\n".join(head + page.paragraphs).encode(), ""))
    if files:
        lost(program, work / "plain", "  as plain texts", files)


def tails(tallies, peer):
    if peer not in tallies or not tallies["mizan"].pages:
        return
    a, b = tallies["mizan"].pages, tallies[peer].pages
    low = sorted(n for n in a if a[n] < .5 and b.get(n, 0) > .9)
    print(f"  pages under .5 that {peer} has over .9: {len(low)}" + "".join(f"\n    {n}: {a[n]:.3f}, {b[n]:.3f}" for n in low))
    low = sorted(n for n in a if b.get(n, 0) < .5 and a[n] > .9)
    print(f"  pages over .9 that {peer} has under .5: {len(low)}")


def measure_texts(program, work, name, folder):
    """Plain texts that are nothing but their article: what is lost."""
    files = []
    for i, f in enumerate(sorted(folder.rglob("*.txt"))):
        content = f.read_bytes()
        try:
            if letters(content.decode("utf-8")):
                files.append((f"{i:05}_{safe(f.stem)[:80]}.txt", content, ""))
        except UnicodeDecodeError:
            pass
    lost(program, work / "texts", name, files)


def lost(program, work, name, files):
    found = page_readers.mizan(program, work, files)
    total = gone = documents = 0
    for file, content, _ in files:
        right, got = letters(content.decode()), letters(found.get(file, {"whole": ""})["whole"])
        total += len(right)
        gone += max(0, len(right) - len(got))
        documents += got != right
    print(f"{name}: {len(files)} texts, {total} letters: {gone} letters lost, {documents} texts not whole")
    sys.stdout.flush()


PEERS = {"trafilatura": page_readers.with_trafilatura, "readability": page_readers.with_readability, "htmldate": page_readers.with_htmldate}


def main(program, work, *folders, peers=PEERS):
    work = pathlib.Path(work)
    program = str(pathlib.Path(program).resolve())
    for i, folder in enumerate(map(pathlib.Path, folders)):
        here = work / str(i)
        shutil.rmtree(here, ignore_errors=True)
        pages = marked_pages.read(folder)
        if pages:
            measure_marked(program, here, str(folder), pages, peers)
        else:
            measure_texts(program, here, str(folder), folder)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
