"""BM25 weights of a matrix of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._vectors import _ColumnEstimator, _float_rows

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class BM25Transformer(_ColumnEstimator):
    """Turn a matrix of counts into BM25 weights: a row's weights of a query's terms add up to its score.

    ``idf(t) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average_length))`` with
    ``idf(t) = ln(1 + (n - df(t) + 0.5) / (df(t) + 0.5))`` (Robertson and Zaragoza 2009, eq. 3.15, with an idf that is
    not below 0). `similarity` with ``metric='bm25'`` does this by itself.

    Parameters
    ----------
    k1 : float, default 1.2
        How soon a further occurrence of a term counts for less; 0: at once.
    b : float, default 0.75
        How much the length of a row counts, from 0 to 1.

    Attributes
    ----------
    idf_ : ndarray of float64, shape (n_terms,)
    average_length_ : float
        Of the rows fitted on: the mean of their sums.

    Examples
    --------
    >>> import nutgraf
    >>> counts = nutgraf.CountVectorizer().fit_transform(['The harbour closed.', 'The ships waited.'])
    >>> nutgraf.BM25Transformer().fit_transform(counts).shape
    (2, 5)
    """

    def __init__(self, *, k1: float = 1.2, b: float = 0.75) -> None:
        self.k1 = k1
        self.b = b

    _parameters = ('k1', 'b')
    idf_: npt.NDArray[np.float64]

    def fit(self, X: Any, y: object = None) -> BM25Transformer:
        """Learn the document frequencies of the columns and the average length of the rows."""
        rows = _float_rows(X)
        df = np.bincount(rows.indices, minlength=rows.shape[1])
        self.idf_ = _core.bm25_idf(df, rows.shape[0])
        self.average_length_ = float(rows.sum(dtype=np.float64)) / max(rows.shape[0], 1)
        self._learn_columns(X, rows.shape[1])
        return self

    def fit_transform(self, X: Any, y: object = None) -> csr_matrix:
        """Learn, and give the rows of the same matrix."""
        return self.fit(X).transform(X)

    def transform(self, X: Any) -> csr_matrix:
        """The weights of a matrix of counts; the matrix stays as it is.

        Raises
        ------
        NutgrafError
            When the columns are not those fitted, or a count is below 0.
        """
        if not self._is_fitted():
            raise self._not_fitted()
        rows = _float_rows(X)
        self._check_columns(X, rows, self.n_features_in_)
        _core.weigh_bm25(rows.indptr, rows.indices, rows.data, self.idf_, self.average_length_, self.k1, self.b)
        return rows
