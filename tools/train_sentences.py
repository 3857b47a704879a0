#!/usr/bin/env python3
"""Trains the classifier of sentence boundaries and writes its weights.

usage: train_sentences.py [--data DIR] [--program FILE] [--out FILE.bin] [--leave-out PREFIX,...] [--all-documents]

DIR is a folder of evaluation data with a README.md whose table of segment/ says "yes" for each set that may train
weights, and segment/*.jsonl.xz. Every fifth document of a set is left out, so that `make scoreboard` can measure on it.
The same data gives the same file, bit for bit.
"""

import argparse
import pathlib
import re
import subprocess

import evaluation_data

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Enough of a large treebank; the average over languages wants no language to drown the others.
SENTENCES_PER_SET = 3000


def training_sets(data):
    """The names of the sets that may train shipped weights."""
    table = (data / 'README.md').read_text('utf8')
    names = re.findall(r'^\| (\w\S+) \|.*\| yes \|$', table, re.MULTILINE)
    known = {path.name.removesuffix('.jsonl.xz') for path in (data / 'segment').glob('*.jsonl.xz')}
    odd = evaluation_data.ODD_TREEBANKS
    return [n for n in names if n in known and not any(o in n for o in odd)]


def document_bytes(row):
    """A document as the training program reads it."""
    ends, at = [], 0
    offsets = [0]
    for character in row['text']:
        at += len(character.encode())
        offsets.append(at)
    ends = [offsets[end] for _, end in row['sentences']]
    head = f'{row["lang"]} {at} {len(ends)}\n{" ".join(map(str, ends))}\n'
    return head.encode() + row['text'].encode() + b'\n'


def documents(data, names, is_all):
    """The documents of the sets, up to SENTENCES_PER_SET each."""
    for name in names:
        sentences = 0
        for number, row in enumerate(evaluation_data.records(data / 'segment' / f'{name}.jsonl.xz')):
            if sentences >= SENTENCES_PER_SET:
                break
            if is_all or not evaluation_data.is_held_out(number):
                sentences += len(row['sentences'])
                yield document_bytes(row)


def main():
    """Run the training program over the data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', type=pathlib.Path, default=evaluation_data.default_folder())
    program = ROOT / 'build' / 'release' / 'cpp' / 'train' / 'nutgraf_train_sentences'
    parser.add_argument('--program', type=pathlib.Path, default=program)
    parser.add_argument('--out', type=pathlib.Path, default=ROOT / 'cpp' / 'data' / 'sentence_weights.bin')
    parser.add_argument('--leave-out', default='', help='prefixes of sets that shall not train')
    parser.add_argument('--all-documents', action='store_true', help='train on every document')
    given = parser.parse_args()
    left_out = tuple(p for p in given.leave_out.split(',') if p)
    names = [n for n in training_sets(given.data) if not (left_out and n.startswith(left_out))]
    stream = b''.join(documents(given.data, names, given.all_documents))
    subprocess.run([given.program, given.out], input=stream, check=True)


if __name__ == '__main__':
    main()
