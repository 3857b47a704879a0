"""Why a sentence is in the summary or not."""

import pickle

import numpy as np
import pytest
from test_methods import PAPER
from test_salience import unit_rows

import nutgraf


@pytest.mark.parametrize('method', nutgraf.METHODS)
@pytest.mark.parametrize('query', [None, 'deep keels'])
def test_parts_add_up_to_the_salience(method, query):
    summary = nutgraf.summarize(PAPER, method=method, query=query)
    for sentence in summary.all_sentences:
        found = summary.explain(sentence.index)
        assert sum(found['parts'].values()) == pytest.approx(sentence.salience, abs=1e-5)
        assert (found['reason'], found['rank'], found['text']) == (sentence.reason, sentence.rank, sentence.text)
    parts = {
        'mix': {'position', 'frequency', 'what follows', 'headline'},
        'trained_2026_11': {'position', 'length', 'frequency', 'likeness', 'headline', 'wording', 'text'},
    }
    if summary.method in parts:
        assert set(found['parts']) == parts[summary.method] | ({'query'} if query else set())


def test_terms_and_neighbours(article_text):
    doc = nutgraf.segment(article_text)
    summary, rows = nutgraf.summarize(doc), unit_rows(doc)
    near = rows @ rows.T
    for sentence in doc.sentences:
        found = summary.explain(sentence.index)
        weights = sorted(rows[sentence.index][rows[sentence.index] > 0], reverse=True)
        np.testing.assert_allclose([w for _, w in found['top_terms']], weights[:5], rtol=1e-5)
        assert all(
            term in nutgraf.segment(sentence.text, lang=doc.lang).text.casefold() for term, _ in found['top_terms']
        )
        others = sorted(np.delete(near[sentence.index], sentence.index), reverse=True)[:5]
        np.testing.assert_allclose(
            [c for _, c in found['nearest']], [c for c in others if c > 1e-9], rtol=1e-4, atol=1e-6
        )
        for index, cosine in found['nearest']:
            assert cosine == pytest.approx(near[sentence.index, index], abs=1e-5)


def test_explanations_survive():
    summary = nutgraf.summarize(PAPER, query='tide')
    again = pickle.loads(pickle.dumps(summary))
    assert again == summary
    assert again.explain(3) == summary.explain(3)
    assert summary.resize(sentences=1).explain(3)['parts'] == summary.explain(3)['parts']
    assert nutgraf.select(PAPER, summary.salience).explain(3)['parts'] == {}
    for wrong in (-1, 10**6):
        with pytest.raises(nutgraf.NutgrafError, match='no sentence'):
            summary.explain(wrong)
