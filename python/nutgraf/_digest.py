"""A story whose articles come one by one."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from . import _core
from ._summarize import options_of

_Date: TypeAlias = int | str | datetime.date | None


class Digest:
    """A story told by articles that come one by one, summarized at any time.

    What `summarize_together` says of all of them, nearly, in time and memory that do not grow with their number but
    for the words that are known. Of each article the sentences that stand alone are kept, unless a kept one says the
    same; of more than ``pool`` the least salient go. The weights of their terms and their salience within their article
    are those of their arrival.

    Parameters
    ----------
    pool : int, default 500
        The most sentences that are kept to choose from.
    lang : str, optional
        ISO 639-1 code of all articles; found from each when not given.

    Examples
    --------
    >>> import nutgraf
    >>> digest = nutgraf.Digest()
    >>> digest.add('The harbour of Alder closed on Monday. Ships waited outside.', date='2026-03-02')
    >>> digest.add('A crane fell. The harbour of Alder closed on Monday.', date='2026-03-03', source='Echo')
    >>> len(digest)
    2
    >>> [(s.date, s.source, s.text) for s in digest.update(since='2026-03-03', sentences=2)]
    [('2026-03-03', 'Echo', 'A crane fell.')]
    """

    def __init__(self, *, pool: int = 500, lang: str | None = None) -> None:
        self._core = _core.Digest(pool)
        self._lang = lang
        self._lock = threading.Lock()
        self._kind: str | None = None

    def add(self, text: str | _core.Document, *, date: _Date = None, source: Any = None) -> None:
        """Take an article.

        Parameters
        ----------
        text : str or Document
            The article.
        date : int, str, datetime.date or datetime.datetime, optional
            A number of any unit, or a date; a str is in ISO 8601. Summaries stand in this order. Either each article
            has one or none; all are numbers, or all dates. Without dates, articles are in the order in which they come.
        source : object, optional
            What the article is called; the number of articles before it when not given.

        Raises
        ------
        NutgrafError
            As `summarize`; and for a date of another kind than those before. The article is not taken then.
        """
        with self._lock:
            kind, time = _time_of('date', date)
            if self._kind is not None and kind != self._kind:
                raise _core.NutgrafError(f'the date is {kind} and those before it are {self._kind}')
            name = self._core.size() if source is None else source
            self._core.add(text, time, name, date, self._lang)
            self._kind = kind

    def __len__(self) -> int:
        """The number of articles taken."""
        return self._core.size()

    def __repr__(self) -> str:
        """For a person."""
        return f'<Digest of {len(self)} articles>'

    def summarize(
        self,
        *,
        sentences: int | Literal['auto'] | None = None,
        words: int | None = None,
        chars: int | None = None,
        bytes: int | None = None,
        ratio: float | None = None,
        seconds: float | None = None,
        strategy: str | None = None,
        min_length: int = 0,
        max_length: int = 0,
        headings: bool = False,
        tokens: int | None = None,
        counter: Callable[[str], int] | None = None,
    ) -> _core.Summary:
        """Say what all articles so far say.

        Parameters
        ----------
        sentences, words, chars, bytes, ratio, seconds, strategy, min_length, max_length, headings, tokens, counter
            As in `summarize`.

        Returns
        -------
        Summary
            Its ``documents`` are the articles of which something is kept, by date.
        """
        options = options_of(locals())
        with self._lock:
            return self._core.summarize(options, None)

    def update(
        self,
        *,
        since: _Date,
        sentences: int | Literal['auto'] | None = None,
        words: int | None = None,
        chars: int | None = None,
        bytes: int | None = None,
        ratio: float | None = None,
        seconds: float | None = None,
        strategy: str | None = None,
        min_length: int = 0,
        max_length: int = 0,
        headings: bool = False,
        tokens: int | None = None,
        counter: Callable[[str], int] | None = None,
    ) -> _core.Summary:
        """Say what new articles say that the ones before them do not.

        Parameters
        ----------
        since : int, str, datetime.date or datetime.datetime
            The first date of the new ones; where articles have no dates, the number of those that are not new:
            ``len(digest)`` of that time.
        sentences, words, chars, bytes, ratio, seconds, strategy, min_length, max_length, headings, tokens, counter
            As in `summarize`.

        Returns
        -------
        Summary
            Empty where nothing new was said.
        """
        options = options_of(locals())
        kind, time = _time_of('since', since)
        wanted = self._kind if self._kind not in (None, _NO_DATE) else _A_NUMBER
        if len(self) and kind != wanted:
            raise _core.NutgrafError(f'since is {kind}; the articles of this digest need {wanted}')
        with self._lock:
            return self._core.summarize(options, time)


_NO_DATE, _A_NUMBER, _A_DATE = 'None', 'a number', 'a date'


def _time_of(name: str, date: _Date) -> tuple[str, int | None]:
    """What kind of date it is, and a number to compare: of dates the microseconds since 1970, in UTC unless said."""
    if date is None:
        return _NO_DATE, None
    if isinstance(date, int):
        return _A_NUMBER, date
    if isinstance(date, str):
        date = datetime.datetime.fromisoformat(date)
    elif not isinstance(date, datetime.date):
        raise TypeError(f'{name} is {date!r}; it must be a date, a datetime, an ISO 8601 str, an int or None')
    elif not isinstance(date, datetime.datetime):
        date = datetime.datetime(date.year, date.month, date.day)
    if date.tzinfo is None:
        date = date.replace(tzinfo=datetime.timezone.utc)
    since_1970 = date - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return _A_DATE, since_1970 // datetime.timedelta(microseconds=1)
