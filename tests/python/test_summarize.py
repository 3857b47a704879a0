"""Summaries of one text."""

import copy
import pickle

import numpy as np
import pandas as pd
import pytest
from conftest import check_summary, nasty_texts, overwrite_freed_memory
from hypothesis import given
from hypothesis import strategies as st

import nutgraf
from nutgraf import _core

TEXT = 'The harbour closed. Ships waited outside.\n\nThe harbour had silted up over the winter. Pilots left.'


@given(nasty_texts, st.integers(1, 6), st.sampled_from(nutgraf.METHODS))
def test_any_text(text, sentences, method):
    summary = nutgraf.summarize(text, sentences=sentences, method=method)
    assert summary.document.text is text
    check_summary(summary)


@pytest.mark.parametrize('method', nutgraf.METHODS)
def test_articles(article_text, method):
    summary = nutgraf.summarize(article_text, method=method)
    check_summary(summary)
    assert len(summary) == 3
    assert {s.role for s in summary} == {'body'}
    assert summary.notes == ()


def test_str_and_document_agree(article_text):
    doc = nutgraf.segment(article_text)
    from_doc, from_text = nutgraf.summarize(doc, sentences=5), nutgraf.summarize(article_text, sentences=5)
    assert from_doc.document is doc
    assert from_doc == from_text


def test_sequence():
    summary = nutgraf.summarize(TEXT)
    assert len(summary) == 3
    assert [s.index for s in summary] == [s.index for s in summary.sentences] == [summary[i].index for i in range(3)]
    assert summary[-1].index == summary[2].index
    every = [s.index for s in summary]
    for cut in (slice(2), slice(-2, None), slice(None, None, -1), slice(3, 9)):
        assert [s.index for s in summary[cut]] == every[cut]
    for index in (3, -4):
        with pytest.raises(IndexError):
            summary[index]
    assert repr(summary) == "<Summary: 3 of 4 sentences, method 'mix'>"
    assert repr(summary[0]) == "<SummarySentence 0: 'The harbour closed.'>"


def test_ranks_follow_salience_where_nothing_else_counts():
    summary = nutgraf.summarize(TEXT, method='centroid', sentences=4)
    by_rank = sorted(summary, key=lambda s: s.rank)
    assert [s.index for s in by_rank] == np.argsort(-summary.salience, kind='stable').tolist()
    assert nutgraf.summarize(TEXT, method='lead').ranking == [0, 1, 2, 3]


def test_printed_form(railway):
    summary = nutgraf.summarize(railway)
    lines = str(summary).split('\n')
    assert len(lines) == 3
    assert lines == [str(s) for s in summary]
    assert ' '.join(lines) == summary.text


def test_wrapped_lines_are_joined():
    text = '  The harbour\r\nclosed\ton\n Monday.  '
    doc = _core.Document.from_sentences([text])
    assert (str(doc.sentences[0]), doc.sentences[0].text) == ('The harbour closed on Monday.', text.strip())


def test_articles_read_as_lines(article_text):
    summary = nutgraf.summarize(article_text, sentences=10)
    assert len(str(summary).splitlines()) == 10
    assert summary.text == ' '.join(summary.text.split())
    assert len(article_text) > len(summary.text)


def test_datelines_are_hidden_and_inside_the_span(article_text):
    summary = nutgraf.summarize(article_text, sentences=1, method='lead')
    (sentence,) = summary
    begin, end = summary.document.sentences[sentence.index].dateline
    assert begin == sentence.begin
    dateline = article_text[begin:end]
    assert dateline.endswith(' -- ')
    assert sentence.text.startswith(dateline)
    assert summary.text.startswith(('A ', 'S. Korea'))
    assert summary.text == ' '.join(sentence.text.removeprefix(dateline).split())
    assert dateline not in summary.text


def test_records(railway):
    summary = nutgraf.summarize(railway)
    every = summary.records(all=True)
    assert len(every) == len(summary.document.sentences)
    assert summary.to_dict() == {
        'method': 'trained_2026_11',
        'notes': (),
        'text': summary.text,
        'sentences': summary.records(),
    }
    for record, sentence in zip(every, summary.all_sentences, strict=True):
        for name, value in record.items():
            assert value == (list(sentence.flags) if name == 'flags' else getattr(sentence, name))
    assert {type(value) for record in every for value in record.values()} == {int, str, float, bool, list}
    reasons = {record['role']: record['reason'] for record in every if record['role'] in ('kicker', 'byline')}
    assert reasons == {'kicker': 'role', 'byline': 'role'}
    assert {'chosen', 'role', 'duplicate', 'salience'} <= {record['reason'] for record in every}
    assert pd.DataFrame(every)['chosen'].sum() == 3
    with pytest.raises(TypeError):
        summary.records(True)


@pytest.mark.parametrize('text', ['', ' ', '\n\r\n\t\u2028', '\ufeff'])
@pytest.mark.parametrize('method', nutgraf.METHODS)
def test_no_text(text, method):
    summary = nutgraf.summarize(text, method=method)
    assert (summary.text, str(summary), len(summary), summary.notes) == ('', '', 0, ('no_text',))
    assert (summary.records(all=True), summary.ranking, summary.salience.shape) == ([], [], (0,))
    assert not list(summary)


def test_one_sentence():
    summary = nutgraf.summarize('The harbour closed')
    assert (summary.text, summary.notes, summary.ranking) == ('The harbour closed', (), [0])


def test_captions_only(railway):
    caption = next(b.text for b in nutgraf.segment(railway).blocks if b.role == 'caption')
    summary = nutgraf.summarize(caption)
    assert summary.notes == ('no_body',)
    assert {s.role for s in summary.all_sentences} == {'caption'}
    assert len(summary) == len(summary.document.sentences)


def test_roles(article_text):
    summary = nutgraf.summarize(article_text, roles=['caption', 'headline'], sentences=9)
    assert {s.role for s in summary} == {'caption', 'headline'}
    assert {s.reason for s in summary.all_sentences if s.role == 'body'} == {'role'}
    assert {s.role for s in nutgraf.summarize(article_text, roles=('standfirst',))} == {'standfirst'}
    assert nutgraf.summarize(article_text, roles=['table']).notes == ('no_body',)
    assert nutgraf.summarize(article_text, roles=nutgraf.ROLES, sentences=50).notes in ((), ('dangling',))


def test_language_decides_what_points_back():
    text = 'Schiffe warteten vor dem Hafen. Sie waren voller Getreide und Kohle aus dem Norden.'
    assert nutgraf.summarize(text).document.lang == 'de'
    assert nutgraf.summarize(text, lang='de', sentences=1)[0].index == 0
    german = nutgraf.summarize(_core.Document.from_sentences(['Sie warteten.'], lang='de'))
    assert german.notes == ('dangling',)
    assert nutgraf.summarize('Sie warteten.', lang='en').notes == ()
    assert nutgraf.summarize('Sie warteten.', lang='und').notes == ()


@given(nasty_texts, st.integers(1, 4))
def test_pickle_and_copy(text, sentences):
    summary = nutgraf.summarize(text, sentences=sentences)
    for other in (pickle.loads(pickle.dumps(summary)), copy.deepcopy(summary), copy.copy(summary)):
        assert other == summary
        assert hash(other) == hash(summary)
        assert other.document == summary.document
        assert other.records(all=True) == summary.records(all=True)
        assert (other.text, other.notes, other.method) == (summary.text, summary.notes, summary.method)
        check_summary(other)


def test_equality():
    summary = nutgraf.summarize(TEXT)
    assert summary == nutgraf.summarize(TEXT)
    assert summary != nutgraf.summarize(TEXT, sentences=2)
    assert summary != nutgraf.summarize(TEXT, method='lead')
    assert summary != nutgraf.summarize(TEXT + '\n')
    assert summary != summary.text


def test_parts_keep_their_document():
    summary = nutgraf.summarize('\U0001f600 ' + TEXT)
    sentence, doc = summary[0], summary.document
    expected = (sentence.text, str(sentence), [w.text for w in doc.words])
    del summary
    overwrite_freed_memory(lambda: nutgraf.summarize('\U0001f600 ' + TEXT))
    assert (sentence.text, str(sentence), [w.text for w in doc.words]) == expected


def restored(state):
    summary = _core.Summary.__new__(_core.Summary)
    summary.__setstate__(tuple(state))
    return summary


def test_pickle_of_another_version():
    state = nutgraf.summarize(TEXT).__getstate__()
    assert restored(state) == nutgraf.summarize(TEXT)
    for wrong in ((), (99, *state[1:]), state[:-1]):
        with pytest.raises(nutgraf.NutgrafError, match='another version') as caught:
            restored(wrong)
        assert caught.value.kind == 'newer_file'


@given(st.data())
def test_pickle_that_was_altered(data):
    """A number changed, added or taken away: an error that says so, or a summary that holds together; no crash."""
    state = list(nutgraf.summarize(TEXT, sentences=2).__getstate__())
    part = data.draw(st.sampled_from([i for i, value in enumerate(state) if isinstance(value, list)]))
    numbers = list(state[part])
    is_score = any(isinstance(n, float) for n in numbers)
    number = st.floats(width=32) if is_score else st.integers(-2, 8) | st.integers(-(2**31), 2**31 - 1)
    place = data.draw(st.integers(0, len(numbers)))
    numbers[place : place + data.draw(st.integers(0, 1))] = data.draw(st.lists(number, max_size=2))
    state[part] = numbers
    error = None
    try:
        summary = restored(state)
    except nutgraf.NutgrafError as raised:
        error = raised
    if error:
        assert error.kind == 'corrupt_file'
    else:
        assert sorted(summary.ranking) == [0, 1, 2, 3]
        assert summary.salience.shape == (4,)
        assert len(summary) == len({s.index for s in summary})
        assert all(s.reason and TEXT[s.begin : s.end] == s.text for s in summary.all_sentences)
        assert summary.to_html()
        assert summary.report()


def test_pickle_with_another_document():
    state = list(nutgraf.summarize(TEXT).__getstate__())
    for text in ('', 'The harbour closed.', TEXT + ' They left.'):
        with pytest.raises(nutgraf.NutgrafError) as caught:
            restored([state[0], [nutgraf.segment(text)], *state[2:]])
        assert caught.value.kind == 'corrupt_file'


@pytest.mark.parametrize('wrong', [['a text'], ('a text',), None, 3, 2.5, b'bytes', pd.Series(['a text'])], ids=repr)
def test_what_is_no_text(wrong):
    name = type(wrong).__name__
    with pytest.raises(TypeError, match=f'summarize takes a str or a Document, not {name}') as caught:
        nutgraf.summarize(wrong)
    assert ('decode' if isinstance(wrong, bytes) else 'summarize_many') in str(caught.value)
    with pytest.raises(TypeError, match=f'segment takes a str, not {name}'):
        nutgraf.segment(wrong)
    with pytest.raises(TypeError, match=f'salience takes a str or a Document, not {name}'):
        nutgraf.salience(wrong)


def test_subclasses_of_str():
    class Title(str):
        pass

    title = Title('The harbour closed. Ships waited.')
    assert nutgraf.summarize(title, sentences=1).text == 'The harbour closed.'
    assert nutgraf.segment(title).text is title
