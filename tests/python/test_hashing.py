"""HashingVectorizer and BM25Transformer: the numbers of scikit-learn, and of the formula written out."""

import math
import random

import numpy as np
import pytest
import sklearn.base
from conftest import nasty_texts, settled_text, texts_of
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer as Peer

import nutgraf

WORDS = ['harbour', 'Ships ', ' the ', 'THE ', 'x ', ' 42 ', 'Stra\xdfe ', '\u6771\u4eac ']
corpora = st.lists(texts_of(st.sampled_from(WORDS)) | nasty_texts | settled_text, max_size=6)
parameters = st.fixed_dictionaries(
    {
        'n_features': st.sampled_from([1, 2, 7, 1000, 2**20, 2**31 - 1]),
        'norm': st.sampled_from(['l1', 'l2', None]),
        'alternate_sign': st.booleans(),
        'binary': st.booleans(),
        'dtype': st.sampled_from([np.float32, np.float64]),
        'ngram_range': st.sampled_from([(1, 1), (1, 2)]),
        'analyzer': st.sampled_from(['word', 'char', 'char_wb', str.split]),
    }
)


@pytest.mark.filterwarnings('ignore:.*ngram_range')  # which a callable has no use for
@given(corpora, parameters)
def test_equals_scikit_learn(texts, given_parameters):
    ours = nutgraf.HashingVectorizer(**given_parameters, threads=2).fit_transform(texts)
    theirs = Peer(**given_parameters).transform(texts) if texts else csr_matrix((0, given_parameters['n_features']))
    theirs.sort_indices()
    assert ours.shape == theirs.shape
    np.testing.assert_array_equal(ours.indptr, theirs.indptr)
    np.testing.assert_array_equal(ours.indices, theirs.indices)
    if texts:
        assert ours.dtype == theirs.dtype
    tolerance = 1e-12 if ours.dtype == np.float64 else 1e-6
    np.testing.assert_allclose(ours.data, theirs.data, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize('n_features', [1, 7, 1000, 2**20, 2**31 - 1])
@pytest.mark.parametrize('alternate_sign', [True, False])
def test_long_rows_equal_scikit_learn(n_features, alternate_sign):
    draw = random.Random(n_features)
    words = ['w' * draw.randrange(1, 30) + str(i) for i in range(2000)]
    texts = [' '.join(draw.choices(words, k=size)) for size in (64, 65, 700, 20_000)]
    options = {'n_features': n_features, 'alternate_sign': alternate_sign, 'norm': None}
    ours = nutgraf.HashingVectorizer(**options).transform(texts)
    theirs = Peer(**options).transform(texts)
    theirs.sort_indices()
    np.testing.assert_array_equal(ours.indptr, theirs.indptr)
    np.testing.assert_array_equal(ours.indices, theirs.indices)
    np.testing.assert_array_equal(ours.data, theirs.data)


def test_hashing_as_an_estimator():
    vectorizer = nutgraf.HashingVectorizer(n_features=8)
    assert sklearn.base.clone(vectorizer).get_params() == vectorizer.get_params()
    assert repr(vectorizer) == 'HashingVectorizer(n_features=8)'
    assert vectorizer.partial_fit(['a']) is vectorizer
    with pytest.raises(nutgraf.NutgrafError, match='n_features is 0'):
        nutgraf.HashingVectorizer(n_features=0).transform(['harbour'])
    with pytest.raises(nutgraf.NutgrafError, match="norm is 'max'"):
        nutgraf.HashingVectorizer(norm='max').fit()
    with pytest.raises(TypeError, match='text 1 is no str but int'):
        vectorizer.transform(['fine', 3])


counts = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 4), min_size=columns, max_size=columns), min_size=1, max_size=6)
)


@given(counts, st.floats(0, 3), st.floats(0, 1))
def test_bm25_is_the_formula(rows, k1, b):
    matrix = csr_matrix(np.array(rows, dtype=np.int64))
    ours = nutgraf.BM25Transformer(k1=k1, b=b).fit_transform(matrix).toarray()
    average = sum(map(sum, rows)) / len(rows)
    for r, row in enumerate(rows):
        for t, count in enumerate(row):
            df = sum(other[t] > 0 for other in rows)
            idf = math.log(1 + (len(rows) - df + 0.5) / (df + 0.5))
            expected = 0
            if count:
                expected = idf * count * (k1 + 1) / (count + k1 * (1 - b + b * sum(row) / average))
            assert ours[r, t] == pytest.approx(expected, rel=1e-12)


def test_bm25_that_does_not_fit():
    matrix = csr_matrix([[1, 0, 2], [0, 3, 1]])
    before = matrix.copy()
    fitted = nutgraf.BM25Transformer().fit(matrix)
    assert (fitted.transform(matrix) != 0).nnz == 4
    assert (matrix != before).nnz == 0
    assert fitted.transform(matrix.astype(np.float32)).dtype == np.float32
    with pytest.raises(nutgraf.NutgrafError, match='2 columns; 3 were fitted'):
        fitted.transform(matrix[:, :2])
    with pytest.raises(nutgraf.NutgrafError, match=r'row 0, column 0 is -1\.0.*takes counts'):
        fitted.transform(-matrix)
    with pytest.raises(nutgraf.NutgrafError, match='k1 is -1'):
        nutgraf.BM25Transformer(k1=-1).fit_transform(matrix)
    with pytest.raises(nutgraf.NutgrafError, match=r'b is 1\.5'):
        nutgraf.BM25Transformer(b=1.5).fit_transform(matrix)
    with pytest.raises(nutgraf.NutgrafError, match='not fitted'):
        nutgraf.BM25Transformer().transform(matrix)
    assert nutgraf.BM25Transformer().fit_transform(csr_matrix((2, 3))).nnz == 0
