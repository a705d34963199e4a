"""A Python function as an extractor."""

import json
import os
import tempfile
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ._command import MizanError, command, flags
from ._predictions import read


class ExtractorError(Exception):
    """The function raised, or gave what is no JSON, for an article; its exception is the cause."""


def run(function, release=None, *, output=None, errors="raise", jobs=1, **options):
    """Asks a function about every article of a release, or of the embedded corpus: it gets
    a dict with doc_id, title, text, language and more, and gives one with mentions and
    events, or a list of them (the forms that `dataset run --answer` reads). Gives the
    predictions, which are also in the file output where one is named.

    With errors="raise" the first exception of the function ends the run; with "record" it
    is the error of its article. With jobs above 1 the function is called by several threads.
    """
    if errors not in ("raise", "record"):
        raise ValueError(f"errors: found {errors!r}, expected raise or record")
    failed = []
    server = _serve(function, failed, stop_at_first=errors == "raise")
    with tempfile.TemporaryDirectory(prefix="mizan-") as folder:
        path = os.path.join(folder, "predictions.jsonl") if output is None else os.fspath(output)
        try:
            command("run", "--extractor", f"http://127.0.0.1:{server.server_port}/", "--quiet", *flags(
                release=release, output=path, jobs=jobs, retries=0, **options))
        except MizanError:
            if not failed or errors != "raise":
                raise
        finally:
            server.shutdown()
            server.server_close()
        if failed and errors == "raise":
            doc_id, cause = failed[0]
            if output is not None and os.path.exists(path):
                os.remove(path)
            raise ExtractorError(f"article {doc_id}: {type(cause).__name__}: {cause}") from cause
        return read(path)


def _serve(function, failed, stop_at_first):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            article = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            doc_id = article["doc_id"]
            try:
                if failed and stop_at_first:
                    answer = {"doc_id": doc_id, "error": "not asked: the function failed before"}
                else:
                    answer = function(article)
                    if isinstance(answer, dict):
                        answer = {"doc_id": doc_id, **answer}
                body = json.dumps(answer).encode()
            except Exception as e:
                failed.append((doc_id, e))
                said = "".join(traceback.format_exception_only(type(e), e)).strip()
                body = json.dumps({"doc_id": doc_id, "error": said}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
