"""A summarizer that learns from examples."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._evaluate import bootstrap_interval, oracle, rouge_many
from ._evaluation import Evaluation, compare, random_summaries, rouge_options_of
from ._segment import segment
from ._summarize import select, summarize

# What is the same for all sentences of a text says nothing of their order.
_FEATURES = tuple(f for f in _core.SENTENCE_FEATURES if f not in ('share', 'sentences'))
_FEWEST = 5
_FOLDS = 5
# How strongly weights are drawn to none, in examples of a sentence; the first one to none at all.
_PENALTIES = (float('inf'), 300.0, 100.0, 30.0, 10.0)
# What weights must gain in ROUGE over none to be kept.
_LEAST_GAIN = 0.1


class Summarizer:
    """Learns from examples of your own what to add to the default, and says whether it helped.

    Each sentence has some countable features (its place, length, frequent terms, likeness to others; no words). From
    what the oracle of each example takes, weights of these are learned, by logistic regression with the default's own
    salience as one of its inputs. A penalty that is chosen by cross-validation draws them to none, so that few examples
    change little, and where nothing is gained nothing is changed.

    Parameters
    ----------
    **options
        As `summarize` takes them. Without a budget, summaries have the median number of sentences of those of the
        examples.

    Attributes
    ----------
    report_ : Evaluation
        Of 'fitted' beside the first sentences, random choice, the default and the oracle, by cross-validation: each
        example is summarized by weights that were learned, penalty and all, from others.
    advice_ : str
        Whether to use what was fitted, or the default.
    weights_ : dict of str to float
        Of the features; empty where the default is better.
    options_ : dict
        Those given, and the number of sentences that was learned.

    Examples
    --------
    >>> import nutgraf
    >>> fire = 'A fire broke out at mill {0}. Crews came. It took {0} hours. The mill will reopen on day {0}.'
    >>> texts = [fire.format(i) for i in range(6)]
    >>> model = nutgraf.Summarizer(sentences=1).fit(texts, [f'Mill will reopen on day {i}' for i in range(6)])
    >>> [row.system for row in model.report_.rows]
    ['lead', 'random', 'default', 'fitted', 'oracle']
    >>> str(model.summarize(fire.format(7)))
    'The mill will reopen on day 7.'
    """

    def __init__(self, **options: Any) -> None:
        if 'model' in options:
            raise TypeError('a Summarizer is a model; it takes none')
        summarize('', **options)  # says what is wrong with them
        self.options = options

    def fit(self, texts: Iterable[str | _core.Document], summaries: Iterable[str | Sequence[str]]) -> Summarizer:
        """Learn from texts and what should be said of them.

        Parameters
        ----------
        texts : iterable of str or Document
            Five or more.
        summaries : iterable of str or sequence of str
            What a person said of each, in words of their own or taken from it.

        Returns
        -------
        Summarizer
            Itself.

        Raises
        ------
        NutgrafError
            For fewer than five texts, or summaries of another number.
        """
        lang = self.options.get('lang')
        documents = [t if isinstance(t, _core.Document) else segment(t, lang=lang) for t in texts]
        references = [[s] if isinstance(s, str) else list(s) for s in summaries]
        if len(documents) != len(references) or len(documents) < _FEWEST:
            raise _core.NutgrafError(
                f'there are {len(documents)} texts and {len(references)} summaries; '
                f'it takes {_FEWEST} texts or more, and a summary of each'
            )
        self.options_ = dict(self.options)
        sizes = [len(segment(r[0], lang=lang).sentences) for r in references]
        if not any(self.options.get(b) for b in ('sentences', 'words', 'chars', 'bytes', 'ratio', 'seconds', 'tokens')):
            self.options_['sentences'] = max(1, round(float(np.median(sizes))))
        examples = [_Example(d, r, self.options_) for d, r in zip(documents, references, strict=True)]

        fitted = []
        for held in range(_FOLDS):
            weights = _learn([e for i, e in enumerate(examples) if i % _FOLDS != held])
            fitted.append([(i, e.chosen(weights)) for i, e in enumerate(examples) if i % _FOLDS == held])
        in_order = [summary for _, summary in sorted((pair for part in fitted for pair in part), key=lambda p: p[0])]
        budget = {k: v for k, v in self.options_.items() if k not in ('method', 'query', 'vectors', 'query_vector')}
        systems = {
            'lead': [summarize(d, **self.options_ | {'method': 'lead'}) for d in documents],
            'random': random_summaries(documents, budget),
            'default': [e.summary for e in examples],
            'fitted': in_order,
        }
        sentences = self.options_.get('sentences')
        self.report_: Evaluation = compare(
            documents, references, systems, sentences if isinstance(sentences, int) else None
        )
        self.weights_: dict[str, float] = _learn(examples)
        self.advice_ = _advice(examples, in_order, bool(self.weights_))
        return self

    @property
    def weights_text_(self) -> str:
        """The weights as `save` writes them."""
        self._check_fitted()
        lines = [f'{name}\t{weight!r}' for name, weight in self.weights_.items()]
        return '\n'.join(['nutgraf sentence weights 1', *lines]) + '\n'

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the weights as a small text, which `summarize` takes as ``model`` and C++ reads.

        Parameters
        ----------
        path : str or path
            Where to. The options are not written.
        """
        with open(path, 'w', encoding='utf-8') as file:
            file.write(self.weights_text_)

    def summarize(self, text: str | _core.Document, **options: Any) -> _core.Summary:
        """Summarize a text by what was learned.

        Parameters
        ----------
        text : str or Document
            As for `nutgraf.summarize`.
        **options
            In place of those of this object.
        """
        self._check_fitted()
        return summarize(text, **self.options_ | options, model=self)

    def _check_fitted(self) -> None:
        if not hasattr(self, 'weights_'):
            raise _core.NutgrafError('this Summarizer is not fitted; call fit first')


class _Example:
    """A text with what should be said of it."""

    def __init__(self, document: _core.Document, references: list[str], options: dict[str, Any]) -> None:
        self.references = ['\n'.join(map(str, segment(r).sentences)) for r in references]
        self.summary = summarize(document, **options)
        self.budget = {k: v for k, v in options.items() if k not in ('method', 'query', 'vectors', 'query_vector')}
        self.how = rouge_options_of([document])
        features, votes = _core.sentence_features(document, 0.1, None)
        columns = [_core.SENTENCE_FEATURES.index(f) for f in _FEATURES]
        self.features = features[:, columns].astype(np.float64)
        self.votes = votes.astype(bool)
        self.base = self.summary.salience.astype(np.float64)
        most = max(1, len(self.summary), *(r.count('\n') + 1 for r in self.references))
        taken = oracle(document, self.references, sentences=most, **self.how)
        self.taken = np.isin(np.arange(len(self.votes)), [s.index for s in taken])

    def chosen(self, weights: dict[str, float]) -> _core.Summary:
        """The summary that weights give."""
        if not weights:
            return self.summary
        added = self.features @ np.array([weights[f] for f in _FEATURES])
        return select(self.summary.document, self.base + added, **self.budget)


def _scores(examples: Sequence[_Example], summaries: Sequence[_core.Summary]) -> npt.NDArray[np.float64]:
    """The mean of ROUGE-1 and 2 of each, in 0..100."""
    found = rouge_many(
        [str(s) for s in summaries],
        [e.references for e in examples],
        types=('rouge1', 'rouge2'),
        **examples[0].how,
    )
    return 50 * (found['rouge1'][:, 2] + found['rouge2'][:, 2])


def _folds(examples: Sequence[_Example]) -> Iterator[tuple[list[_Example], list[_Example]]]:
    for held in range(_FOLDS):
        yield (
            [e for i, e in enumerate(examples) if i % _FOLDS != held],
            [e for i, e in enumerate(examples) if i % _FOLDS == held],
        )


def _learn(examples: Sequence[_Example]) -> dict[str, float]:
    """The weights, by the penalty that is best for examples that were not learned from; none where none helps."""
    best, most = _PENALTIES[0], -np.inf
    parts = [(learned, held) for learned, held in _folds(examples) if learned and held]
    for penalty in _PENALTIES:
        means = [_scores(held, [e.chosen(_weights(learned, penalty)) for e in held]) for learned, held in parts]
        score = float(np.concatenate(means).mean()) - (0 if penalty == _PENALTIES[0] else _LEAST_GAIN)
        if score > most:
            best, most = penalty, score
    return _weights(examples, best)


def _weights(examples: Sequence[_Example], penalty: float) -> dict[str, float]:
    """Logistic regression on the features and the salience, by Newton's method; features are drawn to 0."""
    if penalty == float('inf'):
        return {}
    x = np.concatenate([e.features[e.votes] for e in examples])
    base = np.concatenate([e.base[e.votes] for e in examples])
    taken = np.concatenate([e.taken[e.votes] for e in examples]).astype(np.float64)
    spread = x.std(axis=0)
    scaled = np.where(spread > 1e-9, (x - x.mean(axis=0)) / np.maximum(spread, 1e-9), 0)
    base_spread = max(float(base.std()), 1e-9)
    rows = np.column_stack([np.ones(len(base)), (base - base.mean()) / base_spread, scaled])
    ridge = np.full(rows.shape[1], penalty)
    ridge[:2] = 1e-3
    w = np.zeros(rows.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(rows @ w, -30, 30)))
        slope = rows.T @ (p - taken) + ridge * w
        curve = (rows * (p * (1 - p))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    # In units of the salience, which the weights are added to; it counts for something, whatever was learned.
    unit = base_spread / max(float(w[1]), 0.2)
    return {f: float(v) for f, v in zip(_FEATURES, unit * w[2:] / np.maximum(spread, 1e-9), strict=True)}


def _advice(examples: Sequence[_Example], fitted: Sequence[_core.Summary], has_weights: bool) -> str:
    gains = _scores(examples, fitted) - _scores(examples, [e.summary for e in examples])
    low, high = bootstrap_interval(gains)
    told = f'{gains.mean():+.2f} of ROUGE (95 % interval {low:+.2f} to {high:+.2f}) on examples not learned from'
    if not has_weights:
        return f'Use the default: no weights were better ({told}).'
    if low > 0:
        return f'Use what was fitted: {told}.'
    return f'The default may be as good: {told}. More examples may tell.'
