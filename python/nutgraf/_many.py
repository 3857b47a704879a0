"""One result a text, for iterables of texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from . import _core

ProgressCallback = Callable[[int, int], object]
_Item = TypeVar('_Item')


def map_texts(
    caller: str,
    texts: Iterable[str | None],
    threads: int | None,
    progress: bool | ProgressCallback,
    errors: str,
    call: Callable[..., list[Any]],
    first_row: int = 0,
) -> list[Any]:
    """Call ``call(texts, threads=, progress=, raise_errors=)``; what is no text raises, or stands in its place.

    Errors name the row that a text has, the first one being ``first_row``.
    """
    if isinstance(texts, str | bytes | _core.Document):
        one = caller.removesuffix('_many')
        raise TypeError(f'{caller} takes several texts, not one {type(texts).__name__}; call {one}')
    if errors not in ('raise', 'return'):
        raise _core.NutgrafError(f"errors is {errors!r}; it must be 'raise' or 'return'")
    given = list(texts)
    wrong: dict[int, Exception] = {}
    for place, text in enumerate(given):
        if isinstance(text, str):
            continue
        missing, row = _is_missing(text), first_row + place
        if not missing:
            wrong[place] = TypeError(f'text {row} is no str but {type(text).__name__}')
        if errors == 'raise':
            raise wrong.get(place) or _core.NutgrafError(
                f"text {row} is missing ({text!r}); drop it, or give errors='return' for None in its place"
            )
        given[place] = None
    count = threads_of(threads)
    with ProgressBar(progress, len(given)) as report:
        results = call(given, threads=count, progress=report, raise_errors=errors == 'raise')
    for place, error in wrong.items():
        results[place] = error
    return results


def _is_missing(text: object) -> bool:
    """None, NaN, pandas.NA and NaT: the only objects that are missing or unequal to themselves."""
    return text is None or type(text).__name__ in ('NAType', 'NaTType') or (isinstance(text, float) and text != text)


def threads_of(threads: int | None) -> int:
    """The number given, or as many as this process may use."""
    return _available_cpus() if threads is None else threads


def _available_cpus() -> int:
    """The CPUs that affinity and cgroup allow this process."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1
    try:
        with open('/sys/fs/cgroup/cpu.max', encoding='ascii') as limit:
            quota, period = limit.read().split()
        if quota != 'max':
            allowed = min(allowed, max(1, int(quota) // int(period)))
    except (OSError, ValueError):
        pass  # no such limit here
    return allowed


class ProgressBar:
    """The callable that reports progress, or None."""

    def __init__(self, progress: bool | ProgressCallback, texts: int | None = None) -> None:
        self._bar = None
        self._report: ProgressCallback | None = None
        if callable(progress):
            self._report = progress
        elif progress:
            try:
                from tqdm.auto import tqdm
            except ImportError as error:
                raise ImportError('progress=True needs tqdm: pip install nutgraf[progress]') from error
            self._bar = tqdm(total=texts, unit='it' if texts is None else 'text')
            self._report = self._update

    def _update(self, done: int, total: int) -> None:
        if self._bar is not None:
            self._bar.total = total
            self._bar.update(done - self._bar.n)

    def __enter__(self) -> ProgressCallback | None:
        return self._report

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.close()


def several(what: str, given: Iterable[_Item]) -> list[_Item]:
    """A list of them; one str alone would be one of its characters."""
    if isinstance(given, str):
        raise TypeError(f'{what} are several, not one str; write [{what.removesuffix("s")}]')
    return list(given)
