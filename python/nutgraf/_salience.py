"""From a text to a number a sentence."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from . import _core


def salience(
    text: str | _core.Document, *, method: str = 'default', damping: float = 0.85, lang: str | None = None
) -> npt.NDArray[np.float32]:
    """Score each sentence by how much it says of what the text says.

    Parameters
    ----------
    text : str or Document
        What to score the sentences of.
    method : str, default 'default'
        One of ``METHODS``: 'lead' (order of the text), 'centroid' (Radev et al. 2004), 'lexrank' (continuous LexRank,
        Erkan & Radev 2004), 'mix' (position, centroid and likeness to the headline), which 'default' stands for.
    damping : float, default 0.85
        lexrank: the share of the random walk that follows similarity; in [0, 1).
    lang : str, optional
        As in `segment`; only with a str.

    Returns
    -------
    ndarray of float32, shape (n_sentences,)
        Finite; comparable within one call.

    Raises
    ------
    NutgrafError
        For an unknown method or a damping out of range, and as `segment` does.

    Notes
    -----
    Only body text votes: a caption shown twice or a reader's remark has a score but changes none. Time is linear in
    the text; the matrix of similarities is never made.

    Examples
    --------
    >>> import nutgraf
    >>> nutgraf.salience('The harbour closed. Ships waited. The harbour silted up.', method='lead').tolist()
    [1.0, 0.5, 0.3333333432674408]
    """
    return _core.salience(text, method, damping, lang)
