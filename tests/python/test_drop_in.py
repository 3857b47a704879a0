"""In the place of scikit-learn's classes: one import changes, and nothing else."""

import pickle
import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest
import sklearn.feature_extraction.text as peers
from conftest import nasty_texts
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array, csr_matrix
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.utils.validation import check_is_fitted

import nutgraf

TEXTS = ['Ships wait in the harbour.', 'The harbour is full of ships.', "L'\xe9t\xe9, aujourd'hui!", 'wet hills']
TOKENS = [text.split() for text in TEXTS]
VECTORIZERS = ['CountVectorizer', 'TfidfVectorizer']
CLASSES = [*VECTORIZERS, 'TfidfTransformer']


def pair(name, *args, **params):
    return getattr(nutgraf, name)(*args, **params), getattr(peers, name)(*args, **params)


def assert_same(ours, theirs):
    assert (ours.shape, ours.dtype) == (theirs.shape, theirs.dtype)
    np.testing.assert_allclose(ours.toarray(), theirs.toarray(), rtol=1e-6 if ours.dtype == np.float32 else 1e-12)


@pytest.mark.parametrize('name', CLASSES)
def test_what_is_not_fitted_says_so_as_everywhere(name):
    estimator = getattr(nutgraf, name)()
    for attribute in ('vocabulary_', 'idf_', 'undercount_'):
        assert not hasattr(estimator, attribute)
    with pytest.raises(NotFittedError):
        check_is_fitted(estimator)
    with pytest.raises(NotFittedError) as caught:
        estimator.transform(TEXTS)
    assert isinstance(caught.value, nutgraf.NutgrafError)
    assert caught.value.kind == 'not_fitted'
    read = pickle.loads(pickle.dumps(caught.value))
    assert (type(read), read.kind, str(read)) == (nutgraf.NutgrafError, 'not_fitted', str(caught.value))
    check_is_fitted(estimator.fit([[1, 0]] if name == 'TfidfTransformer' else TEXTS))


def test_not_fitted_without_scikit_learn():
    code = """
import sys
import nutgraf
assert 'sklearn' not in sys.modules
assert not hasattr(nutgraf.TfidfVectorizer(), 'vocabulary_')
try:
    nutgraf.TfidfVectorizer().transform(['a text'])
except nutgraf.NutgrafError as error:
    assert error.kind == 'not_fitted'
    print('raised')
"""
    child = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True)
    assert child.stdout == 'raised\n'


def test_a_pipeline_may_end_with_any_of_them():
    for steps in ([nutgraf.TfidfVectorizer()], [nutgraf.CountVectorizer(), nutgraf.TfidfTransformer()]):
        pipeline = make_pipeline(*steps).fit(TEXTS)
        assert_same(pipeline.transform(TEXTS), peers.TfidfVectorizer().fit_transform(TEXTS))
        assert pipeline.get_feature_names_out().tolist() == sorted(pipeline[0].vocabulary_)
        assert 'Vectorizer' in pipeline._repr_html_()
        assert_same(pickle.loads(pickle.dumps(pipeline)).transform(TEXTS), pipeline.transform(TEXTS))


def test_columns_of_a_frame_and_unions():
    frame = pd.DataFrame({'text': TEXTS, 'size': range(len(TEXTS))})
    found, expected = (
        ColumnTransformer(
            [('words', words, 'text'), ('letters', letters, 'text'), ('size', 'passthrough', ['size'])],
            sparse_threshold=1,
        )
        for words, letters in zip(pair('TfidfVectorizer'), pair('CountVectorizer', analyzer='char'), strict=True)
    )
    assert_same(found.fit_transform(frame), expected.fit_transform(frame))
    assert found.get_feature_names_out().tolist() == expected.get_feature_names_out().tolist()
    found, expected = (
        FeatureUnion([('words', words), ('letters', letters)])
        for words, letters in zip(pair('TfidfVectorizer'), pair('CountVectorizer', analyzer='char'), strict=True)
    )
    assert_same(found.fit_transform(TEXTS), expected.fit_transform(TEXTS))
    assert found.get_feature_names_out().tolist() == expected.get_feature_names_out().tolist()


def stem_like(base):
    class Stemming(base):
        def build_analyzer(self):
            analyze = super().build_analyzer()
            return lambda text: [word[:3] for word in analyze(text)]

    return Stemming


def with_own(name, make):
    return lambda base: type('Own', (base,), {name: lambda self, *given: make(*given)})


@pytest.mark.parametrize(
    'derive',
    [
        stem_like,
        with_own('build_tokenizer', lambda: str.split),
        with_own('build_preprocessor', lambda: str.upper),
        with_own('decode', lambda text: text.replace('ships', 'boats')),
        with_own('get_stop_words', lambda: frozenset(['the', 'ships'])),
    ],
    ids=['build_analyzer', 'build_tokenizer', 'build_preprocessor', 'decode', 'get_stop_words'],
)
@pytest.mark.parametrize('name', VECTORIZERS)
def test_a_subclass_may_find_terms_its_own_way(name, derive):
    ours, theirs = derive(getattr(nutgraf, name))(), derive(getattr(peers, name))()
    assert_same(ours.fit_transform(TEXTS), theirs.fit_transform(TEXTS))
    assert ours.vocabulary_ == theirs.vocabulary_
    assert_same(ours.transform(TEXTS), theirs.transform(TEXTS))


class WithOwnParameters(nutgraf.CountVectorizer):
    def __init__(self, suffix='', min_df=1):
        super().__init__(min_df=min_df)
        self.suffix = suffix


def test_a_subclass_may_have_its_own_parameters():
    vectorizer = WithOwnParameters(suffix='x', min_df=2).fit(TEXTS)
    vectorizer.note = 'kept'
    assert vectorizer.get_params() == {'suffix': 'x', 'min_df': 2}
    assert repr(vectorizer) == "WithOwnParameters(suffix='x', min_df=2)"
    assert clone(vectorizer).get_params() == vectorizer.get_params()
    read = pickle.loads(pickle.dumps(vectorizer))
    assert (read.suffix, read.note, read.vocabulary_) == ('x', 'kept', vectorizer.vocabulary_)
    with pytest.raises(nutgraf.NutgrafError, match="no parameter 'max_df'; there are suffix, min_df"):
        vectorizer.set_params(max_df=2)


@pytest.mark.parametrize(
    'params',
    [
        {},
        {'stop_words': ['the'], 'ngram_range': (1, 2), 'strip_accents': 'unicode'},
        {'analyzer': 'char', 'ngram_range': (2, 3), 'strip_accents': 'ascii'},
        {'analyzer': 'char_wb', 'ngram_range': (1, 3), 'lowercase': False},
        {'analyzer': str.split},
    ],
)
def test_built_functions_can_be_pickled(params):
    ours, theirs = pair('CountVectorizer', **params)
    for build in ('build_preprocessor', 'build_tokenizer', 'build_analyzer'):
        function = getattr(ours, build)()
        read = pickle.loads(pickle.dumps(function))
        for text in TEXTS:
            assert read(text) == function(text) == getattr(theirs, build)()(text)
    segment = pickle.loads(pickle.dumps(nutgraf.CountVectorizer(analyzer='segment', lang='en').build_analyzer()))
    assert segment('The ships waited.') == ['ships', 'waited']


@pytest.mark.parametrize('name', VECTORIZERS)
def test_texts_that_are_lists_of_words(name):
    expected = getattr(peers, name)(analyzer=lambda words: words)
    matrix = expected.fit_transform(TOKENS)
    as_objects = np.empty(len(TOKENS), dtype=object)
    as_objects[:] = TOKENS
    for rows in (TOKENS, iter(TOKENS), as_objects, pd.Series(TOKENS), pl.Series(TOKENS)):
        ours = getattr(nutgraf, name)(analyzer=lambda words: words)
        assert_same(ours.fit_transform(rows), matrix)
        assert ours.vocabulary_ == expected.vocabulary_
    ours = getattr(nutgraf, name)(tokenizer=lambda words: words, lowercase=False, token_pattern=None)
    assert_same(ours.fit_transform(pd.Series(TOKENS)), matrix)


def test_columns_of_bytes_paths_and_records(tmp_path):
    expected = nutgraf.CountVectorizer().fit_transform(TEXTS)
    assert_same(nutgraf.CountVectorizer().fit_transform(pd.Series([t.encode() for t in TEXTS])), expected)
    paths = [tmp_path / str(i) for i in range(len(TEXTS))]
    for path, text in zip(paths, TEXTS, strict=True):
        path.write_text(text, encoding='utf-8')
    for column in (pd.Series(paths), pd.Series(map(str, paths)), pl.Series(list(map(str, paths)))):
        assert_same(nutgraf.CountVectorizer(input='filename').fit_transform(column), expected)
    records = pd.Series([{'text': text} for text in TEXTS])
    by_record = nutgraf.CountVectorizer(preprocessor=lambda record: record['text'].lower())
    assert_same(by_record.fit_transform(records), expected)


def test_strings_of_numpy():
    expected = nutgraf.CountVectorizer().fit_transform(TEXTS)
    assert_same(nutgraf.CountVectorizer().fit_transform(np.array(TEXTS)), expected)
    assert_same(nutgraf.CountVectorizer(stop_words=np.array(['qq'])).fit_transform(map(np.str_, TEXTS)), expected)


@pytest.mark.parametrize('missing', [None, float('nan'), np.nan, pd.NA])
def test_a_missing_text_is_a_value_error(missing):
    for vectorizer in (nutgraf.CountVectorizer(), nutgraf.TfidfVectorizer(), nutgraf.HashingVectorizer()):
        with pytest.raises(nutgraf.NutgrafError, match='text 1 is missing'):
            vectorizer.fit_transform(['fine', missing])


@pytest.mark.parametrize('name', [*VECTORIZERS, 'HashingVectorizer'])
@pytest.mark.parametrize('call', ['fit', 'transform', 'fit_transform'])
def test_one_str_is_a_value_error(name, call):
    for vectorizer in pair(name):
        with pytest.raises(ValueError):
            getattr(vectorizer.fit(TEXTS), call)('one text')


def test_vocabulary_may_be_assigned():
    learned = nutgraf.CountVectorizer().fit(TEXTS)
    ours, theirs = pair('CountVectorizer')
    for vectorizer in (ours, theirs):
        vectorizer.vocabulary_ = {'ships': 1, 'harbour': 0}
    for vectorizer in (ours, pickle.loads(pickle.dumps(ours))):
        check_is_fitted(vectorizer)
        assert_same(vectorizer.transform(TEXTS), theirs.transform(TEXTS))
        assert vectorizer.get_feature_names_out().tolist() == ['harbour', 'ships']
        with pytest.raises(nutgraf.NutgrafError, match='columns 0, 1, 2'):
            vectorizer.vocabulary_ = {'ships': 1}
        assert vectorizer.vocabulary_ == {'harbour': 0, 'ships': 1}
        # A fit forgets what was assigned.
        assert vectorizer.fit(TEXTS).vocabulary_ == learned.vocabulary_
    ours.vocabulary_ = ['ships']
    assert ours.partial_fit(TEXTS).vocabulary_ == learned.vocabulary_


def test_vocabulary_is_made_once():
    vectorizer = nutgraf.CountVectorizer().fit(TEXTS)
    assert vectorizer.vocabulary_ is vectorizer.vocabulary_
    before = vectorizer.vocabulary_
    assert vectorizer.partial_fit(['a new text']).vocabulary_.keys() - before.keys() == {'new', 'text'}


@pytest.mark.parametrize('dtype', [np.float64, np.float32])
def test_idf_may_be_assigned(dtype, tmp_path):
    learned = peers.TfidfVectorizer(dtype=dtype).fit(TEXTS)
    assert nutgraf.TfidfVectorizer(dtype=dtype).fit(TEXTS).idf_.dtype == learned.idf_.dtype == dtype
    idf = np.arange(1, len(learned.idf_) + 1)
    expected = peers.TfidfVectorizer(dtype=dtype, vocabulary=learned.vocabulary_)
    expected.idf_ = idf.astype(dtype)
    given_vocabulary = nutgraf.TfidfVectorizer(dtype=dtype, vocabulary=learned.vocabulary_)
    assigned = nutgraf.TfidfVectorizer(dtype=dtype)
    assigned.vocabulary_ = learned.vocabulary_
    with pytest.raises(NotFittedError):
        assigned.transform(TEXTS)
    fitted = nutgraf.TfidfVectorizer(dtype=dtype).fit(TEXTS)
    for vectorizer in (given_vocabulary, assigned, fitted):
        with pytest.raises(nutgraf.NutgrafError, match=f'shape .2,.; there are {len(idf)} terms'):
            vectorizer.idf_ = [1.0, 2.0]
        vectorizer.idf_ = idf
        for same in (vectorizer, pickle.loads(pickle.dumps(vectorizer))):
            assert same.idf_.dtype == dtype
            np.testing.assert_array_equal(same.idf_, idf)
            assert_same(same.transform(TEXTS), expected.transform(TEXTS))
    with pytest.raises(nutgraf.NutgrafError, match='idf_ was set'):
        fitted.save(tmp_path / 'model')
    np.testing.assert_allclose(fitted.fit(TEXTS).idf_, learned.idf_, rtol=1e-6)
    with pytest.raises(nutgraf.NutgrafError, match='use_idf is False'):
        nutgraf.TfidfVectorizer(use_idf=False).idf_ = idf


def test_idf_may_be_assigned_before_the_vocabulary():
    vectorizer = nutgraf.TfidfVectorizer()
    vectorizer.idf_ = [1.0, 2.0]
    with pytest.raises(NotFittedError):
        vectorizer.transform(TEXTS)
    vectorizer.vocabulary_ = ['ships']
    with pytest.raises(NotFittedError):  # a vocabulary forgets what was learned with another
        vectorizer.transform(TEXTS)


def test_transformer_with_an_idf_that_is_assigned():
    counts = nutgraf.CountVectorizer().fit_transform(TEXTS)
    ours, theirs = pair('TfidfTransformer')
    for transformer in (ours, theirs):
        transformer.idf_ = np.arange(1.0, counts.shape[1] + 1)
    assert_same(ours.transform(counts), theirs.transform(counts))
    with pytest.raises(nutgraf.NutgrafError, match='columns'):
        ours.transform(counts[:, 1:])


@pytest.mark.parametrize('dtype', [np.int64, np.float32, np.float64])
def test_transformer_idf_has_the_dtype_of_the_counts(dtype):
    counts = nutgraf.CountVectorizer(dtype=dtype).fit_transform(TEXTS)
    ours, theirs = pair('TfidfTransformer')
    assert ours.fit(counts).idf_.dtype == theirs.fit(counts).idf_.dtype
    assert_same(ours.transform(counts), theirs.transform(counts))


def test_transformer_without_a_copy():
    counts = nutgraf.CountVectorizer(dtype=np.float64).fit_transform(TEXTS)
    transformer = nutgraf.TfidfTransformer().fit(counts)
    expected = transformer.transform(counts)
    for other in (counts.astype(np.int64), counts.tocsc(), counts.toarray()):
        before = other.copy()
        assert_same(transformer.transform(other, copy=False), expected)
        assert (before != other).sum() == 0
    assert transformer.transform(counts, copy=False) is counts
    assert_same(counts, expected)
    as_array = csr_array(nutgraf.CountVectorizer(dtype=np.float64).fit_transform(TEXTS))
    assert np.shares_memory(transformer.transform(as_array, copy=False).data, as_array.data)
    assert_same(as_array, expected)


def test_names_of_the_columns_of_a_transformer():
    rows = [[1, 0, 2], [0, 1, 0]]
    frame = pd.DataFrame(rows, columns=['a', 'b', 'c'])
    for fitted_on in (rows, frame):
        ours, theirs = (transformer.fit(fitted_on) for transformer in pair('TfidfTransformer'))
        assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
        for names in (['a', 'b', 'c'], np.array(['a', 'b', 'c'], dtype=object)):
            assert ours.get_feature_names_out(names).tolist() == theirs.get_feature_names_out(names).tolist()
        for transformer in (ours, theirs):
            with pytest.raises(ValueError):
                transformer.get_feature_names_out(['a', 'b'])
    for transformer in (ours, theirs):
        with pytest.raises(ValueError):
            transformer.get_feature_names_out(['x', 'y', 'z'])
    assert ours.fit(rows).get_feature_names_out().tolist() == ['x0', 'x1', 'x2']


@pytest.mark.parametrize('wrong', [np.nan, np.inf, -np.inf])
def test_transformer_takes_no_nan(wrong):
    matrix = csr_matrix([[1.0, wrong]])
    for transformer in pair('TfidfTransformer'):
        with pytest.raises(ValueError):
            transformer.fit(matrix)
        with pytest.raises(ValueError):
            transformer.fit([[1.0, 2.0]]).transform(matrix)


@given(st.lists(nasty_texts, min_size=1, max_size=4))
def test_inverse_transform_gives_strings(texts):
    ours, theirs = (v.fit([*TEXTS, *texts]) for v in pair('CountVectorizer'))
    found = ours.inverse_transform(ours.transform(texts))
    expected = theirs.inverse_transform(theirs.transform(texts))
    assert [row.tolist() for row in found] == [row.tolist() for row in expected]
    assert {row.dtype.kind for row in found} == {'U'}


def test_stop_words_are_a_set():
    for words in (['the', 'is'], ('the',), {'is'}, frozenset(['of'])):
        assert nutgraf.CountVectorizer(stop_words=words).get_stop_words() == frozenset(words)
    assert 'harbour' in nutgraf.CountVectorizer(stop_words='english').get_stop_words().union(['harbour'])
    assert nutgraf.CountVectorizer().get_stop_words() is None


@pytest.mark.parametrize('name', VECTORIZERS)
@pytest.mark.parametrize(
    ('params', 'message'),
    [
        ({'stop_words': ['the'], 'analyzer': 'char'}, 'stop_words has no effect'),
        ({'tokenizer': str.split, 'token_pattern': None, 'analyzer': 'char'}, 'tokenizer has no effect'),
        ({'tokenizer': str.split, 'token_pattern': r'\w+'}, 'token_pattern has no effect'),
        ({'tokenizer': str.split}, 'token_pattern has no effect'),
        ({'token_pattern': r'\w+', 'analyzer': 'char_wb'}, 'token_pattern has no effect'),
        ({'preprocessor': str.lower, 'analyzer': str.split}, 'preprocessor has no effect'),
        ({'ngram_range': (1, 2), 'analyzer': str.split}, 'ngram_range has no effect'),
        ({'stop_words': ["you've", 'you', 'AND']}, r"tokens that are not among them: \['and', 've'\]"),
        ({'vocabulary': ['Ships', 'harbour']}, 'vocabulary has capital letters'),
    ],
)
def test_warnings(name, params, message):
    ours, theirs = pair(name, **params)
    with pytest.warns(UserWarning, match='not be used|not be matched|inconsistent'):
        theirs.fit(TEXTS)
    for call in ('fit', 'fit_transform', 'partial_fit'):
        with pytest.warns(UserWarning, match=message) as caught:
            getattr(ours, call)(TEXTS)
        assert len(caught) == 1
        assert caught[0].filename == __file__
    ours.transform(TEXTS)


def test_no_warnings():
    for params in (
        {'stop_words': 'en'},
        {'stop_words': ['the']},
        {'stop_words': ['the'], 'analyzer': 'segment'},
        {'stop_words': ['The'], 'preprocessor': lambda record: record['text']},
        {'vocabulary': ['Ships', 'harbour'], 'lowercase': False},
        {'token_pattern': None, 'analyzer': 'char'},
    ):
        rows = [{'text': text} for text in TEXTS] if 'preprocessor' in params else TEXTS
        assert nutgraf.CountVectorizer(**params).fit_transform(rows).nnz > 0


@pytest.mark.parametrize('dtype', [np.int32, np.int64, bool])
def test_tfidf_of_whole_numbers_is_float64(dtype):
    ours, theirs = pair('TfidfVectorizer', dtype=dtype)
    with pytest.warns(UserWarning, match='float64'):
        expected = theirs.fit_transform(TEXTS)
    with pytest.warns(UserWarning, match='TF-IDF is float32 or float64, here float64'):
        found = ours.fit_transform(TEXTS)
    assert_same(found, expected)


def test_hashing_is_always_fitted_and_warns():
    check_is_fitted(nutgraf.HashingVectorizer())
    assert not nutgraf.HashingVectorizer().__sklearn_tags__().requires_fit
    assert nutgraf.CountVectorizer().__sklearn_tags__().requires_fit
    pipeline = make_pipeline(nutgraf.HashingVectorizer(), nutgraf.BM25Transformer())
    with pytest.raises(NotFittedError):
        pipeline.transform(TEXTS)
    ours = nutgraf.HashingVectorizer(n_features=64, tokenizer=str.split)
    for call in ('transform', 'fit_transform', 'fit', 'partial_fit'):
        with pytest.warns(UserWarning, match='token_pattern has no effect') as caught:
            getattr(ours, call)(TEXTS)
        assert caught[0].filename == __file__
    for name in ('build_analyzer', 'decode'):
        derive = {'build_analyzer': stem_like, 'decode': with_own('decode', str.upper)}[name]
        ours, theirs = (derive(c)(n_features=64) for c in (nutgraf.HashingVectorizer, peers.HashingVectorizer))
        assert_same(ours.transform(TEXTS), theirs.transform(TEXTS))


@pytest.mark.parametrize('norm', [None, 'l1'])
@pytest.mark.parametrize('dtype', [np.int64, np.int32, np.float32])
def test_dtype_of_hashed_rows(norm, dtype):
    ours, theirs = pair('HashingVectorizer', n_features=64, norm=norm, dtype=dtype)
    assert_same(ours.transform(TEXTS), theirs.transform(TEXTS))


def test_names_of_the_columns_of_bm25():
    frame = pd.DataFrame([[1, 0], [2, 1]], columns=['a', 'b'])
    assert nutgraf.BM25Transformer().fit(frame).get_feature_names_out().tolist() == ['a', 'b']
    pipeline = make_pipeline(nutgraf.CountVectorizer(), nutgraf.BM25Transformer()).fit(TEXTS)
    assert pipeline.get_feature_names_out().tolist() == sorted(pipeline[0].vocabulary_)


def test_columns_of_a_frame_are_those_that_were_fitted():
    frame = pd.DataFrame([[1, 2], [0, 1]], columns=['a', 'b'])
    for transformer in (nutgraf.TfidfTransformer(), nutgraf.BM25Transformer()):
        transformer.fit(frame)
        assert transformer.transform(frame).shape == transformer.transform(frame.to_numpy()).shape == (2, 2)
        with pytest.raises(ValueError, match='in their order'):
            transformer.transform(frame[['b', 'a']])


def test_a_clone_and_a_copy_are_shown_as_what_was_given():
    for made in (nutgraf.TfidfVectorizer(), nutgraf.CountVectorizer(max_df=1, ngram_range=(1, 2))):
        assert repr(clone(made)) == repr(pickle.loads(pickle.dumps(made))) == repr(made)
    assert repr(nutgraf.CountVectorizer(max_df=1)) == 'CountVectorizer(max_df=1)'


def test_a_term_of_no_text_has_no_weight_without_smoothing():
    vectorizer = nutgraf.TfidfVectorizer(vocabulary=['cat', 'zebra'], smooth_idf=False).fit(['the cat'])
    assert vectorizer.transform(['the cat']).toarray().tolist() == [[1, 0]]
    with pytest.raises(ValueError, match=r'row 1 has column 1.*infinite'):
        vectorizer.transform(['a cat', 'a zebra'])
    texts = ['the cat sat on the mat and slept all day long'] * 9000
    texts[8000] = 'a zebra'
    for threads in (1, 2, 7):
        with pytest.raises(ValueError, match='row 8000 has column 1'):
            vectorizer.set_params(threads=threads).transform(texts)


@pytest.mark.parametrize('name', ['lowercase', 'binary', 'smooth_idf', 'stem'])
def test_a_word_is_no_bool(name):
    with pytest.raises(TypeError, match=f"{name} is 'False'; it must be a bool"):
        nutgraf.TfidfVectorizer(**{name: 'False'}, **({'analyzer': 'segment'} if name == 'stem' else {})).fit_transform(
            ['the cat']
        )


def test_a_matrix_has_rows_of_real_numbers():
    with pytest.raises(ValueError, match='1 dimensions'):
        nutgraf.TfidfTransformer().fit([1, 2])
    with pytest.raises(ValueError, match='complex'):
        nutgraf.TfidfTransformer().fit(np.array([[1j, 2]]))


def test_terms_of_a_series_are_those_at_the_places():
    terms = pd.Series(['a', 'b', 'c'], index=[2, 1, 0])
    assert nutgraf.top_terms(csr_matrix([[0, 0, 5.0]]), 1, terms=terms) == [[('c', 5.0)]]
