"""A summarizer that learns from examples."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from . import _core
from ._evaluation import Evaluation, examples_of
from ._many import ProgressBar, ProgressCallback, threads_of
from ._summarize import options_of, summarize


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

    def fit(
        self,
        texts: Iterable[str | _core.Document],
        summaries: Iterable[str | Sequence[str]],
        *,
        threads: int | None = None,
        progress: bool | ProgressCallback = False,
    ) -> Summarizer:
        """Learn from texts and what should be said of them.

        Parameters
        ----------
        texts : iterable of str or Document
            Five or more.
        summaries : iterable of str or sequence of str
            What a person said of each, in words of their own or taken from it.
        threads, progress
            As in `summarize_many`.

        Returns
        -------
        Summarizer
            Itself.

        Raises
        ------
        NutgrafError
            For fewer than five texts, or summaries of another number.
        """
        given, references = examples_of(texts, summaries)
        if len(given) != len(references):
            raise _core.NutgrafError(
                f'there are {len(given)} texts and {len(references)} summaries; each text needs one'
            )
        with ProgressBar(progress) as bar:
            report, weights, self.advice_, sentences = _core.fit(
                given, references, options_of(self.options), threads_of(threads), bar
            )
        self.report_ = Evaluation(report)
        self.weights_: dict[str, float] = dict(weights)
        self.options_ = dict(self.options) | ({} if sentences is None else {'sentences': sentences})
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
