"""From texts to summaries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, overload

from . import _core
from ._many import ProgressCallback, map_texts


def summarize(
    text: str | _core.Document,
    *,
    sentences: int | None = None,
    words: int | None = None,
    chars: int | None = None,
    method: str = 'default',
    lang: str | None = None,
    roles: Sequence[str] | None = None,
) -> _core.Summary:
    """Choose the sentences that say most of what a text says.

    Parameters
    ----------
    text : str or Document
        A text as a person pastes it: captions, prompts and remarks are recognised and left out.
    sentences, words, chars : int, optional
        The longest the summary may be, counted on ``summary.text``. Each one given is a ceiling that is never
        exceeded; with none given, three sentences.
    method : str, default 'default'
        One of ``METHODS``; see `salience`.
    lang : str, optional
        ISO 639-1 code; found from the text when not given.
    roles : sequence of str, optional
        The roles whose sentences compete, of ``ROLES``; body, quote and list_item when not given.

    Returns
    -------
    Summary
        The chosen sentences in the order of the text. It is empty for an empty text and says so in ``notes``.

    Raises
    ------
    NutgrafError
        For a budget below 1, an unknown method, role or language, or a lone surrogate in the text.
    TypeError
        When ``text`` is neither str nor Document; for several texts there is `summarize_many`.

    Examples
    --------
    >>> import nutgraf
    >>> text = 'The harbour closed. Ships waited outside. The harbour had silted up over the winter.'
    >>> [(s.begin, s.end, s.rank) for s in nutgraf.summarize(text, sentences=2)]
    [(0, 19, 0), (42, 84, 1)]
    """
    return _core.summarize(text, _core.SummarizeOptions(sentences, words, chars, method, lang, _listed(roles)))


@overload
def summarize_many(
    texts: Iterable[str | None],
    *,
    sentences: int | None = ...,
    words: int | None = ...,
    chars: int | None = ...,
    method: str = ...,
    lang: str | None = ...,
    roles: Sequence[str] | None = ...,
    output: Literal['summary'] = ...,
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: Literal['raise'] = ...,
) -> list[_core.Summary]: ...
@overload
def summarize_many(
    texts: Iterable[str | None],
    *,
    sentences: int | None = ...,
    words: int | None = ...,
    chars: int | None = ...,
    method: str = ...,
    lang: str | None = ...,
    roles: Sequence[str] | None = ...,
    output: Literal['text'],
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: Literal['raise'] = ...,
) -> list[str]: ...
@overload
def summarize_many(
    texts: Iterable[str | None],
    *,
    sentences: int | None = ...,
    words: int | None = ...,
    chars: int | None = ...,
    method: str = ...,
    lang: str | None = ...,
    roles: Sequence[str] | None = ...,
    output: str = ...,
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: str = ...,
) -> list[object]: ...


def summarize_many(
    texts: Iterable[str | None],
    *,
    sentences: int | None = None,
    words: int | None = None,
    chars: int | None = None,
    method: str = 'default',
    lang: str | None = None,
    roles: Sequence[str] | None = None,
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
    sentences, words, chars, method, lang, roles
        As in `summarize`.
    output : {'summary', 'text', 'dict'}, default 'summary'
        What to give for each text: a Summary, its text, or its dict.
    threads : int, optional
        Threads to use; when not given, as many as this process may use. The result is the same for any number.
    progress : bool or callable, default False
        True shows a bar of tqdm; a callable is called with (done, total) on the calling thread.
    errors : {'raise', 'return'}, default 'raise'
        'raise': a missing text or one that cannot be read raises an error that names its row. 'return': a missing
        text gives None, and one that fails its exception, in its place.

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
    options = _core.SummarizeOptions(sentences, words, chars, method, lang, _listed(roles))
    return map_texts(
        'summarize_many',
        texts,
        threads,
        progress,
        errors,
        lambda given, **how: _core.summarize_list(given, options=options, output=output, **how),
    )


def _listed(roles: Sequence[str] | None) -> list[str] | None:
    if isinstance(roles, str):
        raise TypeError(f'roles takes a sequence of str; write [{roles!r}]')
    return None if roles is None else list(roles)
