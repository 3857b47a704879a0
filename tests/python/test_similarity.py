"""Similarity: the dense product written out, whatever the bounds leave out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random

import nutgraf

METRICS = ['cosine', 'jaccard', 'overlap', 'dot']


def matrices(rows=8, columns=6, least=-2):
    cells = st.sampled_from([0, 0, 0, 1, 2, 0.5, 3, least])
    return st.integers(1, columns).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=rows).map(np.array)
    )


def dense(x, y, metric):
    """All similarities of rows, and where rows share a column."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    shared = (x != 0).astype(float) @ (y != 0).astype(float).T
    in_x, in_y = (x != 0).sum(axis=1)[:, None], (y != 0).sum(axis=1)[None]
    with np.errstate(divide='ignore', invalid='ignore'):
        values = {
            'dot': lambda: x @ y.T,
            'cosine': lambda: (
                np.nan_to_num(x / np.linalg.norm(x, axis=1)[:, None])
                @ np.nan_to_num(y / np.linalg.norm(y, axis=1)[:, None]).T
            ),
            'jaccard': lambda: np.nan_to_num(shared / (in_x + in_y - shared)),
            'overlap': lambda: np.nan_to_num(shared / np.minimum(in_x, in_y)),
        }[metric]()
    return values, shared > 0


def assert_pairs(ours, values, wanted):
    """The entries are the wanted ones, but for those that rounding puts on either side of a threshold."""
    assert ours.has_sorted_indices
    held = np.zeros(values.shape, bool)
    for r in range(values.shape[0]):
        held[r, ours.indices[ours.indptr[r] : ours.indptr[r + 1]]] = True
    sure = ~np.isclose(wanted[1], 0, atol=1e-9)
    np.testing.assert_array_equal(held[sure], wanted[0][sure])
    np.testing.assert_allclose(ours.toarray()[held], values[held], atol=1e-12)


@given(matrices(), st.data(), st.sampled_from(METRICS), st.sampled_from([None, 0.05, 0.3, 0.5, 0.9, 1.0, 2.5]))
def test_equals_the_dense_product(x, data, metric, threshold):
    y = data.draw(st.just(None) | st.lists(st.sampled_from(list(x)), min_size=1, max_size=4).map(np.array))
    values, shares = dense(x, x if y is None else y, metric)
    least = -np.inf if threshold is None else threshold
    ours = nutgraf.similarity(csr_matrix(x), None if y is None else csr_matrix(y), metric=metric, threshold=threshold)
    assert ours.shape == values.shape
    margin = np.full(values.shape, 1.0) if threshold is None else values - least
    assert_pairs(ours, values, (shares & (values >= least), margin))


@given(matrices(rows=12), st.integers(1, 5), st.sampled_from(METRICS), st.sampled_from([None, 0.4]))
def test_top_k_are_the_best(x, k, metric, threshold):
    whole = nutgraf.similarity(csr_matrix(x), metric=metric, threshold=threshold)
    ours = nutgraf.similarity(csr_matrix(x), metric=metric, threshold=threshold, top_k=k)
    for r in range(len(x)):
        columns, values = (a[whole.indptr[r] : whole.indptr[r + 1]] for a in (whole.indices, whole.data))
        best = np.sort(np.argsort(-values, kind='stable')[:k])
        np.testing.assert_array_equal(ours.indices[ours.indptr[r] : ours.indptr[r + 1]], columns[best])
        np.testing.assert_array_equal(ours.data[ours.indptr[r] : ours.indptr[r + 1]], values[best])


@pytest.mark.parametrize('metric', METRICS)
@pytest.mark.parametrize('threshold', [None, 0.1, 0.3, 0.6])
def test_many_rows(metric, threshold):
    x = random(900, 300, density=0.04, format='csr', random_state=3)
    x.data = np.round(x.data, 1)
    values, shares = dense(x.toarray(), x.toarray(), metric)
    least = -np.inf if threshold is None else threshold
    alone = nutgraf.similarity(x, metric=metric, threshold=threshold)
    margin = np.full(values.shape, 1.0) if threshold is None else values - least
    assert_pairs(alone, values, (shares & (values >= least), margin))
    for threads in (2, 7):
        again = nutgraf.similarity(x, metric=metric, threshold=threshold, threads=threads)
        for name in ('data', 'indices', 'indptr'):
            np.testing.assert_array_equal(getattr(again, name), getattr(alone, name))
    # Compared with a copy, each pair is worked out from both sides.
    copy = nutgraf.similarity(x, x.copy(), metric=metric, threshold=threshold)
    np.testing.assert_array_equal(copy.data, alone.data)
    np.testing.assert_array_equal(copy.indices, alone.indices)
    single = nutgraf.similarity(x.astype(np.float32), metric=metric, threshold=None)
    np.testing.assert_allclose(single.toarray(), values, atol=1e-5)


@given(matrices(least=0), matrices(least=0))
def test_bm25_is_the_product_with_weights(queries, texts):
    width = min(queries.shape[1], texts.shape[1])
    x, y = csr_matrix(queries[:, :width]), csr_matrix(texts[:, :width])
    weights = nutgraf.BM25Transformer().fit_transform(y).toarray()
    np.testing.assert_allclose(nutgraf.similarity(x, y, metric='bm25').toarray(), x.toarray() @ weights.T, atol=1e-12)


def test_no_more_pairs_than_allowed():
    x = csr_matrix(np.ones((40, 2)))
    assert nutgraf.similarity(x, max_pairs=1600).nnz == 1600
    with pytest.raises(nutgraf.NutgrafError, match=r'more than 1599 pairs.*higher threshold') as caught:
        nutgraf.similarity(x, max_pairs=1599)
    assert caught.value.kind == 'limit'
    assert nutgraf.similarity(x, top_k=1, max_pairs=40).indices.tolist() == [0] * 40


@pytest.mark.parametrize(
    ('call', 'message'),
    [
        (lambda x: nutgraf.similarity(x, metric='manhattan'), "metric is 'manhattan'; it must be one of cosine"),
        (lambda x: nutgraf.similarity(x, top_k=0), 'top_k is 0'),
        (lambda x: nutgraf.similarity(x, threshold=float('nan')), 'threshold a number'),
        (lambda x: nutgraf.similarity(x, x[:, :1]), 'have 2 and 1 columns'),
        (lambda x: nutgraf.similarity(x * np.inf), 'row 0, column 0 is not finite'),
        (lambda x: nutgraf.similarity(x, threads=0), 'threads is 0'),
        (lambda x: nutgraf.top_terms(x, 0), 'k is 0'),
        (lambda x: nutgraf.top_terms(x, terms=['a']), '1 terms for 2 columns'),
    ],
)
def test_wrong_parameters(call, message):
    with pytest.raises(nutgraf.NutgrafError, match=message):
        call(csr_matrix([[1.0, 0], [2, 1]]))


def test_rows_in_any_form():
    x = csr_matrix(([1.0, 2, 3, 4], [1, 0, 1, 1], [0, 2, 4]), shape=(2, 2))  # out of order, and a column twice
    expected = [[5, 7], [7, 49]]
    before = x.copy()
    assert nutgraf.similarity(x, metric='dot').toarray().tolist() == expected
    assert x.indices.tolist() == before.indices.tolist()
    assert nutgraf.similarity(x.toarray(), metric='dot').toarray().tolist() == expected
    assert nutgraf.similarity(x.tocsc(), metric='dot').toarray().tolist() == expected
    assert nutgraf.similarity(csr_matrix((3, 4))).nnz == 0
    assert nutgraf.similarity(csr_matrix((0, 4))).shape == (0, 0)
    assert nutgraf.similarity(csr_matrix([[0, 1.0]]), csr_matrix((0, 2))).shape == (1, 0)


def test_near_duplicates():
    texts = ['The harbour closed.', 'Rain fell.', 'The harbour CLOSED!', 'Ships waited.', 'rain fell', 'Rain fell.']
    X = nutgraf.TfidfVectorizer().fit_transform(texts)
    assert [group.tolist() for group in nutgraf.near_duplicates(X)] == [[0, 2], [1, 4, 5]]
    assert nutgraf.near_duplicates(X[:2]) == []
    # 0 is like 1 and 1 like 2: one group.
    chain = csr_matrix([[1, 1, 1, 1, 0, 0.0], [0, 1, 1, 1, 1, 0], [0, 0, 1, 1, 1, 1]])
    assert [group.tolist() for group in nutgraf.near_duplicates(chain, threshold=0.7)] == [[0, 1, 2]]
    assert [group.tolist() for group in nutgraf.near_duplicates(chain, threshold=0.6, metric='jaccard')] == [[0, 1, 2]]


@given(matrices(), st.integers(1, 4))
def test_top_terms(x, k):
    for row, found in zip(x, nutgraf.top_terms(csr_matrix(x), k), strict=True):
        expected = sorted((-value, column) for column, value in enumerate(row) if value > 0)[:k]
        assert found == [(column, -value) for value, column in expected]


@given(matrices())
def test_equal_rows_are_as_similar_as_can_be(x):
    twice = csr_matrix(np.vstack([x, x]))
    found = nutgraf.similarity(twice, threshold=1.0).toarray()
    assert (found <= 1).all()
    for row, values in enumerate(x):
        assert (found[row, row + len(x)] > 0) == (np.abs(values).max(initial=0) > 0)
