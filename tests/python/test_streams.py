"""Texts that come in batches, over threads, from Arrow, or broken; the words of segment as terms."""

import gc
import itertools
import os
import pickle
import random
import re
import weakref

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ARTICLE_TEXTS, check_interrupt, nasty_texts, overwrite_freed_memory, texts_of
from hypothesis import given, settings
from hypothesis import strategies as st

import nutgraf
from nutgraf import _core

TEXTS = ['The harbour closed.', 'The ships waited outside the harbour.', 'Stra\xdfe \U0001d518\U0001d52b_1', '', 'a b']
VECTORIZERS = [nutgraf.CountVectorizer, nutgraf.TfidfVectorizer]
STEPS = ['fit', 'fit_transform', 'partial_fit', 'transform']

words = st.sampled_from(['harbour ', 'ships ', 'the ', 'The ', 'waited ', 'x ', 'l\xe9gende ', '42 '])
corpora = st.lists(texts_of(words) | nasty_texts, min_size=1, max_size=6).map(
    lambda texts: [f'harbour {texts[0]}', *texts[1:]]
)


def bits(matrix):
    return matrix.shape, matrix.dtype, matrix.data.tobytes(), matrix.indices.tobytes(), matrix.indptr.tobytes()


def learned(vectorizer, texts=TEXTS):
    """All that can be seen of what was learned."""
    idf = vectorizer.idf_.tobytes() if hasattr(vectorizer, 'idf_') else None
    return vectorizer.vocabulary_, idf, bits(vectorizer.transform(texts))


def saved(path, vectorizer, resumable=True):
    vectorizer.save(path, resumable=resumable)
    return path.read_bytes()


@pytest.fixture(scope='module')
def model_path(tmp_path_factory):
    return tmp_path_factory.mktemp('models') / 'model'


# Learning in batches and by merging.


@settings(max_examples=50)
@given(corpora, st.data(), st.sampled_from(VECTORIZERS))
def test_batches_equal_one_fit(model_path, texts, data, kind):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(texts)), max_size=4)))
    in_batches = kind()
    for begin, end in itertools.pairwise([0, *cuts, len(texts)]):
        assert in_batches.partial_fit(iter(texts[begin:end])) is in_batches
    at_once = kind().fit(texts)
    assert learned(in_batches, texts) == learned(at_once, texts)
    for resumable in (False, True):
        assert saved(model_path, in_batches, resumable) == saved(model_path, at_once, resumable)
    read = pickle.loads(pickle.dumps(in_batches)).partial_fit(texts)
    assert learned(read, texts) == learned(kind().fit(texts * 2), texts)


@settings(max_examples=50)
@given(st.lists(corpora, min_size=3, max_size=3), st.sampled_from(VECTORIZERS))
def test_merging_in_any_order_gives_the_same_bytes(model_path, parts, kind):
    files = {saved(model_path, kind().fit([*parts[0], *parts[1], *parts[2]]))}
    for order in itertools.permutations(parts):
        first, second, third = (kind().partial_fit(texts) for texts in order)
        assert first.merge(second).merge(third) is first
        files.add(saved(model_path, first))
        files.add(saved(model_path, kind().fit(order[0]).merge(kind().fit(order[1]).merge(kind().fit(order[2])))))
    assert len(files) == 1


def test_merging_leaves_the_other_as_it_is():
    one, other = nutgraf.TfidfVectorizer().fit(TEXTS[:1]), nutgraf.TfidfVectorizer().fit(TEXTS[1:])
    before = learned(other)
    one.merge(other)
    assert learned(other) == before
    assert learned(one) == learned(nutgraf.TfidfVectorizer().fit(TEXTS))
    one.merge(one)
    assert learned(one) == learned(nutgraf.TfidfVectorizer().fit(TEXTS * 2))


@pytest.mark.parametrize('limits', [{'min_df': 2}, {'max_df': 1}, {'max_features': 1}])
def test_what_a_fit_left_out_is_forgotten(model_path, limits):
    pruned, whole = nutgraf.CountVectorizer(**limits).fit(TEXTS), nutgraf.CountVectorizer().fit(TEXTS)
    assert len(pruned.vocabulary_) < len(whole.vocabulary_)
    before = learned(pruned)
    for call in (
        lambda: pruned.partial_fit(['new words']),
        lambda: pruned.merge(whole),
        lambda: whole.merge(pruned),
        lambda: pruned.save(model_path, resumable=True),
    ):
        with pytest.raises(nutgraf.NutgrafError, match='terms were left out by limits'):
            call()
    assert learned(pruned) == before
    assert learned(whole) == learned(nutgraf.CountVectorizer().fit(TEXTS))
    left_out = whole.vocabulary_.keys() - pruned.vocabulary_.keys()
    for content in (saved(model_path, pruned, False), pickle.dumps(pruned)):
        assert not any(re.search(rf'(?<!\w){term}(?!\w)'.encode(), content) for term in left_out)


def test_limits_apply_to_all_that_was_learned(model_path):
    vectorizer = nutgraf.CountVectorizer(min_df=2).partial_fit(['harbour ships', 'harbour'])
    assert vectorizer.vocabulary_ == {'harbour': 0}
    assert b'ships' not in saved(model_path, vectorizer, resumable=False)
    assert b'ships' in saved(model_path, vectorizer)
    assert vectorizer.partial_fit(['ships']).vocabulary_ == {'harbour': 0, 'ships': 1}
    assert vectorizer.set_params(max_df=0.5).partial_fit(['harbour', 'quay']).vocabulary_ == {'ships': 0}
    vectorizer.set_params(min_df=4, max_df=9)
    with pytest.raises(nutgraf.NutgrafError, match='no term is left after pruning'):
        vectorizer.partial_fit(['crane']).transform(['crane'])
    # Files that go on are written all the same.
    assert b'crane' in saved(model_path, vectorizer)
    assert vectorizer.partial_fit(['crane'] * 3).vocabulary_ == {'crane': 0}


def test_limits_set_between_batches_count():
    vectorizer = nutgraf.CountVectorizer(max_features=1).partial_fit(['harbour ships ships'])
    assert vectorizer.vocabulary_ == {'ships': 0}
    assert vectorizer.set_params(max_features=2).partial_fit(['harbour']).vocabulary_ == {'harbour': 0, 'ships': 1}


@pytest.mark.parametrize('step', ['fit', 'fit_transform'])
def test_a_fit_forgets_all_before(step):
    vectorizer = nutgraf.TfidfVectorizer().partial_fit(['quay', 'crane'])
    getattr(vectorizer, step)(TEXTS)
    assert learned(vectorizer) == learned(nutgraf.TfidfVectorizer().fit(TEXTS))
    vectorizer.partial_fit(['quay'])
    assert learned(vectorizer) == learned(nutgraf.TfidfVectorizer().fit([*TEXTS, 'quay']))


def test_batches_with_a_vocabulary_that_is_given():
    vocabulary = ['ships', 'harbour', 'absent']
    in_batches = nutgraf.TfidfVectorizer(vocabulary=vocabulary)
    for text in TEXTS:
        in_batches.partial_fit([text])
    assert learned(in_batches) == learned(nutgraf.TfidfVectorizer(vocabulary=vocabulary).fit(TEXTS))
    parts = [nutgraf.TfidfVectorizer(vocabulary=vocabulary).fit(texts) for texts in (TEXTS[:2], TEXTS[2:])]
    assert learned(parts[0].merge(parts[1])) == learned(in_batches)
    with pytest.raises(nutgraf.NutgrafError, match='vocabularies that were given differ'):
        parts[0].merge(nutgraf.TfidfVectorizer(vocabulary=vocabulary[:2]).fit(TEXTS))
    with pytest.raises(nutgraf.NutgrafError, match='vocabularies that were given differ'):
        parts[0].merge(nutgraf.TfidfVectorizer().fit(TEXTS))


def test_what_cannot_be_merged():
    fitted = nutgraf.CountVectorizer().fit(TEXTS)
    with pytest.raises(TypeError, match='merge takes a CountVectorizer or TfidfVectorizer, not dict'):
        fitted.merge({})
    for one, other in ((fitted, nutgraf.CountVectorizer()), (nutgraf.CountVectorizer(), fitted)):
        with pytest.raises(nutgraf.NutgrafError, match='not fitted'):
            one.merge(other)


# Files that more texts can be added to.


@settings(max_examples=50)
@given(corpora, corpora, st.sampled_from(VECTORIZERS))
def test_a_resumable_file_goes_on(model_path, texts, more, kind):
    kind(min_df=0.3).partial_fit(texts).save(model_path, resumable=True)
    read = kind.load(model_path)
    assert learned(read, texts) == learned(kind().fit(texts), texts)
    assert learned(read.partial_fit(more), texts) == learned(kind().fit(texts + more), texts)


def test_a_file_without_pruned_terms_goes_on(model_path):
    nutgraf.CountVectorizer().fit(TEXTS).save(model_path)
    read = nutgraf.CountVectorizer.load(model_path).partial_fit(['quay'])
    assert learned(read) == learned(nutgraf.CountVectorizer().fit([*TEXTS, 'quay']))
    nutgraf.CountVectorizer(min_df=2).fit(TEXTS).save(model_path)
    with pytest.raises(nutgraf.NutgrafError, match='terms were left out by limits'):
        nutgraf.CountVectorizer.load(model_path).partial_fit(['quay'])


def test_damaged_resumable_files(model_path):
    content = saved(model_path, nutgraf.CountVectorizer().partial_fit(TEXTS[:2]))

    def kind_of_failure(damaged):
        model_path.write_bytes(damaged)
        with pytest.raises(nutgraf.NutgrafError) as caught:
            nutgraf.CountVectorizer.load(model_path)
        return caught.value.kind

    assert {kind_of_failure(content[:size]) for size in range(len(content))} == {'corrupt_file'}
    assert kind_of_failure(content + b'\0') == 'corrupt_file'
    for place in range(len(content)):
        altered = bytearray(content)
        altered[place] ^= 0x41
        is_version = 8 <= place < 12  # behind the magic
        assert kind_of_failure(bytes(altered)) == ('newer_file' if is_version else 'corrupt_file')


@pytest.mark.parametrize('name', ['fsync', 'replace'])
@pytest.mark.parametrize('resumable', [False, True])
def test_a_failed_save_leaves_the_old_file(monkeypatch, tmp_path, name, resumable):
    def fail(*_):
        raise OSError(28, 'No space left on device')

    path = tmp_path / 'model'
    content = saved(path, nutgraf.CountVectorizer().fit(TEXTS))
    vectorizer = nutgraf.CountVectorizer().partial_fit(['something else'])
    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match='No space left'):
        vectorizer.save(path, resumable=resumable)
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ['model']
    assert vectorizer.partial_fit(['more']).vocabulary_ == {'else': 0, 'more': 1, 'something': 2}


def test_a_refused_save_leaves_the_old_file(tmp_path):
    path = tmp_path / 'model'
    content = saved(path, nutgraf.CountVectorizer().fit(TEXTS))
    with pytest.raises(nutgraf.NutgrafError):
        nutgraf.CountVectorizer(min_df=2).fit(TEXTS).save(path, resumable=True)
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ['model']


# A bound on the terms.

letters = st.sampled_from([f'{c}{c}' for c in 'abcdefghijklmnop'])
streams = st.lists(st.lists(st.lists(letters, max_size=6).map(' '.join), min_size=1, max_size=3), min_size=1)


@given(streams, st.integers(1, 12))
def test_a_bound_holds_and_so_does_its_error(batches, bound):
    bounded, exact = nutgraf.TfidfVectorizer(max_terms=bound), nutgraf.TfidfVectorizer()
    texts = []
    for batch in batches:
        texts += batch
        bounded.partial_fit(batch)
        if not any(texts):
            continue
        frequencies = dict(
            zip(*np.unique([t for text in texts for t in set(text.split())], return_counts=True), strict=True)
        )
        found = bounded.set_params(smooth_idf=False).idf_
        assert len(bounded.vocabulary_) <= bound
        error = bounded.undercount_
        for term, column in bounded.vocabulary_.items():
            frequency = round(len(texts) / np.exp(found[column] - 1))
            assert frequencies[term] - error <= frequency <= frequencies[term]
        for term in frequencies.keys() - bounded.vocabulary_.keys():
            assert frequencies[term] <= error
        if len(frequencies) <= bound:
            assert error == 0
            assert bounded.vocabulary_ == exact.fit(texts).vocabulary_


def test_a_bound_keeps_the_most_frequent(model_path):
    texts = [f'frequent rare{i} common' if i % 2 else f'frequent rare{i}' for i in range(1000)]
    vectorizer = nutgraf.CountVectorizer(max_terms=8)
    for begin in range(0, len(texts), 50):
        vectorizer.partial_fit(texts[begin : begin + 50])
    assert {'frequent', 'common'} <= vectorizer.vocabulary_.keys()
    assert len(vectorizer.vocabulary_) <= 8
    assert 0 < vectorizer.undercount_ <= 2 * (len(texts) // 50)
    read = pickle.loads(pickle.dumps(vectorizer))
    assert (read.undercount_, read.vocabulary_) == (vectorizer.undercount_, vectorizer.vocabulary_)
    vectorizer.save(model_path, resumable=True)
    read = nutgraf.CountVectorizer.load(model_path).partial_fit([f'other{i}' for i in range(20)])
    assert len(read.vocabulary_) <= 8
    assert read.undercount_ > vectorizer.undercount_


def test_equally_frequent_terms_are_cut_in_order():
    vectorizer = nutgraf.CountVectorizer(max_terms=4).fit(['ee dd cc bb aa'])
    assert vectorizer.vocabulary_ == {'aa': 0, 'bb': 1}
    assert vectorizer.undercount_ == 1


def test_a_bound_in_fit_transform():
    texts = ['bb aa', 'aa cc', 'dd ee', 'aa bb']
    ours = nutgraf.CountVectorizer(max_terms=3)
    for given_texts in (texts, iter(texts), np.array(texts, dtype=object), pa.array(texts)):
        assert ours.fit_transform(given_texts).toarray().tolist() == [[1, 1], [1, 0], [0, 0], [1, 1]]
        assert ours.vocabulary_ == {'aa': 0, 'bb': 1}
        assert ours.undercount_ == 1


def test_a_bounded_vocabulary_is_not_merged():
    bounded = nutgraf.CountVectorizer(max_terms=2).fit(['aa bb cc', 'aa'])
    whole = nutgraf.CountVectorizer().fit(['aa'])
    assert whole.undercount_ == 0
    for one, other in ((bounded, whole), (whole, bounded)):
        before = learned(one)
        with pytest.raises(nutgraf.NutgrafError, match='a bounded vocabulary has dropped terms'):
            one.merge(other)
        assert learned(one) == before
    full = nutgraf.CountVectorizer(max_terms=2).fit(['aa bb'])
    with pytest.raises(nutgraf.NutgrafError, match='more terms than the bound, 2'):
        full.merge(nutgraf.CountVectorizer().fit(['cc']))
    assert full.merge(whole).vocabulary_ == {'aa': 0, 'bb': 1}


@pytest.mark.parametrize('wrong', [0, -1, 2.5, 'many'])
@pytest.mark.parametrize('name', ['max_terms', 'threads'])
def test_wrong_numbers(name, wrong):
    for step in ('fit', 'partial_fit', 'fit_transform'):
        with pytest.raises(nutgraf.NutgrafError, match=f'{name} is {wrong!r}; it must be an int of 1 or more'):
            getattr(nutgraf.CountVectorizer(**{name: wrong}), step)(TEXTS)


# What raises in the middle.


@pytest.mark.parametrize('step', STEPS)
@pytest.mark.parametrize('first', [None, 'fit', 'partial_fit'])
@pytest.mark.parametrize('params', [{}, {'tokenizer': str.split, 'token_pattern': None}, {'analyzer': 'segment'}])
def test_what_an_iterator_raises_comes_out_unchanged(step, first, params):
    vectorizer = nutgraf.TfidfVectorizer(**params)
    if first:
        getattr(vectorizer, first)(TEXTS)
    elif step == 'transform':
        vectorizer.fit(TEXTS)
    is_fitted = hasattr(vectorizer, 'vocabulary_')
    before = learned(vectorizer) if is_fitted else None
    error = KeyError('in the middle')

    def texts():
        yield 'new words'
        raise error

    with pytest.raises(KeyError) as caught:
        getattr(vectorizer, step)(texts())
    assert caught.value is error
    assert caught.value.__cause__ is None
    assert hasattr(vectorizer, 'vocabulary_') == is_fitted
    if is_fitted:
        assert learned(vectorizer) == before


@pytest.mark.parametrize('step', STEPS)
def test_what_an_analyzer_raises_comes_out_unchanged(step):
    error = KeyError('in the middle')

    def analyze(text):
        if text == 'broken':
            raise error
        return text.split()

    vectorizer = nutgraf.CountVectorizer(analyzer=analyze).fit(TEXTS)
    before = learned(vectorizer)
    with pytest.raises(KeyError) as caught:
        getattr(vectorizer, step)(['new words', 'broken'])
    assert caught.value is error
    assert learned(vectorizer) == before


@pytest.mark.parametrize('step', STEPS)
def test_ctrl_c_between_texts_changes_nothing(step):
    vectorizer = nutgraf.CountVectorizer().partial_fit(TEXTS)
    before = learned(vectorizer)

    def texts():
        yield 'new words'
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        getattr(vectorizer, step)(texts())
    assert learned(vectorizer) == before


def test_a_bound_does_not_read_files_twice(tmp_path):
    path = tmp_path / 'text.txt'
    path.write_text('the harbour closed', encoding='utf-8')
    named = nutgraf.CountVectorizer(input='filename', max_terms=5)
    assert named.fit_transform([path]).sum() == 3
    with path.open('rb') as file:
        vectorizer = nutgraf.CountVectorizer(input='file', max_terms=5)
        with pytest.raises(nutgraf.NutgrafError, match="max_terms reads texts twice, a file only once; give input='f"):
            vectorizer.fit_transform([file])
        assert vectorizer.fit([file]).vocabulary_ == {'closed': 0, 'harbour': 1, 'the': 2}


INTERRUPTED = """
step, analyzer, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
text = 'The harbour closed on Monday and ships waited outside. Pilots left, they said, for the coast.\\n\\n' * 20_000
vectorizer = nutgraf.CountVectorizer(analyzer=analyzer, threads=threads).partial_fit(['The harbour closed.'])
before = vectorizer.vocabulary_, vectorizer.transform(['harbour']).toarray().tolist()
core = _core.TermStatistics.count if step in ('fit', 'partial_fit') else _core.TermRows.count
interrupt(core, lambda: getattr(vectorizer, step)(text for _ in range(40)))
assert before == (vectorizer.vocabulary_, vectorizer.transform(['harbour']).toarray().tolist())
"""


@pytest.mark.parametrize(
    ('step', 'analyzer', 'threads'),
    [('fit', 'word', 1), ('partial_fit', 'word', 2), ('fit_transform', 'segment', 2), ('transform', 'char', 1)],
)
def test_ctrl_c_in_the_core_changes_nothing(step, analyzer, threads):
    check_interrupt(INTERRUPTED, step, analyzer, str(threads))


# Threads.


def long_texts():
    """Texts of more than 64 KB each, between short and empty ones."""
    rng = random.Random(5)
    vocabulary = [f'{stem}{i}' for stem in ('harbour', 'Ship', '\xe9t\xe9', '\u6771') for i in range(300)]
    texts = []
    for _ in range(12):
        words = rng.choices(vocabulary, weights=range(1, len(vocabulary) + 1), k=16_000)
        texts += ['', ' '.join(words), rng.choice(vocabulary), '.']
    return texts


LONG_TEXTS = long_texts()


@pytest.mark.parametrize(
    'params',
    [
        {},
        {'ngram_range': (1, 2), 'max_features': 500},
        {'analyzer': 'char', 'ngram_range': (1, 3), 'min_df': 3},
        {'analyzer': 'segment', 'lang': 'en', 'stem': True},
        {'max_terms': 700},
    ],
    ids=str,
)
@pytest.mark.parametrize('kind', VECTORIZERS)
def test_threads_change_nothing(model_path, kind, params):
    assert sum(len(text.encode()) > 1 << 16 for text in LONG_TEXTS) == 12
    found = set()
    for threads in (1, 2, 7):
        vectorizer = kind(**params, threads=threads)
        matrix = bits(vectorizer.fit_transform(LONG_TEXTS))
        files = [saved(model_path, vectorizer, resumable=False)]
        assert bits(vectorizer.transform(LONG_TEXTS)) == matrix
        files.append(saved(model_path, vectorizer.fit(LONG_TEXTS), resumable=False))
        assert bits(vectorizer.transform(LONG_TEXTS)) == matrix
        in_batches = kind(**params, threads=threads).partial_fit(LONG_TEXTS[:20]).partial_fit(LONG_TEXTS[20:])
        files.append(saved(model_path, in_batches))
        found.add((matrix, *files))
    assert len(found) == 1
    if 'max_terms' not in params:
        assert bits(in_batches.transform(LONG_TEXTS)) == matrix


@pytest.mark.parametrize('step', STEPS)
@pytest.mark.parametrize('threads', [1, 2, 7])
def test_an_error_names_the_first_row_whatever_the_threads(step, threads):
    texts = list(LONG_TEXTS)
    for row in (13, 14, 30, 45):
        texts[row] = 'bad \ud800' * (1 + 20_000 * (row % 2))
    vectorizer = nutgraf.CountVectorizer(threads=threads).fit(['harbour'])
    with pytest.raises(nutgraf.NutgrafError, match=r'text 13: .*surrogate at index 4') as caught:
        getattr(vectorizer, step)(texts)
    assert caught.value.offset == 4
    content = [text.encode() for text in LONG_TEXTS]
    for row in (17, 18, 40):
        content[row] = b'bad ' * 20_000 * (row % 2) + b'\xc3'
    with pytest.raises(nutgraf.NutgrafError, match='text 17: the text is not valid UTF-8 at byte 80000') as caught:
        getattr(vectorizer, step)(pa.array(content, pa.binary()).view(pa.string()))
    assert caught.value.kind == 'invalid_text'


# What texts may come in.


def inputs(texts):
    chunks = [pa.array(texts[:2], pa.string()), pa.array([], pa.string()), pa.array(texts[2:], pa.string())]
    padded = ['left out', *texts, None, 'left out']
    return {
        'tuple': tuple(texts),
        'iterator': iter(texts),
        'generator': (text for text in texts),
        'dict': dict.fromkeys(texts),
        'numpy': np.array(texts, dtype=object),
        'numpy str': np.array(texts),
        'pandas object': pd.Series(texts, dtype=object),
        'pandas string': pd.Series(texts, dtype='string'),
        'pandas category': pd.Series(texts, dtype='category'),
        'pandas filtered': pd.Series(['left out', *texts])[lambda column: column.index > 0],
        'pandas arrow': pd.Series(texts, dtype=pd.ArrowDtype(pa.string())),
        'pandas index': pd.Index(texts),
        'polars': pl.Series(texts),
        'polars category': pl.Series(texts, dtype=pl.Categorical),
        'polars sliced': pl.Series(padded)[1:-2],
        'polars chunked': pl.concat([pl.Series(texts[:1]), pl.Series(texts[1:])], rechunk=False),
        'arrow': pa.array(texts),
        'arrow large': pa.array(texts, pa.large_string()),
        'arrow view': pa.array(texts, pa.string_view()),
        'arrow chunked': pa.chunked_array(chunks),
        'arrow no chunks': pa.chunked_array([pa.array(texts)]).slice(0, len(texts)),
        'arrow dictionary': pa.array(texts).dictionary_encode(),
        'arrow dictionary of views': pa.DictionaryArray.from_arrays(
            pa.array(range(len(texts)), pa.uint8()), pa.array(texts, pa.string_view())
        ),
        'arrow sliced': pa.array(padded).slice(1, len(texts)),
        'arrow large sliced': pa.array(padded, pa.large_string()).slice(1, len(texts)),
        'arrow view sliced': pa.array(padded, pa.string_view()).slice(1, len(texts)),
        'arrow dictionary sliced': pa.array(padded).dictionary_encode().slice(1, len(texts)),
        'arrow dictionary of a slice': pa.DictionaryArray.from_arrays(
            pa.array(range(len(texts)), pa.int64()), pa.array(padded).slice(1, len(texts))
        ),
    }


INPUT_TEXTS = [*TEXTS, 'more than the twelve bytes that a view has inline', '\u6771\u4eac']


@pytest.mark.parametrize('params', [{}, {'tokenizer': str.split, 'token_pattern': None}], ids=['core', 'python'])
@pytest.mark.parametrize('name', inputs(INPUT_TEXTS))
def test_inputs(name, params):
    expected = nutgraf.TfidfVectorizer(**params).fit(INPUT_TEXTS)
    matrix = bits(expected.transform(INPUT_TEXTS))
    ours = nutgraf.TfidfVectorizer(**params)
    assert bits(ours.fit_transform(inputs(INPUT_TEXTS)[name])) == matrix
    assert bits(expected.transform(inputs(INPUT_TEXTS)[name])) == matrix
    assert learned(ours.fit(inputs(INPUT_TEXTS)[name])) == learned(expected)
    assert learned(nutgraf.TfidfVectorizer(**params).partial_fit(inputs(INPUT_TEXTS)[name])) == learned(expected)


@given(st.lists(nasty_texts | st.none(), max_size=6), st.integers(0, 3), st.integers(0, 3))
def test_arrow_equals_a_list(texts, before, after):
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        array = pa.array(['left out'] * before + texts + ['left out'] * after, kind).slice(before, len(texts))
        for given_texts in (array, pa.chunked_array([array.slice(0, 2), array.slice(2)])):
            found = nutgraf.HashingVectorizer(n_features=64, skip_null=True).transform(given_texts)
            expected = nutgraf.HashingVectorizer(n_features=64).transform([text or '' for text in texts])
            assert bits(found) == bits(expected)


@pytest.mark.parametrize('params', [{}, {'tokenizer': str.split, 'token_pattern': None}], ids=['core', 'python'])
def test_a_document_is_its_sentences(params):
    for text in ('The harbour closed. Ships waited.', '\U0001f600 Der Hafen schlo\xdf. Schiffe warteten.', ''):
        doc = nutgraf.segment(f'{text} harbour')
        sentences = [s.text for s in doc.sentences]
        ours, expected = nutgraf.CountVectorizer(**params), nutgraf.CountVectorizer(**params)
        assert bits(ours.fit_transform(doc)) == bits(expected.fit_transform(sentences))
        assert bits(ours.transform(doc)) == bits(expected.transform(sentences))
        assert learned(ours.partial_fit(doc)) == learned(expected.partial_fit(sentences))


NULLS = {
    'None': ['harbour', None, 'ships'],
    'NaN': ['harbour', float('nan'), 'ships'],
    'numpy NaN': np.array(['harbour', np.nan, 'ships'], dtype=object),
    'NA': ['harbour', pd.NA, 'ships'],
    'pandas object': pd.Series(['harbour', np.nan, 'ships'], dtype=object),
    'pandas string': pd.Series(['harbour', pd.NA, 'ships'], dtype='string'),
    'pandas category': pd.Series(['harbour', None, 'ships'], dtype='category'),
    'polars': pl.Series(['harbour', None, 'ships']),
    'polars category': pl.Series(['harbour', None, 'ships'], dtype=pl.Categorical),
    'arrow': pa.array(['harbour', None, 'ships']),
    'arrow view': pa.array(['harbour', None, 'ships'], pa.string_view()),
    'arrow sliced': pa.array([None] * 9 + ['harbour', None, 'ships']).slice(9),
    'arrow chunked': pa.chunked_array([['harbour'], [None], ['ships']]),
    'arrow dictionary': pa.array(['harbour', None, 'ships']).dictionary_encode(),
    'arrow null in the dictionary': pa.DictionaryArray.from_arrays([0, 1, 2], ['harbour', None, 'ships']),
}


@pytest.mark.parametrize(
    'params',
    [{}, {'tokenizer': str.split, 'token_pattern': None}, {'analyzer': 'segment'}],
    ids=['core', 'python', 'segment'],
)
@pytest.mark.parametrize('name', NULLS)
def test_nulls(name, params):
    vectorizer = nutgraf.CountVectorizer(**params).fit(['harbour ships'])
    for step in STEPS:
        with pytest.raises(nutgraf.NutgrafError, match=r'text 1 is missing .*skip_null=True') as caught:
            getattr(vectorizer, step)(NULLS[name])
        assert caught.value.kind == 'invalid_argument'
    skipping = nutgraf.CountVectorizer(**params, skip_null=True)
    assert skipping.fit_transform(NULLS[name]).toarray().tolist() == [[1, 0], [0, 0], [0, 1]]
    assert skipping.partial_fit(NULLS[name]).transform(NULLS[name]).toarray().tolist() == [[1, 0], [0, 0], [0, 1]]
    assert nutgraf.TfidfVectorizer(**params, skip_null=True).fit(NULLS[name]).idf_.tolist() == [1 + np.log(2)] * 2


def test_arrow_of_nulls_alone():
    nulls = pa.nulls(3)
    with pytest.raises(nutgraf.NutgrafError, match='text 0 is missing'):
        nutgraf.CountVectorizer().fit(nulls)
    matrix = nutgraf.CountVectorizer(vocabulary=['harbour'], skip_null=True).transform(nulls)
    assert (matrix.shape, matrix.nnz) == ((3, 1), 0)


@pytest.mark.parametrize(
    'column',
    [
        pa.array([1, 2]),
        pa.array([b'bytes']),
        pa.array([['a', 'list']]),
        pa.array([1, 2]).dictionary_encode(),
        pa.table({'text': ['a table']}),
        pl.Series([1, 2]),
        pl.DataFrame({'text': ['a frame']}),
        pd.Series([1, 2]),
        pd.DataFrame({'text': ['a frame']}),
    ],
    ids=lambda column: f'{type(column).__module__}.{type(column).__name__} {getattr(column, "type", "")}',
)
def test_arrow_that_holds_no_strings(column):
    for step in STEPS:
        vectorizer = nutgraf.CountVectorizer().fit(TEXTS)
        with pytest.raises(TypeError, match='are no strings; give one column of strings'):
            getattr(vectorizer, step)(column)


@pytest.mark.parametrize('params', [{}, {'tokenizer': str.split, 'token_pattern': None}], ids=['core', 'python'])
@pytest.mark.parametrize('kind', [pa.string(), pa.large_string(), pa.string_view()], ids=str)
def test_arrow_of_wrong_bytes(params, kind):
    good = [text.encode() for text in TEXTS]
    binary = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}[kind]
    for wrong in (b'ab\xff', b'\xc3', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'\xc0\x80', b'more than twelve \x80'):
        array = pa.array([*good, wrong, *good], binary).cast(kind, safe=False) if kind != pa.string_view() else None
        if array is None:
            content = pa.array([*good, wrong, *good], binary)
            array = pa.Array.from_buffers(kind, len(content), content.buffers())
        for step in STEPS:
            with pytest.raises(nutgraf.NutgrafError, match='text 5: the text is not valid UTF-8') as caught:
                getattr(nutgraf.CountVectorizer(**params).fit(TEXTS), step)(array)
            assert caught.value.kind == 'invalid_text'


@pytest.mark.parametrize('params', [{}, {'tokenizer': str.split, 'token_pattern': None}])
def test_arrow_of_wrong_bytes_in_a_later_chunk(params):
    content = pa.array([b'a harbour', b'\xff'], pa.binary()).cast(pa.string(), safe=False)
    chunked = pa.chunked_array([pa.array(TEXTS), content])
    for step in STEPS:
        with pytest.raises(nutgraf.NutgrafError, match=f'text {len(TEXTS) + 1}: the text is not valid UTF-8'):
            getattr(nutgraf.CountVectorizer(**params).fit(TEXTS), step)(chunked)


class FailingStream:
    """A stream of strings that breaks off."""

    def __init__(self, error):
        self.error = error

    def __arrow_c_stream__(self, requested_schema=None):
        if isinstance(self.error, TypeError):
            raise self.error
        schema = pa.schema([pa.field('text', pa.string())])

        def batches():
            yield pa.record_batch([pa.array(['harbour'])], schema=schema)
            raise self.error

        reader = pa.RecordBatchReader.from_batches(schema, batches())
        return reader.__arrow_c_stream__(requested_schema)


def test_arrow_that_fails():
    with pytest.raises(TypeError, match='no stream'):
        nutgraf.CountVectorizer().fit(FailingStream(TypeError('no stream')))
    with pytest.raises(TypeError, match='are no strings'):
        nutgraf.CountVectorizer().fit(FailingStream(KeyError('later')))


def test_a_series_without_pyarrow(monkeypatch):
    texts = pd.Series(TEXTS, dtype='category')
    monkeypatch.setattr(pd.Series, '__arrow_c_stream__', property(lambda self: lambda *_: __import__('no_such_module')))
    assert learned(nutgraf.CountVectorizer().fit(texts)) == learned(nutgraf.CountVectorizer().fit(TEXTS))


# Bad and large texts.


@pytest.mark.parametrize('analyzer', ['word', 'char', 'char_wb', 'segment', str.split])
def test_nul_inside_texts(analyzer):
    texts = ['har\0bour \0 ships\0', '\0', 'har\0bour']
    core = nutgraf.CountVectorizer(analyzer=analyzer)
    matrix = core.fit_transform(texts)
    assert bits(nutgraf.CountVectorizer(analyzer=core.build_analyzer()).fit_transform(texts)) == bits(matrix)
    assert bits(core.fit_transform(pa.array(texts))) == bits(matrix)
    if analyzer in ('word', 'segment'):
        assert core.vocabulary_ == {'bour': 0, 'har': 1, 'ships': 2}


@pytest.mark.parametrize('analyzer', ['word', 'segment', str.split])
def test_one_word_of_ten_million_letters(analyzer):
    word = 'x' * 10_000_000
    vectorizer = nutgraf.CountVectorizer(analyzer=analyzer, threads=2).fit([f'{word} a short one', 'short'])
    assert word in vectorizer.vocabulary_
    assert vectorizer.transform([f'short {word} {word}x']).nnz == 2


def test_a_million_empty_texts():
    empty = [''] * 1_000_000
    vectorizer = nutgraf.CountVectorizer(threads=2)
    with pytest.raises(nutgraf.NutgrafError, match='no term'):
        vectorizer.fit(empty)
    for given_texts in (empty, pa.array(empty)):
        matrix = vectorizer.fit(['harbour']).transform(given_texts)
        assert (matrix.shape, matrix.nnz) == ((1_000_000, 1), 0)
    matrix = vectorizer.fit_transform([*empty, 'harbour'])
    assert (matrix.shape, matrix.nnz, matrix[1_000_000, 0]) == ((1_000_001, 1), 1, 1)
    found = nutgraf.TfidfVectorizer().partial_fit(empty).partial_fit(['harbour']).idf_
    assert found.tolist() == pytest.approx([np.log(1_000_002 / 2) + 1], rel=1e-12)


@pytest.mark.parametrize('empty', [[], (), iter([]), pa.array([], pa.string()), pa.chunked_array([], pa.string())])
def test_no_texts(empty):
    for step in ('fit', 'fit_transform'):
        with pytest.raises(nutgraf.NutgrafError, match='no term'):
            getattr(nutgraf.CountVectorizer(), step)(empty)
    vectorizer = nutgraf.CountVectorizer().fit(TEXTS)
    before = learned(vectorizer)
    assert vectorizer.transform(empty).shape == (0, len(vectorizer.vocabulary_))
    assert learned(vectorizer.partial_fit(empty)) == before


@pytest.mark.parametrize('step', STEPS)
def test_one_str_is_no_list(step):
    vectorizer = nutgraf.CountVectorizer().fit(TEXTS)
    for one in ('one text', np.str_('one text')):
        with pytest.raises(nutgraf.NutgrafError, match=r'not one str; write \[text\]'):
            getattr(vectorizer, step)(one)
    with pytest.raises(TypeError):
        getattr(vectorizer, step)(3)


# Rows as Arrow.


class Exported:
    def __init__(self, capsules):
        self.capsules = capsules

    def __arrow_c_array__(self, requested_schema=None):
        return self.capsules


def exported(matrix):
    return Exported(_core.arrow_rows(matrix.data, matrix.indices, matrix.indptr))


@pytest.mark.parametrize('dtype', [np.float32, np.float64, np.int32, np.int64])
def test_rows_as_arrow(dtype):
    matrix = nutgraf.CountVectorizer(dtype=dtype).fit_transform(TEXTS)
    array = pa.array(exported(matrix))
    array.validate(full=True)
    value = pa.from_numpy_dtype(dtype)
    item = pa.struct([pa.field('column', pa.int32(), False), pa.field('value', value, False)])
    assert array.type == pa.list_(pa.field('item', item, False))
    expected = [
        [{'column': c, 'value': matrix[r, c]} for c in matrix.indices[matrix.indptr[r] : matrix.indptr[r + 1]]]
        for r in range(matrix.shape[0])
    ]
    assert array.to_pylist() == expected
    assert expected[3] == []
    address = array.flatten().field('value').buffers()[1].address
    assert address == matrix.data.__array_interface__['data'][0]
    assert pl.from_arrow(array).to_list() == expected


def test_rows_as_arrow_outlive_the_matrix():
    matrix = nutgraf.TfidfVectorizer().fit_transform(TEXTS)
    expected = pa.array(exported(matrix)).to_pylist()
    array = pa.array(exported(matrix))
    values = array.flatten().field('value')
    del matrix
    overwrite_freed_memory(lambda: nutgraf.TfidfVectorizer().fit_transform(TEXTS))
    assert array.to_pylist() == expected
    del array  # a child may be kept longer than the list
    overwrite_freed_memory(lambda: nutgraf.TfidfVectorizer().fit_transform(TEXTS))
    assert values.to_pylist() == [entry['value'] for row in expected for entry in row]


class Watched(np.ndarray):
    """An array that weakref can watch."""


@pytest.mark.parametrize('use', ['never', 'imported', 'a child'])
def test_rows_as_arrow_leave_nothing_behind(use):
    arrays = [np.arange(n, dtype=t).view(Watched) for n, t in ((3, np.float64), (3, np.int32), (2, np.int32))]
    arrays[2][1] = 3
    alive = [weakref.ref(array) for array in arrays]
    capsules = _core.arrow_rows(*arrays)
    del arrays
    gc.collect()
    assert all(ref() is not None for ref in alive)
    if use != 'never':
        kept = pa.array(Exported(capsules))
        kept = kept.flatten().field('value') if use == 'a child' else kept
        del capsules
        gc.collect()
        assert all(ref() is not None for ref in alive)
        assert len(kept) == (3 if use == 'a child' else 1)
        del kept
    else:
        del capsules
    gc.collect()
    assert all(ref() is None for ref in alive)


def test_rows_of_other_dtypes_are_no_arrow():
    matrix = nutgraf.CountVectorizer(dtype=np.int8).fit_transform(TEXTS)
    with pytest.raises(TypeError, match='dtype int8; Arrow rows are made of float32, float64, int32 or int64'):
        exported(matrix)
    empty = nutgraf.CountVectorizer().fit(TEXTS).transform([])
    assert pa.array(exported(empty)).to_pylist() == []


# The words of segment as terms.


def plain_terms(text, lang, stop_words, numbers=True, min_length=1):
    """What analyzer='segment' gives, from segment alone: only plain words, without an apostrophe."""
    doc = nutgraf.segment(text, lang=lang)
    found = [(w.text.casefold(), w.text.isdigit()) for s in doc.sentences for w in s.words]
    return [t for t, digits in found if t not in stop_words and len(t) >= min_length and (numbers or not digits)]


def counts(vectorizer, texts):
    """A dict of terms and counts of each text."""
    rows = vectorizer.fit_transform(texts).toarray()
    terms = vectorizer.get_feature_names_out()
    return [{t: n for t, n in zip(terms, row, strict=True) if n} for row in rows.tolist()]


def counted(terms):
    return {t: terms.count(t) for t in terms}


PLAIN = {
    'en': 'The harbour closed in 2019. SHIPS waited for 15 days, and the Harbour was full of ships.',
    'de': 'Der Hafen wurde 2019 geschlossen. Die Schiffe warteten vor dem Hafen, und es war kalt.',
    'ru': 'Порт закрылся, и корабли ждали в порту, но не ушли. Они не могли ждать в море до 2019.',
}


@pytest.mark.parametrize('lang', PLAIN)
@pytest.mark.parametrize('given_lang', [True, False])
def test_words_of_segment(lang, given_lang):
    text, of_language = PLAIN[lang], set(_core.stop_words(lang))
    options = {'analyzer': 'segment', 'lang': lang if given_lang else None}
    assert of_language & set(text.casefold().split())
    for stop_words, expected in (
        (None, of_language),
        ([], set()),
        (['Hafen', 'SHIPS', 'Порт'], {'hafen', 'ships', 'порт'}),
        ('en', set(_core.stop_words('en'))),
    ):
        vectorizer = nutgraf.CountVectorizer(**options, stop_words=stop_words)
        assert counts(vectorizer, [text]) == [counted(plain_terms(text, lang, expected))]
        assert vectorizer.build_analyzer()(text) == plain_terms(text, lang, expected)
    for own in ({'numbers': False}, {'min_length': 5}, {'numbers': False, 'min_length': 4}):
        vectorizer = nutgraf.CountVectorizer(**options, **own)
        assert counts(vectorizer, [text]) == [counted(plain_terms(text, lang, of_language, **own))]


def test_each_text_has_its_own_language():
    texts = [PLAIN['de'], PLAIN['en']]
    expected = [counted(plain_terms(PLAIN[lang], lang, set(_core.stop_words(lang)))) for lang in ('de', 'en')]
    assert counts(nutgraf.CountVectorizer(analyzer='segment'), texts) == expected
    expected = [counted(plain_terms(text, 'en', set(_core.stop_words('en')))) for text in texts]
    assert counts(nutgraf.CountVectorizer(analyzer='segment', lang='en'), texts) == expected
    with pytest.raises(nutgraf.NutgrafError, match='xx'):
        nutgraf.CountVectorizer(analyzer='segment', lang='xx').fit(texts)


def test_stems():
    text = PLAIN['en']
    plain = nutgraf.CountVectorizer(analyzer='segment', lang='en').build_analyzer()(text)
    stemmed = nutgraf.CountVectorizer(analyzer='segment', lang='en', stem=True).build_analyzer()(text)
    assert stemmed == _core.stem_words(plain, 'en')
    assert stemmed == ['harbour', 'close', '2019', 'ship', 'wait', '15', 'day', 'harbour', 'full', 'ship']
    without = nutgraf.CountVectorizer(analyzer='segment', lang='ka', stem=True).build_analyzer()(
        '\u10d6\u10e6\u10d5\u10d0'
    )
    assert without == ['\u10d6\u10e6\u10d5\u10d0']


def test_runs_of_words_stay_in_their_sentence():
    text = 'Red ships waited. Blue harbour.'
    vectorizer = nutgraf.CountVectorizer(analyzer='segment', lang='en', stop_words=[], ngram_range=(1, 2))
    assert counts(vectorizer, [text])[0].keys() == {
        'red', 'ships', 'waited', 'blue', 'harbour', 'red ships', 'ships waited', 'blue harbour',
    }  # fmt: skip
    vectorizer.set_params(ngram_range=(3, 4))
    assert counts(vectorizer, [text]) == [{'red ships waited': 1}]
    # What is left out stands between nobody.
    vectorizer.set_params(ngram_range=(2, 2), stop_words=['ships'])
    assert counts(vectorizer, [text]) == [{'red waited': 1, 'blue harbour': 1}]


@pytest.mark.parametrize(
    ('lang', 'text'),
    [
        ('zh', '\u6e2f\u53e3\u5173\u95ed\u4e86\u3002\u8239\u53ea\u7b49\u5f85\u3002'),
        ('ja', '\u6771\u4eac\u6e2f\u306f\u9589\u9396\u3055\u308c\u305f\u3002'),
        ('th', '\u0e17\u0e48\u0e32\u0e40\u0e23\u0e37\u0e2d\u0e1b\u0e34\u0e14'),
    ],
)
def test_pairs_of_characters(lang, text):
    vectorizer = nutgraf.CountVectorizer(analyzer='segment', lang=lang, stop_words=[], bigrams=True)
    runs = [run for run in re.split('[\u3002 ]', text) if run]
    expected = [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
    assert vectorizer.build_analyzer()(text) == expected
    assert counts(vectorizer, [text]) == [counted(expected)]
    assert vectorizer.build_analyzer()(f'{text[0]} harbour') == [text[0], 'harbour']
    whole_words = nutgraf.CountVectorizer(analyzer='segment', lang=lang, stop_words=[]).build_analyzer()(text)
    assert ''.join(whole_words) == ''.join(runs)


def test_elisions():
    analyze = nutgraf.CountVectorizer(analyzer='segment', lang='fr', stop_words=[]).build_analyzer()
    assert analyze("L'\xe9t\xe9 qu'on aime aujourd'hui") == ['\xe9t\xe9', 'on', 'aime', "aujourd'hui"]
    assert analyze('L\u2019\xe9t\xe9 d\u2019abord') == ['\xe9t\xe9', 'abord']
    assert nutgraf.CountVectorizer(analyzer='segment', lang='en', stop_words=[]).build_analyzer()("l'ete") == ["l'ete"]
    plain = nutgraf.CountVectorizer(
        analyzer='segment', lang='fr', stop_words=[], strip_accents='unicode'
    ).build_analyzer()
    assert plain("l'\xe9t\xe9") == ['ete']


@pytest.mark.parametrize('article', sorted(ARTICLE_TEXTS))
def test_terms_of_articles(article):
    text = ARTICLE_TEXTS[article]
    vectorizer = nutgraf.CountVectorizer(analyzer='segment')
    assert counts(vectorizer, [text]) == [counted(vectorizer.build_analyzer()(text))]
    by_python = nutgraf.CountVectorizer(analyzer=vectorizer.build_analyzer())
    assert bits(by_python.fit_transform([text, 'ships'])) == bits(vectorizer.fit_transform([text, 'ships']))


@pytest.mark.parametrize(
    ('params', 'message'),
    [
        ({'strip_accents': 'ascii'}, "analyzer='segment' takes 'unicode' or None"),
        ({'min_length': 0}, 'each must be 1 or more'),
        ({'ngram_range': (2, 1)}, 'ngram_range'),
        ({'stop_words': 'xx'}, 'no stop words'),
    ],
)
def test_wrong_parameters_of_words(params, message):
    with pytest.raises(nutgraf.NutgrafError, match=message):
        nutgraf.CountVectorizer(analyzer='segment', **params).fit(TEXTS)


def test_limits_apply_whenever_the_model_is_used():
    vectorizer = nutgraf.CountVectorizer().partial_fit(['the cat', 'the dog', 'a the bird'])
    assert vectorizer.transform(['x']).shape == (1, 4)
    vectorizer.set_params(min_df=2)
    copied = pickle.loads(pickle.dumps(vectorizer))
    assert vectorizer.transform(['x']).shape == copied.transform(['x']).shape == (1, 1)
    assert vectorizer.get_feature_names_out().tolist() == copied.get_feature_names_out().tolist() == ['the']
