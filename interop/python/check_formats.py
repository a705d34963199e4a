"""Has tools of the field open the files that Mizan writes in their formats, and
Mizan read what they write, and compares the labels.

usage: check_formats.py DATASET FOLDER

FOLDER is empty or missing.
"""

import sys

from formats import Files, biocs, cas, casjson, conllu, docbin, entities, gate, huggingface

files = Files(*sys.argv[1:])
for tool in (cas, conllu, huggingface, docbin, entities, casjson, biocs, gate):
    tool.check(files)
    print(f"interop: {tool.__name__.split('.')[-1]}: {tool.__doc__.strip().rstrip('.')}")
