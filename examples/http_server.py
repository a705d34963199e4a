"""Marks country names over HTTP: POST one article as JSON, get one annotation.

    python3 http_server.py [PORT]

listens on 127.0.0.1 and prints the address it listens on. Without PORT the
system chooses one. Only the standard library is used.
"""
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COUNTRIES = re.compile("روسيا|فرنسا|سوريا|مصر|إسرائيل|تركيا|إيران|السعودية|أوكرانيا")


def extract(article):
    mentions = [{"start": m.start(), "end": m.end(), "text": m.group(), "type": "GPE", "level": "NAM"}
                for m in COUNTRIES.finditer(article["text"])]
    return {"doc_id": article["doc_id"], "mentions": mentions}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            status, answer = 200, extract(json.loads(body))
        except (ValueError, KeyError, TypeError) as e:
            status, answer = 400, {"error": f"{type(e).__name__}: {e}"}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
