"""From a text to a number a sentence."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt

from . import _core
from ._vectors import TfidfVectorizer


def salience(
    text: str | _core.Document,
    *,
    method: str = 'default',
    query: str | None = None,
    background: TfidfVectorizer | None = None,
    vectors: npt.ArrayLike | None = None,
    query_vector: npt.ArrayLike | None = None,
    damping: float = 0.85,
    threshold: float = 0.1,
    max_neighbors: int = 200,
    max_postings: int = 2000,
    share: float = 0.1,
    lang: str | None = None,
) -> npt.NDArray[np.float32]:
    """Score each sentence by how much it says of what the text says.

    Parameters
    ----------
    text : str or Document
        What to score the sentences of.
    method : str, default 'default'
        One of ``METHODS``; see below.
    query : str, optional
        What the sentences are to be about: draws the scores of every method towards it.
    background : TfidfVectorizer, optional
        Fitted with ``analyzer='segment'`` on a corpus: its document frequencies in place of those of the text.
    vectors : array_like of float, shape (n_sentences, d), optional
        Rows of your own, from any embedding model, in place of TF-IDF, for the methods that measure similarity.
    query_vector : array_like of float, shape (d,), optional
        The query among these.
    damping : float, default 0.85
        The share of a random walk that follows similarity; in [0, 1).
    threshold : float, default 0.1
        lexrank_discrete, lexrank_degree: the least cosine of neighbours.
    max_neighbors, max_postings : int, default 200, 2000
        The same: the most neighbours of a sentence, and the most sentences that a term may link.
    share : float, default 0.1
        A trained method: the share of the text that the summary will take, which `summarize` finds from the budget.
        Short summaries want other sentences than long ones.
    lang : str, optional
        As in `segment`; only with a str.

    Returns
    -------
    ndarray of float32, shape (n_sentences,)
        Finite; comparable within one call.

    Raises
    ------
    NutgrafError
        For an unknown method, an option out of range, vectors of another number of rows or with a method that has no
        use for them, a row that is not finite, and as `segment` does.

    Notes
    -----
    A UserWarning says when no word of the query stands in the text, and when the bounds of a graph took effect.

    'default' is 'trained_2026_11' for a text of mostly prose in a language that it was trained on (bn, en, id, no,
    ru): trees over countable features of each sentence, its place, length, frequent terms, likeness to other sentences
    and the headline, and kinds of words; their log-odds less those of the least salient sentence. Elsewhere, and with
    ``vectors``, it is 'mix': position, frequency of terms, likeness to what follows and the headline, weighed by hand.
    Published methods:

    - 'lead', 'position': 1 / (1 + i) and (n - i) / n for the i-th sentence.
    - 'centroid': cosine to the sum of all (Radev et al. 2004).
    - 'tf': the mean frequency of its terms; 'luhn': runs of significant words (Luhn 1958); 'edmundson': cue words,
      significant words, title and location (Edmundson 1969).
    - 'lsa', 'lsa_topics', 'lsa_cross': latent semantic analysis (Steinberger & Jezek 2004, Gong & Liu 2001, Ozsoy et
      al. 2011), of the singular values that are at least half of the largest.
    - 'lexrank', 'lexrank_discrete', 'lexrank_degree' (Erkan & Radev 2004), 'lexrank_biased' towards the query or the
      headline (Otterbacher et al. 2009).
    - 'textrank' (Mihalcea & Tarau 2004), 'textrank_bm25' (Barrios et al. 2016), 'divrank' (Mei et al. 2010),
      'manifold' from the query or the headline (Wan et al. 2007).
    - 'pacsum': likeness to what follows (Zheng & Lapata 2019); 'hiporank': with sections (Dong et al. 2021).
    - 'mmr', 'sumbasic', 'kl': what these strategies of `summarize` begin with: 'centroid', 'tf', 'tf'.

    Only body text votes: a caption shown twice or a reader's remark has a score but changes none. Time is linear in
    the text; the matrix of similarities is never made. The formulas stand in ``salience.h``.

    Examples
    --------
    >>> import nutgraf
    >>> nutgraf.salience('The harbour closed. Ships waited. The harbour silted up.', method='lead').tolist()
    [1.0, 0.5, 0.3333333432674408]
    """
    scores, is_cut, query_is_unknown = _core.salience(
        text,
        method,
        query or '',
        model_of(background),
        vectors,
        query_vector,
        damping,
        threshold,
        max_neighbors,
        max_postings,
        share,
        lang,
    )
    if is_cut:
        warnings.warn('similarities were left out by max_neighbors or max_postings', stacklevel=2)
    if query_is_unknown:
        warnings.warn('nothing of the query stands in the text: the scores are those without it', stacklevel=2)
    return scores


def model_of(background: TfidfVectorizer | None) -> _core.TfidfModel | None:
    """The document frequencies of a fitted vectorizer."""
    if background is None:
        return None
    if not isinstance(background, TfidfVectorizer):
        raise TypeError(f'background is no TfidfVectorizer but {type(background).__name__}')
    return background._terms_model()
