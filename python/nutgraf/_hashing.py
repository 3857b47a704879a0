"""From texts to matrices without a vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._vectors import _TOKEN_PATTERN, _csr, _TextEstimator

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class HashingVectorizer(_TextEstimator):
    r"""Turn texts into rows whose columns come from a hash, as scikit-learn's class of this name does.

    Nothing is learned, so that memory depends on nothing and rows can be made anywhere; but there is no way back from
    a column to its terms, and terms whose hashes agree share one.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, stop_words, token_pattern
        As in `CountVectorizer`.
    ngram_range, analyzer
        As in `CountVectorizer`.
    n_features : int, default 2 ** 20
        The number of columns.
    binary : bool, default False
        All entries are 1 before rows are divided by their norm.
    norm : {'l2', 'l1'} or None, default 'l2'
    alternate_sign : bool, default True
        Half of the terms count as -1, so that those which share a column do not add up.
    dtype : float32 or float64, default float64
    lang, stem, numbers, min_length, bigrams, skip_null, threads
        As in `CountVectorizer`.

    Examples
    --------
    >>> import nutgraf
    >>> nutgraf.HashingVectorizer(n_features=16).transform(['The harbour closed.']).shape
    (1, 16)
    """

    def __init__(
        self,
        *,
        input: str = 'content',
        encoding: str = 'utf-8',
        decode_error: str = 'strict',
        strip_accents: str | Callable[[str], str] | None = None,
        lowercase: bool = True,
        preprocessor: Callable[[str], str] | None = None,
        tokenizer: Callable[[str], list[str]] | None = None,
        stop_words: str | Sequence[str] | None = None,
        token_pattern: str | None = _TOKEN_PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        analyzer: str | Callable[[Any], Iterable[str]] = 'word',
        n_features: int = 2**20,
        binary: bool = False,
        norm: str | None = 'l2',
        alternate_sign: bool = True,
        dtype: npt.DTypeLike = np.float64,
        lang: str | None = None,
        stem: bool = False,
        numbers: bool = True,
        min_length: int = 1,
        bigrams: bool = False,
        skip_null: bool = False,
        threads: int = 1,
    ) -> None:
        self.input = input
        self.encoding = encoding
        self.decode_error = decode_error
        self.strip_accents = strip_accents
        self.lowercase = lowercase
        self.preprocessor = preprocessor
        self.tokenizer = tokenizer
        self.stop_words = stop_words
        self.token_pattern = token_pattern
        self.ngram_range = ngram_range
        self.analyzer = analyzer
        self.n_features = n_features
        self.binary = binary
        self.norm = norm
        self.alternate_sign = alternate_sign
        self.dtype = dtype
        self.lang = lang
        self.stem = stem
        self.numbers = numbers
        self.min_length = min_length
        self.bigrams = bigrams
        self.skip_null = skip_null
        self.threads = threads

    _parameters = (
        'input', 'encoding', 'decode_error', 'strip_accents', 'lowercase', 'preprocessor', 'tokenizer', 'stop_words',
        'token_pattern', 'ngram_range', 'analyzer', 'n_features', 'binary', 'norm', 'alternate_sign', 'dtype', 'lang',
        'stem', 'numbers', 'min_length', 'bigrams', 'skip_null', 'threads',
    )  # fmt: skip

    def fit(self, X: object = None, y: object = None) -> HashingVectorizer:
        """Check the parameters; there is nothing to learn."""
        self._warn_of_parameters()
        return self._check(X)

    def partial_fit(self, X: object = None, y: object = None) -> HashingVectorizer:
        """As `fit`."""
        self._warn_of_parameters()
        return self._check(X)

    def _check(self, X: object = None) -> HashingVectorizer:
        if isinstance(X, str):
            raise _core.NutgrafError('a list of texts is wanted, not one str; write [text]')
        self._analyzer_options()
        self._norm_options()
        self._single()
        return self

    def transform(self, X: Iterable[Any] | _core.Document) -> csr_matrix:
        """The rows of texts.

        Raises
        ------
        NutgrafError
            When a text has a lone surrogate or is missing; it names the text.
        TypeError
            When a text is no str; it names the text.
        """
        self._warn_of_parameters()
        return self._rows(X)

    def fit_transform(self, X: Iterable[Any] | _core.Document, y: object = None) -> csr_matrix:
        """As `transform`."""
        self._warn_of_parameters()
        return self._rows(X)

    _requires_fit = False

    def _rows(self, X: Iterable[Any] | _core.Document) -> csr_matrix:
        self._check()
        rows = _core.TermRows.hash(
            X,
            self._row_options(),
            self._analyzer_options(),
            self.n_features,
            self._flag('alternate_sign'),
            self.threads,
        )
        matrix = _csr(rows.take_normed(self.n_features, self._norm_options(), self._single(), self.threads))
        return matrix.astype(self.dtype, copy=False) if self.norm is None else matrix

    def _norm_options(self) -> _core.TfidfOptions:
        return _core.TfidfOptions(self.norm, False, False, False)
