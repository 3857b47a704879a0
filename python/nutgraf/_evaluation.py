"""How well summaries of one's own texts are made, and whether anything beats their first sentences."""

from __future__ import annotations

import html
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from . import _core
from ._evaluate import bootstrap_interval, oracle, rouge_many
from ._segment import segment
from ._summarize import select, summarize

_TYPES = ('rouge1', 'rouge2', 'rougeLsum')
_LEAD, _RANDOM, _ORACLE = 'lead', 'random', 'oracle'
_FEWEST = 10  # texts, for a verdict: intervals of fewer are too narrow


class EvaluationRow(NamedTuple):
    """What one system reached: mean F in percent, and its gain in ROUGE-1 over the first sentences."""

    system: str
    rouge1: float
    rouge2: float
    rougeLsum: float
    gain: float
    low: float
    high: float
    dangling: float


class Evaluation:
    """The systems compared on one's own texts: a table of `rows`, and what it says in `verdict`.

    str() is the table as text; a notebook shows it as one.
    """

    def __init__(self, rows: Sequence[EvaluationRow], texts: int) -> None:
        self.rows = tuple(rows)
        self.texts = texts

    @property
    def best(self) -> str:
        """The system with the highest ROUGE-1, random choice and the oracle aside."""
        return max((r for r in self.rows if r.system not in (_RANDOM, _ORACLE)), key=lambda r: r.rouge1).system

    @property
    def verdict(self) -> str:
        """Whether anything is better than the first sentences, beyond what chance explains."""
        if self.texts < _FEWEST:
            return f'{self.texts} texts are too few to tell systems apart; it takes {_FEWEST} or more.'
        better = [r for r in self.rows if r.low > 0 and r.system not in (_LEAD, _RANDOM, _ORACLE)]
        if not better:
            return (
                f'On these {self.texts} texts the first sentences are enough: '
                'no method is above them by more than chance.'
            )
        best = max(better, key=lambda r: r.rouge1)
        return (
            f'On these {self.texts} texts {best.system} is above the first sentences by {best.gain:.1f} of ROUGE-1 '
            f'(95 % interval {best.low:.1f} to {best.high:.1f}).'
        )

    def _cells(self) -> list[list[str]]:
        head = ['system', 'R1', 'R2', 'RLsum', 'R1 over lead', '95 %', 'dangling %']
        return [head] + [
            [
                r.system,
                *(f'{value:.2f}' for value in (r.rouge1, r.rouge2, r.rougeLsum)),
                f'{r.gain:+.2f}',
                f'{r.low:+.2f} to {r.high:+.2f}',
                f'{r.dangling:.1f}',
            ]
            for r in self.rows
        ]

    def __str__(self) -> str:
        cells = self._cells()
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = [
            row[0].ljust(widths[0]) + ''.join('  ' + c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))
            for row in cells
        ]
        return '\n'.join([*lines, '', self.verdict])

    def __repr__(self) -> str:
        return f'<Evaluation of {len(self.rows)} systems on {self.texts} texts>'

    def _repr_html_(self) -> str:
        head, *rows = ([html.escape(cell) for cell in row] for row in self._cells())
        lines = ''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in rows)
        top = '<tr>' + ''.join(f'<th>{cell}</th>' for cell in head) + '</tr>'
        return f'<table><thead>{top}</thead><tbody>{lines}</tbody></table><p>{html.escape(self.verdict)}</p>'


def evaluate(
    texts: Iterable[str | _core.Document],
    references: Iterable[str | Sequence[str]],
    *,
    methods: Sequence[str] = ('default', 'mix', 'lexrank', 'centroid'),
    sentences: int | None = None,
    words: int | None = None,
    lang: str | None = None,
) -> Evaluation:
    """Compare methods, random choice, the first sentences and the oracle on texts of your own.

    Parameters
    ----------
    texts : iterable of str or Document
        What to summarize.
    references : iterable of str or sequence of str
        What a person would have said of each; of several the best match counts.
    methods : sequence of str
        Some of ``METHODS``.
    sentences, words : int, optional
        The length of all summaries; three sentences when neither is given.
    lang : str, optional
        As in `summarize`. English is compared by stems, all other languages by words of every script.

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
    documents = [t if isinstance(t, _core.Document) else segment(t, lang=lang) for t in texts]
    referred = [[r] if isinstance(r, str) else list(r) for r in references]
    if not documents or len(documents) != len(referred):
        raise _core.NutgrafError(
            f'there are {len(documents)} texts and {len(referred)} sets of references; each text needs one'
        )
    budget: dict[str, Any] = {'sentences': sentences, 'words': words}
    systems = {
        _LEAD: [summarize(d, method='lead', **budget) for d in documents],
        _RANDOM: random_summaries(documents, budget),
    }
    for method in methods:
        if method not in systems:
            systems[method] = [summarize(d, method=method, **budget) for d in documents]
    return compare(documents, referred, systems, sentences)


def random_summaries(documents: Sequence[_core.Document], budget: Mapping[str, Any]) -> list[_core.Summary]:
    """Sentences by chance, the same for the same texts."""
    draw = random.Random(0)
    return [select(d, [draw.random() for _ in d.sentences], **budget) for d in documents]


def rouge_options_of(documents: Sequence[_core.Document]) -> dict[str, Any]:
    """How ROUGE compares texts like these: English by stems, other languages by words of every script."""
    is_english = documents[0].lang == 'en'
    return {'use_stemmer': is_english, 'tokens': 'ascii' if is_english else 'unicode'}


def compare(
    documents: Sequence[_core.Document],
    references: Sequence[Sequence[str]],
    systems: Mapping[str, Sequence[_core.Summary]],
    sentences: int | None,
) -> Evaluation:
    """The table of systems, of which lead is one, with the oracle."""
    how = rouge_options_of(documents)
    # Each sentence of a reference on a line, as the sentences of a summary are.
    lines = [['\n'.join(map(str, segment(r).sentences)) for r in some] for some in references]
    shown = {name: [str(s) for s in summaries] for name, summaries in systems.items()}
    most = sentences or max(1, *(len(s) for s in systems[_LEAD]))
    shown[_ORACLE] = [
        '\n'.join(map(str, oracle(d, r, sentences=most, **how))) for d, r in zip(documents, lines, strict=True)
    ]
    scores = {name: rouge_many(texts, lines, types=_TYPES, **how) for name, texts in shown.items()}
    rows = []
    for name, found in scores.items():
        one, two, lines_sum = (100 * float(found[kind][:, 2].mean()) for kind in _TYPES)
        gains = 100 * (found['rouge1'][:, 2] - scores[_LEAD]['rouge1'][:, 2])
        dangling = [100.0 * ('dangling' in s.notes) for s in systems.get(name, ())]
        low, high = bootstrap_interval(gains)
        row = EvaluationRow(
            name, one, two, lines_sum, float(gains.mean()), low, high, float(np.mean(dangling or [0.0]))
        )
        rows.append(row)
    return Evaluation(rows, len(documents))
