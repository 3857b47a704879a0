"""From texts to sparse matrices."""

from __future__ import annotations

import functools
import inspect
import numbers
import os
import pathlib
import re
import sys
import threading
import unicodedata
import warnings
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
# A subclass that has its own of these finds the terms.
_OVERRIDDEN = ('build_analyzer', 'build_preprocessor', 'build_tokenizer', 'decode')
_Arrays: TypeAlias = tuple[Any, Any, Any, tuple[int, int]]
_NATIVE_DTYPES = ('float32', 'float64', 'int32', 'int64')


class _Estimator:
    """What scikit-learn asks of every estimator, without scikit-learn."""

    _parameters: tuple[str, ...] = ()
    _input_tags: Mapping[str, bool] = MappingProxyType({'string': True, 'two_d_array': False})
    _requires_fit = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # A subclass of one's own may have other parameters.
        super().__init_subclass__(**kwargs)
        if '__init__' in vars(cls) and '_parameters' not in vars(cls):
            cls._parameters = tuple(
                name
                for name, parameter in list(inspect.signature(cls.__init__).parameters.items())[1:]
                if parameter.kind is not parameter.VAR_KEYWORD
            )

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's arguments by name."""
        return {name: getattr(self, name) for name in self._parameters}

    def _flag(self, name: str) -> bool:
        value = getattr(self, name)
        if not isinstance(value, bool | np.bool_ | numbers.Integral):  # 'False' would be true
            raise TypeError(f'{name} is {value!r}; it must be a bool')
        return bool(value)

    def set_params(self: _Self, **params: Any) -> _Self:
        """Set constructor arguments by name."""
        for name, value in params.items():
            if name not in self._parameters:
                raise _core.NutgrafError(f'no parameter {name!r}; there are {", ".join(self._parameters)}')
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        default = {name: p.default for name, p in inspect.signature(type(self)).parameters.items()}
        given = [
            f'{name}={value!r}' for name, value in self.get_params().items() if not _is_same(value, default.get(name))
        ]
        return f'{type(self).__name__}({", ".join(given)})'

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type=None,
            target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(),
            input_tags=InputTags(**self._input_tags),
            requires_fit=self._requires_fit,
        )

    def __sklearn_is_fitted__(self) -> bool:
        return self._is_fitted()

    def _is_fitted(self) -> bool:
        return not self._requires_fit

    def _not_fitted(self) -> _core.NutgrafError:
        make = _not_fitted_error(sys.modules.get('sklearn.exceptions'))
        error: _core.NutgrafError = make(f'this {type(self).__name__} is not fitted yet; call fit first')
        error.kind = 'not_fitted'
        return error


_not_fitted_errors: dict[Any, Any] = {}


def _not_fitted_error(exceptions: Any) -> Any:
    """A NutgrafError that is scikit-learn's too, once that is there; an AttributeError, so that hasattr says no."""
    if exceptions not in _not_fitted_errors:
        bases = _core.NutgrafError, AttributeError if exceptions is None else exceptions.NotFittedError
        _not_fitted_errors[exceptions] = type('NotFittedError', bases, {'__reduce__': _as_nutgraf_error})
    return _not_fitted_errors[exceptions]


def _as_nutgraf_error(error: _core.NutgrafError) -> Any:
    return _core.NutgrafError, error.args, {'kind': error.kind}


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
        return functools.partial(_preprocessed, lowercase=self.lowercase, strip=strip)

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
        if callable(self.analyzer):
            return functools.partial(_terms, steps=(self.decode, self.analyzer, list))
        if self.analyzer == 'segment':
            return functools.partial(_terms, steps=(self.decode, self._segment_terms))
        self._check_analyzer()
        preprocess, (least, most) = self.build_preprocessor(), self._ngram_range()
        if self.analyzer != 'word':
            cut = functools.partial(_character_grams if self.analyzer == 'char' else _padded_grams, least, most)
            return functools.partial(_terms, steps=(self.decode, preprocess, _single_spaced, cut))
        stop = functools.partial(_without, self.get_stop_words() or frozenset())
        join = functools.partial(_word_grams, least, most)
        return functools.partial(_terms, steps=(self.decode, preprocess, self.build_tokenizer(), stop, join))

    def _segment_terms(self, text: str) -> list[str]:
        return _core.terms_of_text(text, self._analyzer_options())

    def get_stop_words(self) -> frozenset[str] | None:
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
        return frozenset(words)

    def _warn_of_parameters(self) -> None:
        """Warns the caller of a public method of what is without effect."""
        for message in self._doubts():
            warnings.warn(message, stacklevel=3)

    def _doubts(self) -> list[str]:
        """What scikit-learn warns of: parameters without effect, and words that are no tokens."""
        return [*self._unused_parameters(), *self._tokens_of_stop_words()]

    def _unused_parameters(self) -> list[str]:
        is_own, unused = callable(self.analyzer), []
        why = 'analyzer is a callable' if is_own else f'analyzer is {self.analyzer!r}'
        if self.analyzer == 'word':
            if self.tokenizer is not None and self.token_pattern is not None:
                unused.append(('token_pattern', 'there is a tokenizer; give None'))
        else:
            unused += [
                (name, why)
                for name, is_set in (
                    ('stop_words', self.stop_words is not None and self.analyzer != 'segment'),
                    ('tokenizer', self.tokenizer is not None),
                    ('token_pattern', self.token_pattern not in (None, _TOKEN_PATTERN)),
                    ('preprocessor', self.preprocessor is not None and (is_own or self.analyzer == 'segment')),
                    ('ngram_range', is_own and tuple(self.ngram_range) != (1, 1)),
                )
                if is_set
            ]
        return [f'{name} has no effect: {reason}' for name, reason in unused]

    def _tokens_of_stop_words(self) -> list[str]:
        """What is to be said of stop words of one's own that are no tokens, in a list."""
        if self.analyzer != 'word' or self.stop_words is None or isinstance(self.stop_words, str):
            return []
        words, preprocess, tokenize = frozenset(self.stop_words), self.build_preprocessor(), self.build_tokenizer()
        try:
            tokens = {token for word in words for token in tokenize(preprocess(word))}
        except Exception:  # a function of one's own that takes no str
            return []
        left = sorted(tokens - words)
        return [f'stop_words become tokens that are not among them: {left}'] if left else []

    def _ngram_range(self) -> tuple[int, int]:
        least, most = self.ngram_range
        if not 1 <= least <= most:
            raise _core.NutgrafError(
                f'ngram_range is {self.ngram_range!r}; it must go from a length of 1 or more to one no smaller'
            )
        return least, most

    def _is_native(self) -> bool:
        """Whether the core finds the terms; else Python does, by build_analyzer."""
        is_own = all(getattr(type(self), name) is getattr(_TextEstimator, name) for name in _OVERRIDDEN)
        return (
            is_own
            and self.input == 'content'
            and self.preprocessor is None
            and not callable(self.strip_accents)
            and not callable(self.analyzer)
            and (self.analyzer != 'word' or (self.tokenizer is None and self.token_pattern == _TOKEN_PATTERN))
        )

    def _check_analyzer(self) -> None:
        if not callable(self.analyzer) and self.analyzer not in ('word', 'char', 'char_wb', 'segment'):
            raise _core.NutgrafError(
                f"analyzer is {self.analyzer!r}; it must be 'word', 'char', 'char_wb', 'segment' or a callable"
            )

    def _analyzer_options(self) -> _core.AnalyzerOptions:
        self._check_analyzer()
        if not (isinstance(self.threads, numbers.Integral) and self.threads >= 1):
            raise _core.NutgrafError(f'threads is {self.threads!r}; it must be an int of 1 or more')
        self.build_preprocessor()
        native = self._is_native()
        return _core.AnalyzerOptions(
            str(self.analyzer) if native else 'word',
            self._ngram_range(),
            self._flag('lowercase'),
            self.strip_accents if isinstance(self.strip_accents, str) else None,
            sorted(self.get_stop_words() or ()) if native and self.analyzer == 'word' else [],
            self._flag('binary'),
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
            sorted(stop_words or ()),
            self._flag('stem'),
            self.strip_accents is not None,
            self._flag('numbers'),
            self.min_length,
            self._flag('bigrams'),
            self._ngram_range(),
        )

    def _row_options(self) -> _core.RowOptions:
        """How rows are read: by the core, which asks to decode bytes, or by Python's analyzer."""
        analyze = None if self._is_native() else self.build_analyzer()
        return _core.RowOptions(analyze, self.decode, self._flag('skip_null'))

    def _single(self) -> bool:
        if np.dtype(self.dtype).kind == 'f' and np.dtype(self.dtype) not in (np.float32, np.float64):
            raise _core.NutgrafError(f'dtype is {self.dtype!r}; it must be float32 or float64')
        return np.dtype(self.dtype) == np.float32

    def decode(self, given: Any) -> Any:
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
        The most terms that are held while texts are read; when there are more, half as many stay, the most frequent. A
        document frequency may then be too low by `undercount_`, and depends on the order of the texts.
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
        self._warn_of_parameters()
        model = self._freeze(self._count_statistics(raw_documents))
        self._forget()
        self._model = model
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
            When there is no term at all, or a text has a lone surrogate or is missing; it names the text.
        TypeError
            When a text is no str; it names the text.
        """
        options = self._analyzer_options()
        self._df_limits()
        self._warn_of_parameters()
        given = self._given_model()
        if given is None and self.max_terms:  # a bounded vocabulary is found first
            if self.input == 'file':
                raise _core.NutgrafError("max_terms reads texts twice, a file only once; give input='filename'")
            if isinstance(raw_documents, Iterator):
                raw_documents = list(raw_documents)
            model = given = self._freeze(self._count_statistics(raw_documents))
        rows = _core.TermRows.count(raw_documents, self._row_options(), options, given, self.threads)
        if given is None:
            model = rows.fit(*self._row_limits(rows.rows), self.threads)
        elif self.vocabulary is not None:
            statistics = _core.TermStatistics.of_terms(given)
            rows.add_to(statistics)
            model = self._freeze(statistics)
        self._forget()
        self._model = model
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
        self._warn_of_parameters()
        statistics = self._count_statistics(raw_documents)
        if self._has_learned():
            later, statistics = statistics, self._open_statistics()
            statistics.append(later)
        self._forget()
        self._statistics = statistics
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
        self._forget()
        self._statistics = statistics
        return self

    def transform(self, raw_documents: Iterable[Any] | _core.Document) -> csr_matrix:
        """The rows of texts, with the vocabulary learned; other terms are left out."""
        model, options = self._terms_model(), self._analyzer_options()
        return self._take_matrix(_core.TermRows.count(raw_documents, self._row_options(), options, model, self.threads))

    def inverse_transform(self, X: Any) -> list[npt.NDArray[np.str_]]:
        """The terms of each row that are not 0, in the order of the columns."""
        from scipy.sparse import csr_matrix

        terms = self.get_feature_names_out()
        rows = csr_matrix(X)
        rows.eliminate_zeros()
        rows.sort_indices()
        return [terms[rows.indices[a:b]].astype(str) for a, b in zip(rows.indptr, rows.indptr[1:], strict=False)]

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """The terms, in the order of the columns."""
        return np.array(self._terms_model().terms(), dtype=object)

    @property
    def vocabulary_(self) -> dict[str, int]:
        model = self._terms_model()
        if self._columns[0] is not model:
            self._columns = model, {term: column for column, term in enumerate(model.terms())}
        return self._columns[1]

    @vocabulary_.setter
    def vocabulary_(self, vocabulary: Mapping[str, int] | Iterable[str]) -> None:
        assigned = _model_of_terms(vocabulary)
        self._forget()
        self._assigned = assigned

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
        if '_given_idf' in vars(self):
            raise _core.NutgrafError('idf_ was set, and a file holds what was learned from texts; pickle keeps it')
        if resumable:
            statistics = self._open_statistics()
            if not statistics.complete:
                raise _core.NutgrafError('terms were left out by limits in fit and are forgotten; learn by partial_fit')
            content = statistics.to_bytes()
        else:
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
        held_by_core = ('_model', '_model_limits', '_statistics', '_assigned', '_read', '_columns')
        state = {name: value for name, value in vars(self).items() if name not in held_by_core}
        if self._assigned is not None:
            state['_assigned'] = self._assigned.terms()
        if self._statistics is not None:
            state['_statistics'] = self._statistics.to_bytes()
        elif hasattr(self, '_model'):
            state['_model'] = self._model.to_bytes()
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        state = dict(state)
        if '_assigned' in state:
            self._assigned = _model_of_terms(state.pop('_assigned'))
        learned = [state.pop(name) for name in ('_model', '_statistics') if name in state]
        vars(self).update(state)
        for content in learned:
            self._take(content)

    _model: _core.TfidfModel  # what is used: the terms within the limits
    _statistics: _core.TermStatistics | None = None  # of all terms, while texts are still added
    _model_limits: tuple[float, float, int | None]  # of a model of these
    # The vocabulary argument that was read last, and a model of its terms.
    _read: tuple[Any, _core.TfidfModel | None] = None, None
    # A model of terms that were assigned to vocabulary_, in place of what is learned.
    _assigned: _core.TfidfModel | None = None
    # The vocabulary_ that was asked for last, and its model.
    _columns: tuple[_core.TfidfModel | None, dict[str, int]] = None, MappingProxyType({})  # type: ignore[assignment]

    def _forget(self) -> None:
        for name in ('_model', '_model_limits', '_statistics', '_assigned', '_given_idf'):
            vars(self).pop(name, None)

    def _take(self, content: bytes) -> None:
        """What was learned, from its bytes."""
        if _core.kind_of_model(content).startswith(b'statistics'):
            self._statistics = _core.TermStatistics.from_bytes(content)
        else:
            self._model = _core.TfidfModel.from_bytes(content)

    def _is_fitted(self) -> bool:
        return self._has_learned() or self._assigned is not None or self.vocabulary is not None

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

    def _freeze(self, statistics: _core.TermStatistics, *, keep: bool = False) -> _core.TfidfModel:
        return statistics.freeze(*self._row_limits(statistics.rows), keep)

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
        model = _model_of_terms(self.vocabulary)
        self._read = self.vocabulary, model
        return model

    def _doubts(self) -> list[str]:
        has_capitals = (
            self.vocabulary is not None
            and self.lowercase
            and not isinstance(self.vocabulary, Iterator)
            and any(isinstance(term, str) and term != term.lower() for term in self.vocabulary)
        )
        message = 'vocabulary has capital letters, and lowercase is True: no text has these terms'
        return super()._doubts() + ([message] if has_capitals else [])

    def _terms_model(self) -> _core.TfidfModel:
        """The model for what needs terms alone, which a vocabulary argument gives without fit."""
        if self._assigned is not None:
            return self._assigned
        if self._has_learned() or self.vocabulary is None:
            return self._fitted()
        given, model = self._read
        return model if model is not None and given is self.vocabulary else self._read_vocabulary()

    def _fitted(self) -> _core.TfidfModel:
        if self._statistics is not None:
            limits = self.min_df, self.max_df, self.max_features
            if not hasattr(self, '_model') or self._model_limits != limits:
                self._model, self._model_limits = self._freeze(self._statistics, keep=True), limits
        elif not hasattr(self, '_model'):
            raise self._not_fitted()
        return self._model

    def _df_limits(self) -> tuple[float, float]:
        for name in ('min_df', 'max_df'):
            value: Any = getattr(self, name)
            is_count = isinstance(value, numbers.Integral) and int(value) >= 1
            is_share = isinstance(value, numbers.Real) and not is_count and 0 <= float(value) <= 1
            if not (is_count or is_share):
                raise _core.NutgrafError(f'{name} is {value!r}; it must be an int of 1 or more or a float in [0, 1]')
        for name in ('max_features', 'max_terms'):
            most: Any = getattr(self, name)
            if most is not None and not (isinstance(most, numbers.Integral) and int(most) >= 1):
                raise _core.NutgrafError(f'{name} is {most!r}; it must be an int of 1 or more, or None')
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
    idf_ : ndarray of float32 or float64, shape (n_terms,)
        May be set, with a vocabulary that is given or set, in place of learning it.

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

    def _is_fitted(self) -> bool:
        return self._has_learned() or self._given_idf is not None

    def transform(self, raw_documents: Iterable[Any] | _core.Document) -> csr_matrix:
        """The rows of texts, with the vocabulary and frequencies learned; other terms are left out."""
        if self._given_idf is None:
            self._fitted()
        return super().transform(raw_documents)

    _given_idf: npt.NDArray[np.float64] | None = None

    @property
    def idf_(self) -> npt.NDArray[np.floating]:
        idf = self._fitted().idf(self.smooth_idf) if self._given_idf is None else self._given_idf
        return idf.astype(np.float32 if self._single() else np.float64, copy=False)

    @idf_.setter
    def idf_(self, idf: npt.ArrayLike) -> None:
        if not self.use_idf:
            raise _core.NutgrafError('use_idf is False; there is no idf_ to set')
        given = np.array(idf, dtype=np.float64, ndmin=1)
        if self._has_learned() or self._assigned is not None or self.vocabulary is not None:
            self._check_idf(given)
        self._given_idf = given

    def _check_idf(self, idf: npt.NDArray[np.float64]) -> None:
        terms = len(self._terms_model())
        if idf.shape != (terms,):
            raise _core.NutgrafError(f'idf_ has shape {idf.shape}; there are {terms} terms')

    def _df_limits(self) -> tuple[float, float]:
        self._single()
        self._options()
        return super()._df_limits()

    def _doubts(self) -> list[str]:
        is_other = np.dtype(self.dtype).kind != 'f'
        other = [f'dtype is {self.dtype!r}; TF-IDF is float32 or float64, here float64'] if is_other else []
        return super()._doubts() + other

    def _take_matrix(self, rows: _core.TermRows) -> csr_matrix:
        if self._given_idf is None:
            return _csr(rows.take_tfidf(self._fitted(), self._options(), self._single(), self.threads))
        self._check_idf(self._given_idf)
        dtype = 'float32' if self._single() else 'float64'
        matrix = _csr(rows.take_matrix(len(self._terms_model()), dtype, self.threads))
        idf = self._given_idf if self.use_idf else None
        _core.weigh_data(matrix.indptr, matrix.indices, matrix.data, idf, self._options())
        return matrix

    def _options(self) -> _core.TfidfOptions:
        return _core.TfidfOptions(self.norm, self.use_idf, self.smooth_idf, self.sublinear_tf)


class _ColumnEstimator(_Estimator):
    """What the transformers share, which give a matrix of the columns that they take."""

    _input_tags = MappingProxyType({'sparse': True})
    n_features_in_: int
    feature_names_in_: npt.NDArray[np.object_]

    def _is_fitted(self) -> bool:
        return hasattr(self, 'n_features_in_')

    def _learn_columns(self, X: Any, columns: int) -> None:
        self.n_features_in_ = columns
        vars(self).pop('feature_names_in_', None)
        if hasattr(X, 'columns') and all(isinstance(name, str) for name in X.columns):
            self.feature_names_in_ = np.array(X.columns, dtype=object)

    def _check_columns(self, X: Any, rows: csr_matrix, columns: int) -> None:
        fitted = getattr(self, 'feature_names_in_', None)
        if fitted is not None and hasattr(X, 'columns') and list(X.columns) != list(fitted):
            raise _core.NutgrafError('the columns of the frame are not those that were fitted, in their order')
        if rows.shape[1] != columns:
            raise _core.NutgrafError(f'the matrix has {rows.shape[1]} columns; {columns} were fitted')

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """The names of the columns: those given, those of the frame that was fitted, or x0, x1, ..."""
        if not hasattr(self, 'n_features_in_'):
            raise self._not_fitted()
        fitted = getattr(self, 'feature_names_in_', None)
        if input_features is None:
            names = fitted if fitted is not None else [f'x{i}' for i in range(self.n_features_in_)]
            return np.array(names, dtype=object)
        names = np.array(input_features, dtype=object)
        if len(names) != self.n_features_in_:
            raise _core.NutgrafError(f'input_features has {len(names)} names; {self.n_features_in_} were fitted')
        if fitted is not None and not np.array_equal(names, fitted):
            raise _core.NutgrafError('input_features are not the names that were fitted')
        return names


class TfidfTransformer(_ColumnEstimator):
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
    idf_: npt.NDArray[np.floating]

    def _is_fitted(self) -> bool:
        return hasattr(self, 'n_features_in_') or hasattr(self, 'idf_')

    def fit(self, X: Any, y: object = None) -> TfidfTransformer:
        """Learn the document frequencies of the columns."""
        rows = _float_rows(X)
        if self.use_idf:
            df = np.bincount(rows.indices, minlength=rows.shape[1])
            self.idf_ = _core.idf(df, rows.shape[0], self._flag('smooth_idf')).astype(rows.dtype, copy=False)
        self._learn_columns(X, rows.shape[1])
        return self

    def fit_transform(self, X: Any, y: object = None) -> csr_matrix:
        """Learn, and give the rows of the same matrix."""
        return self.fit(X).transform(X)

    def transform(self, X: Any, copy: bool = True) -> csr_matrix:
        """The weights of a matrix of counts; without `copy`, in place where it is in CSR format, of floats."""
        if not self._is_fitted() or (self.use_idf and not hasattr(self, 'idf_')):
            raise self._not_fitted()
        options = _core.TfidfOptions(self.norm, self.use_idf, self.smooth_idf, self.sublinear_tf)
        rows = _float_rows(X) if copy or not _is_weighable(X) else _csr_matrix(X)
        columns = self.n_features_in_ if hasattr(self, 'n_features_in_') else len(self.idf_)
        self._check_columns(X, rows, columns)
        idf = np.asarray(self.idf_, dtype=np.float64) if self.use_idf else None
        _core.weigh_data(rows.indptr, rows.indices, rows.data, idf, options)
        return rows


def _is_same(value: Any, default: Any) -> bool:
    """Whether a parameter has its default; 1 is not 1.0."""
    return value is default or (type(value) is type(default) and not isinstance(value, np.ndarray) and value == default)


def _csr_matrix(X: Any) -> csr_matrix:
    """A csr_matrix over the memory of one, or of a csr_array."""
    from scipy.sparse import csr_matrix

    return X if isinstance(X, csr_matrix) else csr_matrix(X, copy=False)


def _is_weighable(X: Any) -> bool:
    """Whether a matrix is one of rows that the core can change in place."""
    from scipy.sparse import issparse

    return (
        issparse(X)
        and X.format == 'csr'
        and X.has_canonical_format
        and X.dtype in (np.float32, np.float64)
        and X.indices.dtype == X.indptr.dtype == np.int32
        and all(array.flags.carray for array in (X.data, X.indices, X.indptr))
        and bool(np.isfinite(X.data).all())
    )


def _float_rows(X: Any, copy: bool = True) -> csr_matrix:
    """A matrix as rows of float32 or float64, with int32 indexes, each column once a row; a copy unless said."""
    from scipy.sparse import csr_matrix

    if np.ndim(X) != 2:
        raise _core.NutgrafError(f'the matrix has {np.ndim(X)} dimensions; it must have 2, with a row a text')
    rows = csr_matrix(X, copy=copy)
    if rows.dtype.kind == 'c':
        raise _core.NutgrafError('the matrix is of complex numbers')
    if not rows.has_canonical_format:
        rows = rows if copy else rows.copy()
        rows.sum_duplicates()
    if rows.dtype.kind == 'f' and not np.isfinite(rows.data).all():
        at = int(np.flatnonzero(~np.isfinite(rows.data))[0])
        row = int(np.searchsorted(rows.indptr, at, side='right')) - 1
        raise _core.NutgrafError(f'row {row}, column {rows.indices[at]} is not finite: {rows.data[at]}')
    if rows.nnz > np.iinfo(np.int32).max:
        raise _core.NutgrafError(f'the matrix has {rows.nnz} entries; split it: there may be 2^31 - 1')
    rows.indptr, rows.indices = rows.indptr.astype(np.int32, copy=False), rows.indices.astype(np.int32, copy=False)
    return rows if rows.dtype in (np.float32, np.float64) else rows.astype(np.float64)


def _model_of_terms(given: Any) -> _core.TfidfModel:
    """A model of terms that are given, in the order of their columns."""
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
    return model


def _row_limit(limit: float, rows: int) -> float:
    """A limit of document frequency as a number of rows."""
    return float(limit) if isinstance(limit, numbers.Integral) else float(limit) * rows


def _decomposed(text: str) -> str:
    return unicodedata.normalize('NFKD', text)


def _single_spaced(text: str) -> str:
    return re.sub(r'\s\s+', ' ', text)


def _terms(given: Any, steps: Sequence[Callable[[Any], Any]]) -> Any:
    """What is left of what is given after all steps; a function that can be pickled."""
    for step in steps:
        given = step(given)
    return given


def _preprocessed(text: str, lowercase: bool, strip: Callable[[str], str] | None) -> str:
    text = text.lower() if lowercase else text
    return strip(text) if strip else text


def _strip_ascii(text: str) -> str:
    return _decomposed(text).encode('ascii', 'ignore').decode()


def _strip_unicode(text: str) -> str:
    return text if text.isascii() else ''.join(c for c in _decomposed(text) if not unicodedata.combining(c))


_ACCENTS: dict[str, Callable[[str], str]] = {'ascii': _strip_ascii, 'unicode': _strip_unicode}


def _without(stop_words: frozenset[str], tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if token not in stop_words]


def _word_grams(least: int, most: int, tokens: list[str]) -> list[str]:
    return [' '.join(tokens[i : i + n]) for n in range(least, most + 1) for i in range(len(tokens) - n + 1)]


def _character_grams(least: int, most: int, text: str) -> list[str]:
    return [text[i : i + n] for n in range(least, most + 1) for i in range(len(text) - n + 1)]


def _padded_grams(least: int, most: int, text: str) -> list[str]:
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
