"""From texts to sparse matrices."""

from __future__ import annotations

import os
import pathlib
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class TfidfVectorizer:
    r"""Turn texts into TF-IDF rows, as scikit-learn's class of this name does with the same arguments.

    Parameters
    ----------
    lowercase : bool, default True
    stop_words : str, list of str or None, default None
        Terms to leave out: a list, or the ISO 639-1 code of a language whose list nutgraf has.
    norm : {'l2', 'l1'} or None, default 'l2'
        Rows are divided by their Euclidean length or by their sum.
    use_idf : bool, default True
    smooth_idf : bool, default True
        ``idf(t) = ln((1 + n) / (1 + df(t))) + 1`` instead of ``ln(n / df(t)) + 1``.
    sublinear_tf : bool, default False
        ``1 + ln(count)`` in place of the count.
    dtype : float32 or float64, default float64

    Attributes
    ----------
    vocabulary_ : dict
        Column of each term; terms are sorted by code points.
    idf_ : ndarray of float64, shape (n_terms,)

    Notes
    -----
    A term is a run of two or more characters that ``\w`` matches, lower-cased: the default analyzer of scikit-learn.
    Where a list of texts is taken, a Document is too: its sentences are the rows.

    Examples
    --------
    >>> import nutgraf
    >>> vectorizer = nutgraf.TfidfVectorizer()
    >>> X = vectorizer.fit_transform(['The harbour closed.', 'The ships waited.'])
    >>> X.shape, vectorizer.get_feature_names_out().tolist()
    ((2, 5), ['closed', 'harbour', 'ships', 'the', 'waited'])
    """

    def __init__(
        self,
        *,
        lowercase: bool = True,
        stop_words: str | list[str] | None = None,
        norm: str | None = 'l2',
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
        dtype: npt.DTypeLike = np.float64,
    ) -> None:
        self.lowercase = lowercase
        self.stop_words = stop_words
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf
        self.dtype = dtype

    _parameters = ('lowercase', 'stop_words', 'norm', 'use_idf', 'smooth_idf', 'sublinear_tf', 'dtype')

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's arguments by name."""
        return {name: getattr(self, name) for name in self._parameters}

    def set_params(self, **params: Any) -> TfidfVectorizer:
        """Set constructor arguments by name."""
        for name, value in params.items():
            if name not in self._parameters:
                raise _core.NutgrafError(f'no parameter {name!r}; there are {", ".join(self._parameters)}')
            setattr(self, name, value)
        return self

    def fit(self, raw_documents: Iterable[str] | _core.Document, y: object = None) -> TfidfVectorizer:
        """Learn the vocabulary and its document frequencies."""
        self.fit_transform(raw_documents)
        return self

    def fit_transform(self, raw_documents: Iterable[str] | _core.Document, y: object = None) -> csr_matrix:
        """Learn, and give the rows of the same texts.

        Returns
        -------
        scipy.sparse.csr_matrix, shape (n_texts, n_terms)
            Its arrays lie over the core's own memory, with int32 indexes, sorted within a row.

        Raises
        ------
        NutgrafError
            When there is no term at all, or a text has a lone surrogate; it names the text.
        TypeError
            When a text is no str; it names the text.
        """
        model, arrays = _core.TfidfModel.fit_transform(
            _texts(raw_documents), self._analyzer(), self._options(), self._single()
        )
        self._model = model
        return _csr(arrays)

    def transform(self, raw_documents: Iterable[str] | _core.Document) -> csr_matrix:
        """The rows of texts, with the vocabulary and frequencies learned; other terms are left out."""
        return _csr(self._fitted().transform(_texts(raw_documents), self._analyzer(), self._options(), self._single()))

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """The terms, in the order of the columns."""
        return np.array(self._fitted().terms(), dtype=object)

    @property
    def vocabulary_(self) -> dict[str, int]:
        return {term: column for column, term in enumerate(self._fitted().terms())}

    @property
    def idf_(self) -> npt.NDArray[np.float64]:
        return self._fitted().idf(self.smooth_idf)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write what was learned to a file. A file of that name is replaced only once the new one is whole."""
        target = pathlib.Path(path)
        content = self._fitted().to_bytes()
        temporary = target.with_name(f'{target.name}.{os.getpid()}-{threading.get_ident()}.partial')
        try:
            with open(temporary, 'xb') as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    @classmethod
    def load(cls, path: str | os.PathLike[str], **params: Any) -> TfidfVectorizer:
        """A vectorizer of the given parameters with what was learned and saved.

        Raises
        ------
        NutgrafError
            When the file is truncated, altered, no model, or of a newer version.
        OSError
            When it cannot be read.
        """
        vectorizer = cls(**params)
        vectorizer._model = _core.TfidfModel.from_bytes(pathlib.Path(path).read_bytes())
        return vectorizer

    def __getstate__(self) -> dict[str, Any]:
        state = self.get_params()
        if hasattr(self, '_model'):
            state['_model'] = self._model.to_bytes()
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        model = state.pop('_model', None)
        self.set_params(**state)
        if model is not None:
            self._model = _core.TfidfModel.from_bytes(model)

    def __repr__(self) -> str:
        default = TfidfVectorizer().get_params()
        given = [f'{name}={value!r}' for name, value in self.get_params().items() if value is not default[name]]
        return f'TfidfVectorizer({", ".join(given)})'

    def _fitted(self) -> _core.TfidfModel:
        if not hasattr(self, '_model'):
            error = _core.NutgrafError('this TfidfVectorizer is not fitted yet; call fit first')
            error.kind = 'not_fitted'
            raise error
        return self._model

    def _analyzer(self) -> _core.AnalyzerOptions:
        words = self.stop_words
        if isinstance(words, str):
            known = _core.stop_words(words)
            if not known:
                raise _core.NutgrafError(
                    f'no stop words for {words!r}; known are {", ".join(_core.stop_word_languages())}'
                )
            words = known
        return _core.AnalyzerOptions(self.lowercase, list(words or ()))

    def _options(self) -> _core.TfidfOptions:
        return _core.TfidfOptions(self.norm, self.use_idf, self.smooth_idf, self.sublinear_tf)

    def _single(self) -> bool:
        if np.dtype(self.dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise _core.NutgrafError(f'dtype is {self.dtype!r}; it must be float32 or float64')
        return np.dtype(self.dtype) == np.dtype(np.float32)


def _texts(given: Iterable[str] | _core.Document) -> list[str] | _core.Document:
    if isinstance(given, str):
        raise TypeError('a list of texts is wanted, not one str; write [text]')
    return given if isinstance(given, _core.Document) else list(given)


def _csr(arrays: tuple[Any, Any, Any, tuple[int, int]]) -> csr_matrix:
    try:
        from scipy.sparse import csr_matrix
    except ImportError as error:
        raise ImportError('sparse matrices need scipy: pip install nutgraf[vectors]') from error
    data, indices, indptr, shape = arrays
    matrix = csr_matrix((data, indices, indptr), shape=shape, copy=False)
    matrix.has_sorted_indices = True
    matrix.has_canonical_format = True
    return matrix
