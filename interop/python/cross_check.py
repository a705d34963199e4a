"""Compares Mizan's figures with those of other Python packages, on the same
made-up corpus, in the same run.

usage: cross_check.py DATASET FOLDER

DATASET is the program, FOLDER an empty or missing folder for the corpus.
"""

import sys

from peers import agreement, clusters, matching, resampling, spans
from peers.corpus import Corpus

corpus = Corpus(sys.argv[1], sys.argv[2])
for module in (spans, matching, clusters, agreement, resampling):
    module.check(corpus)
