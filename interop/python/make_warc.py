"""Makes the small web archives in internal/data/ingest/testdata/warc, of made-up pages.

    pip install warcio==1.8.1
    python interop/python/make_warc.py internal/data/ingest/testdata/warc

warcio.warc and warcio.warc.gz have the same records, written by warcio, and
come out the same each time. wget.warc and wget.warc.gz are what GNU Wget
(1.21.3 was used) keeps of a server that this script runs on 127.0.0.1 while
wget reads it; their dates and record ids differ each time.
"""

import gzip
import http.server
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zlib

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PARAGRAPHS = (
    "التقى وزير خارجية جزيرة الرمان نظيره من مملكة الصنوبر صباح اليوم في العاصمة، وبحث الجانبان فتح المعبر البحري.",
    "وقال الوزير بعد اللقاء إن البلدين اتفقا على إرسال وفد مشترك إلى الميناء خلال الأسبوع المقبل.",
    "وأضاف البيان أن المحادثات ستستأنف في الشهر القادم بمشاركة ممثلين عن بلدة الزعتر.",
)


def page(number):
    body = "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS)
    title = f"محادثات جزيرة الرمان ومملكة الصنوبر رقم {number}"
    return (
        f'<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n{body}</body></html>\n"
    ).encode()


def text(number):
    return "\n".join((f"محادثات جزيرة الرمان رقم {number}",) + PARAGRAPHS).encode() + b"\n"


def chunked(data, size=300):
    out = b""
    for i in range(0, len(data), size):
        part = data[i : i + size]
        out += b"%x\r\n%s\r\n" % (len(part), part)
    return out + b"0\r\n\r\n"


def gzipped(data):
    return gzip.compress(data, mtime=0)


def write_with_warcio(path, compressed):
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=compressed, warc_version="1.1")
        count = 0

        def add(kind, uri, payload=b"", http=None, content_type=None, **headers):
            nonlocal count
            count += 1
            fixed = {
                "WARC-Date": f"2024-03-05T10:00:{count:02d}Z",
                "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{count:012d}>",
            }
            fixed.update({k.replace("_", "-"): v for k, v in headers.items()})
            record = writer.create_warc_record(
                uri, kind, payload=io.BytesIO(payload), http_headers=http,
                warc_content_type=content_type or "", warc_headers_dict=fixed)
            writer.write_record(record)

        def response(uri, payload, *fields, status="200 OK"):
            add("response", uri, payload, StatusAndHeaders(status, list(fields), protocol="HTTP/1.1"))

        html = ("Content-Type", "text/html; charset=utf-8")
        site = "http://pomegranate.example/"
        add("warcinfo", None, b"software: make_warc.py\r\n", content_type="application/warc-fields")
        add("request", site + "1", http=StatusAndHeaders("GET /1 HTTP/1.1", [("Host", "pomegranate.example")], is_http_request=True))
        response(site + "1", page(1), html)
        response(site + "2", chunked(page(2)), html, ("Transfer-Encoding", "chunked"))
        response(site + "3", gzipped(page(3)), html, ("Content-Encoding", "gzip"))
        response(site + "4", chunked(gzipped(page(4))), html, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
        response(site + "5", zlib.compress(page(5)), html, ("Content-Encoding", "deflate"))
        response(site + "logo.png", b"\x89PNG\r\n\x1a\n", ("Content-Type", "image/png"))
        response(site + "gone", page(0), html, status="404 Not Found")
        add("revisit", site + "1", http=StatusAndHeaders("200 OK", [html], protocol="HTTP/1.1"),
            WARC_Profile="http://netpreserve.org/warc/1.1/revisit/identical-payload-digest")
        response(site + "11.txt", text(11), ("Content-Type", "text/plain"))
        add("resource", site + "12", page(12), content_type="text/html")
        add("conversion", site + "13", text(13), content_type="text/plain")
        add("metadata", site + "1", b"fetchTimeMs: 12\r\n", content_type="application/warc-fields")


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        pages = {
            "/1.html": (page(1), "text/html; charset=utf-8", ()),
            "/2.html": (chunked(page(2)), "text/html; charset=utf-8", (("Transfer-Encoding", "chunked"),)),
            "/3.html": (gzipped(page(3)), "text/html; charset=utf-8", (("Content-Encoding", "gzip"),)),
            "/4.txt": (text(4), "text/plain; charset=utf-8", ()),
            "/logo.png": (b"\x89PNG\r\n\x1a\n", "image/png", ()),
        }
        body, kind, fields = pages.get(self.path, (page(0), "text/html", ()))
        self.send_response(200 if self.path in pages else 404)
        self.send_header("Content-Type", kind)
        for name, value in fields:
            self.send_header(name, value)
        if ("Transfer-Encoding", "chunked") not in fields:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def write_with_wget(folder, compressed):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        base = f"http://127.0.0.1:{server.server_port}/"
        with tempfile.TemporaryDirectory() as scratch:
            command = ["wget", "--quiet", "--no-proxy", "--tries=1", "--compression=auto", "--no-warc-keep-log",
                       "--warc-file=wget", "-O", os.devnull]
            if not compressed:
                command.append("--no-warc-compression")
            names = ("1.html", "2.html", "3.html", "4.txt", "logo.png", "missing.html")
            subprocess.run(command + [base + n for n in names], cwd=scratch, check=False, timeout=60)
            made = "wget.warc.gz" if compressed else "wget.warc"
            shutil.copy(os.path.join(scratch, made), os.path.join(folder, made))
    finally:
        server.shutdown()


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    write_with_warcio(os.path.join(folder, "warcio.warc"), False)
    write_with_warcio(os.path.join(folder, "warcio.warc.gz"), True)
    for compressed in (False, True):
        write_with_wget(folder, compressed)


if __name__ == "__main__":
    main()
