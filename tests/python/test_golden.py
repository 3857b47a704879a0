"""Texts with what was found in them by hand; golden/README.md tells the formats."""

import itertools
import json
import re

import numpy as np
import pytest
from conftest import ARTICLE_TEXTS, ARTICLES, GOLDEN, check_summary

import nutgraf

BUDGETS = [{'sentences': n} for n in range(1, 7)]
LENGTHS = [*({'words': n} for n in range(20, 200, 20)), *({'chars': n} for n in range(100, 1000, 100))]


def joined(text):
    """Line ends inside as one space."""
    return re.sub(r'[ \t]*(?:\r\n|\r|\n)[ \t]*', ' ', text)


def cases_of(name):
    """The cases of a file, each with a name to find it by."""
    cases = json.loads((GOLDEN / name).read_text(encoding='utf-8'))
    return [pytest.param(case, id=f'{i}-{case.get("class", "")}') for i, case in enumerate(cases)]


def test_articles_are_there():
    assert sorted(ARTICLES) == ['election', 'railway', 'vaccine']
    assert '\r\n' in ARTICLE_TEXTS['election']
    assert ARTICLE_TEXTS['railway'].isascii()
    assert not ARTICLE_TEXTS['vaccine'].isascii()


@pytest.mark.parametrize(('file', 'blocks'), json.loads((GOLDEN / 'formats.json').read_text('utf8')).items())
def test_formats(file, blocks):
    doc = nutgraf.segment((GOLDEN / 'formats' / file).read_text('utf8'))
    found = [
        [b.role, b.level or 0, -1 if b.section is None else b.section, str(b), [str(s) for s in b.sentences]]
        for b in doc.blocks
    ]
    assert found == blocks


def test_roles(article, article_text):
    doc = nutgraf.segment(article_text)
    assert [[joined(b.text)[:24], b.role] for b in doc.blocks] == article['roles']


def test_duplicates(article, article_text):
    doc = nutgraf.segment(article_text)
    found = [[b.index, b.duplicate_of] for b in doc.blocks if b.duplicate_of is not None]
    assert found == article['duplicates']


def test_no_sentence_ends_inside(article, article_text):
    doc = nutgraf.segment(article_text)
    for whole in article['whole']:
        in_text = sum(joined(b.text).count(whole) for b in doc.blocks)
        assert in_text > 0, whole
        assert sum(joined(s.text).count(whole) for s in doc.sentences) == in_text, whole


def test_sentences_of_the_body(article, article_text):
    doc = nutgraf.segment(article_text)
    assert [joined(s.text) for s in doc.sentences if s.role == 'body'] == article['sentences']


@pytest.mark.parametrize('method', nutgraf.METHODS)
def test_what_is_never_shown(article, article_text, method):
    doc = nutgraf.segment(article_text)
    for budget in BUDGETS:
        summary = nutgraf.summarize(doc, **budget, method=method)
        check_summary(summary)
        assert len(summary) == budget['sentences']
        assert not [text for text in article['never_shown'] if text in summary.text]


@pytest.mark.parametrize('method', nutgraf.METHODS)
def test_what_is_shown_only_behind_its_predecessor(article, article_text, method):
    doc = nutgraf.segment(article_text)
    for budget in [*BUDGETS, *LENGTHS]:
        shown = ['', *map(str, nutgraf.summarize(doc, **budget, method=method))]
        for opener, predecessor in article['after']:
            for before, sentence in itertools.pairwise(shown):
                assert not sentence.startswith(opener) or before.startswith(predecessor)


def test_after_names_sentences_of_the_article(article, article_text):
    shown = [str(s) for s in nutgraf.segment(article_text).sentences]
    for opener, predecessor in article['after']:
        (place,) = [i for i, sentence in enumerate(shown) if sentence.startswith(opener)]
        assert shown[place - 1].startswith(predecessor)


@pytest.mark.parametrize('case', cases_of('sentences.json'))
def test_sentences(case):
    doc = nutgraf.segment(case['text'], lang=case.get('lang'))
    assert [s.text for s in doc.sentences] == case['sentences']


@pytest.mark.parametrize('case', cases_of('words.json'))
def test_words(case):
    assert [[w.text, w.kind] for w in nutgraf.segment(case['text']).words] == case['words']


@pytest.mark.parametrize('case', json.loads((GOLDEN / 'models.json').read_text('utf-8')), ids=lambda case: case['file'])
def test_models_of_every_release(case):
    vectorizer = nutgraf.TfidfVectorizer.load(GOLDEN / 'models' / case['file'])
    assert vectorizer.get_feature_names_out().tolist() == case['terms']
    rows, frequencies = case['rows'], np.array(case['document_frequencies'])
    np.testing.assert_allclose(vectorizer.idf_, np.log((1 + rows) / (1 + frequencies)) + 1)
    if case['kind'] == 'statistics':
        assert vectorizer.partial_fit(['another']).transform(['another harbour']).nnz == 2
