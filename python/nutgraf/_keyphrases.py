"""From a text to the phrases that name what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, overload

from . import _core
from ._many import ProgressCallback, map_texts


def keyphrases(text: str | _core.Document, *, top: int = 10, lang: str | None = None) -> list[_core.Keyphrase]:
    """Find the phrases that name what a text is about.

    Parameters
    ----------
    text : str or Document
        What to find them in.
    top : int, default 10
        As many at most.
    lang : str, optional
        As in `segment`; only with a str.

    Returns
    -------
    list of Keyphrase
        Best first, each with ``text``, ``score`` and ``spans``, its occurrences; ``str(phrase)`` folds white space.
        Empty for a text without words.

    Raises
    ------
    NutgrafError
        For a ``top`` below 1, and as `segment` does.

    Notes
    -----
    A phrase is a run of up to four content words of one sentence. What counts: how often it and its words occur, how
    early it stands, whether it is a whole run, capitals, and the words beside it; the header ``keyphrases.h`` has the
    formula, ``docs/keyphrases.md`` how well it does. Captions, bylines, boilerplate and repeated blocks are not read.
    Time is linear in the text.

    Examples
    --------
    >>> import nutgraf
    >>> text = 'The Selby harbour bridge closed. Ships waited outside. Engineers said the harbour bridge had cracked.'
    >>> [str(phrase) for phrase in nutgraf.keyphrases(text, top=2)]
    ['harbour bridge', 'Engineers']
    >>> nutgraf.keyphrases(text)[0].spans.tolist()
    [[10, 24], [74, 88]]
    """
    return _core.keyphrases(text, top, lang)


@overload
def keyphrases_many(
    texts: Iterable[str | None],
    *,
    top: int = ...,
    lang: str | None = ...,
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: Literal['raise'] = ...,
) -> list[list[_core.Keyphrase]]: ...
@overload
def keyphrases_many(
    texts: Iterable[str | None],
    *,
    top: int = ...,
    lang: str | None = ...,
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: str = ...,
) -> list[object]: ...


def keyphrases_many(
    texts: Iterable[str | None],
    *,
    top: int = 10,
    lang: str | None = None,
    threads: int | None = None,
    progress: bool | ProgressCallback = False,
    errors: str = 'raise',
) -> list[object] | list[list[_core.Keyphrase]]:
    """Find the keyphrases of each of many texts, over threads and without the GIL.

    Parameters
    ----------
    texts : iterable of str
        A list, a pandas or polars Series, a generator.
    top, lang
        As in `keyphrases`.
    threads, progress, errors
        As in `summarize_many`.

    Returns
    -------
    list of list of Keyphrase
        As long as ``texts``, in their order; the same for any number of threads.

    Examples
    --------
    >>> import nutgraf
    >>> texts = ['The harbour bridge closed. Nobody crossed the harbour bridge.', 'It rained.']
    >>> [[str(phrase) for phrase in found] for found in nutgraf.keyphrases_many(texts, top=1)]
    [['harbour bridge'], ['rained']]
    """
    return map_texts(
        'keyphrases_many',
        texts,
        threads,
        progress,
        errors,
        lambda given, **how: _core.keyphrases_list(given, top=top, lang=lang, **how),
    )
