"""From a text to its blocks, sentences and words."""

from __future__ import annotations

from . import _core


def segment(text: str, *, lang: str | None = None) -> _core.Document:
    r"""Split a text into blocks, the blocks into sentences, the sentences into words.

    Parameters
    ----------
    text : str
        Plain text of any language, as pasted from a page, hard-wrapped or not.
    lang : str, optional
        ISO 639-1 code of its language; found from its words when not given.

    Returns
    -------
    Document
        With ``blocks``, ``sentences`` and ``words``, sequences of light views, and ``block_spans``,
        ``sentence_spans`` and ``word_spans``, ``(n, 2)`` int32 arrays.

    Raises
    ------
    NutgrafError
        For a lone surrogate (``offset`` is its index), a text of 2 GiB or more, or an unknown language.
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
    return _core.segment(text, lang)
