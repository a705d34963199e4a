"""Compares Mizan's figures with those of other Python packages, on a made-up
corpus, on the default one, and on an English and a French text with what small
spaCy models find in them, in the same run, and prints a table of the figures
compared and equal.

usage: cross_check.py DATASET FOLDER

DATASET is the program, FOLDER an empty or missing folder for the corpora.
corefud-scorer is in no package registry: a folder that has it is named by the
variable COREFUD_SCORER.
"""

import pathlib
import sys

from peers import Comparison, agreement, clusters, matching, report, resampling, spans
from peers.corpus import DefaultCorpus, GeneratedCorpus
from peers.models import MODELS, ModelCorpus

binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
for kind in (GeneratedCorpus, DefaultCorpus):
    corpus = kind(binary, folder / kind.name)
    Comparison.corpus = corpus.name
    for module in (spans, matching, clusters, agreement, resampling):
        module.check(corpus)
for language in MODELS:
    corpus = ModelCorpus(binary, folder / language, language)
    Comparison.corpus = corpus.name
    for check in (spans.check_nervaluate, spans.check_seqeval, spans.check_sets):
        check(corpus)
report()
