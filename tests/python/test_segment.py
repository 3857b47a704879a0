"""Blocks, sentences and words: offsets, views, arrays, pickles."""

import copy
import pickle
import re

import numpy as np
import pytest
from conftest import (
    ARTICLE_TEXTS,
    WHITE_SPACE,
    ascii_texts,
    check_offsets,
    nasty_texts,
    overwrite_freed_memory,
    spans_of,
    wrapped,
)
from hypothesis import given
from hypothesis import strategies as st

import nutgraf
from nutgraf import _core

TEXT = 'SEOUL -- Mr. S. Abe met 2.5 envoys. They left at 5 p.m. Monday.\n\nThe harbour closed.'
WIDE_TEXT = TEXT.replace('Abe', 'Ab\xe9 \U0001f600')


@given(nasty_texts)
def test_offsets(text):
    doc = nutgraf.segment(text)
    assert doc.text is text
    check_offsets(doc)


@given(ascii_texts)
def test_offsets_of_ascii(text):
    check_offsets(nutgraf.segment(text))


@given(nasty_texts)
def test_offsets_after_crlf(text):
    check_offsets(nutgraf.segment(text.replace('\r\n', '\n').replace('\n', '\r\n')))


def test_offsets_of_articles(article_text):
    check_offsets(nutgraf.segment(article_text))
    check_offsets(nutgraf.segment('\U0001f600 ' + article_text))


def test_crlf_changes_nothing_but_offsets(article_text):
    lf = nutgraf.segment(article_text.replace('\r\n', '\n'))
    crlf = nutgraf.segment(lf.text.replace('\n', '\r\n'))
    assert [b.role for b in lf.blocks] == [b.role for b in crlf.blocks]
    assert [s.text for s in lf.sentences] == [s.text.replace('\r\n', '\n') for s in crlf.sentences]
    assert [w.text for w in lf.words] == [w.text for w in crlf.words]


@pytest.mark.parametrize('text', ['', ' ', '\n\r\n\t', '\u2028\xa0'])
def test_no_text(text):
    doc = nutgraf.segment(text)
    assert (len(doc.blocks), len(doc.sentences), len(doc.words)) == (0, 0, 0)
    assert doc.word_spans.shape == doc.sentence_spans.shape == doc.block_spans.shape == (0, 2)
    assert doc.lang == 'und'


def test_parts():
    doc = nutgraf.segment(TEXT)
    assert [s.text for s in doc.sentences] == [
        'SEOUL -- Mr. S. Abe met 2.5 envoys.',
        'They left at 5 p.m. Monday.',
        'The harbour closed.',
    ]
    first = doc.sentences[0]
    assert TEXT[slice(*first.dateline)] == 'SEOUL -- '
    assert doc.sentences[1].dateline is None
    assert str(first) == 'Mr. S. Abe met 2.5 envoys.'
    assert [(w.text, w.kind) for w in first.words][-2:] == [('2.5', 'number'), ('envoys', 'letters')]
    assert [s.block for s in doc.sentences] == [0, 0, 1]
    assert doc.lang == 'en'
    assert repr(doc) == "<Document: 2 blocks, 3 sentences, 16 words, lang 'en'>"
    assert repr(doc.sentences[2]) == "<Sentence 2: 'The harbour closed.'>"


def test_dateline_beyond_ascii():
    doc = nutgraf.segment('\U0001f600\n\nM\xdcNCHEN \u2014 Die Stadt w\xe4chst.')
    assert doc.text[slice(*doc.sentences[1].dateline)] == 'M\xdcNCHEN \u2014 '
    assert str(doc.sentences[1]) == 'Die Stadt w\xe4chst.'


@pytest.mark.parametrize('added', range(20))
def test_datelines_in_wrapped_lines(added):
    """Wherever the line ends: inside the place, before the dash, after it."""
    text = ARTICLE_TEXTS['vaccine'].replace('BELFAST, N. Ireland', f'BELFAST{"T" * added}, N. Ireland')
    block = next(b for b in nutgraf.segment(wrapped(text, 44)).blocks if b.text.startswith('BELFAST'))
    assert str(block.sentences[0]).startswith('A new nose-spray vaccine cut the number')


def test_duplicates_and_sections():
    doc = nutgraf.segment('The harbour closed on Monday.\n\nShips waited outside it.\n\nThe HARBOUR closed on Monday.')
    assert [b.duplicate_of for b in doc.blocks] == [None, None, 0]
    assert all(b.section is None or b.section < b.index for b in doc.blocks)


def test_outline():
    doc = nutgraf.segment(
        '# The harbour\n\nIt is old.\n\n## Ships\n\nThey wait.\n\n### Sail\n\nNone.\n\n## Fish\n\nMany.'
    )
    assert [(h.level, str(h)) for h in doc.outline] == [(1, 'The harbour'), (2, 'Ships'), (3, 'Sail'), (2, 'Fish')]
    assert [h.section for h in doc.outline] == [None, 0, 2, 0]
    assert {b.level for b in doc.blocks if b.role == 'body'} == {None}
    assert nutgraf.segment('No heading here.').outline == []


@given(nasty_texts, st.data())
def test_spans_of_ones_own(text, data):
    """Spans that nutgraf gave are taken as they are; so is any choice of them."""
    found = nutgraf.segment(text)
    assert nutgraf.segment(text, word_spans=found.word_spans) == found
    keep = [data.draw(st.booleans()) for _ in found.sentences]
    sentences = [s for s, kept in zip(found.sentences, keep, strict=True) if kept]
    spans = [(s.begin, s.end) for s in sentences]
    doc = nutgraf.segment(text, sentence_spans=spans, word_spans=[(w.begin, w.end) for s in sentences for w in s.words])
    assert spans_of(doc.sentences) == spans_of(sentences)
    assert spans_of(doc.words) == spans_of(w for s in sentences for w in s.words)
    assert [b.text for b in doc.blocks] == [b.text for b in found.blocks]
    whole = nutgraf.segment(text, sentence_spans=[(0, len(text))])
    inside = text.removeprefix('\ufeff').strip(''.join(WHITE_SPACE))
    assert [s.text for s in whole.sentences] == ([inside] if inside else [])
    for made in (doc, whole):
        assert pickle.loads(pickle.dumps(made)) == made
        nutgraf.summarize(made)


def test_a_sentence_over_several_blocks_makes_them_one():
    text = 'Harbour\n\nThe harbour closed\n\non Monday after a storm. Ships wait.\n\nThe end came.'
    doc = nutgraf.segment(text, sentence_spans=[(9, 53), (54, 65), (67, 80)])
    assert [s.text for s in doc.sentences] == [text[9:53], 'Ships wait.', 'The end came.']
    assert [b.text for b in doc.blocks] == ['Harbour', text[9:65], 'The end came.']
    assert [len(b.sentences) for b in doc.blocks] == [0, 2, 1]
    assert str(doc.sentences[0]) == 'The harbour closed on Monday after a storm.'


def test_words_of_ones_own():
    text = 'Çay e-mail, 5 % . So.'
    doc = nutgraf.segment(text, word_spans=[(0, 3), (4, 10), (10, 11), (12, 15), (16, 17), (18, 20)])
    assert [(w.text, w.kind) for w in doc.words] == [
        ('Çay', 'letters'),
        ('e-mail', 'letters'),
        ('5 %', 'number'),
        ('So', 'letters'),
    ]


@pytest.mark.parametrize(
    ('spans', 'error', 'message'),
    [
        ({'sentence_spans': [(0, 4), (3, 9)]}, nutgraf.NutgrafError, 'sentence span 1 begins before the end'),
        ({'sentence_spans': [(0, 99)]}, nutgraf.NutgrafError, 'sentence span 0 does not lie in the text'),
        ({'sentence_spans': [(-1, 4)]}, nutgraf.NutgrafError, 'sentence span 0 does not lie in the text'),
        ({'sentence_spans': [(4, 2**40)]}, nutgraf.NutgrafError, 'sentence span 0 does not lie in the text'),
        ({'sentence_spans': [(4, 2)]}, nutgraf.NutgrafError, 'sentence span 0 does not lie in the text'),
        ({'word_spans': [(0, 4), (6, 15)]}, nutgraf.NutgrafError, "'tel. They' runs over the end of a sentence"),
        ({'sentence_spans': [(0, 4)], 'word_spans': [(10, 14)]}, nutgraf.NutgrafError, 'lies in no sentence'),
        ({'word_spans': [1, 2]}, TypeError, 'shape'),
        ({'word_spans': [(0.5, 1.0)]}, TypeError, 'pairs of int'),
    ],
)
def test_spans_that_do_not_fit(spans, error, message):
    with pytest.raises(error, match=re.escape(message)):
        nutgraf.segment('The hôtel. They left it.', **spans)


def test_from_words():
    doc = nutgraf.Document.from_words([['The', 'hôtel', 'closed', '.'], ['They', "'ve", 'left', '!']], lang='en')
    assert doc.text == "The hôtel closed .\nThey 've left !"
    assert [s.text for s in doc.sentences] == ['The hôtel closed .', "They 've left !"]
    assert [w.text for w in doc.words] == ['The', 'hôtel', 'closed', 'They', "'ve", 'left']
    check_offsets(doc)
    assert len(nutgraf.Document.from_words([]).sentences) == 0
    with pytest.raises(nutgraf.NutgrafError, match='sentence 1 has no words'):
        nutgraf.Document.from_words([['A'], []])
    with pytest.raises(nutgraf.NutgrafError, match='sentence 0: word 1 is empty or blank'):
        nutgraf.Document.from_words([['A', ' ']])
    with pytest.raises(TypeError):
        nutgraf.Document.from_words([['The', 'harbour'], 5])


def test_language():
    assert nutgraf.segment('Der Hafen ist seit dem Winter geschlossen, und die Schiffe warten.').lang == 'de'
    assert nutgraf.segment('The harbour closed.', lang='fr').lang == 'fr'


def test_language_of_a_block():
    english = 'The ferry to the island was stopped on Monday because the pier had been damaged by the storm.'
    french = (
        "Le ferry pour l'\xeele ne va plus depuis lundi, car la jet\xe9e a \xe9t\xe9 d\xe9truite par la temp\xeate."
    )
    doc = nutgraf.segment(f'{english}\n\n{french}\n\n{english}')
    assert doc.lang == 'en'
    assert [b.lang for b in doc.blocks] == ['en', 'fr', 'en']
    assert [b.lang for b in pickle.loads(pickle.dumps(doc)).blocks] == ['en', 'fr', 'en']


@pytest.mark.parametrize('text', [TEXT, WIDE_TEXT], ids=['ascii', 'wide'])
@pytest.mark.parametrize('name', ['block_spans', 'sentence_spans', 'word_spans'])
def test_span_arrays(text, name):
    doc = nutgraf.segment(text)
    first, second = getattr(doc, name), getattr(doc, name)
    assert first.dtype == np.int32
    assert first.shape == (len(getattr(doc, name.removesuffix('_spans') + 's')), 2)
    assert np.shares_memory(first, second)
    assert first.__array_interface__['data'][0] == second.__array_interface__['data'][0]
    with pytest.raises(ValueError, match='read-only'):
        first[0] = 0
    with pytest.raises(ValueError, match='WRITEABLE'):
        first.setflags(write=True)


@pytest.mark.parametrize('text', [TEXT, WIDE_TEXT], ids=['ascii', 'wide'])
def test_views_and_arrays_keep_their_document(text):
    text = text[:10] + text[10:]  # nobody else holds it
    doc = nutgraf.segment(text)
    words, sentence, spans = doc.words, doc.blocks[0].sentences[0], doc.word_spans
    expected = [(w.text, w.begin, w.end) for w in doc.words]
    del doc, text
    overwrite_freed_memory(lambda: nutgraf.segment(WIDE_TEXT * 2))
    assert [(w.text, w.begin, w.end) for w in words] == expected
    assert spans.tolist() == [[begin, end] for _, begin, end in expected]
    assert [w.text for w in sentence.words] == [t for t, _, _ in expected[: len(sentence.words)]]


def test_views_are_sequences():
    words = nutgraf.segment(TEXT).words
    every = [w.text for w in words]
    assert len(words) == len(every)
    assert words[-1].text == every[-1]
    assert words[-len(words)].index == 0
    for cut in (slice(2, 5), slice(None, None, -1), slice(-3, None), slice(1, 100, 4), slice(5, 2)):
        assert [w.text for w in words[cut]] == every[cut]
    assert [w.text for w in reversed(words)] == every[::-1]
    for index in (len(words), -len(words) - 1):
        with pytest.raises(IndexError):
            words[index]
    with pytest.raises(ValueError, match='zero'):
        words[::0]
    with pytest.raises(TypeError, match="an index is an int or a slice, not '0'"):
        words['0']


def test_no_part_can_be_made_or_changed():
    doc = nutgraf.segment(TEXT)
    for part in (doc, doc.words, doc.words[0], doc.sentences[0], doc.blocks[0]):
        with pytest.raises(TypeError, match='No constructor'):
            type(part)()
    for part in (doc, doc.words[0]):
        with pytest.raises(AttributeError):
            part.text = ''


@given(st.lists(nasty_texts, max_size=5))
def test_from_sentences(sentences):
    blank = [i for i, sentence in enumerate(sentences) if WHITE_SPACE.issuperset(sentence)]
    if blank:
        with pytest.raises(nutgraf.NutgrafError, match=f'sentence {blank[0]} is empty'):
            _core.Document.from_sentences(sentences)
    else:
        doc = _core.Document.from_sentences(sentences)
        check_offsets(doc)
        assert len(doc.sentences) <= len(sentences)
        assert {b.role for b in doc.blocks} <= {'body'}


def test_from_sentences_names_what_is_wrong():
    doc = _core.Document.from_sentences(['Die Ente quakt.', ' Sie schwimmt '], lang='de')
    assert ([s.text for s in doc.sentences], doc.lang) == (['Die Ente quakt.', 'Sie schwimmt'], 'de')
    assert len(_core.Document.from_sentences([]).sentences) == 0
    with pytest.raises(nutgraf.NutgrafError, match='sentence 1 is empty'):
        _core.Document.from_sentences(['One.', ' '])
    with pytest.raises(nutgraf.NutgrafError, match='surrogate'):
        _core.Document.from_sentences(['One.', 'a\ud800'])
    with pytest.raises(TypeError):
        _core.Document.from_sentences(['One.', 2])


@given(nasty_texts)
def test_pickle_and_copy(text):
    doc = nutgraf.segment(text)
    for other in (pickle.loads(pickle.dumps(doc)), copy.deepcopy(doc), copy.copy(doc)):
        assert other == doc
        assert hash(other) == hash(doc)
        assert other.lang == doc.lang
        assert [(b.role, b.duplicate_of, b.section) for b in other.blocks] == [
            (b.role, b.duplicate_of, b.section) for b in doc.blocks
        ]
        assert [(w.text, w.kind) for w in other.words] == [(w.text, w.kind) for w in doc.words]
        assert [s.dateline for s in other.sentences] == [s.dateline for s in doc.sentences]
        check_offsets(other)


def test_equality():
    doc = nutgraf.segment(TEXT)
    assert doc == nutgraf.segment(TEXT)
    assert doc != nutgraf.segment(TEXT + ' ')
    assert doc != nutgraf.segment(TEXT, lang='de')
    assert doc != TEXT


def restored(state):
    doc = _core.Document.__new__(_core.Document)
    doc.__setstate__(state)
    return doc


def test_pickle_of_another_version():
    state = nutgraf.segment(TEXT).__getstate__()
    assert restored(state) == nutgraf.segment(TEXT)
    for wrong in ((), (99, *state[1:]), state[:-1]):
        with pytest.raises(nutgraf.NutgrafError, match='another version') as caught:
            restored(wrong)
        assert caught.value.kind == 'newer_file'


@pytest.mark.parametrize('text', [TEXT, WIDE_TEXT], ids=['ascii', 'wide'])
@given(data=st.data())
def test_pickle_that_was_altered(text, data):
    """One number changed: an error that says so, or a document that still holds together; never a crash."""
    state = list(nutgraf.segment(text).__getstate__())
    part = data.draw(st.integers(3, len(state) - 1))
    array = np.array(state[part])
    limits = np.iinfo(array.dtype)
    place = data.draw(st.integers(0, array.size - 1))
    near = st.integers(-2, len(text) + 2).map(lambda n: max(limits.min, min(limits.max, n)))
    array.flat[place] = data.draw(near | st.integers(int(limits.min), int(limits.max)))
    state[part] = array
    error = None
    try:
        doc = restored(tuple(state))
    except nutgraf.NutgrafError as raised:
        error = raised
    if error:
        assert error.kind == 'corrupt_file'
    else:
        for view in (*doc.blocks, *doc.sentences, *doc.words):
            assert doc.text[view.begin : view.end] == view.text
        assert [w.kind in ('letters', 'number') for w in doc.words] == [True] * len(doc.words)
        assert nutgraf.summarize(doc).text


@pytest.mark.parametrize('part', range(3, 10))
def test_pickle_that_was_cut(part):
    state = list(nutgraf.segment(TEXT).__getstate__())
    state[part] = state[part][:-1]
    with pytest.raises(nutgraf.NutgrafError) as caught:
        restored(tuple(state))
    assert caught.value.kind == 'corrupt_file'


@pytest.mark.parametrize('part', [5, 9], ids=['words', 'datelines'])
def test_pickle_with_an_offset_inside_a_character(part):
    state = list(nutgraf.segment('SEOUL -- \xc9t\xe9').__getstate__())
    state[part] = np.array(state[part])
    state[part][-1][1] = 10  # the second byte of \xc9
    with pytest.raises(nutgraf.NutgrafError) as caught:
        restored(tuple(state))
    assert caught.value.kind == 'corrupt_file'


def test_pickle_with_another_text():
    state = list(nutgraf.segment(TEXT).__getstate__())
    for text in ('', TEXT[:20], '\U0001f600' * len(TEXT)):
        with pytest.raises(nutgraf.NutgrafError) as caught:
            restored((state[0], text, *state[2:]))
        assert caught.value.kind == 'corrupt_file'


def test_own_abbreviations_join_unless_a_sentence_begins():
    assert nutgraf.sentences('The reg. Lund office closed. It reg. It opened.', abbreviations=['reg.']) == [
        'The reg. Lund office closed.',
        'It reg.',
        'It opened.',
    ]
    with pytest.raises(TypeError, match=r"write \['reg'\]"):
        nutgraf.segment('text', abbreviations='reg')
    with pytest.raises(nutgraf.NutgrafError, match='abbreviation 1'):
        nutgraf.segment('text', abbreviations=['reg', '. '])


def test_a_threshold_joins_more_the_higher_it_is():
    text = 'He left the U.S. Senate seats stayed. Why? nobody knew. It rained at 5 p.m. Ships waited.'
    counts = [len(nutgraf.sentences(text, boundary_threshold=t)) for t in (-100, -2, 0, 2, 100)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] == 1
    with pytest.raises(nutgraf.NutgrafError, match='boundary_threshold'):
        nutgraf.segment(text, boundary_threshold=float('nan'))


def test_log_odds_exceed_the_threshold_and_are_infinite_at_the_end_of_a_block():
    document = nutgraf.segment('It rained. Ships waited!\n\nNobody came.', boundary_threshold=0.5)
    odds = document.boundary_log_odds
    assert odds.dtype == np.float32
    assert (odds > 0.5).all()
    assert np.isinf(odds).tolist() == [False, True, True]
    assert (pickle.loads(pickle.dumps(document)).boundary_log_odds == odds).all()


def test_sentences_are_slices_of_the_text(article_text):
    document = nutgraf.segment(article_text)
    assert nutgraf.sentences(article_text) == [s.text for s in document.sentences]


@pytest.mark.parametrize('threads', [1, 2, 7])
def test_segment_many_is_segment_of_each(threads):
    texts = ['It rained. Ships waited.', '', 'Mr. Abe left.', 'Où ? « Là », dit-il.'] * 20
    found = nutgraf.segment_many(iter(texts), threads=threads)
    assert found == [nutgraf.segment(t) for t in texts]
    assert [d.text for d in found] == texts
    kept = nutgraf.segment_many(['a', None, '\ud800'], errors='return')
    assert kept[0].text == 'a'
    assert kept[1] is None
    assert kept[2].offset == 0
    with pytest.raises(nutgraf.NutgrafError, match='text 1 is missing'):
        nutgraf.segment_many(['a', None])


def test_learned_abbreviations_stand_with_a_stop_and_go_on():
    texts = ['The reg. office of the vol. union met. The clerk of the office came. '] * 30
    assert nutgraf.learn_abbreviations(texts) == ['reg', 'vol']
    assert nutgraf.learn_abbreviations([]) == []
    with pytest.raises(TypeError, match=r'write \[text\]'):
        nutgraf.learn_abbreviations('The reg. office')
    with pytest.raises(TypeError, match='text 1'):
        nutgraf.learn_abbreviations(['a', 3])


def test_views_are_equal_where_they_are_the_same_part():
    text = 'The harbour closed. Ships waited.\n\nThe harbour closed.'
    document, again = nutgraf.segment(text), nutgraf.segment(text)
    for kind in ('words', 'sentences', 'blocks'):
        views, others = list(getattr(document, kind)), list(getattr(again, kind))
        assert views == others
        assert [hash(v) for v in views] == [hash(v) for v in others]
        assert len(set(views)) == len(views)
        assert views[0] in getattr(again, kind)
    assert document.sentences[0] != document.sentences[2]
    assert document.sentences[0] != document.blocks[0]
    assert document.sentences[0] != nutgraf.segment(text + ' Now.').sentences[0]
    summary = nutgraf.summarize(document, sentences=2)
    assert summary[0] in summary
    assert summary[0] != summary[1]
