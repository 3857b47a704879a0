"""One summary of several texts."""

import datetime
import pickle

import pytest
from conftest import check_summary, nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf

FIRST = 'The harbour of Alder closed on Monday after a crane fell. Ships waited outside for two days.'
SECOND = 'Alder opens its harbour again. The crane that fell was lifted out of the water by divers on Thursday.'
COPY = 'News from the coast. The harbour of Alder closed on Monday after a crane fell. Trains were late.'
DATES = [datetime.date(2026, 3, 2), datetime.date(2026, 3, 5), datetime.date(2026, 3, 3)]


def story(**options):
    return nutgraf.summarize_together([FIRST, SECOND, COPY], **options)


def test_one_text_is_as_by_itself(article_text):
    together, alone = nutgraf.summarize_together([article_text]), nutgraf.summarize(article_text)
    assert together.text == alone.text
    assert together.ranking == alone.ranking
    assert together.document == alone.document


def test_each_sentence_has_its_text():
    texts = [FIRST, SECOND, COPY]
    summary = story(sentences=6)
    for s in summary.all_sentences:
        assert summary.documents[s.document].text[s.begin : s.end] == s.text
        assert texts[s.source] == summary.documents[s.document].text
    assert {s.source for s in summary} == {0, 1, 2}
    check_summary(summary)


def test_what_is_said_again_is_folded():
    summary = story(sentences=6)
    texts = [s.text for s in summary]
    assert len(texts) == len(set(texts)) == 6
    (told,) = [s for s in summary if s.text.startswith('The harbour of Alder closed')]
    ((document, begin, end),) = told.repeats
    assert summary.documents[document].text[begin:end] == told.text
    assert document != told.document
    (record,) = [r for r in summary.records() if r['text'] == told.text]
    assert record['repeats'] == told.repeats


def test_a_caption_that_repeats_a_sentence_is_named():
    crane = 'The crane lies in the harbour.'
    text = f'Alder opens\n\n{crane}\n\n{crane}\n\nDivers went down to it twice.'
    summary = nutgraf.summarize(text, sentences=2)
    assert [[text[b:e] for _, b, e in s.repeats] for s in summary] == [[crane], []]


def test_order():
    by_date = story(sentences=6, dates=DATES)
    assert [d.text for d in by_date.documents] == [FIRST, COPY, SECOND]
    assert [s.date for s in by_date] == sorted(s.date for s in by_date)
    by_source = nutgraf.summarize_together([FIRST, SECOND, COPY], sources=['Post', 'Echo', 'Post'], sentences=6)
    assert [d.text for d in by_source.documents] == [FIRST, COPY, SECOND]
    assert {s.source for s in by_source} == {'Post', 'Echo'}
    assert all(s.date is None for s in by_source)


def test_dates_make_the_order_of_the_texts_irrelevant():
    names = ['a', 'b', 'c']
    texts = [FIRST, SECOND, COPY]
    expected = None
    for order in ([0, 1, 2], [2, 0, 1], [1, 2, 0]):
        summary = nutgraf.summarize_together(
            [texts[i] for i in order],
            dates=[DATES[i] for i in order],
            sources=[names[i] for i in order],
            words=40,
        )
        expected = expected or summary
        assert summary == expected
        assert [s.source for s in summary] == [s.source for s in expected]


def test_must_include_and_exclude_name_a_document():
    summary = story(sentences=1, must_include=[(1, 0, 5)])
    assert summary.text == 'Alder opens its harbour again.'
    summary = story(sentences=6, exclude=lambda s: 'harbour' in s.text)
    assert summary
    assert 'harbour' not in summary.text
    with pytest.raises(nutgraf.NutgrafError, match=r'must_include has \(7, 0, 5\)'):
        story(must_include=[(7, 0, 5)])
    with pytest.raises(TypeError, match=r'must_include has \(0, 5\); .* \(document, begin, end\)'):
        story(must_include=[(0, 5)])


def test_explain_and_pickle():
    summary = story(sentences=2, dates=DATES)
    assert pickle.loads(pickle.dumps(summary)) == summary
    assert pickle.loads(pickle.dumps(summary))[0].date == summary[0].date
    assert pickle.loads(pickle.dumps(summary)) != story(sentences=2)
    rows = [s for d in summary.documents for s in d.sentences]
    explained = summary.explain(summary.ranking[0])
    assert explained['salience'] == pytest.approx(sum(explained['parts'].values()), rel=1e-6)
    assert all(cosine > 0 and row < len(rows) for row, cosine in explained['nearest'])
    with pytest.raises(AttributeError, match='see documents'):
        _ = summary.document


def test_wrong_calls():
    with pytest.raises(TypeError, match='for one there is summarize'):
        nutgraf.summarize_together(FIRST)
    with pytest.raises(TypeError, match='summarize_together'):
        nutgraf.summarize_together([FIRST, None])
    with pytest.raises(nutgraf.NutgrafError, match='3 texts and 2 dates'):
        story(dates=DATES[:2])
    with pytest.raises(nutgraf.NutgrafError, match='3 texts and 4 sources'):
        story(sources='abcd')
    assert nutgraf.summarize_together([]).notes == ('no_text',)


@given(st.lists(nasty_texts, max_size=4), st.integers(1, 30))
def test_any_texts(texts, words):
    summary = nutgraf.summarize_together(texts, words=words)
    assert [s.source for s in summary] == sorted(s.source for s in summary)
    assert len(summary.text.split()) <= words
    check_summary(summary)


def test_html_keeps_the_texts_apart():
    html = story(sentences=2, dates=DATES).to_html()
    assert html.count('<div class="ng-article">') == 3
    assert html.count('<mark') == 2
    assert html.count('<div') == html.count('</div>')
