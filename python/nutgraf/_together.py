"""From several texts to one summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from . import _core
from ._summarize import Sentences, options_of
from ._vectors import TfidfVectorizer


def summarize_together(
    texts: Iterable[str | _core.Document],
    *,
    dates: Iterable[Any] | None = None,
    sources: Iterable[Any] | None = None,
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
) -> _core.Summary:
    """Summarize a story that several texts tell: one choice from all of them, each sentence with its text.

    Parameters
    ----------
    texts : iterable of str or Document
        The texts. What one says again after another is folded into ``sentence.repeats``.
    dates : iterable, optional
        An entry a text, of anything that can be compared: the texts are read, and the sentences stand, in this order.
    sources : iterable, optional
        An entry a text, such as the name of its paper: without dates, texts of one source stand together, the sources
        in the order in which they first come. When not given, ``sentence.source`` is the index of the text.
    sentences, words, chars, bytes, ratio, seconds, method, strategy, query, lang, roles, min_length, max_length
        As in `summarize`.
    headings, role_weights, position_weights, tokens, counter, background
        As in `summarize`.
    must_include, exclude : sequence of (document, begin, end) or callable, optional
        As in `summarize`; of several texts a span names its own by its index among ``Summary.documents``.

    Returns
    -------
    Summary
        Its ``documents`` are in the order in which they are read; ``source``, ``date`` and ``document`` of a sentence
        say where it stands.

    Raises
    ------
    NutgrafError
        As `summarize`; and for dates or sources of another number than the texts.
    TypeError
        When ``texts`` is one str, and for dates that cannot be compared.

    Examples
    --------
    >>> import nutgraf
    >>> later = 'The harbour of Alder has reopened after four days.'
    >>> first = 'The harbour of Alder closed on Monday. Ships waited outside.'
    >>> story = nutgraf.summarize_together([later, first], dates=['2026-03-06', '2026-03-02'], sentences=2)
    >>> [(s.date, s.source, s.text) for s in story]  # doctest: +NORMALIZE_WHITESPACE
    [('2026-03-02', 1, 'The harbour of Alder closed on Monday.'),
     ('2026-03-06', 0, 'The harbour of Alder has reopened after four days.')]
    """
    options = options_of(locals())
    if isinstance(texts, str | _core.Document):
        raise TypeError(
            f'summarize_together takes several texts, not one {type(texts).__name__}; for one there is summarize'
        )
    given = list(texts)
    for row, text in enumerate(given):
        if not isinstance(text, str | _core.Document):
            raise TypeError(
                f'summarize_together takes str and Document; text {row} is no str but {type(text).__name__}'
            )
    of_dates, of_sources = _entries('dates', dates, given), _entries('sources', sources, given)
    order = reading_order(len(given), of_dates, of_sources)
    return _core.summarize_together(
        [given[i] for i in order],
        [i if of_sources is None else of_sources[i] for i in order],
        None if of_dates is None else [of_dates[i] for i in order],
        options,
        must_include,
        exclude,
    )


def reading_order(size: int, dates: list[Any] | None, sources: list[Any] | None) -> list[int]:
    """The indexes of texts by date, else by source, else as they come."""
    if dates is not None:
        return sorted(range(size), key=dates.__getitem__)
    if sources is not None:
        return sorted(range(size), key=[sources.index(s) for s in sources].__getitem__)
    return list(range(size))


def _entries(what: str, given: Iterable[Any] | None, texts: Sequence[object]) -> list[Any] | None:
    if given is None:
        return None
    entries = list(given)
    if len(entries) != len(texts):
        raise _core.NutgrafError(f'there are {len(texts)} texts and {len(entries)} {what}; each text needs one')
    return entries
