"""Sparse rows as Arrow data."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import _core


class ArrowRows:
    """The rows of a sparse matrix as an Arrow array, by the C data interface: over the same memory, without pyarrow.

    A row is a list of structs with the fields ``column`` (int32) and ``value`` (the dtype of the matrix).

    Parameters
    ----------
    X : scipy.sparse.csr_matrix
        Of float32, float64, int32 or int64, with int32 indexes, as the vectorizers and `similarity` make them.

    Examples
    --------
    >>> import nutgraf
    >>> rows = nutgraf.ArrowRows(nutgraf.CountVectorizer().fit_transform(['The harbour closed.']))
    >>> [type(capsule).__name__ for capsule in rows.__arrow_c_array__()]
    ['PyCapsule', 'PyCapsule']

    ``pyarrow.array(rows)`` and ``polars.Series(rows)`` take it.
    """

    def __init__(self, X: Any) -> None:
        if getattr(X, 'format', None) != 'csr':
            raise TypeError(f'ArrowRows takes a csr_matrix, not {type(X).__name__}; call its tocsr() first')
        if X.indices.dtype != np.int32 or X.indptr.dtype != np.int32:
            raise TypeError(f'the indexes are {X.indices.dtype}; ArrowRows takes int32')
        self._arrays = tuple(np.ascontiguousarray(array) for array in (X.data, X.indices, X.indptr))

    def __len__(self) -> int:
        return len(self._arrays[2]) - 1

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[Any, Any]:
        """The schema and the array as capsules."""
        return _core.arrow_rows(*self._arrays)
