"""Sparse rows as Arrow data, read back by polars without a common library."""

import numpy as np
import polars
import pytest
from scipy.sparse import csr_matrix

import nutgraf


@pytest.mark.parametrize('dtype', [np.float32, np.float64, np.int32, np.int64])
def test_rows_are_lists_of_columns_and_values(dtype):
    matrix = csr_matrix(np.array([[1, 0, 2], [0, 0, 0], [0, 3, 0]], dtype=dtype))
    rows = nutgraf.ArrowRows(matrix)
    del matrix
    assert len(rows) == 3
    series = polars.Series(rows)
    del rows
    assert series.to_list() == [
        [{'column': 0, 'value': 1}, {'column': 2, 'value': 2}],
        [],
        [{'column': 1, 'value': 3}],
    ]
    assert polars.Series(nutgraf.ArrowRows(csr_matrix((0, 2)))).to_list() == []


def test_other_matrices_are_an_error():
    matrix = csr_matrix([[1, 2]])
    with pytest.raises(TypeError, match='takes a csr_matrix, not ndarray'):
        nutgraf.ArrowRows(matrix.toarray())
    with pytest.raises(TypeError, match='dtype int8'):
        nutgraf.ArrowRows(matrix.astype(np.int8)).__arrow_c_array__()
    matrix.indices = matrix.indices.astype(np.int64)
    with pytest.raises(TypeError, match='indexes are int64'):
        nutgraf.ArrowRows(matrix)
