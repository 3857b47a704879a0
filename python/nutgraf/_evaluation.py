"""How well summaries of one's own texts are made, and whether anything beats their first sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from . import _core
from ._many import ProgressBar, ProgressCallback, several, threads_of
from ._summarize import options_of


class EvaluationRow(NamedTuple):
    """What one system reached: means over the texts.

    ROUGE is F in percent; ``gain`` is in ROUGE-1 over the first sentences, and lies from ``low`` to ``high`` with 95 %.
    ``dangling`` is the percentage of summaries with a sentence that points to one that is not there, ``redundancy``
    that of pairs of neighbouring words that a summary said before, and ``places`` has the shares of the chosen
    sentences that stand in each tenth of the body of their text.
    """

    system: str
    rouge1: float
    rouge2: float
    rougeLsum: float
    gain: float
    low: float
    high: float
    dangling: float
    redundancy: float
    places: Sequence[float]


class Evaluation:
    """The systems compared on one's own texts: a table of `rows`, and what it says in `verdict`.

    str() is the table as text; a notebook shows it as one.
    """

    def __init__(self, found: _core.Evaluation) -> None:
        self._found = found

    @property
    def rows(self) -> tuple[EvaluationRow, ...]:
        """One a system: the first sentences (lead) first, the oracle last."""
        return tuple(EvaluationRow(*row) for row in self._found.rows)

    @property
    def texts(self) -> int:
        """How many there are."""
        return self._found.texts

    @property
    def best(self) -> str:
        """The system with the highest ROUGE-1, random choice and the oracle aside."""
        return self._found.best

    @property
    def verdict(self) -> str:
        """Whether anything is better than the first sentences, beyond what chance explains."""
        return self._found.verdict

    def __str__(self) -> str:
        return self._found.table.rstrip('\n')

    def __repr__(self) -> str:
        return f'<Evaluation of {len(self._found.rows)} systems on {self.texts} texts>'

    def _repr_html_(self) -> str:
        return self._found.html


def evaluate(
    texts: Iterable[str | _core.Document],
    references: Iterable[str | Sequence[str]],
    *,
    methods: Sequence[str] = _core.COMPARED_METHODS,
    sentences: int | None = None,
    words: int | None = None,
    lang: str | None = None,
    threads: int | None = None,
    progress: bool | ProgressCallback = False,
) -> Evaluation:
    """Compare methods, random choice, the first sentences and the oracle on texts of your own.

    Parameters
    ----------
    texts : iterable of str or Document
        What to summarize.
    references : iterable of str or sequence of str
        What a person would have said of each; of several the best match counts.
    methods : sequence of str
        Some of ``METHODS``; when not given 'default', 'mix', 'lexrank' and 'centroid'.
    sentences, words : int, optional
        The length of all summaries; three sentences when neither is given.
    lang : str, optional
        As in `summarize`. English is compared by stems, all other languages by words of every script.
    threads, progress
        As in `summarize_many`.

    Returns
    -------
    Evaluation
        A row a system, the first sentences (lead) first, random choice, the methods, and the oracle, which has as many
        sentences as the longest of lead; and a verdict.

    Raises
    ------
    NutgrafError
        As `summarize` and `rouge`; for no texts, or references of another number.

    Examples
    --------
    >>> import nutgraf
    >>> texts = ['The harbour closed on Monday. Ships waited outside. Pilots left. A crane had fallen.'] * 3
    >>> found = nutgraf.evaluate(texts, ['A crane fell, so that the harbour closed'] * 3, sentences=1)
    >>> found.rows[-1].system, found.rows[-1].rouge1 >= found.rows[0].rouge1
    ('oracle', True)
    """
    given, referred = examples_of(texts, references)
    if not given or len(given) != len(referred):
        raise _core.NutgrafError(
            f'there are {len(given)} texts and {len(referred)} sets of references; each text needs one'
        )
    options = options_of({'sentences': sentences, 'words': words, 'lang': lang})
    with ProgressBar(progress) as report:
        return Evaluation(_core.evaluate(given, referred, list(methods), options, threads_of(threads), report))


def examples_of(
    texts: Iterable[str | _core.Document], references: Iterable[str | Sequence[str]]
) -> tuple[list[Any], list[list[str]]]:
    """Texts, and a list of references for each."""
    referred = several('references', references)
    return several('texts', texts), [[r] if isinstance(r, str) else list(r) for r in referred]
