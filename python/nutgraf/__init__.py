"""Find what matters in a text: sentences, term and sentence weights, summaries with exact offsets.

>>> import nutgraf
>>> text = 'The harbour closed. Ships waited outside. The harbour had silted up over the winter.'
>>> print(nutgraf.summarize(text, sentences=1))
The harbour closed.

Every sentence returned stands in the text, at the offsets it names: ``text[s.begin:s.end] == s.text``.
"""

from ._arrow import ArrowRows
from ._bm25 import BM25Transformer
from ._core import (
    METHODS,
    ROLES,
    Block,
    Document,
    Keyphrase,
    NutgrafError,
    Sentence,
    Summary,
    SummarySentence,
    Word,
    __version__,
)
from ._digest import Digest
from ._evaluate import (
    Extractiveness,
    RougeScore,
    bootstrap_interval,
    extractiveness,
    oracle,
    rouge,
    rouge_many,
)
from ._evaluation import Evaluation, EvaluationRow, evaluate
from ._hashing import HashingVectorizer
from ._keyphrases import keyphrases, keyphrases_many
from ._salience import salience
from ._segment import learn_abbreviations, segment, segment_many, sentences
from ._similarity import near_duplicates, similarity, top_terms
from ._summarize import select, summarize, summarize_iter, summarize_many
from ._summarizer import Summarizer
from ._together import summarize_together
from ._vectors import CountVectorizer, TfidfTransformer, TfidfVectorizer

__all__ = [
    'METHODS',
    'ROLES',
    'ArrowRows',
    'BM25Transformer',
    'Block',
    'CountVectorizer',
    'Digest',
    'Document',
    'Evaluation',
    'EvaluationRow',
    'Extractiveness',
    'HashingVectorizer',
    'Keyphrase',
    'NutgrafError',
    'RougeScore',
    'Sentence',
    'Summarizer',
    'Summary',
    'SummarySentence',
    'TfidfTransformer',
    'TfidfVectorizer',
    'Word',
    '__version__',
    'bootstrap_interval',
    'evaluate',
    'extractiveness',
    'keyphrases',
    'keyphrases_many',
    'learn_abbreviations',
    'near_duplicates',
    'oracle',
    'rouge',
    'rouge_many',
    'salience',
    'segment',
    'segment_many',
    'select',
    'sentences',
    'similarity',
    'summarize',
    'summarize_iter',
    'summarize_many',
    'summarize_together',
    'top_terms',
]
