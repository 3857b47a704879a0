"""Budgets and choices."""

import numpy as np
import pytest
from conftest import ARTICLE_TEXTS, check_summary, nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf

TEXT = 'The harbour closed. Ships waited outside. Pilots left for the coast. The river had silted up over the winter.'
STRATEGIES = ('top', 'mmr', 'coverage', 'concepts', 'sumbasic', 'kl')
DOCUMENTS = {name: nutgraf.segment(text) for name, text in ARTICLE_TEXTS.items()}

budgets = st.fixed_dictionaries(
    {},
    optional={
        'sentences': st.integers(1, 60),
        'words': st.integers(1, 40) | st.integers(1, 1000),
        'chars': st.integers(1, 200) | st.integers(1, 6000),
        'bytes': st.integers(1, 300) | st.integers(1, 6000),
        'ratio': st.floats(0.001, 1),
        'seconds': st.floats(0.1, 200),
        'tokens': st.integers(1, 300),
    },
)


def tokens_of(text):
    """As many tokens as pieces of four characters; a space more may start another one."""
    return -(-len(text) // 4)


def shown_words(summary):
    """The words of the document that are shown, counted one by one."""
    return sum(
        word.begin >= (summary.document.sentences[s.index].dateline or (0, s.begin))[1]
        for s in summary
        for word in summary.document.sentences[s.index].words
    )


def check_budget(summary, sentences=None, words=None, chars=None, bytes=None, ratio=None, seconds=None, tokens=None):
    if sentences is words is chars is bytes is ratio is seconds is tokens is None:
        sentences = 3
    assert sentences is None or len(summary) <= sentences
    assert bytes is None or len(summary.text.encode()) <= bytes
    assert seconds is None or len(summary.text.split()) <= seconds * 238 / 60
    assert tokens is None or tokens_of(summary.text) <= tokens
    competing = [str(s) for s in summary.all_sentences if s.reason not in ('role', 'duplicate')]
    most = sum(max(len(text.split()), len(nutgraf.segment(text).words)) for text in competing)
    assert ratio is None or len(summary.text.split()) <= ratio * (most + 5)
    assert words is None or (len(summary.text.split()) <= words and shown_words(summary) <= words)
    assert chars is None or len(summary.text) <= chars
    assert ('budget_too_small' in summary.notes) == (not len(summary) and bool(len(summary.document.sentences)))


def with_counter(budget):
    return budget | ({'counter': tokens_of} if 'tokens' in budget else {})


@given(st.sampled_from(sorted(DOCUMENTS)), budgets, st.sampled_from(nutgraf.METHODS), st.sampled_from(STRATEGIES))
def test_budgets_are_ceilings(name, budget, method, strategy):
    summary = nutgraf.summarize(DOCUMENTS[name], **with_counter(budget), method=method, strategy=strategy)
    check_budget(summary, **budget)
    check_summary(summary)


@given(nasty_texts, budgets, st.sampled_from(nutgraf.METHODS), st.sampled_from(STRATEGIES))
def test_budgets_are_ceilings_for_any_text(text, budget, method, strategy):
    summary = nutgraf.summarize(text, **with_counter(budget), method=method, strategy=strategy)
    check_budget(summary, **budget)
    check_summary(summary)


@given(st.sampled_from(sorted(DOCUMENTS)), budgets, budgets, st.sampled_from(STRATEGIES))
def test_resize_cuts_the_ranking(name, budget, other, strategy):
    summary = nutgraf.summarize(DOCUMENTS[name], **with_counter(budget), strategy=strategy)
    resized = summary.resize(**with_counter(other))
    check_budget(resized, **other)
    check_summary(resized)
    assert resized.ranking == summary.ranking
    shown = sorted(summary.ranking[: len(resized)])
    assert [s.index for s in resized] == shown
    assert [s.index for s in summary.resize(**with_counter(budget))] == [s.index for s in summary]


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


@pytest.mark.parametrize(
    'left_out', [{'exclude': lambda s: 'crane' in s.text}, {'max_length': 6}], ids=['excluded', 'too long']
)
def test_an_opener_does_not_follow_over_what_was_left_out(left_out):
    text = (
        'Alder is a port. The owner of the crane that fell into the water came on Monday. He paid. Ships came. '
        'Trains left.'
    )
    summary = nutgraf.summarize(text, sentences=3, **left_out)
    assert 'He paid.' not in [s.text for s in summary]
    assert [s.reason for s in summary.all_sentences if s.text == 'He paid.'] == ['dangling']


def test_nothing_is_left():
    text = 'The harbour closed. Ships waited outside.'
    for left_out in ({'exclude': lambda s: True}, {'min_length': 20}):
        assert nutgraf.summarize(text, **left_out).notes == ('nothing_left',)
    assert nutgraf.summarize(text, chars=4).notes == ('budget_too_small',)
