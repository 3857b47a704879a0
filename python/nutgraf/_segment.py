"""From texts to their blocks, sentences and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, overload

import numpy as np
import numpy.typing as npt

from . import _core
from ._many import ProgressCallback, map_texts, several


def segment(
    text: str,
    *,
    lang: str | None = None,
    abbreviations: Sequence[str] = (),
    boundary_threshold: float = 0.0,
    sentence_spans: npt.ArrayLike | None = None,
    word_spans: npt.ArrayLike | None = None,
) -> _core.Document:
    r"""Split a text into blocks, the blocks into sentences, the sentences into words.

    Parameters
    ----------
    text : str
        Plain text of any language, as pasted from a page, hard-wrapped or not.
    lang : str, optional
        ISO 639-1 code of its language; found from its words when not given.
    abbreviations : sequence of str, default ()
        Your own, with or without their last full stop, in any case: no sentence ends after one, unless the next word
        is one that begins sentences. `learn_abbreviations` finds them in a collection.
    boundary_threshold : float, default 0.0
        What the log-odds of a boundary must exceed where the classifier decides: above 0 joins more, below 0 splits
        more. See ``Document.boundary_log_odds``.
    sentence_spans, word_spans : array_like of int, shape (n, 2), optional
        Sentences and words that come ready, from spaCy or an annotator, in place of those found here: in order, as
        indexes into ``text``. White space at the ends of sentences is taken off. Text outside them belongs to none;
        blocks that a sentence runs over become one; every word must lie inside a sentence, and those without a letter
        or digit are left out. For lists of strings there are ``Document.from_sentences`` and ``Document.from_words``.

    Returns
    -------
    Document
        With ``blocks``, ``sentences`` and ``words``, sequences of light views, and ``block_spans``,
        ``sentence_spans`` and ``word_spans``, ``(n, 2)`` int32 arrays.

    Raises
    ------
    NutgrafError
        For a lone surrogate (``offset`` is its index), a text of 2 GiB or more, an unknown language, or a span that
        does not fit.
    TypeError
        When ``text`` is no str.

    Notes
    -----
    A blank line ends a block, and so does a line end, unless the text is hard-wrapped. Each block has a role, one of
    ``ROLES``. Time is linear in the text.

    Examples
    --------
    >>> import nutgraf
    >>> doc = nutgraf.segment('Mr. S. Abe met N. Korean envoys. They left at 5 p.m. Monday.')
    >>> [s.text for s in doc.sentences]
    ['Mr. S. Abe met N. Korean envoys.', 'They left at 5 p.m. Monday.']
    >>> doc.sentence_spans.tolist()
    [[0, 32], [33, 60]]
    """
    return _core.segment(
        text,
        _options(lang, abbreviations, boundary_threshold),
        _span_array('sentence_spans', sentence_spans),
        _span_array('word_spans', word_spans),
    )


@overload
def segment_many(
    texts: Iterable[str | None],
    *,
    lang: str | None = ...,
    abbreviations: Sequence[str] = ...,
    boundary_threshold: float = ...,
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: Literal['raise'] = ...,
) -> list[_core.Document]: ...
@overload
def segment_many(
    texts: Iterable[str | None],
    *,
    lang: str | None = ...,
    abbreviations: Sequence[str] = ...,
    boundary_threshold: float = ...,
    threads: int | None = ...,
    progress: bool | ProgressCallback = ...,
    errors: str = ...,
) -> list[object]: ...


def segment_many(
    texts: Iterable[str | None],
    *,
    lang: str | None = None,
    abbreviations: Sequence[str] = (),
    boundary_threshold: float = 0.0,
    threads: int | None = None,
    progress: bool | ProgressCallback = False,
    errors: str = 'raise',
) -> list[object] | list[_core.Document]:
    """Segment each of many texts, over threads and without the GIL.

    Parameters
    ----------
    texts : iterable of str
        A list, a pandas or polars Series, a generator.
    lang, abbreviations, boundary_threshold
        As in `segment`.
    threads, progress, errors
        As in `summarize_many`.

    Returns
    -------
    list of Document
        As long as ``texts``, in their order; the same for any number of threads.

    Examples
    --------
    >>> import nutgraf
    >>> [len(doc.sentences) for doc in nutgraf.segment_many(['It rained. Nobody came.', 'The harbour closed.'])]
    [2, 1]
    """
    options = _options(lang, abbreviations, boundary_threshold)
    return map_texts(
        'segment_many',
        texts,
        threads,
        progress,
        errors,
        lambda given, **how: _core.segment_list(given, options=options, **how),
    )


def sentences(
    text: str, *, lang: str | None = None, abbreviations: Sequence[str] = (), boundary_threshold: float = 0.0
) -> list[str]:
    """Give the sentences of a text as strings, each as it stands in the text.

    Parameters
    ----------
    text, lang, abbreviations, boundary_threshold
        As in `segment`.

    Returns
    -------
    list of str
        Line ends and all; ``str(sentence)`` of a Document's sentences folds white space.

    Examples
    --------
    >>> import nutgraf
    >>> nutgraf.sentences('"Why?" Kim asked. Nobody knew.')
    ['"Why?" Kim asked.', 'Nobody knew.']
    """
    found = segment(text, lang=lang, abbreviations=abbreviations, boundary_threshold=boundary_threshold)
    return [text[begin:end] for begin, end in found.sentence_spans.tolist()]


def learn_abbreviations(texts: Iterable[str], *, progress: ProgressCallback | None = None) -> list[str]:
    """Find the abbreviations of a collection of texts, for ``segment(abbreviations=...)``.

    Words that stand with a full stop more often than chance allows, by the scaled log-likelihood ratio of Kiss and
    Strunk (2006), section 4.1, and at least once before a small letter or a comma. Good lists need some ten thousand
    words and more.

    Parameters
    ----------
    texts : iterable of str
        The texts; a str is refused, since its characters are no texts.
    progress : callable, optional
        Called with (done, total) in bytes on the calling thread.

    Returns
    -------
    list of str
        In lower case, without the last full stop, sorted.

    Examples
    --------
    >>> import nutgraf
    >>> text = 'The reg. office wrote to the reg. court. The reg. clerk of the court came. ' * 20
    >>> nutgraf.learn_abbreviations([text])
    ['reg']
    """
    given = several('texts', texts)
    for row, text in enumerate(given):
        if not isinstance(text, str):
            raise TypeError(f'text {row} is no str but {type(text).__name__}')
    return _core.learn_abbreviations(given, progress)


def _span_array(name: str, spans: npt.ArrayLike | None) -> npt.NDArray[np.int32] | None:
    if spans is None:
        return None
    given = np.asarray(spans)
    if given.size == 0:
        return np.zeros((0, 2), np.int32)
    if given.ndim != 2 or given.shape[1] != 2 or given.dtype.kind not in 'iu':
        raise TypeError(
            f'{name} takes pairs of int, an array of shape (n, 2), not {given.dtype} of shape {given.shape}'
        )
    # What is cut off here lies outside every text.
    inside: npt.NDArray[np.int32] = np.clip(given, -1, np.iinfo(np.int32).max).astype(np.int32)
    return inside


def _options(lang: str | None, abbreviations: Sequence[str], boundary_threshold: float) -> _core.SegmentOptions:
    if isinstance(abbreviations, str):
        raise TypeError(f'abbreviations takes a sequence of str; write [{abbreviations!r}]')
    return _core.SegmentOptions(lang, list(abbreviations), boundary_threshold)
