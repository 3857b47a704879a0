"""What rows of a matrix have in common, and what stands out in each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._bm25 import BM25Transformer
from ._vectors import _csr, _float_rows

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_METRICS = ('cosine', 'bm25', 'jaccard', 'overlap', 'dot')
_MOST_PAIRS = 2**31 - 1


def similarity(
    X: Any,
    Y: Any = None,
    *,
    metric: str = 'cosine',
    top_k: int | None = None,
    threshold: float | None = None,
    max_pairs: int = _MOST_PAIRS,
    threads: int = 1,
) -> csr_matrix:
    """The similarity of rows with rows, exact and sparse from end to end.

    Parameters
    ----------
    X, Y : sparse or dense matrices with the same columns
        Rows of `X` are compared with those of `Y`; without `Y` with each other, themselves included.
    metric : {'cosine', 'bm25', 'jaccard', 'overlap', 'dot'}, default 'cosine'
        'cosine': of rows divided by their length. 'jaccard': of the sets of columns that are not 0, those shared by
        those in either. 'overlap': those shared by those of the smaller. 'dot': the plain product. 'bm25': rows are
        counts; the product of those of `X` with the BM25 weights of `Y` (see `BM25Transformer`): a query's score.
    top_k : int, optional
        The most similar rows of each row; of equally similar ones the first.
    threshold : float, optional
        Leave out pairs below it.
    max_pairs : int, default 2 ** 31 - 1
        More pairs than this are an error before they are held: a bound on memory.
    threads : int, default 1
        How many share the work; the result is the same to the last bit.

    Returns
    -------
    scipy.sparse.csr_matrix of float64, shape (n_rows of X, n_rows of Y)
        Pairs that share no column are no entries, whatever the threshold.

    Raises
    ------
    NutgrafError
        For a value that is not finite, parameters out of range, and more than `max_pairs` pairs.

    Notes
    -----
    With a threshold or `top_k` not all pairs are looked at: an inverted index gives the candidates, and columns whose
    weight could not lift a pair to the threshold are not looked up (Bayardo, Ma and Srikant 2007). The values are
    those of the whole product, to the last bit.

    Examples
    --------
    >>> import nutgraf
    >>> X = nutgraf.TfidfVectorizer().fit_transform(['The harbour closed.', 'The harbour opened.', 'Rain fell.'])
    >>> nutgraf.similarity(X, threshold=0.1).nnz
    5
    """
    if metric not in _METRICS:
        raise _core.NutgrafError(f'metric is {metric!r}; it must be one of {", ".join(_METRICS)}')
    if top_k is not None and not (isinstance(top_k, (int, np.integer)) and top_k >= 1):
        raise _core.NutgrafError(f'top_k is {top_k!r}; it must be an int of 1 or more, or None')
    rows = _float_rows(X, copy=False)
    others = rows if Y is None else _float_rows(Y, copy=False)
    if metric == 'bm25':
        others = BM25Transformer().fit_transform(others)
    if others is not rows and others.dtype != rows.dtype:
        rows, others = rows.astype(np.float64), others.astype(np.float64)
    return _csr(
        _core.similar_rows(
            _parts(rows),
            _parts(others),
            'dot' if metric == 'bm25' else metric,
            -math.inf if threshold is None else threshold,
            top_k or 0,
            max_pairs,
            threads,
        )
    )


def near_duplicates(
    X: Any, *, threshold: float = 0.9, metric: str = 'cosine', threads: int = 1
) -> list[npt.NDArray[np.int32]]:
    """Groups of rows that are nearly the same: each is at least so similar to another of its group.

    Parameters
    ----------
    X : sparse or dense matrix
        Rows of sentences or of documents.
    threshold : float, default 0.9
        The least similarity of two rows of a pair.
    metric, threads
        As in `similarity`.

    Returns
    -------
    list of ndarray of int32
        The rows of each group of two or more, ascending; groups in the order of their first rows.

    Examples
    --------
    >>> import nutgraf
    >>> X = nutgraf.TfidfVectorizer().fit_transform(['The harbour closed.', 'Rain fell.', 'The harbour CLOSED!'])
    >>> nutgraf.near_duplicates(X)
    [array([0, 2], dtype=int32)]
    """
    from scipy.sparse.csgraph import connected_components

    pairs = similarity(X, metric=metric, threshold=threshold, threads=threads)
    _, labels = connected_components(pairs, directed=False)
    order = np.argsort(labels, kind='stable').astype(np.int32)
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted((group for group in groups if len(group) > 1), key=lambda group: int(group[0]))


def top_terms(X: Any, k: int = 10, *, terms: Sequence[str] | npt.NDArray[Any] | None = None) -> list[list[Any]]:
    """The heaviest columns of each row, with their values.

    Parameters
    ----------
    X : sparse or dense matrix
        Such as TF-IDF rows.
    k : int, default 10
        The most entries of a row.
    terms : sequence of str, optional
        The names of the columns, as `get_feature_names_out` gives them.

    Returns
    -------
    list of list of (term or column, value)
        For each row up to `k` of its entries above 0, the heaviest first, of equal ones the first.

    Examples
    --------
    >>> import nutgraf
    >>> vectorizer = nutgraf.CountVectorizer()
    >>> X = vectorizer.fit_transform(['to be or not to be', 'the end'])
    >>> nutgraf.top_terms(X, 2, terms=vectorizer.get_feature_names_out())
    [[('be', 2.0), ('to', 2.0)], [('end', 1.0), ('the', 1.0)]]
    """
    if k < 1:
        raise _core.NutgrafError(f'k is {k}; it must be 1 or more')
    rows = _float_rows(X, copy=False)
    names = None if terms is None else np.asarray(terms)
    if names is not None and len(names) != rows.shape[1]:
        raise _core.NutgrafError(f'there are {len(names)} terms for {rows.shape[1]} columns')
    found = []
    for begin, end in zip(rows.indptr, rows.indptr[1:], strict=False):
        columns, values = rows.indices[begin:end], rows.data[begin:end]
        best = np.argsort(-values, kind='stable')[:k]
        found.append(
            [
                (int(columns[i]) if names is None else str(names[columns[i]]), float(values[i]))
                for i in best
                if values[i] > 0
            ]
        )
    return found


def _parts(rows: csr_matrix) -> tuple[Any, Any, Any, int]:
    return rows.indptr, rows.indices, np.ascontiguousarray(rows.data), rows.shape[1]
