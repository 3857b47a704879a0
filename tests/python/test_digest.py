"""A story whose articles come one by one."""

import datetime

import pytest
from conftest import check_summary, nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf

STORY = [
    'The dam above Brenn cracked on Sunday night after a week of rain. Four hundred people left their houses before '
    'dawn. The mayor of Brenn, Ida Falk, asked the army for pumps and sandbags. Schools in the valley stay closed '
    'until Wednesday.',
    'Engineers lowered the lake above Brenn by two metres on Monday. The dam above Brenn cracked on Sunday night after '
    'a week of rain. Water now runs through an old tunnel into the next valley. The railway through the valley is '
    'closed because of the flood.',
    'People may return to their houses in Brenn on Thursday, the mayor said. The crack in the dam is eleven metres '
    'long and was filled with concrete. Rain has stopped. Four hundred people left their houses before dawn on Monday.',
    'An inquiry into the dam above Brenn begins in May. Its owner, the valley power company, had put off repairs to '
    'the dam for three years. Ida Falk wants the company to pay for the pumps and the sandbags.',
]
DAYS = [datetime.date(2026, 4, day) for day in (5, 6, 8, 20)]


def digest_of(texts=STORY, dates=DAYS, **options):
    digest = nutgraf.Digest(**options)
    for text, date in zip(texts, dates, strict=True):
        digest.add(text, date=date)
    return digest


def test_it_is_near_the_summary_of_all_at_once():
    """At least half of the sentences are those of summarize_together, and at least two in three of its words."""
    for sentences in (3, 4, 5, 6):
        digest = digest_of().summarize(sentences=sentences)
        together = nutgraf.summarize_together(STORY, dates=DAYS, sentences=sentences)
        assert len(digest) == len(together) == sentences
        chosen, expected = ({s.text for s in summary} for summary in (digest, together))
        assert len(chosen & expected) * 2 >= sentences
        words, wanted = (set(summary.text.lower().split()) for summary in (digest, together))
        assert len(words & wanted) >= 2 / 3 * len(wanted)


def test_sentences_have_their_article():
    summary = digest_of().summarize(sentences=9)
    assert [d.text for d in summary.documents] == STORY
    for s in summary:
        assert STORY[s.source][s.begin : s.end] == s.text
        assert s.date == DAYS[s.source]
    check_summary(summary)


def test_nothing_is_said_twice():
    texts = [s.text for s in digest_of().summarize(sentences=20)]
    assert sum('cracked' in text for text in texts) == 1
    assert sum(text.startswith('Four hundred') for text in texts) == 1


def test_reasons_are_additive():
    summary = digest_of().summarize(sentences=3)
    for row in summary.ranking[:3]:
        explained = summary.explain(row)
        assert list(explained['parts']) == ['in its article', 'likeness to all']
        assert sum(explained['parts'].values()) == pytest.approx(explained['salience'], rel=1e-6)


@pytest.mark.parametrize('day', DAYS[1:])
def test_update_tells_what_is_new(day):
    update = digest_of().update(since=day, sentences=20)
    assert update
    assert all(s.date >= day for s in update)
    assert all(not s.text.startswith(('Four hundred', 'The dam above Brenn cracked')) for s in update)


def test_update_without_dates_counts_articles():
    digest = nutgraf.Digest()
    digest.add(STORY[0])
    seen = len(digest)
    digest.add(STORY[1], source='Echo')
    update = digest.update(since=seen, sentences=2)
    assert {s.source for s in update} == {'Echo'}
    assert all(s.date is None for s in update)
    assert len(digest.update(since=2)) == 0
    assert digest.update(since=0, sentences=3) == digest.summarize(sentences=3)


def test_nothing_new():
    digest = digest_of([*STORY, STORY[1]], [*DAYS, datetime.date(2026, 5, 1)])
    update = digest.update(since='2026-05-01')
    assert len(update) == 0
    assert update.notes == ('nothing_left',)
    assert 'says what is known' in update.to_html()


def test_dates_are_compared_whatever_their_spelling():
    digest = nutgraf.Digest()
    digest.add(STORY[1], date='2026-04-06')
    digest.add(STORY[0], date=datetime.datetime(2026, 4, 5, 12, tzinfo=datetime.timezone.utc))
    digest.add(STORY[2], date=datetime.date(2026, 4, 8))
    assert [d.text for d in digest.summarize().documents] == [STORY[0], STORY[1], STORY[2]]
    assert {s.source for s in digest.update(since=datetime.date(2026, 4, 6), sentences=9)} == {0, 2}


def test_wrong_calls():
    digest = digest_of()
    with pytest.raises(nutgraf.NutgrafError, match='a number and those before it are a date'):
        digest.add('More.', date=3)
    with pytest.raises(nutgraf.NutgrafError, match='None and those before it are a date'):
        digest.add('More.')
    with pytest.raises(nutgraf.NutgrafError, match='need a date'):
        digest.update(since=2)
    with pytest.raises(TypeError, match=r'Digest\.add'):
        digest.add(None, date=DAYS[0])
    with pytest.raises(nutgraf.NutgrafError, match='surrogate'):
        digest.add('\ud800', date=DAYS[0])
    assert len(digest) == len(STORY)
    assert digest.summarize() == digest_of().summarize()
    with pytest.raises(nutgraf.NutgrafError, match='pool is 0'):
        nutgraf.Digest(pool=0)
    assert nutgraf.Digest().summarize().notes == ('no_text',)
    assert len(nutgraf.Digest().update(since=0)) == 0


@given(st.permutations(range(4)), st.integers(1, 12))
def test_the_pool_is_a_bound(order, pool):
    digest = digest_of([STORY[i] for i in order], [DAYS[i] for i in order], pool=pool)
    summary = digest.summarize(sentences=50)
    assert 1 <= len(summary) <= pool
    assert 1 <= len(summary.documents) <= pool
    check_summary(summary)


def test_a_long_stream_keeps_a_bounded_number_of_articles():
    digest = nutgraf.Digest(pool=20)
    for i in range(300):
        digest.add(f'Ship {i} came to pier {i % 7} on day {i}. It carried {i} tons of salt.')
    assert len(digest) == 300
    assert len(digest.summarize().documents) <= 20


@given(st.lists(nasty_texts, max_size=4), st.integers(1, 5))
def test_any_texts(texts, sentences):
    digest = nutgraf.Digest(pool=6)
    for text in texts:
        digest.add(text)
    check_summary(digest.summarize(sentences=sentences))
    check_summary(digest.update(since=1, sentences=sentences))
