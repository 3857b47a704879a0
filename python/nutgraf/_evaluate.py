"""How good a summary is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from . import _core
from ._many import ProgressBar, ProgressCallback, several, threads_of

_References: TypeAlias = str | Sequence[str]

# Options, which most calls share, by what they were made of.
_MADE: dict[tuple[object, ...], _core.RougeOptions] = {}
_MOST_MADE = 32

DEFAULT_TYPES = ('rouge1', 'rouge2', 'rougeL', 'rougeLsum')


class RougeScore(NamedTuple):
    """How much of the prediction the reference says, how much of the reference the prediction says, and both."""

    precision: float
    recall: float
    fmeasure: float


class Extractiveness(NamedTuple):
    """How a summary was made from its text."""

    coverage: float
    density: float
    compression: float
    novelty: float
    redundancy: float


def rouge(
    prediction: str,
    references: _References,
    *,
    types: Sequence[str] = DEFAULT_TYPES,
    use_stemmer: bool = False,
    tokens: str = 'ascii',
    multi: str = 'best',
    stop_words: Iterable[str] = (),
    max_words: int = 0,
    max_bytes: int = 0,
) -> Mapping[str, RougeScore]:
    """Compare a summary with one or several references.

    With default options the scores are those of google's ``rouge-score``, whose arguments stand the other way round.

    Parameters
    ----------
    prediction : str
        The summary; for 'rougeLsum' a sentence a line.
    references : str or sequence of str
        What it should have said.
    types : sequence of str
        'rouge1' to 'rouge9', 'rougeL', 'rougeLsum', 'rougeW' (weight 1.2), 'rougeS4', 'rougeSU4' (Lin 2004).
    use_stemmer : bool, default False
        Compare Porter's stems of words of more than three letters.
    tokens : {'ascii', 'unicode'}, default 'ascii'
        'ascii': runs of a-z and 0-9, as in ROUGE-1.5.5. 'unicode': words of every script.
    multi : {'best', 'jackknife'}, default 'best'
        Of several references the score with the largest F; or its mean over all sets without one of them.
    stop_words : iterable of str, optional
        Words to leave out, in lower case.
    max_words, max_bytes : int, default 0
        Only so much of the prediction counts; 0 is all.

    Returns
    -------
    dict of str to RougeScore
        ``precision``, ``recall`` and ``fmeasure`` of each type.

    Raises
    ------
    NutgrafError
        For an unknown type, no reference, a limit below 0, or a lone surrogate.

    Examples
    --------
    >>> import nutgraf
    >>> score = nutgraf.rouge('the harbour closed', 'the harbour of Alder closed on Monday')
    >>> score['rouge1'].precision, round(score['rouge1'].recall, 3)
    (1.0, 0.429)
    """
    options = _options_of(types, use_stemmer, tokens, multi, stop_words, max_words, max_bytes)
    scores = _core.rouge(_text_of('prediction', prediction), _listed(references), options)
    return dict(zip(types, map(RougeScore._make, scores), strict=True))


def rouge_many(
    predictions: Iterable[str],
    references: Iterable[_References],
    *,
    types: Sequence[str] = DEFAULT_TYPES,
    use_stemmer: bool = False,
    tokens: str = 'ascii',
    multi: str = 'best',
    stop_words: Iterable[str] = (),
    max_words: int = 0,
    max_bytes: int = 0,
    threads: int | None = None,
    progress: bool | ProgressCallback = False,
) -> dict[str, npt.NDArray[np.float64]]:
    """Compare each of many summaries with its references, over threads and without the GIL.

    Parameters
    ----------
    predictions : iterable of str
        The summaries.
    references : iterable of str or sequence of str
        What each should have said.
    types, use_stemmer, tokens, multi, stop_words, max_words, max_bytes
        As in `rouge`.
    threads, progress
        As in `summarize_many`.

    Returns
    -------
    dict of str to ndarray, shape (n, 3)
        Precision, recall and F of each prediction, for each type. `bootstrap_interval` tells how sure their mean is.

    Examples
    --------
    >>> import nutgraf
    >>> scores = nutgraf.rouge_many(['a b', 'c d'], ['a b', ['c', 'd e']], types=['rouge1'])
    >>> scores['rouge1'][:, 2].round(3)
    array([1.   , 0.667])
    """
    options = _options_of(types, use_stemmer, tokens, multi, stop_words, max_words, max_bytes)
    predicted = several('predictions', predictions)
    referred = [_listed(each) for each in several('references', references)]
    with ProgressBar(progress, len(predicted)) as report:
        scores = _core.rouge_many(predicted, referred, options, threads_of(threads), report)
    return {name: scores[:, i] for i, name in enumerate(types)}


def bootstrap_interval(values: npt.ArrayLike, *, level: float = 0.95, samples: int = 1000) -> tuple[float, float]:
    """Tell where the mean of values like these lies.

    Parameters
    ----------
    values : array_like of float
        Such as the F of many summaries, or the differences of two systems on the same texts.
    level : float, default 0.95
        The probability.
    samples : int, default 1000
        How often to draw as many values with replacement. The same values give the same interval.

    Returns
    -------
    low, high : float
        Percentiles of the means of the samples (Efron 1979).

    Examples
    --------
    >>> import nutgraf
    >>> low, high = nutgraf.bootstrap_interval([0.1, 0.2, 0.3, 0.4])
    >>> low < 0.25 < high
    True
    """
    return _core.bootstrap_interval(np.asarray(values, dtype=np.float64).ravel().tolist(), level, samples)


def oracle(
    text: str | _core.Document,
    references: _References,
    *,
    sentences: int = 3,
    exact: bool = False,
    types: Sequence[str] = ('rouge1', 'rouge2'),
    use_stemmer: bool = False,
    tokens: str = 'ascii',
    lang: str | None = None,
) -> list[_core.Sentence]:
    """Find the sentences that are most like the references: what no choice of sentences can pass.

    Parameters
    ----------
    text : str or Document
        What to choose from, sentences of every role.
    references : str or sequence of str
        What the summary should say.
    sentences : int, default 3
        The most sentences.
    exact : bool, default False
        Look at every set of so many sentences, in place of adding the best one until none adds.
    types : sequence of str
        The mean of their F is what is made large.
    use_stemmer, tokens
        As in `rouge`.
    lang : str, optional
        As in `segment`.

    Returns
    -------
    list of Sentence
        In the order of the text; empty where no sentence has a word in common with a reference.

    Raises
    ------
    NutgrafError
        As `rouge`; and when an exact search would look at more than 2,000,000 sets.

    Examples
    --------
    >>> import nutgraf
    >>> text = 'The harbour closed. Ships waited outside. Pilots left.'
    >>> [s.text for s in nutgraf.oracle(text, 'Ships waited as pilots left', sentences=2)]
    ['Ships waited outside.', 'Pilots left.']
    """
    options = _options_of(types, use_stemmer, tokens, 'best', (), 0, 0)
    document, rows = _core.oracle(text, lang, _listed(references), sentences, exact, options)
    return [document.sentences[row] for row in rows]


def extractiveness(text: str, summary: str, *, use_stemmer: bool = False, tokens: str = 'ascii') -> Extractiveness:
    """Tell how a summary was made from its text (Grusky, Naaman and Artzi 2018).

    Parameters
    ----------
    text, summary : str
        The text, and any summary of it.
    use_stemmer, tokens
        As in `rouge`.

    Returns
    -------
    Extractiveness
        ``coverage``, the share of its words that stand in runs taken from the text; ``density``, the mean length of the
        run that a word stands in; ``compression``, words of the text for each of the summary; ``novelty``, the share of
        its pairs of neighbouring words that the text has not; ``redundancy``, the share of these pairs that stood in
        the summary before.

    Examples
    --------
    >>> import nutgraf
    >>> nutgraf.extractiveness('a b c d e f', 'b c f')
    Extractiveness(coverage=1.0, density=1.6666666666666665, compression=2.0, novelty=0.5, redundancy=0.0)
    """
    options = _options_of((), use_stemmer, tokens, 'best', (), 0, 0)
    found = _core.extractiveness(_text_of('text', text), _text_of('summary', summary), options)
    return Extractiveness(*found, redundancy=_core.redundancy(summary, options))


def _options_of(
    types: Sequence[str],
    use_stemmer: bool,
    tokens: str,
    multi: str,
    stop_words: Iterable[str],
    max_words: int,
    max_bytes: int,
) -> _core.RougeOptions:
    for name, value in (('types', types), ('stop_words', stop_words)):
        if isinstance(value, str):
            raise TypeError(f'{name} takes a sequence of str; write [{value!r}]')
    key = (tuple(types), use_stemmer, tokens, multi, tuple(stop_words), max_words, max_bytes)
    made = _MADE.get(key)
    if made is None:
        if len(_MADE) >= _MOST_MADE:
            _MADE.clear()
        made = _MADE[key] = _core.RougeOptions(
            list(types), use_stemmer, tokens, multi, list(key[4]), max_words, max_bytes
        )
    return made


def _text_of(what: str, text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f'{what} is a {type(text).__name__}, not a str')
    return text


def _listed(references: _References) -> list[str]:
    return [references] if isinstance(references, str) else list(references)
