"""Readers of pages, each giving {"body", "title", "date", "authors"} of a page or
what it has of these, for measure_pages.py."""

import logging
import re
import subprocess
import warnings

import duckdb
import htmldate
import lxml.html
import readability
import trafilatura

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def mizan(program, folder, files):
    """Articles by file name. files are (name with ending, bytes, URL)."""
    pages, release = folder / "pages", folder / "release"
    pages.mkdir(parents=True)
    for name, content, _ in files:
        (pages / name).write_bytes(content)
    subprocess.run([program, "build", "-o", release, "--replace", "--name", "x", "--articles", pages, "--near-duplicates", "0", "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    found = {}
    rows = duckdb.sql(f"select source_file, title, subtitle, text, published, published_inferred, author from '{release}/data/articles/*.parquet'").fetchall()
    for file, title, subtitle, text, published, inferred, author in rows:
        body = text
        for head in (title, subtitle):
            if head:
                body = body.removeprefix(head).removeprefix("\n")
        found[file] = {"title": title, "body": body, "whole": text, "date": str(published or "") or str(inferred or "") or None,
                       "authors": author if isinstance(author, list) else re.split(r", ", author) if author else []}
    return found


def with_trafilatura(page, url):
    document = trafilatura.bare_extraction(page, url=url, include_comments=False, with_metadata=True)
    if document is None:
        return {"body": ""}
    document = document if isinstance(document, dict) else document.as_dict()
    return {"body": document["text"] or "", "title": document["title"], "date": document["date"],
            "authors": document["author"].split("; ") if document["author"] else []}


def with_readability(page, url):
    try:
        document = readability.Document(page, url=url)
        root = lxml.html.fromstring(document.summary(html_partial=True))
        for block in root.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "td", "blockquote"):
            block.tail = "\n" + (block.tail or "")
    except Exception:
        return {"body": ""}
    return {"body": root.text_content(), "title": document.short_title()}


def with_htmldate(page, url):
    try:
        return {"date": htmldate.find_date(page.decode("utf-8", "replace"), url=url, original_date=True)}
    except Exception:
        return {"date": None}
