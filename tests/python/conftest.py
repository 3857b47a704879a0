"""What the tests share: the golden files, and texts as nasty as they come."""

import gc
import json
import pathlib
import re
import subprocess
import sys
import textwrap

import pytest
from hypothesis import settings
from hypothesis import strategies as st

import nutgraf

TESTS = pathlib.Path(__file__).parents[1]
ROOT = TESTS.parent
GOLDEN = TESTS / 'golden'

settings.register_profile('nutgraf', deadline=None, derandomize=True, max_examples=200, print_blob=True)
settings.load_profile('nutgraf')


def read_text(path):
    """A file as it is: without newline='' Python would turn CRLF into LF."""
    with open(path, encoding='utf-8', newline='') as file:
        return file.read()


def wrapped(text, width):
    """A text of lines that are paragraphs, hard-wrapped."""
    return '\n\n'.join(textwrap.fill(block, width, break_on_hyphens=False) for block in text.split('\n\n'))


ARTICLES = {path.stem: json.loads(path.read_text(encoding='utf-8')) for path in GOLDEN.glob('articles/*.json')}
ARTICLE_TEXTS = {name: read_text(GOLDEN / 'articles' / article['file']) for name, article in ARTICLES.items()}


@pytest.fixture(params=sorted(ARTICLES))
def article(request):
    return ARTICLES[request.param]


@pytest.fixture
def article_text(article):
    return ARTICLE_TEXTS[pathlib.Path(article['file']).stem]


@pytest.fixture
def railway():
    """An ASCII article with a dateline."""
    return ARTICLE_TEXTS['railway']


# Unicode's White_Space, and the zero-width space: what the core takes for white space. str.isspace() differs.
WHITE_SPACE = frozenset(
    [
        *map(chr, range(0x09, 0x0E)),
        *' \x85\xa0\u1680',
        *map(chr, range(0x2000, 0x200B)),
        *'\u2028\u2029\u202f\u205f\u3000',
    ]
)

WITHOUT_MARKS = str.maketrans('', '', '>=-~^"\'`#*+:.<')

# fmt: off
PIECES = [
    'The harbour closed. ', 'Ships waited outside', 'They held. ', 'SEOUL -- ', 'LAS CRUCES, N.M. (NPA) -- ', 'Mr. A',
    'U.S. ', '5 p.m. Monday', 'No. 5', '3.5', '15,000', "Kim's ", 'KN-23 ', '"Why?" he asked. ', '(see it) ', '> see',
    '- item', '* ', 'Read more: ', 'By A. Writer | ', '[Jo Marlow/NPA]', 'Die 3. Oktober-Feier war gro\xdf. ',
    '.', '..', '...', '\u2026', '!', '?!', ',', '-', '\u2014', ' ', '  ', '\t', '\x0b', '\x0c', '\x00', '\x1c',
    '\n', '\n\n', '\r', '\r\n', '\r\n\r\n', '\x85', '\xa0', '\u2028', '\u2029', '\u3000', '\u200b', '\ufeff',
    '"', "'", '\u201c', '\u201d', '\u2018', '\u2019', '\xab', '\xbb', '\u201e', '(', ')', '[', ']',
    'e\u0301', '\u0301', 'a\u0323\u0307', '\u1112\u1161\u11ab', '\ud55c\uad6d\uc5b4 \ubb38\uc7a5\uc785\ub2c8\ub2e4. ',
    '\u65e5\u672c\u8a9e\u306e\u6587\u3002', '\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22', '\u05e9\u05dc\u05d5\u05dd. ',
    '\u0645\u0631\u062d\u0628\u0627\u061f ', '\u202e', '\u200f', '\u0130', '\xdf', '\u017f', '\u03a3',
    '\u03bf\u03b4\u03cc\u03c2',
    '\U0001f600', '\U0001f469\u200d\U0001f469\u200d\U0001f467', '\u2764\ufe0f', '\U0001f1f0\U0001f1f7', '1\ufe0f\u20e3',
    '\U0001d518\U0001d52b', '\U00010348', '\U00020000', '\u0967\u0968', '\xb2', '\u2160', '_', '__x', '&<b>"x"</b>',
]
# fmt: on


def texts_of(pieces, max_size=12):
    return st.lists(pieces, max_size=max_size).map(''.join)


# Assigned in the Unicode of this Python, so that a newer ICU knows no other of them.
settled_text = st.text(st.characters(exclude_categories=('Cn', 'Cs', 'Co')), max_size=6)
nasty_texts = texts_of(st.sampled_from(PIECES) | settled_text)
ascii_texts = texts_of(st.sampled_from([piece for piece in PIECES if piece.isascii()]))


def overwrite_freed_memory(make):
    """Collects what nobody holds and makes many things like it, which take its place."""
    gc.collect()
    return len([make() for _ in range(50)])


def spans_of(views):
    return [[view.begin, view.end] for view in views]


def between(text, begin, end, views):
    """What lies in text[begin:end] but in none of the views."""
    begins, ends = [begin, *(v.end for v in views)], [*(v.begin for v in views), end]
    return ''.join(text[a:b] for a, b in zip(begins, ends, strict=True))


def check_offsets(doc):
    """Every span of a document reproduces its text, lies inside its parent and after its neighbour."""
    text = doc.text
    for views, spans in (
        (doc.blocks, doc.block_spans),
        (doc.sentences, doc.sentence_spans),
        (doc.words, doc.word_spans),
    ):
        assert spans.tolist() == spans_of(views)
        assert [view.index for view in views] == list(range(len(views)))
        end = 0
        for view in views:
            assert end <= view.begin < view.end <= len(text)
            assert text[view.begin : view.end] == view.text
            end = view.end
    assert spans_of(s for block in doc.blocks for s in block.sentences) == spans_of(doc.sentences)
    assert spans_of(w for sentence in doc.sentences for w in sentence.words) == spans_of(doc.words)
    for block in doc.blocks:
        assert block.role in nutgraf.ROLES
        for sentence in block.sentences:
            assert sentence.block == block.index
            assert sentence.role == block.role
            assert block.begin <= sentence.begin
            assert sentence.end <= block.end
            assert all(sentence.begin <= word.begin and word.end <= sentence.end for word in sentence.words)
            if sentence.dateline:
                begin, end = sentence.dateline
                assert begin == sentence.begin < end <= sentence.end
    outside = between(text, 0, len(text), doc.blocks)
    # A byte order mark is no part of the text.
    assert WHITE_SPACE.issuperset(outside.removeprefix('\ufeff') if text.startswith('\ufeff') else outside)
    for block in doc.blocks:
        outside = between(text, block.begin, block.end, block.sentences)
        # The marks of quotes and headings are no part of a sentence, nor is the name of a mail's subject field.
        if block.role in ('quote', 'headline', 'subhead'):
            outside = re.sub(r'^\**subject:', '', outside, flags=re.IGNORECASE).translate(WITHOUT_MARKS)
        assert WHITE_SPACE.issuperset(outside)


def check_summary(summary):
    """Every offset, rank and reason of a summary agrees with its document."""
    every = [(d, s) for d, doc in enumerate(summary.documents) for s in doc.sentences]
    row_of = {(d, s.index): row for row, (d, s) in enumerate(every)}
    chosen = list(summary)
    rows = [row_of[s.document, s.index] for s in chosen]
    assert rows == sorted(rows)
    assert sorted(summary.ranking) == list(range(len(every)))
    assert [row for _, row in sorted(zip((s.rank for s in chosen), rows, strict=True))] == summary.ranking[: len(rows)]
    for row, (s, (d, sentence)) in enumerate(zip(summary.all_sentences, every, strict=True)):
        assert (s.document, s.index) == (d, sentence.index)
        assert summary.documents[d].text[s.begin : s.end] == s.text == sentence.text
        assert (s.role, s.block) == (sentence.role, sentence.block)
        assert s.rank == summary.ranking.index(row)
        assert s.salience == summary.salience[row]
        assert s.chosen == (s.reason == 'chosen') == (s.rank < len(chosen))
        assert s.chosen or not s.repeats
        assert all(summary.documents[document].text[begin:end] for document, begin, end in s.repeats)
    for record in summary.records(all=True):
        assert summary.documents[record['document']].text[record['begin'] : record['end']] == record['text']
    assert summary.records() == [record for record in summary.records(all=True) if record['chosen']]
    assert summary.text == ' '.join(map(str, chosen))
    assert str(summary) == '\n'.join(map(str, chosen))


# A profile function sees the call of the core begin and end. From its beginning on, another thread sends SIGINT again
# and again; the handler raises only while the frame that makes the call is on top, so it is the core that must look.
INTERRUPTING = """
import os, signal, sys, threading
import nutgraf
from nutgraf import _core

def interrupt(core, call):
    begun, ended = threading.Event(), threading.Event()
    events = []

    def watch(frame, event, called):
        if called is core and event.startswith('c_'):
            events.append(event)
            begun.set()

    def handle(number, frame):
        if begun.is_set() and os.path.dirname(nutgraf.__file__) in frame.f_code.co_filename:
            raise KeyboardInterrupt

    def send():
        begun.wait()
        while not ended.is_set():
            os.kill(os.getpid(), signal.SIGINT)

    signal.signal(signal.SIGINT, handle)
    sender = threading.Thread(target=send)
    sender.start()
    sys.setprofile(watch)
    try:
        call()
    except KeyboardInterrupt:
        events.append('KeyboardInterrupt')
    finally:
        sys.setprofile(None)
        ended.set()
        sender.join()
    print(*events)
"""


def check_interrupt(script, *arguments):
    """A script that calls ``interrupt(core, call)``: the core's call ends by the signal, and nothing else fails."""
    child = subprocess.run(
        [sys.executable, '-c', INTERRUPTING + script, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert child.stdout.split() == ['c_call', 'c_exception', 'KeyboardInterrupt']
