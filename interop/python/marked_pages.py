"""Pages of which somebody has marked what belongs to the article, in the layouts
of the benchmarks that are measured (measure_pages.py)."""

import dataclasses
import gzip
import html.parser
import json
import pathlib


@dataclasses.dataclass
class Marked:
    """A page and what is right for it. None is what nobody has marked."""

    name: str
    url: str
    page: bytes
    paragraphs: list | None = None  # of the body, subheadings among them
    headings: list | None = None
    title: str | None = None
    date: str | None = None  # ISO day
    authors: list | None = None
    snippets: tuple | None = None  # (those that the text has, those that it has not)


def read(folder):
    """The pages of a folder; no layout fits a folder of plain texts."""
    folder = pathlib.Path(folder)
    for layout in (scrapinghub, fundus, newspaper, trafilatura, htmldate):
        pages = list(layout(folder))
        if pages:
            return pages
    return []


def scrapinghub(folder):
    """article-extraction-benchmark: ground-truth.json and html/ID.html.gz."""
    truth = folder / "ground-truth.json"
    if not truth.exists():
        return
    for name, marked in sorted(json.loads(truth.read_text("utf-8")).items()):
        page = gzip.decompress((folder / "html" / (name + ".html.gz")).read_bytes())
        yield Marked(name, marked["url"], page, paragraphs=marked["articleBody"].split("\n"))


def fundus(folder):
    """Fundus' test data: COUNTRY/PUBLISHER.json, an article for each version of
    its parser, and COUNTRY/PUBLISHER_DAY.html.gz in the same order."""
    for info in sorted(folder.rglob("meta.info")):
        urls = json.loads(info.read_text("utf-8"))
        for file in sorted(info.parent.glob("*.json")):
            articles = json.loads(file.read_text("utf-8"))
            pages = sorted(info.parent.glob(file.stem + "_[0-9]*.html.gz"))
            if len(pages) != len(articles):
                continue
            for page, article in zip(pages, articles.values()):
                sections = article["body"]["sections"] if article.get("body") else []
                headings = [h for s in sections for h in s["headline"]]
                paragraphs = list(article["body"]["summary"]) if article.get("body") else []
                for s in sections:
                    paragraphs += s["headline"] + s["paragraphs"]
                yield Marked(
                    info.parent.name + "-" + page.name.removesuffix(".html.gz"), urls[page.name]["url"], gzip.decompress(page.read_bytes()),
                    paragraphs=paragraphs, headings=headings, title=article.get("title"),
                    date=(article.get("publishing_date") or "")[:10] or None, authors=article.get("authors") or None)


def newspaper(folder):
    """newspaper4k's test data: html/, metadata/ and txt/, by one name."""
    for file in sorted((folder / "metadata").glob("*.json")):
        page, text = folder / "html" / (file.stem + ".html"), folder / "txt" / (file.stem + ".txt")
        if not page.exists() or not text.exists():
            continue
        marked = json.loads(file.read_text("utf-8"))
        yield Marked(file.stem, marked.get("url") or "http://example.com/", page.read_bytes(), paragraphs=text.read_text("utf-8").split("\n"), title=marked.get("title"),
                     date=(marked.get("publish_date") or "")[:10] or None, authors=marked.get("authors") or None)


def trafilatura(folder):
    """trafilatura's evaluation: evaldata.json, and the pages anywhere below."""
    truth = folder / "evaldata.json"
    if not truth.exists():
        return
    files = {f.name: f for f in folder.rglob("*.html")}
    for url, marked in sorted(json.loads(truth.read_text("utf-8")).items()):
        file = files.get(marked["file"])
        if file:
            yield Marked(marked["file"], url, file.read_bytes(), snippets=(marked["with"], marked["without"]))


def htmldate(folder):
    """htmldate's evaluation: eval_default.json and eval_mediacloud_2020.json, and the
    pages anywhere below."""
    truths = [f for f in (folder / "eval_default.json", folder / "eval_mediacloud_2020.json") if f.exists()]
    files = {f.name: f for f in folder.rglob("*.html")} if truths else {}
    for truth in truths:
        for url, marked in sorted(json.loads(truth.read_text("utf-8")).items()):
            file = files.get(marked["file"])
            if file and isinstance(marked["date"], str):
                yield Marked(marked["file"], url, file.read_bytes(), date=marked["date"])


class Stripped(html.parser.HTMLParser):
    """The text of a page as it is when its tags are gone: a line a block."""

    BLOCKS = set("address article aside blockquote br button dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
                 "label legend li main nav ol option p pre section select table td th title tr ul".split())
    HIDDEN = {"script", "style", "noscript", "template", "svg"}

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.lines, self.hidden = [""], []
        self.feed(page)
        self.close()
        self.text = "\n".join(" ".join(line.split()) for line in self.lines if line.strip()) + "\n"

    def handle_starttag(self, tag, attrs):
        if tag in self.HIDDEN:
            self.hidden.append(tag)
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag):
        if tag in self.hidden:
            del self.hidden[self.hidden.index(tag):]
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data):
        if not self.hidden:
            self.lines[-1] += data
