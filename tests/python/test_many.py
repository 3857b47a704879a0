"""Many texts: rows, threads, progress, Ctrl-C."""

import concurrent.futures
import sys
import threading

import numpy as np
import pandas as pd
import polars as pl
import pytest
from conftest import ARTICLE_TEXTS, check_interrupt, check_summary, nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf

TEXTS = [
    *ARTICLE_TEXTS.values(),
    '',
    'The harbour closed. Ships waited.',
    '\U0001f600 Der Hafen schlo\xdf. Schiffe warteten.',
] * 3


@given(st.lists(nasty_texts, max_size=8), st.sampled_from([1, 2, 7]))
def test_equals_a_loop(texts, threads):
    expected = [nutgraf.summarize(text, sentences=2, method='centroid') for text in texts]
    many = nutgraf.summarize_many(texts, sentences=2, method='centroid', threads=threads)
    assert many == expected
    for text, summary in zip(texts, many, strict=True):
        assert summary.document.text is text
        check_summary(summary)


@pytest.mark.parametrize('threads', [None, 1, 2, 7, 100])
def test_threads_change_nothing(threads):
    expected = [nutgraf.summarize(text, sentences=4) for text in TEXTS]
    many = nutgraf.summarize_many(TEXTS, sentences=4, threads=threads)
    assert many == expected
    assert all(
        a.salience.tobytes() == b.salience.tobytes() and a.ranking == b.ranking
        for a, b in zip(many, expected, strict=True)
    )


def test_options_reach_every_text():
    options = {'words': 25, 'chars': 150, 'method': 'lexrank', 'lang': 'en', 'roles': ['body', 'caption']}
    assert nutgraf.summarize_many(TEXTS, **options) == [nutgraf.summarize(text, **options) for text in TEXTS]


def test_more_texts_than_are_taken_at_a_time():
    texts = [f'Ship {i} waited outside. The harbour closed.' for i in range(10_000)]
    steps = []
    found = nutgraf.summarize_many(
        texts, sentences=1, method='lead', output='text', progress=lambda *step: steps.append(step)
    )
    assert found == [f'Ship {i} waited outside.' for i in range(10_000)]
    assert len(steps) > 1
    assert steps[-1] == (10_000, 10_000)
    assert steps == sorted(set(steps))
    texts[9_000] = 'a\ud800'
    with pytest.raises(nutgraf.NutgrafError, match='text 9000: '):
        nutgraf.summarize_many(texts)
    found = nutgraf.summarize_many(texts, sentences=1, method='lead', output='text', errors='return')
    assert 'text 9000: ' in str(found[9_000])
    assert found[9_001] == 'Ship 9001 waited outside.'


def test_output():
    summaries = [nutgraf.summarize(text) for text in TEXTS]
    assert nutgraf.summarize_many(TEXTS, output='summary') == summaries
    assert nutgraf.summarize_many(TEXTS, output='text') == [s.text for s in summaries]
    assert nutgraf.summarize_many(TEXTS, output='dict') == [s.to_dict() for s in summaries]
    with pytest.raises(nutgraf.NutgrafError, match="output is 'json'; it must be 'summary', 'text' or 'dict'"):
        nutgraf.summarize_many(TEXTS, output='json')


def test_nothing_to_do():
    for texts in ([], (), iter([]), pd.Series([], dtype=object)):
        assert nutgraf.summarize_many(texts) == []
    with pytest.raises(nutgraf.NutgrafError, match='sentences is 0'):
        nutgraf.summarize_many([], sentences=0)


def test_any_iterable():
    expected = nutgraf.summarize_many(TEXTS, output='text')
    for texts in (
        tuple(TEXTS),
        iter(TEXTS),
        (t for t in TEXTS),
        np.array(TEXTS, dtype=object),
        dict.fromkeys(TEXTS[:6]),
    ):
        assert nutgraf.summarize_many(texts, output='text') == expected[: 6 if isinstance(texts, dict) else None]


def test_the_list_given_stays_as_it_was():
    texts = ['The harbour closed.', None, 3]
    nutgraf.summarize_many(texts, errors='return')
    assert texts == ['The harbour closed.', None, 3]


@pytest.mark.parametrize(
    'given_text', ['one text', b'bytes', nutgraf.segment('one text')], ids=['str', 'bytes', 'Document']
)
def test_one_text(given_text):
    with pytest.raises(TypeError, match=rf'not one {type(given_text).__name__}; call summarize$'):
        nutgraf.summarize_many(given_text)


MISSING = [None, float('nan'), np.nan, pd.NA, pd.NaT]


@pytest.mark.parametrize('missing', MISSING, ids=repr)
def test_missing_texts(missing):
    with pytest.raises(nutgraf.NutgrafError, match=r"text 1 is missing .*errors='return'"):
        nutgraf.summarize_many(['The harbour closed.', missing, 3])
    found = nutgraf.summarize_many(['The harbour closed.', missing, ''], output='text', errors='return')
    assert found == ['The harbour closed.', None, '']


@pytest.mark.parametrize('wrong', [3, 2.5, b'bytes', ['list'], nutgraf.segment('a')], ids=lambda w: type(w).__name__)
def test_what_is_no_text(wrong):
    message = f'text 1 is no str but {type(wrong).__name__}'
    with pytest.raises(TypeError, match=message):
        nutgraf.summarize_many(['The harbour closed.', wrong, None])
    first, second, third = nutgraf.summarize_many(['The harbour closed.', wrong, 'Pilots left.'], errors='return')
    assert isinstance(second, TypeError)
    assert str(second) == message
    assert (first.text, third.text) == ('The harbour closed.', 'Pilots left.')


def test_lone_surrogates():
    texts = ['The harbour closed.', None, '\U0001f600a\ud800', 'Pilots left.']
    with pytest.raises(nutgraf.NutgrafError, match=r'text 1: .*surrogate at index 2') as caught:
        nutgraf.summarize_many([text for text in texts if text])
    assert (caught.value.kind, caught.value.offset) == ('invalid_text', 2)
    found = nutgraf.summarize_many(texts, output='text', errors='return')
    assert (found[0], found[1], found[3]) == ('The harbour closed.', None, 'Pilots left.')
    assert isinstance(found[2], nutgraf.NutgrafError)
    assert (found[2].kind, found[2].offset, str(found[2])[:8]) == ('invalid_text', 2, 'text 2: ')


def test_wrong_choices():
    with pytest.raises(nutgraf.NutgrafError, match="errors is 'ignore'; it must be 'raise' or 'return'") as caught:
        nutgraf.summarize_many(TEXTS, errors='ignore')
    assert caught.value.kind == 'invalid_argument'
    for threads in (0, -1):
        with pytest.raises(nutgraf.NutgrafError, match=f'threads is {threads}; it must be 1 or more'):
            nutgraf.summarize_many(TEXTS, threads=threads)
    for texts in ([], TEXTS):
        with pytest.raises(nutgraf.NutgrafError, match='unknown method'):
            nutgraf.summarize_many(texts, method='best', errors='return')


def test_an_exception_of_the_generator_comes_out_unchanged():
    class Broken(Exception):
        pass

    error = Broken('in the middle')

    def texts():
        yield 'The harbour closed.'
        raise error

    with pytest.raises(Broken) as caught:
        nutgraf.summarize_many(texts())
    assert caught.value is error
    assert caught.value.__cause__ is None


def test_progress_comes_on_the_calling_thread():
    steps, threads = [], set()

    def progress(done, total):
        steps.append((done, total))
        threads.add(threading.get_ident())

    nutgraf.summarize_many(TEXTS, threads=2, progress=progress)
    assert steps[-1] == (len(TEXTS), len(TEXTS))
    assert threads == {threading.get_ident()}


def test_an_exception_of_the_callable_comes_out_unchanged():
    error = KeyError('from the callable')

    def progress(done, total):
        raise error

    with pytest.raises(KeyError) as caught:
        nutgraf.summarize_many(TEXTS, progress=progress)
    assert caught.value is error


def test_bar(capsys):
    assert len(nutgraf.summarize_many(TEXTS, progress=True)) == len(TEXTS)
    assert f'{len(TEXTS)}/{len(TEXTS)}' in capsys.readouterr().err


def test_bar_without_tqdm(monkeypatch):
    monkeypatch.setitem(sys.modules, 'tqdm', None)
    monkeypatch.setitem(sys.modules, 'tqdm.auto', None)
    with pytest.raises(ImportError, match=r'pip install nutgraf\[progress\]'):
        nutgraf.summarize_many(TEXTS, progress=True)
    assert len(nutgraf.summarize_many(TEXTS)) == len(TEXTS)


def test_pandas_frame_that_was_filtered():
    frame = pd.DataFrame({'text': TEXTS, 'keep': [i % 2 for i in range(len(TEXTS))]})
    frame = frame[frame['keep'] == 1].copy()
    frame['s'] = nutgraf.summarize_many(frame['text'], output='text')
    assert frame.index[0] == 1
    assert frame['s'].tolist() == [nutgraf.summarize(text).text for text in TEXTS[1::2]]
    frame.loc[3, 'text'] = None
    with pytest.raises(nutgraf.NutgrafError, match='text 1 is missing'):
        nutgraf.summarize_many(frame['text'])


def test_polars_series():
    series = pl.Series('text', TEXTS)
    assert nutgraf.summarize_many(series, output='text') == [nutgraf.summarize(text).text for text in TEXTS]
    with pytest.raises(nutgraf.NutgrafError, match='text 1 is missing'):
        nutgraf.summarize_many(pl.Series(['The harbour closed.', None]))


def test_many_python_threads_at_once():
    def work(text):
        doc = nutgraf.segment(text)
        summary = nutgraf.summarize(doc, sentences=5)
        return doc.word_spans.tolist(), summary.records(all=True), nutgraf.salience(text, method='lexrank').tolist()

    expected = [work(text) for text in TEXTS]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(work, TEXTS)) == expected


def test_many_python_threads_on_one_document():
    expected = nutgraf.segment('\U0001f600 ' + ARTICLE_TEXTS['election'])
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            doc = nutgraf.segment(expected.text)  # its word spans are not made yet
            spans = pool.map(lambda doc: doc.word_spans.tolist(), [doc] * 16)
            summaries = pool.map(nutgraf.summarize, [doc] * 16)
            assert all(found == expected.word_spans.tolist() for found in spans)
            assert set(map(str, summaries)) == {str(nutgraf.summarize(expected))}


LONG_CALL = """
text = 'The harbour closed on Monday and ships waited outside. Pilots left, they said, for the coast.\\n\\n' * 600_000
core, call = {
    'segment': (_core.segment, lambda: nutgraf.segment(text)),
    'salience': (_core.salience, lambda: nutgraf.salience(text)),
    'summarize': (_core.summarize, lambda: nutgraf.summarize(text)),
    'fit_transform': (_core.TermRows.count, lambda: nutgraf.TfidfVectorizer().fit_transform([text])),
    'summarize_many': (
        _core.summarize_list,
        lambda: nutgraf.summarize_many([text[:5_000_000]] * 12, threads=2),
    ),
    'segment_many': (_core.segment_list, lambda: nutgraf.segment_many([text[:5_000_000]] * 24, threads=2)),
    'learn_abbreviations': (_core.learn_abbreviations, lambda: nutgraf.learn_abbreviations([text])),
    'keyphrases': (_core.keyphrases, lambda: nutgraf.keyphrases(text)),
}[sys.argv[1]]
interrupt(core, call)
"""


@pytest.mark.parametrize(
    'call',
    [
        'segment',
        'salience',
        'summarize',
        'fit_transform',
        'summarize_many',
        'segment_many',
        'learn_abbreviations',
        'keyphrases',
    ],
)
def test_ctrl_c_ends_a_long_call(call):
    check_interrupt(LONG_CALL, call)


def test_iterator_equals_the_list():
    texts = [f'Ship {i} came in. It was late. Nobody waited for ship {i} on the quay.' for i in range(1300)]
    many = nutgraf.summarize_many(texts, sentences=1, output='text')
    assert list(nutgraf.summarize_iter(iter(texts), sentences=1, output='text', threads=2)) == many
    assert list(nutgraf.summarize_iter([])) == []


def test_iterator_reads_as_it_goes():
    read = []

    def source():
        for i in range(100_000):
            read.append(i)
            yield f'Ship {i} came in.'

    first = next(nutgraf.summarize_iter(source(), output='text'))
    assert first == 'Ship 0 came in.'
    assert len(read) < 2000


def test_iterator_names_the_row():
    texts = ['Fine.'] * 700 + [None, 'Fine too.', 'wrong \ud800']
    with pytest.raises(nutgraf.NutgrafError, match='text 700 is missing'):
        list(nutgraf.summarize_iter(texts))
    *_, missing, fine, wrong = nutgraf.summarize_iter(texts, errors='return', output='text')
    assert (missing, fine) == (None, 'Fine too.')
    assert isinstance(wrong, nutgraf.NutgrafError)
    assert 'text 702' in str(wrong)


def test_iterator_says_at_once_what_is_wrong():
    for options in ({'words': 0}, {'method': 'no'}, {'output': 'no'}, {'errors': 'no'}):
        with pytest.raises(nutgraf.NutgrafError):
            nutgraf.summarize_iter(['Fine.'], **options)
    with pytest.raises(TypeError, match='summarize'):
        nutgraf.summarize_iter('One text.')


def test_a_column_of_a_filtered_frame():
    pandas = pytest.importorskip('pandas')
    frame = pandas.DataFrame(
        {'text': ['Ships waited. They were late.', 'x', 'The harbour closed. Nobody came.'], 'n': [1, 2, 3]}
    )
    some = frame[frame['n'] != 2].copy()
    some['s'] = nutgraf.summarize_many(some['text'], sentences=1, output='text')
    assert some['s'].tolist() == ['Ships waited.', 'The harbour closed.']
    assert some.index.tolist() == [0, 2]
