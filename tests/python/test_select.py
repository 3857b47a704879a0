"""Budgets and choices."""

import numpy as np
import pytest
from conftest import ARTICLE_TEXTS, check_summary, nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf

TEXT = 'The harbour closed. Ships waited outside. Pilots left for the coast. The river had silted up over the winter.'
DOCUMENTS = {name: nutgraf.segment(text) for name, text in ARTICLE_TEXTS.items()}

budgets = st.fixed_dictionaries(
    {},
    optional={
        'sentences': st.integers(1, 60),
        'words': st.integers(1, 40) | st.integers(1, 1000),
        'chars': st.integers(1, 200) | st.integers(1, 6000),
    },
)


def shown_words(summary):
    """The words of the document that are shown, counted one by one."""
    return sum(
        word.begin >= (summary.document.sentences[s.index].dateline or (0, s.begin))[1]
        for s in summary
        for word in summary.document.sentences[s.index].words
    )


def check_budget(summary, sentences=None, words=None, chars=None):
    if sentences is words is chars is None:
        sentences = 3
    assert sentences is None or len(summary) <= sentences
    assert words is None or (len(summary.text.split()) <= words and shown_words(summary) <= words)
    assert chars is None or len(summary.text) <= chars
    assert ('budget_too_small' in summary.notes) == (not len(summary) and bool(len(summary.document.sentences)))


@given(st.sampled_from(sorted(DOCUMENTS)), budgets, st.sampled_from(nutgraf.METHODS))
def test_budgets_are_ceilings(name, budget, method):
    summary = nutgraf.summarize(DOCUMENTS[name], **budget, method=method)
    check_budget(summary, **budget)
    check_summary(summary)


@given(nasty_texts, budgets, st.sampled_from(nutgraf.METHODS))
def test_budgets_are_ceilings_for_any_text(text, budget, method):
    summary = nutgraf.summarize(text, **budget, method=method)
    check_budget(summary, **budget)
    check_summary(summary)


@pytest.mark.parametrize('name', sorted(DOCUMENTS))
def test_budgets_are_used(name):
    doc = DOCUMENTS[name]
    assert len(nutgraf.summarize(doc)) == 3
    assert [s.index for s in nutgraf.summarize(doc)] == [s.index for s in nutgraf.summarize(doc, sentences=3)]
    assert [len(nutgraf.summarize(doc, sentences=n)) for n in range(1, 11)] == list(range(1, 11))
    # With room for the longest sentence of the article, not much of it is left over.
    longest = max(len(s.text) for s in doc.sentences)
    assert all(n - longest <= len(nutgraf.summarize(doc, chars=n).text) for n in range(longest, 1500, 50))


def test_both_budgets_count():
    by_words, by_chars = nutgraf.summarize(TEXT, words=10), nutgraf.summarize(TEXT, chars=30)
    assert (len(by_words), len(by_chars)) == (2, 1)
    assert nutgraf.summarize(TEXT, words=10, chars=30).text == by_chars.text
    assert nutgraf.summarize(TEXT, words=3, chars=300).text == 'The harbour closed.'
    assert len(nutgraf.summarize(TEXT, sentences=1, words=100, chars=1000)) == 1


def test_exact_fit():
    first = 'The harbour closed.'
    assert nutgraf.summarize(first, chars=len(first)).text == first
    assert nutgraf.summarize(first, chars=len(first) - 1).text == ''
    assert nutgraf.summarize(first, words=3).text == first
    assert nutgraf.summarize(first, words=2).text == ''
    two = f'{first} Ships waited outside.'
    assert nutgraf.summarize(two, chars=len(two)).text == two
    assert len(nutgraf.summarize(two, chars=len(two) - 1)) == 1
    wide = 'Der Hafen \U0001f600 schlo\xdf.'
    assert nutgraf.summarize(wide, chars=len(wide)).text == wide


@pytest.mark.parametrize('name', ['sentences', 'words', 'chars'])
@pytest.mark.parametrize('value', [0, -1, -(2**63)])
@pytest.mark.parametrize('text', ['', TEXT])
def test_budgets_below_one(name, value, text):
    with pytest.raises(nutgraf.NutgrafError, match=f'{name} is {value}; a budget must be 1 or more') as caught:
        nutgraf.summarize(text, **{name: value})
    assert caught.value.kind == 'invalid_argument'


@pytest.mark.parametrize('budget', [{'words': 1}, {'chars': 5}, {'sentences': 2, 'chars': 3}])
def test_too_small_a_budget(budget):
    summary = nutgraf.summarize(TEXT, **budget)
    assert (summary.text, len(summary), summary.notes) == ('', 0, ('budget_too_small',))
    assert {s.reason for s in summary.all_sentences} == {'budget'}
    assert str(summary) == ''


def test_budgets_of_numpy():
    assert nutgraf.summarize(TEXT, sentences=np.int64(2)) == nutgraf.summarize(TEXT, sentences=2)


@pytest.mark.parametrize('name', ['sentences', 'words', 'chars'])
def test_budgets_without_end(name):
    summary = nutgraf.summarize(TEXT, **{name: 2**62})
    assert len(summary) == 4


def test_repeated_sentences_are_shown_once():
    lines = ['The harbour closed on Monday.', 'Ships waited outside.', 'The harbour was closed on Monday.']
    text = '\n'.join([*lines, lines[0]])
    summary = nutgraf.summarize(text, sentences=4)
    assert [s.index for s in summary] == [0, 1]
    assert [s.reason for s in summary.all_sentences] == ['chosen', 'chosen', 'redundant', 'duplicate']


@pytest.mark.parametrize('method', nutgraf.METHODS)
def test_what_points_back_stands_behind_its_sentence(method):
    text = (
        'The council met in the old hall. It voted to close the harbour for good. Ships waited outside all week. '
        'They carried grain and coal. Pilots left for the coast.'
    )
    for sentences in range(1, 6):
        shown = [s.index for s in nutgraf.summarize(text, sentences=sentences, method=method)]
        assert len(shown) == sentences
        assert 1 not in shown or 0 in shown
        assert 3 not in shown or 2 in shown


def test_what_points_back_to_nothing_is_noted():
    summary = nutgraf.summarize('They left the harbour at dawn.')
    assert summary.notes == ('dangling',)
    assert [s.dangling for s in summary] == [True]
    assert not any(s.dangling for s in nutgraf.summarize(TEXT).all_sentences)


def test_the_ranking_is_what_a_larger_budget_takes():
    """Where no sentence says again what another said."""
    ranking = nutgraf.summarize(TEXT, sentences=1).ranking
    for sentences in range(1, 5):
        assert sorted(ranking[:sentences]) == [s.index for s in nutgraf.summarize(TEXT, sentences=sentences)]
