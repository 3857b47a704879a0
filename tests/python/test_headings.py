"""Headings beside a summary, and weights by role and place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nutgraf

PAGE = """# Ferries of Alder

Two ferries cross the bay of Alder each day in summer.

## Winter

One ferry crosses in winter, and none when the bay is frozen.

> The bay has been frozen for nine of the last ten winters.

## Tickets

Tickets for the ferry are sold at the pier and on board.
"""


def test_only_when_asked():
    assert 'Winter' not in nutgraf.summarize(PAGE, sentences=9).text.splitlines()
    summary = nutgraf.summarize(PAGE, sentences=9, headings=True)
    assert summary.text.splitlines() == [
        'Ferries of Alder',
        'Two ferries cross the bay of Alder each day in summer.',
        'Winter',
        'One ferry crosses in winter, and none when the bay is frozen. '
        'The bay has been frozen for nine of the last ten winters.',
        'Tickets',
        'Tickets for the ferry are sold at the pier and on board.',
    ]
    assert all(s.role != 'subhead' for s in summary)
    assert str(summary).splitlines()[2] == 'Winter'
    assert '<p class="ng-heading" dir="auto">Winter</p>' in summary.to_html()
    assert summary.to_dict()['text'] == summary.text


def test_only_those_above_what_is_chosen():
    summary = nutgraf.summarize(
        PAGE, headings=True, must_include=lambda s: s.text.startswith('Tickets for'), sentences=1
    )
    assert summary.text.splitlines() == [
        'Ferries of Alder',
        'Tickets',
        'Tickets for the ferry are sold at the pier and on board.',
    ]


@given(st.integers(1, 60), st.sampled_from(['words', 'chars', 'bytes', 'tokens']), st.integers(1, 8))
def test_budgets_count_them(limit, kind, scale):
    most = limit if kind in ('words', 'tokens') else limit * scale
    options = {kind: most} | ({'counter': lambda text: len(text.split())} if kind == 'tokens' else {})
    text = nutgraf.summarize(PAGE, headings=True, **options).text
    size = {'words': len(text.split()), 'tokens': len(text.split()), 'chars': len(text), 'bytes': len(text.encode())}
    assert size[kind] <= most


def test_resize_keeps_them():
    summary = nutgraf.summarize(PAGE, headings=True, sentences=3)
    assert summary.resize(sentences=3) == summary
    assert summary.resize(sentences=1).text.startswith('Ferries of Alder\n')
    assert len(summary.resize(words=20).text.split()) <= 20


def test_role_weights():
    assert 'nine of the last' not in nutgraf.summarize(PAGE, sentences=3, method='mix', role_weights={'quote': 0}).text
    heavy = nutgraf.summarize(PAGE, sentences=1, role_weights={'quote': 50})
    assert heavy[0].role == 'quote'
    parts = heavy.explain(heavy[0].index)['parts']
    assert list(parts)[-1] == 'weights'
    assert sum(parts.values()) == pytest.approx(heavy[0].salience, rel=1e-6)
    with pytest.raises(nutgraf.NutgrafError, match='unknown role'):
        nutgraf.summarize(PAGE, role_weights={'quotation': 1})
    with pytest.raises(nutgraf.NutgrafError, match='weight of role quote is -1'):
        nutgraf.summarize(PAGE, role_weights={'quote': -1})


def test_position_weights():
    text = ' '.join(f'Ship {i} came to Alder.' for i in range(9))
    plain = nutgraf.salience(text, method='position')
    weighed = nutgraf.summarize(text, method='position', position_weights=[0, 0, 2]).salience
    expected = [0, 0, 0, 0, 0, 0.5, 1, 1.5, 2]
    assert weighed == pytest.approx(plain * expected, rel=1e-6)
    assert nutgraf.summarize(text, method='position', position_weights=[3]).salience == pytest.approx(3 * plain)
    with pytest.raises(nutgraf.NutgrafError, match='entry 1 of position_weights'):
        nutgraf.summarize(text, position_weights=[1, float('nan')])
