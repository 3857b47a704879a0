"""From texts to summaries."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from . import _core
from ._many import ProgressCallback, map_texts
from ._salience import model_of
from ._vectors import TfidfVectorizer

SentenceModel: TypeAlias = Any  # a Summarizer, which stands on this module, or a path
Sentences: TypeAlias = Sequence[tuple[int, int]] | Callable[[_core.Sentence], object]


def summarize(
    text: str | _core.Document,
    *,
    sentences: int | Literal['auto'] | None = None,
    words: int | None = None,
    chars: int | None = None,
    bytes: int | None = None,
    ratio: float | None = None,
    seconds: float | None = None,
    method: str = 'default',
    strategy: str | None = None,
    query: str | None = None,
    lang: str | None = None,
    roles: Sequence[str] | None = None,
    min_length: int = 0,
    max_length: int = 0,
    headings: bool = False,
    role_weights: Mapping[str, float] | None = None,
    position_weights: Sequence[float] | None = None,
    tokens: int | None = None,
    counter: Callable[[str], int] | None = None,
    must_include: Sentences | None = None,
    exclude: Sentences | None = None,
    background: TfidfVectorizer | None = None,
    model: SentenceModel | None = None,
    vectors: npt.ArrayLike | None = None,
    query_vector: npt.ArrayLike | None = None,
) -> _core.Summary:
    """Choose the sentences that say most of what a text says.

    Parameters
    ----------
    text : str or Document
        A text as a person pastes it: captions, prompts and remarks are recognised and left out.
    sentences : int or 'auto', optional
        The most sentences. 'auto': as many as the text needs, about as long as the highlights of a news article: until
        the next one would stand for the most part past 44 words, and from there to 72 words only if it is nearly as
        salient as the best one; more, by the root of the length, for texts of more than 640 words.
    words, chars, bytes, ratio, seconds : number, optional
        The longest the summary may be: in words, characters, bytes of UTF-8, as a share of the words of the sentences
        that compete, and in seconds of reading at 238 words a minute. All are counted on ``summary.text``. Each one
        given is a ceiling that is never exceeded; with none given, three sentences.
    method : str, default 'default'
        One of ``METHODS``; see `salience`.
    strategy : {'top', 'mmr', 'coverage', 'concepts', 'sumbasic', 'kl'}, optional
        What makes a sentence the next one: its salience ('top'; under a length alone, the set whose salience times
        length is largest); maximal marginal relevance (Carbonell & Goldstein 1998);
        submodular coverage and diversity (Lin & Bilmes 2011); concept coverage (Gillick & Favre 2009); SumBasic
        (Nenkova & Vanderwende 2005); KL-Sum (Haghighi & Vanderwende 2009). When not given, the one with the name of
        the method, else 'top'.
    query : str, optional
        What the sentences are to be about. When nothing of it stands in the text, ``notes`` has 'query_unknown'.
    lang : str, optional
        ISO 639-1 code; found from the text when not given.
    roles : sequence of str, optional
        The roles whose sentences compete, of ``ROLES``; body, quote and list_item when not given.
    min_length, max_length : int, default 0
        The least and the most words of a sentence; a ``max_length`` of 0 is no limit.
    headings : bool, default False
        Whether ``summary.text`` shows the headings that the sentences stand under, each on a line of its own. They
        count against the budget.
    role_weights : mapping of str to float, optional
        What the salience of sentences of a role is weighed by: ``{'quote': 0.5}``.
    position_weights : sequence of float, optional
        Weights at equal distances from the first sentence to the last, between which they change evenly: ``[2, 1, 1]``
        favours the first half. A weight w adds (w - 1) times the size of the salience.
    tokens : int, optional
        The most tokens, as ``counter`` counts them: ``counter(summary.text) <= tokens``.
    counter : callable, optional
        From a str to the number of its tokens, of a language model for example; no fewer for a longer text.
    must_include, exclude : sequence of (begin, end) or callable, optional
        Sentences to choose first, whatever their role, and sentences never to choose: those that share a character
        with one of the spans, or those of which the callable says so, which is given each Sentence.
    background : TfidfVectorizer, optional
        As in `salience`.
    model : Summarizer or path, optional
        What was learned from your own examples: a fitted `Summarizer`, or a file that its ``save`` wrote.
    vectors, query_vector : array_like, optional
        As in `salience`; what says the same again is judged by terms all the same.

    Returns
    -------
    Summary
        The chosen sentences in the order of the text. It is empty for an empty text and says so in ``notes``.

    Raises
    ------
    NutgrafError
        For a budget below 1, an unknown method, strategy, role or language, options that contradict each other, or a
        lone surrogate in the text.
    TypeError
        When ``text`` is neither str nor Document; for several texts there is `summarize_many`.

    Examples
    --------
    >>> import nutgraf
    >>> text = 'The harbour closed. Ships waited outside. The harbour had silted up over the winter.'
    >>> [(s.begin, s.end, s.rank) for s in nutgraf.summarize(text, sentences=2)]
    [(0, 19, 0), (20, 41, 1)]
    >>> nutgraf.summarize(text, tokens=5, counter=lambda text: len(text.split())).text
    'The harbour closed.'
    """
    options = options_of(locals())
    return _core.summarize(text, options, must_include, exclude)


def select(
    text: str | _core.Document,
    salience: npt.ArrayLike,
    *,
    sentences: int | Literal['auto'] | None = None,
    words: int | None = None,
    chars: int | None = None,
    bytes: int | None = None,
    ratio: float | None = None,
    seconds: float | None = None,
    strategy: str | None = None,
    lang: str | None = None,
    roles: Sequence[str] | None = None,
    min_length: int = 0,
    max_length: int = 0,
    headings: bool = False,
    tokens: int | None = None,
    counter: Callable[[str], int] | None = None,
    must_include: Sentences | None = None,
    exclude: Sentences | None = None,
    background: TfidfVectorizer | None = None,
) -> _core.Summary:
    """Choose sentences by a salience of your own.

    Parameters
    ----------
    text : str or Document
        What to choose sentences of.
    salience : array_like of float, shape (n_sentences,)
        From `salience`, weighed and added up as you like, or from any model of your own.
    sentences, words, chars, bytes, ratio, seconds, strategy, lang, roles, min_length, max_length, headings
        As in `summarize`.
    tokens, counter, must_include, exclude, background
        As in `summarize`.

    Returns
    -------
    Summary
        Its ``method`` is 'own'.

    Raises
    ------
    NutgrafError
        For a salience of another length, or one that is not finite, which it names; and as `summarize` does.

    Examples
    --------
    >>> import nutgraf
    >>> text = 'The harbour closed. Ships waited outside. The harbour had silted up over the winter.'
    >>> nutgraf.select(text, [0.1, 0.7, 0.2], sentences=1).text
    'Ships waited outside.'
    """
    options = options_of(locals())
    return _core.select(text, np.asarray(salience, dtype=np.float32), options, must_include, exclude)


@overload
def summarize_many(
    texts: Iterable[str | None],
    *,
    sentences: int | Literal['auto'] | None = ...,
    words: int | None = ...,
    chars: int | None = ...,
    bytes: int | None = ...,
    ratio: float | None = ...,
    seconds: float | None = ...,
    method: str = ...,
    strategy: str | None = ...,
    query: str | None = ...,
    lang: str | None = ...,
    roles: Sequence[str] | None = ...,
    min_length: int = ...,
    max_length: int = ...,
    headings: bool = ...,
    role_weights: Mapping[str, float] | None = ...,
    position_weights: Sequence[float] | None = ...,
    tokens: int | None = ...,
    counter: Callable[[str], int] | None = ...,
    background: TfidfVectorizer | None = ...,
    model: SentenceModel | None = ...,
    output: Literal['summary'] = ...,
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: Literal['raise'] = ...,
) -> list[_core.Summary]: ...
@overload
def summarize_many(
    texts: Iterable[str | None],
    *,
    sentences: int | Literal['auto'] | None = ...,
    words: int | None = ...,
    chars: int | None = ...,
    bytes: int | None = ...,
    ratio: float | None = ...,
    seconds: float | None = ...,
    method: str = ...,
    strategy: str | None = ...,
    query: str | None = ...,
    lang: str | None = ...,
    roles: Sequence[str] | None = ...,
    min_length: int = ...,
    max_length: int = ...,
    headings: bool = ...,
    role_weights: Mapping[str, float] | None = ...,
    position_weights: Sequence[float] | None = ...,
    tokens: int | None = ...,
    counter: Callable[[str], int] | None = ...,
    background: TfidfVectorizer | None = ...,
    model: SentenceModel | None = ...,
    output: Literal['text'],
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: Literal['raise'] = ...,
) -> list[str]: ...
@overload
def summarize_many(
    texts: Iterable[str | None],
    *,
    sentences: int | Literal['auto'] | None = ...,
    words: int | None = ...,
    chars: int | None = ...,
    bytes: int | None = ...,
    ratio: float | None = ...,
    seconds: float | None = ...,
    method: str = ...,
    strategy: str | None = ...,
    query: str | None = ...,
    lang: str | None = ...,
    roles: Sequence[str] | None = ...,
    min_length: int = ...,
    max_length: int = ...,
    headings: bool = ...,
    role_weights: Mapping[str, float] | None = ...,
    position_weights: Sequence[float] | None = ...,
    tokens: int | None = ...,
    counter: Callable[[str], int] | None = ...,
    background: TfidfVectorizer | None = ...,
    model: SentenceModel | None = ...,
    output: str = ...,
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: str = ...,
) -> list[object]: ...


def summarize_many(
    texts: Iterable[str | None],
    *,
    sentences: int | Literal['auto'] | None = None,
    words: int | None = None,
    chars: int | None = None,
    bytes: int | None = None,
    ratio: float | None = None,
    seconds: float | None = None,
    method: str = 'default',
    strategy: str | None = None,
    query: str | None = None,
    lang: str | None = None,
    roles: Sequence[str] | None = None,
    min_length: int = 0,
    max_length: int = 0,
    headings: bool = False,
    role_weights: Mapping[str, float] | None = None,
    position_weights: Sequence[float] | None = None,
    tokens: int | None = None,
    counter: Callable[[str], int] | None = None,
    background: TfidfVectorizer | None = None,
    model: SentenceModel | None = None,
    output: str = 'summary',
    threads: int | None = None,
    progress: bool | ProgressCallback = False,
    errors: str = 'raise',
) -> list[object] | list[_core.Summary] | list[str]:
    """Summarize each of many texts, over threads and without the GIL.

    Parameters
    ----------
    texts : iterable of str
        A list, a pandas or polars Series, a generator.
    sentences, words, chars, bytes, ratio, seconds, method, strategy, query, lang, roles, min_length, max_length
        As in `summarize`.
    headings, role_weights, position_weights
        As in `summarize`.
    tokens, counter, background, model
        As in `summarize`; ``counter`` is called from several threads, one at a time.
    output : {'summary', 'text', 'dict'}, default 'summary'
        What to give for each text: a Summary, its text, or its dict.
    threads : int, optional
        Threads to use; when not given, as many as this process may use. The result is the same for any number.
    progress : bool or callable, default False
        True shows a bar of tqdm; a callable is called with (done, total) on the calling thread.
    errors : {'raise', 'return'}, default 'raise'
        'raise': a missing text or one that cannot be read raises an error that names its row. 'return': a missing
        text gives None, and one that fails its exception, in its place. What a ``counter`` raises is raised.

    Returns
    -------
    list
        As long as ``texts``, in their order.

    Examples
    --------
    >>> import nutgraf
    >>> nutgraf.summarize_many(['The harbour closed.', 'Ships waited. They were late.'], sentences=1, output='text')
    ['The harbour closed.', 'Ships waited.']
    """
    options = options_of(locals())
    return map_texts(
        'summarize_many',
        texts,
        threads,
        progress,
        errors,
        lambda given, **how: _core.summarize_list(given, options=options, output=output, first_row=0, **how),
    )


def summarize_iter(
    texts: Iterable[str | None],
    *,
    sentences: int | Literal['auto'] | None = None,
    words: int | None = None,
    chars: int | None = None,
    bytes: int | None = None,
    ratio: float | None = None,
    seconds: float | None = None,
    method: str = 'default',
    strategy: str | None = None,
    query: str | None = None,
    lang: str | None = None,
    roles: Sequence[str] | None = None,
    min_length: int = 0,
    max_length: int = 0,
    headings: bool = False,
    role_weights: Mapping[str, float] | None = None,
    position_weights: Sequence[float] | None = None,
    tokens: int | None = None,
    counter: Callable[[str], int] | None = None,
    background: TfidfVectorizer | None = None,
    model: SentenceModel | None = None,
    output: str = 'summary',
    threads: int | None = None,
    errors: str = 'raise',
) -> Iterator[Any]:
    """Summarize texts as they come, in their order, in memory that does not grow with their number.

    Parameters
    ----------
    texts : iterable of str
        Read some hundred at a time, as results are asked for.
    sentences, words, chars, bytes, ratio, seconds, method, strategy, query, lang, roles, min_length, max_length
        As in `summarize`.
    headings, role_weights, position_weights
        As in `summarize`.
    tokens, counter, background, model, output, threads, errors
        As in `summarize_many`.

    Returns
    -------
    iterator
        Of what `summarize_many` puts into its list.

    Examples
    --------
    >>> import nutgraf
    >>> texts = (f'Ship {i} came in. It was late.' for i in range(1000))
    >>> next(nutgraf.summarize_iter(texts, sentences=1, output='text'))
    'Ship 0 came in.'
    """
    options = options_of(locals())

    def summarized(given: Iterable[str | None], row: int) -> list[Any]:
        return map_texts(
            'summarize_iter',
            given,
            threads,
            False,
            errors,
            lambda some, **how: _core.summarize_list(some, options=options, output=output, first_row=row, **how),
            row,
        )

    def results() -> Iterator[Any]:
        at_a_time, row = 512, 0
        while part := list(itertools.islice(source, at_a_time)):
            yield from summarized(part, row)
            row += len(part)

    summarized([] if not isinstance(texts, str | _core.Document) else texts, 0)  # says at once what is wrong
    source = iter(texts)
    return results()


# The keywords of SummarizeOptions, and what stands for those that a call does not name.
_KEYWORDS: dict[str, Any] = {
    name: default
    for name, default in (summarize.__kwdefaults__ or {}).items()
    if name not in ('must_include', 'exclude')
}
_DEFAULTS = _core.SummarizeOptions()  # most calls name none


def options_of(given: dict[str, Any]) -> _core.SummarizeOptions:
    """The options among the arguments of a call."""
    options = {name: value for name, default in _KEYWORDS.items() if (value := given.get(name, default)) is not default}
    if not options:
        return _DEFAULTS
    if 'roles' in options:
        options['roles'] = _listed(options['roles'])
    if 'background' in options:
        options['background'] = model_of(options['background'])
    if 'model' in options:
        options['weights'] = _weights_of(options.pop('model'))
    return _core.SummarizeOptions(**options)


def _weights_of(model: SentenceModel) -> str:
    """The weights as text, of what was fitted or of a file."""
    if isinstance(model, str | os.PathLike):
        with open(model, encoding='utf-8') as file:
            return file.read()
    weights = getattr(model, 'weights_text_', None)
    if not isinstance(weights, str):
        raise TypeError(f'model is no fitted Summarizer and no path but {type(model).__name__}')
    return weights


def _listed(roles: Sequence[str]) -> list[str]:
    if isinstance(roles, str):
        raise TypeError(f'roles takes a sequence of str; write [{roles!r}]')
    return list(roles)
