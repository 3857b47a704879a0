"""From texts to sparse matrices."""

from __future__ import annotations

import numbers
import os
import pathlib
import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from . import _core

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_Vectorizer = TypeVar('_Vectorizer', bound='CountVectorizer')
_Self = TypeVar('_Self', bound='_Estimator')
_TOKEN_PATTERN = r'(?u)\b\w\w+\b'
_Arrays: TypeAlias = tuple[Any, Any, Any, tuple[int, int]]
_NATIVE_DTYPES = ('float32', 'float64', 'int32', 'int64')


class _Estimator:
    """What scikit-learn asks of every estimator, without scikit-learn."""

    _parameters: tuple[str, ...] = ()
    _input_tags: Mapping[str, bool] = MappingProxyType({'string': True, 'two_d_array': False})

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's arguments by name."""
        return {name: getattr(self, name) for name in self._parameters}

    def set_params(self: _Self, **params: Any) -> _Self:
        """Set constructor arguments by name."""
        for name, value in params.items():
            if name not in self._parameters:
                raise _core.NutgrafError(f'no parameter {name!r}; there are {", ".join(self._parameters)}')
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        default = type(self)().get_params()
        given = [f'{name}={value!r}' for name, value in self.get_params().items() if value is not default[name]]
        return f'{type(self).__name__}({", ".join(given)})'

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type=None,
            target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(),
            input_tags=InputTags(**self._input_tags),
        )

    def _not_fitted(self) -> _core.NutgrafError:
        error = _core.NutgrafError(f'this {type(self).__name__} is not fitted yet; call fit first')
        error.kind = 'not_fitted'
        return error


class _TextEstimator(_Estimator):
    """What the vectorizers share: how a text becomes terms."""

    input: str
    encoding: str
    decode_error: str
    strip_accents: str | Callable[[str], str] | None
    lowercase: bool
    preprocessor: Callable[[str], str] | None
    tokenizer: Callable[[str], list[str]] | None
    stop_words: str | Sequence[str] | None
    token_pattern: str | None
    ngram_range: tuple[int, int]
    analyzer: str | Callable[[Any], Iterable[str]]
    binary: bool
    lang: str | None
    stem: bool
    numbers: bool
    min_length: int
    bigrams: bool
    dtype: npt.DTypeLike
    skip_null: bool
    threads: int

    def build_preprocessor(self) -> Callable[[str], str]:
        """The function from a decoded text to the text that is split."""
        if self.preprocessor is not None:
            return self.preprocessor
        strip = self.strip_accents
        if strip is not None and not callable(strip):
            if strip not in _ACCENTS:
                raise _core.NutgrafError(f"strip_accents is {strip!r}; it must be 'ascii', 'unicode' or a callable")
            strip = _ACCENTS[strip]

        def preprocess(text: str) -> str:
            text = text.lower() if self.lowercase else text
            return strip(text) if callable(strip) else text

        return preprocess

    def build_tokenizer(self) -> Callable[[str], list[str]]:
        """The function from a text to its tokens."""
        if self.tokenizer is not None:
            return self.tokenizer
        if self.token_pattern is None:
            raise _core.NutgrafError('token_pattern is None; give a pattern or a tokenizer')
        pattern = re.compile(self.token_pattern)
        if pattern.groups > 1:
            raise _core.NutgrafError('token_pattern has more than one capturing group; capture the token alone')
        return pattern.findall

    def build_analyzer(self) -> Callable[[Any], list[str]]:
        """The function from a text, as it is given, to its terms: preprocessing, tokens, stop words, n-grams."""
        decode = self._decode
        if callable(self.analyzer):
            analyze = self.analyzer
            return lambda given: list(analyze(decode(given)))
        if self.analyzer == 'segment':
            options = self._analyzer_options()
            return lambda given: _core.terms_of_text(decode(given), options)
        preprocess, stop = self.build_preprocessor(), frozenset(self.get_stop_words() or ())
        least, most = self._ngram_range()
        if self.analyzer == 'char':
            return lambda given: _character_grams(_single_spaced(preprocess(decode(given))), least, most)
        if self.analyzer == 'char_wb':
            return lambda given: _padded_grams(_single_spaced(preprocess(decode(given))), least, most)
        tokenize = self.build_tokenizer()
        return lambda given: _word_grams([t for t in tokenize(preprocess(decode(given))) if t not in stop], least, most)

    def get_stop_words(self) -> list[str] | None:
        """The words that are left out, None where there are none."""
        words = self.stop_words
        if words is None:
            return None
        if isinstance(words, str):
            lang = 'en' if words == 'english' else words
            words = _core.stop_words(lang)
            if not words:
                raise _core.NutgrafError(
                    f'no stop words for {lang!r}; known are {", ".join(_core.stop_word_languages())}'
                )
        return list(words)

    def _ngram_range(self) -> tuple[int, int]:
        least, most = self.ngram_range
        if not 1 <= least <= most:
            raise _core.NutgrafError(
                f'ngram_range is {self.ngram_range!r}; it must go from a length of 1 or more to one no smaller'
            )
        return least, most

    def _is_native(self) -> bool:
        """Whether the core finds the terms; else Python does, by build_analyzer."""
        return (
            self.input == 'content'
            and self.preprocessor is None
            and not callable(self.strip_accents)
            and not callable(self.analyzer)
            and (self.analyzer != 'word' or (self.tokenizer is None and self.token_pattern == _TOKEN_PATTERN))
        )

    def _analyzer_options(self) -> _core.AnalyzerOptions:
        if not callable(self.analyzer) and self.analyzer not in ('word', 'char', 'char_wb', 'segment'):
            raise _core.NutgrafError(
                f"analyzer is {self.analyzer!r}; it must be 'word', 'char', 'char_wb', 'segment' or a callable"
            )
        self.build_preprocessor()
        native = self._is_native()
        return _core.AnalyzerOptions(
            str(self.analyzer) if native else 'word',
            self._ngram_range(),
            bool(self.lowercase),
            self.strip_accents if isinstance(self.strip_accents, str) else None,
            (self.get_stop_words() or []) if native and self.analyzer == 'word' else [],
            bool(self.binary),
            self._word_options(),
            self.lang or '',
        )

    def _word_options(self) -> _core.TermOptions:
        """How the words of ``analyzer='segment'`` become terms."""
        if self.analyzer == 'segment' and self.strip_accents not in (None, 'unicode'):
            raise _core.NutgrafError(
                f"strip_accents is {self.strip_accents!r}; analyzer='segment' takes 'unicode' or None"
            )
        stop_words = self.get_stop_words() if self.analyzer == 'segment' else None
        return _core.TermOptions(
            stop_words is None,
            stop_words or [],
            bool(self.stem),
            self.strip_accents is not None,
            bool(self.numbers),
            self.min_length,
            bool(self.bigrams),
            self._ngram_range(),
        )

    def _row_options(self) -> _core.RowOptions:
        """How rows are read: by the core, which asks to decode bytes, or by Python's analyzer."""
        analyze = None if self._is_native() else self.build_analyzer()
        return _core.RowOptions(analyze, self._decode, bool(self.skip_null))

    def _single(self) -> bool:
        if np.dtype(self.dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise _core.NutgrafError(f'dtype is {self.dtype!r}; it must be float32 or float64')
        return np.dtype(self.dtype) == np.dtype(np.float32)

    def _decode(self, given: Any) -> Any:
        """The str of what is given: itself, bytes, a file or its name."""
        if self.input == 'filename':
            given = pathlib.Path(given).read_bytes()
        elif self.input == 'file':
            given = given.read()
        elif self.input != 'content':
            raise _core.NutgrafError(f"input is {self.input!r}; it must be 'content', 'filename' or 'file'")
        return given.decode(self.encoding, self.decode_error) if isinstance(given, bytes) else given


class CountVectorizer(_TextEstimator):
    r"""Turn texts into rows of term counts, as scikit-learn's class of this name does with the same arguments.

    Parameters
    ----------
    input : {'content', 'filename', 'file'}, default 'content'
        Whether texts, names of files or open files are given.
    encoding, decode_error : str, default 'utf-8', 'strict'
        How bytes are decoded.
    strip_accents : {'ascii', 'unicode'}, callable or None, default None
    lowercase : bool, default True
    preprocessor, tokenizer : callable, optional
        Your own, from a text to a text and from a text to a list of tokens.
    stop_words : str, list of str or None, default None
        Words to leave out: a list, or the ISO 639-1 code of a language whose list nutgraf has; 'english' is 'en'.
    token_pattern : str, default ``(?u)\b\w\w+\b``
        What a word is; any other than this one is matched by Python, which is slower.
    ngram_range : (int, int), default (1, 1)
        The least and the largest number of words or characters in a term.
    analyzer : {'word', 'char', 'char_wb', 'segment'} or callable, default 'word'
        'segment': the words that `segment` finds, folded, without the stop words of their language: the terms that
        `summarize` weighs. The parameters from `lang` to `bigrams` are for it alone; ``stop_words=[]`` keeps all words.
    max_df, min_df : float in [0, 1] or int, default 1.0, 1
        Terms in more, or fewer, texts are left out; a share of the texts, or their number.
    max_features : int, optional
        The most frequent terms; of equally frequent ones those first in order.
    vocabulary : mapping or iterable of str, optional
        Terms and their columns, in place of those of the texts.
    binary : bool, default False
        Count a term once a text.
    dtype : dtype, default int64
    lang : str, optional
        ISO 639-1 code of the language of the texts; without it each text's own is found.
    stem : bool, default False
        Stem words by the Snowball algorithm of their language, where there is one.
    numbers : bool, default True
        Keep words of digits alone.
    min_length : int, default 1
        The least number of characters in a word.
    bigrams : bool, default False
        Pairs of neighbouring characters in place of dictionary words, in scripts written without spaces.
    max_terms : int, optional
        The most terms that are held while texts are read; with more, about half of them go, the rarest. A document
        frequency may then be too low by `undercount_`, and depends on the order of the texts.
    skip_null : bool, default False
        Take None, NaN and Arrow's null for a text without terms instead of raising.
    threads : int, default 1
        How many share the work; the result is the same to the last bit.

    Attributes
    ----------
    vocabulary_ : dict
        Column of each term; terms are sorted by code points, unless they were given.
    fixed_vocabulary_ : bool
    undercount_ : int

    Notes
    -----
    With the same arguments the matrix is scikit-learn's, but for ties at ``max_features``, which are cut by term, and
    for ``stop_words='english'``, where the lists differ. A callable, a pattern of your own and a file take the way
    through Python. Where a list of texts is taken, a Document is too: its sentences are the rows.

    Examples
    --------
    >>> import nutgraf
    >>> vectorizer = nutgraf.CountVectorizer(ngram_range=(1, 2))
    >>> X = vectorizer.fit_transform(['The harbour closed.', 'The harbour opened.'])
    >>> X.shape, vectorizer.get_feature_names_out()[:3].tolist()
    ((2, 7), ['closed', 'harbour', 'harbour closed'])
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
        max_df: float = 1.0,
        min_df: float = 1,
        max_features: int | None = None,
        vocabulary: Mapping[str, int] | Iterable[str] | None = None,
        binary: bool = False,
        dtype: npt.DTypeLike = np.int64,
        lang: str | None = None,
        stem: bool = False,
        numbers: bool = True,
        min_length: int = 1,
        bigrams: bool = False,
        max_terms: int | None = None,
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
        self.max_df = max_df
        self.min_df = min_df
        self.max_features = max_features
        self.vocabulary = vocabulary
        self.binary = binary
        self.dtype = dtype
        self.lang = lang
        self.stem = stem
        self.numbers = numbers
        self.min_length = min_length
        self.bigrams = bigrams
        self.max_terms = max_terms
        self.skip_null = skip_null
        self.threads = threads

    _parameters: tuple[str, ...] = (
        'input', 'encoding', 'decode_error', 'strip_accents', 'lowercase', 'preprocessor', 'tokenizer', 'stop_words',
        'token_pattern', 'ngram_range', 'analyzer', 'max_df', 'min_df', 'max_features', 'vocabulary', 'binary', 'dtype',
        'lang', 'stem', 'numbers', 'min_length', 'bigrams', 'max_terms', 'skip_null', 'threads',
    )  # fmt: skip

    def fit(self: _Vectorizer, raw_documents: Iterable[Any] | _core.Document, y: object = None) -> _Vectorizer:
        """Learn the vocabulary and its document frequencies, anew; what the limits leave out is forgotten.

        An iterator is read a batch at a time: memory depends on the vocabulary alone.
        """
        self._model = self._freeze(self._count_statistics(raw_documents))
        self._statistics = None
        return self

    def fit_transform(self, raw_documents: Iterable[Any] | _core.Document, y: object = None) -> csr_matrix:
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
        options = self._analyzer_options()
        self._df_limits()
        if self.vocabulary is None and not self.max_terms:
            rows = _core.TermRows.count(raw_documents, self._row_options(), options, None, self.threads)
            model = rows.fit(*self._row_limits(rows.rows), self.threads)
        else:
            given = self._given_model()
            if given is None:  # a bounded vocabulary is found first
                if isinstance(raw_documents, Iterator):
                    raw_documents = list(raw_documents)
                statistics = self._count_statistics(raw_documents)
                given = self._freeze(statistics)
            rows = _core.TermRows.count(raw_documents, self._row_options(), options, given, self.threads)
            if self.vocabulary is not None:
                statistics = _core.TermStatistics.of_terms(given)
                rows.add_to(statistics)
            model = self._freeze(statistics)
        self._model, self._statistics = model, None
        return self._take_matrix(rows)

    def partial_fit(self: _Vectorizer, raw_documents: Iterable[Any] | _core.Document, y: object = None) -> _Vectorizer:
        """Learn from more texts, besides those learned from before.

        Counts of all terms are kept; ``min_df``, ``max_df`` and ``max_features`` apply to what was learned in all,
        each time the model is used. When a text or the iterator raises, nothing of this call is learned.

        Raises
        ------
        NutgrafError
            When terms were left out by limits in `fit`, or in what was loaded, and are forgotten.
        """
        later = self._count_statistics(raw_documents)
        if not self._has_learned():
            self._statistics = later
        else:
            statistics = self._open_statistics()
            statistics.append(later)
            self._statistics = statistics
        self.__dict__.pop('_model', None)
        return self

    def merge(self: _Vectorizer, other: CountVectorizer) -> _Vectorizer:
        """Add what another one learned from other texts: the same, to the last bit, as learning from all of them.

        Raises
        ------
        NutgrafError
            When one of them has left out terms, by limits in `fit` or by ``max_terms``.
        """
        if not isinstance(other, CountVectorizer):
            raise TypeError(f'merge takes a CountVectorizer or TfidfVectorizer, not {type(other).__name__}')
        statistics = self._open_statistics()
        statistics.merge(other._open_statistics())
        self._statistics = statistics
        self.__dict__.pop('_model', None)
        return self

    def transform(self, raw_documents: Iterable[Any] | _core.Document) -> csr_matrix:
        """The rows of texts, with the vocabulary learned; other terms are left out."""
        model, options = self._terms_model(), self._analyzer_options()
        return self._take_matrix(_core.TermRows.count(raw_documents, self._row_options(), options, model, self.threads))

    def inverse_transform(self, X: Any) -> list[npt.NDArray[np.object_]]:
        """The terms of each row that are not 0, in the order of the columns."""
        from scipy.sparse import csr_matrix

        terms = self.get_feature_names_out()
        rows = csr_matrix(X)
        rows.eliminate_zeros()
        rows.sort_indices()
        return [terms[rows.indices[a:b]] for a, b in zip(rows.indptr, rows.indptr[1:], strict=False)]

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """The terms, in the order of the columns."""
        return np.array(self._terms_model().terms(), dtype=object)

    @property
    def vocabulary_(self) -> dict[str, int]:
        return {term: column for column, term in enumerate(self.get_feature_names_out())}

    @property
    def fixed_vocabulary_(self) -> bool:
        return self.vocabulary is not None

    def save(self, path: str | os.PathLike[str], *, resumable: bool = False) -> None:
        """Write what was learned to a file. A file of that name is replaced only once the new one is whole.

        Parameters
        ----------
        path : str or path-like
            The file to write.
        resumable : bool, default False
            Write the counts of all terms, so that more texts can be added to what is loaded; else the terms within
            the limits, as the model uses them.
        """
        target = pathlib.Path(path)
        content = self._fitted().to_bytes()
        if resumable:
            statistics = self._open_statistics()
            if not statistics.complete:
                raise _core.NutgrafError('terms were left out by limits in fit and are forgotten; learn by partial_fit')
            content = statistics.to_bytes()
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
    def load(cls: type[_Vectorizer], path: str | os.PathLike[str], **params: Any) -> _Vectorizer:
        """A vectorizer of the given parameters with what was learned and saved.

        Raises
        ------
        NutgrafError
            When the file is truncated, altered, no model, or of a newer version.
        OSError
            When it cannot be read.
        """
        vectorizer = cls(**params)
        vectorizer._take(pathlib.Path(path).read_bytes())
        return vectorizer

    @property
    def undercount_(self) -> int:
        """By how many texts a document frequency may be too low because of ``max_terms``."""
        self._fitted()
        statistics = self._statistics
        return int((statistics if statistics is not None else self._model.statistics).undercount)

    def __getstate__(self) -> dict[str, Any]:
        state = self.get_params()
        if self._statistics is not None:
            state['_statistics'] = self._statistics.to_bytes()
        elif hasattr(self, '_model'):
            state['_model'] = self._model.to_bytes()
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        learned = {name: state.pop(name) for name in ('_model', '_statistics') if name in state}
        self.set_params(**state)
        for content in learned.values():
            self._take(content)

    _model: _core.TfidfModel  # what is used: the terms within the limits
    _statistics: _core.TermStatistics | None = None  # of all terms, while texts are still added
    # The vocabulary argument that was read last, and a model of its terms.
    _read: tuple[Any, _core.TfidfModel | None] = None, None

    def _take(self, content: bytes) -> None:
        """What was learned, from its bytes."""
        if _core.kind_of_model(content).startswith(b'statistics'):
            self._statistics = _core.TermStatistics.from_bytes(content)
        else:
            self._model = _core.TfidfModel.from_bytes(content)

    def _has_learned(self) -> bool:
        return self._statistics is not None or hasattr(self, '_model')

    def _open_statistics(self) -> _core.TermStatistics:
        """What was learned, to add to: a copy where it is frozen."""
        if self._statistics is not None:
            return self._statistics
        return self._fitted().statistics

    def _count_statistics(self, given: Iterable[Any] | _core.Document) -> _core.TermStatistics:
        options = self._analyzer_options()
        self._df_limits()
        return _core.TermStatistics.count(
            given, self._row_options(), options, self._given_model(), self.max_terms or 0, self.threads
        )

    def _freeze(self, statistics: _core.TermStatistics) -> _core.TfidfModel:
        return statistics.freeze(*self._row_limits(statistics.rows))

    def _row_limits(self, rows: int) -> tuple[float, float, int]:
        least, most = self._df_limits()
        return _row_limit(least, rows), _row_limit(most, rows), self.max_features or 0

    def _take_matrix(self, rows: _core.TermRows) -> csr_matrix:
        dtype = np.dtype(self.dtype)
        native = dtype.name if dtype.name in _NATIVE_DTYPES else 'int64'
        return _csr(rows.take_matrix(len(self._terms_model()), native, self.threads)).astype(dtype, copy=False)

    def _given_model(self) -> _core.TfidfModel | None:
        """A model of the vocabulary argument, without frequencies."""
        if self.vocabulary is None:
            return None
        # An iterator can be read only once.
        given_terms, model = self._read
        if given_terms is self.vocabulary and isinstance(given_terms, Iterator):
            return model
        return self._read_vocabulary()

    def _read_vocabulary(self) -> _core.TfidfModel:
        """The terms of the vocabulary argument, in the order of their columns."""
        given: Any = self.vocabulary
        if isinstance(given, Mapping):
            terms = sorted(given, key=given.__getitem__)
            if [given[term] for term in terms] != list(range(len(terms))):
                raise _core.NutgrafError('vocabulary must map its terms to the columns 0, 1, 2, ..., each once')
        else:
            terms = sorted(given) if isinstance(given, (set, frozenset)) else list(given)
        if not terms:
            raise _core.NutgrafError('vocabulary is empty')
        model = _core.TfidfModel.of_terms(terms)
        if len(model) != len(terms):
            raise _core.NutgrafError('vocabulary has a term twice')
        self._read = given, model
        return model

    def _terms_model(self) -> _core.TfidfModel:
        """The model for what needs terms alone, which a vocabulary argument gives without fit."""
        if self._has_learned() or self.vocabulary is None:
            return self._fitted()
        given, model = self._read
        return model if model is not None and given is self.vocabulary else self._read_vocabulary()

    def _fitted(self) -> _core.TfidfModel:
        if not hasattr(self, '_model'):
            if self._statistics is None:
                raise self._not_fitted()
            self._model = self._freeze(self._statistics)
        return self._model

    def _df_limits(self) -> tuple[float, float]:
        for name in ('min_df', 'max_df'):
            value: Any = getattr(self, name)
            is_count = isinstance(value, numbers.Integral) and int(value) >= 1
            is_share = isinstance(value, numbers.Real) and not is_count and 0 <= float(value) <= 1
            if not (is_count or is_share):
                raise _core.NutgrafError(f'{name} is {value!r}; it must be an int of 1 or more or a float in [0, 1]')
        most = self.max_features
        if most is not None and not (isinstance(most, numbers.Integral) and most >= 1):
            raise _core.NutgrafError(f'max_features is {most!r}; it must be an int of 1 or more, or None')
        return self.min_df, self.max_df


class TfidfVectorizer(CountVectorizer):
    r"""Turn texts into TF-IDF rows, as scikit-learn's class of this name does with the same arguments.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, analyzer, stop_words
        As in `CountVectorizer`.
    token_pattern, ngram_range, max_df, min_df, max_features, vocabulary, binary
        As in `CountVectorizer`.
    dtype : float32 or float64, default float64
    norm : {'l2', 'l1'} or None, default 'l2'
        Rows are divided by their Euclidean length or by their sum.
    use_idf : bool, default True
    smooth_idf : bool, default True
        ``idf(t) = ln((1 + n) / (1 + df(t))) + 1`` instead of ``ln(n / df(t)) + 1``.
    sublinear_tf : bool, default False
        ``1 + ln(count)`` in place of the count.
    lang, stem, numbers, min_length, bigrams, max_terms, skip_null, threads
        As in `CountVectorizer`.

    Attributes
    ----------
    vocabulary_ : dict
        Column of each term; terms are sorted by code points, unless they were given.
    fixed_vocabulary_ : bool
    undercount_ : int
        By how many texts a document frequency may be too low because of ``max_terms``.
    idf_ : ndarray of float64, shape (n_terms,)

    Notes
    -----
    A term is a run of two or more characters that ``\w`` matches, lower-cased, unless you say otherwise. Where a list
    of texts is taken, a Document is too: its sentences are the rows. What differs from scikit-learn is said at
    `CountVectorizer`.

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
        input: str = 'content',
        encoding: str = 'utf-8',
        decode_error: str = 'strict',
        strip_accents: str | Callable[[str], str] | None = None,
        lowercase: bool = True,
        preprocessor: Callable[[str], str] | None = None,
        tokenizer: Callable[[str], list[str]] | None = None,
        analyzer: str | Callable[[Any], Iterable[str]] = 'word',
        stop_words: str | Sequence[str] | None = None,
        token_pattern: str | None = _TOKEN_PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        max_df: float = 1.0,
        min_df: float = 1,
        max_features: int | None = None,
        vocabulary: Mapping[str, int] | Iterable[str] | None = None,
        binary: bool = False,
        dtype: npt.DTypeLike = np.float64,
        norm: str | None = 'l2',
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
        lang: str | None = None,
        stem: bool = False,
        numbers: bool = True,
        min_length: int = 1,
        bigrams: bool = False,
        max_terms: int | None = None,
        skip_null: bool = False,
        threads: int = 1,
    ) -> None:
        super().__init__(
            input=input,
            encoding=encoding,
            decode_error=decode_error,
            strip_accents=strip_accents,
            lowercase=lowercase,
            preprocessor=preprocessor,
            tokenizer=tokenizer,
            analyzer=analyzer,
            stop_words=stop_words,
            token_pattern=token_pattern,
            ngram_range=ngram_range,
            max_df=max_df,
            min_df=min_df,
            max_features=max_features,
            vocabulary=vocabulary,
            binary=binary,
            dtype=dtype,
            lang=lang,
            stem=stem,
            numbers=numbers,
            min_length=min_length,
            bigrams=bigrams,
            max_terms=max_terms,
            skip_null=skip_null,
            threads=threads,
        )
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    _parameters = (*CountVectorizer._parameters, 'norm', 'use_idf', 'smooth_idf', 'sublinear_tf')

    def transform(self, raw_documents: Iterable[Any] | _core.Document) -> csr_matrix:
        """The rows of texts, with the vocabulary and frequencies learned; other terms are left out."""
        self._fitted()
        return super().transform(raw_documents)

    @property
    def idf_(self) -> npt.NDArray[np.float64]:
        return self._fitted().idf(self.smooth_idf)

    def _df_limits(self) -> tuple[float, float]:
        self._single()
        self._options()
        return super()._df_limits()

    def _take_matrix(self, rows: _core.TermRows) -> csr_matrix:
        return _csr(rows.take_tfidf(self._fitted(), self._options(), self._single(), self.threads))

    def _options(self) -> _core.TfidfOptions:
        return _core.TfidfOptions(self.norm, self.use_idf, self.smooth_idf, self.sublinear_tf)


class TfidfTransformer(_Estimator):
    """Turn a matrix of counts into TF-IDF rows, as scikit-learn's class of this name does with the same arguments.

    Parameters
    ----------
    norm : {'l2', 'l1'} or None, default 'l2'
    use_idf, smooth_idf : bool, default True
    sublinear_tf : bool, default False
        As in `TfidfVectorizer`.

    Attributes
    ----------
    idf_ : ndarray, shape (n_terms,)

    Examples
    --------
    >>> import nutgraf
    >>> counts = nutgraf.CountVectorizer().fit_transform(['The harbour closed.', 'The ships waited.'])
    >>> nutgraf.TfidfTransformer().fit_transform(counts).shape
    (2, 5)
    """

    def __init__(
        self, *, norm: str | None = 'l2', use_idf: bool = True, smooth_idf: bool = True, sublinear_tf: bool = False
    ) -> None:
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    _parameters = ('norm', 'use_idf', 'smooth_idf', 'sublinear_tf')
    _input_tags = MappingProxyType({'sparse': True})
    idf_: npt.NDArray[np.float64]

    def fit(self, X: Any, y: object = None) -> TfidfTransformer:
        """Learn the document frequencies of the columns."""
        rows = _float_rows(X)
        if self.use_idf:
            df = np.bincount(rows.indices, minlength=rows.shape[1])
            self.idf_ = _core.idf(df, rows.shape[0], bool(self.smooth_idf))
        self.n_features_in_ = rows.shape[1]
        return self

    def fit_transform(self, X: Any, y: object = None) -> csr_matrix:
        """Learn, and give the rows of the same matrix."""
        return self.fit(X).transform(X)

    def transform(self, X: Any, copy: bool = True) -> csr_matrix:
        """The weights of a matrix of counts; the matrix stays as it is."""
        if not hasattr(self, 'n_features_in_'):
            raise self._not_fitted()
        options = _core.TfidfOptions(self.norm, self.use_idf, self.smooth_idf, self.sublinear_tf)
        rows = _float_rows(X)
        if rows.shape[1] != self.n_features_in_:
            raise _core.NutgrafError(f'the matrix has {rows.shape[1]} columns; {self.n_features_in_} were fitted')
        _core.weigh_data(rows.indptr, rows.indices, rows.data, self.idf_ if self.use_idf else None, options)
        return rows


def _float_rows(X: Any, copy: bool = True) -> csr_matrix:
    """A matrix as rows of float32 or float64, with int32 indexes, each column once a row; a copy unless said."""
    from scipy.sparse import csr_matrix

    rows = csr_matrix(X, copy=copy)
    if not rows.has_canonical_format:
        rows = rows.copy()
        rows.sum_duplicates()
    if rows.nnz > np.iinfo(np.int32).max:
        raise _core.NutgrafError(f'the matrix has {rows.nnz} entries; split it: there may be 2^31 - 1')
    rows.indptr, rows.indices = rows.indptr.astype(np.int32, copy=False), rows.indices.astype(np.int32, copy=False)
    return rows if rows.dtype in (np.float32, np.float64) else rows.astype(np.float64)


def _row_limit(limit: float, rows: int) -> float:
    """A limit of document frequency as a number of rows."""
    return float(limit) if isinstance(limit, numbers.Integral) else float(limit) * rows


def _decomposed(text: str) -> str:
    return unicodedata.normalize('NFKD', text)


_ACCENTS: dict[str, Callable[[str], str]] = {
    'ascii': lambda text: _decomposed(text).encode('ascii', 'ignore').decode(),
    'unicode': lambda text: (
        text if text.isascii() else ''.join(c for c in _decomposed(text) if not unicodedata.combining(c))
    ),
}


def _single_spaced(text: str) -> str:
    return re.sub(r'\s\s+', ' ', text)


def _word_grams(tokens: list[str], least: int, most: int) -> list[str]:
    return [' '.join(tokens[i : i + n]) for n in range(least, most + 1) for i in range(len(tokens) - n + 1)]


def _character_grams(text: str, least: int, most: int) -> list[str]:
    return [text[i : i + n] for n in range(least, most + 1) for i in range(len(text) - n + 1)]


def _padded_grams(text: str, least: int, most: int) -> list[str]:
    grams = []
    for word in text.split():
        padded = f' {word} '
        for n in range(least, most + 1):
            grams += [padded[i : i + n] for i in range(max(1, len(padded) - n + 1))]
            if n >= len(padded):
                break
    return grams


def _csr(arrays: _Arrays) -> csr_matrix:
    try:
        from scipy.sparse import csr_matrix
    except ImportError as error:
        raise ImportError('sparse matrices need scipy: pip install nutgraf[vectors]') from error
    data, indices, indptr, shape = arrays
    matrix = csr_matrix((data, indices, indptr), shape=shape, copy=False)
    matrix.has_sorted_indices = True
    matrix.has_canonical_format = True
    return matrix
