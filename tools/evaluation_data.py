"""Where evaluation data lies, how it is read, and how sure a mean over it is."""

import json
import lzma
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
ODD_TREEBANKS = ('tr_boun', 'it_postwita', 'en_atis')  # line ends inside sentences, or no punctuation


def default_folder():
    """$NUTGRAF_DATA, else ../shared/data beside the checkout."""
    return pathlib.Path(os.environ.get('NUTGRAF_DATA') or ROOT.parent / 'shared' / 'data')


def records(path):
    """The records of a compressed file of JSON lines."""
    with lzma.open(path, 'rt', encoding='utf8') as lines:
        return [json.loads(line) for line in lines]


def is_held_out(number):
    """Whether the document of that number in its set is kept from training."""
    return number % 5 == 0
