"""Salience against other people's arithmetic."""

import unicodedata

import networkx as nx
import numpy as np
import pytest
from conftest import ARTICLE_TEXTS, nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf
from nutgraf import _core

TEXT = 'The harbour closed. Ships waited outside the harbour.\n\nPilots left. ...'


def fold(word):
    """NFKC_Casefold, for what stands in the articles."""
    return unicodedata.normalize('NFKC', unicodedata.normalize('NFKC', word).casefold())


def unit_rows(doc):
    """TF-IDF of the sentences, of Euclidean length 1, made from the words of the document alone."""
    stop = set(_core.stop_words(doc.lang))
    assert stop
    rows = []
    for sentence in doc.sentences:
        shown_from = sentence.dateline[1] if sentence.dateline else sentence.begin
        words = [w.text for w in sentence.words if w.begin >= shown_from]
        bare = [w[:-2] if w.lower().endswith(("'s", '\u2019s')) else w for w in words]
        rows.append([term for term in map(fold, bare) if term not in stop])
    columns = {term: i for i, term in enumerate(sorted({term for row in rows for term in row}))}
    counts = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for term in row:
            counts[i, columns[term]] += 1
    votes = voters(doc)
    df = np.maximum((counts[votes] > 0).sum(axis=0), 1)
    weights = counts * (np.log((1 + votes.sum()) / (1 + df)) + 1)
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return weights / np.where(lengths > 0, lengths, 1)


def voters(doc):
    voting = np.array(
        [s.role in ('body', 'quote', 'list_item') and doc.blocks[s.block].duplicate_of is None for s in doc.sentences]
    )
    return voting


@pytest.mark.parametrize('damping', [0.0, 0.5, 0.85, 0.99])
def test_lexrank_is_pagerank_of_cosines(article_text, damping):
    doc = nutgraf.segment(article_text)
    rows, voting = unit_rows(doc), voters(doc)
    cosines = rows[voting] @ rows[voting].T
    graph = nx.from_numpy_array(cosines, create_using=nx.DiGraph)
    expected = nx.pagerank(graph, alpha=damping, tol=1e-13, max_iter=10000)
    ours = nutgraf.salience(doc, method='lexrank', damping=damping)
    np.testing.assert_allclose(ours[voting], [expected[i] for i in range(len(cosines))], rtol=0, atol=1e-6)
    # A sentence without a vote gets the same right-hand side.
    flow = (rows @ rows[voting].T / cosines.sum(axis=0)) @ np.array(list(expected.values()))
    np.testing.assert_allclose(
        ours[~voting], ((1 - damping) / voting.sum() + damping * flow)[~voting], rtol=0, atol=1e-6
    )


def test_lexrank_jumps_from_sentences_without_terms():
    ours = nutgraf.salience('The harbour closed. It was they. Harbour pilots left.', method='lexrank')
    graph = nx.DiGraph([(0, 0), (0, 2), (2, 0), (2, 2)])
    graph.add_node(1)
    rows = unit_rows(nutgraf.segment('The harbour closed. It was they. Harbour pilots left.'))
    for u, v in graph.edges:
        graph[u][v]['weight'] = rows[u] @ rows[v]
    expected = nx.pagerank(graph, tol=1e-13, max_iter=10000)
    np.testing.assert_allclose(ours, [expected[i] for i in range(3)], rtol=0, atol=1e-6)


def test_centroid_is_cosine_to_the_sum(article_text):
    doc = nutgraf.segment(article_text)
    rows = unit_rows(doc)
    centre = rows[voters(doc)].sum(axis=0)
    expected = rows @ centre / np.linalg.norm(centre)
    np.testing.assert_allclose(nutgraf.salience(doc, method='centroid'), expected, rtol=0, atol=1e-6)


def test_lead_is_the_order_of_the_text(article_text):
    doc = nutgraf.segment(article_text)
    voting = voters(doc)
    ours = nutgraf.salience(doc, method='lead')
    np.testing.assert_allclose(ours[voting], 1 / np.arange(1, voting.sum() + 1), rtol=1e-6)
    assert not ours[~voting].any()


@pytest.mark.parametrize('method', nutgraf.METHODS)
def test_methods(article_text, method):
    scores = nutgraf.salience(article_text, method=method)
    doc = nutgraf.segment(article_text)
    assert scores.dtype == np.float32
    assert scores.shape == (len(doc.sentences),)
    assert np.isfinite(scores).all()
    coarse = method in ('luhn', 'lexrank_degree', 'hiporank', 'lsa_topics')  # counts, and 0 for many
    assert len(set(scores.tolist())) > (2 if coarse else len(scores) / 3)
    np.testing.assert_array_equal(scores, nutgraf.salience(doc, method=method))
    share = 3 / voters(doc).sum()
    in_summary = nutgraf.summarize(doc, method=method).salience
    np.testing.assert_array_equal(in_summary, nutgraf.salience(doc, method=method, share=share))


def test_names_of_methods():
    assert nutgraf.METHODS[:4] == ('default', 'trained_2026_11', 'mix', 'lead')
    assert len(set(nutgraf.METHODS)) == len(nutgraf.METHODS)
    np.testing.assert_array_equal(nutgraf.salience(PROSE), nutgraf.salience(PROSE, method='trained_2026_11'))
    assert nutgraf.summarize(PROSE).method == 'trained_2026_11'


PROSE = 'The harbour of Alder was closed by its owner on Monday. Ships wait outside for pilots who left on Sunday.'


@pytest.mark.parametrize(
    'text',
    [
        'Der Hafen ist seit Montag geschlossen. Vor der Stadt warten seit Tagen viele Schiffe auf einen Lotsen.',
        '- Harbours that were closed in the winter of last year\n- Ships that waited outside for pilots\n- Pilots',
        'Ida: hello\n\nOle: yes\n\nIda: harbour closed\n\nOle: since when\n\nIda: Monday',
    ],
    ids=['language', 'list', 'chat'],
)
def test_the_default_is_the_mix_where_nothing_was_learned(text):
    summary = nutgraf.summarize(text)
    assert summary.method == 'mix'
    assert 'what follows' in summary.explain(0)['parts']
    np.testing.assert_array_equal(nutgraf.salience(text), nutgraf.salience(text, method='mix'))


def test_share_is_of_the_budget(article_text):
    """What long summaries want differs from what short ones do."""
    short, long = (nutgraf.salience(article_text, share=share) for share in (0.05, 0.5))
    assert (short != long).any()
    doc = nutgraf.segment(article_text)
    words = sum(len(s.words) for s, votes in zip(doc.sentences, voters(doc), strict=True) if votes)
    asked = nutgraf.summarize(doc, words=60).salience
    np.testing.assert_array_equal(asked, nutgraf.salience(doc, share=60 / words))
    with pytest.raises(nutgraf.NutgrafError, match='share is 0'):
        nutgraf.salience(article_text, share=0)


def test_the_least_salient_voter_has_nothing(article_text):
    doc = nutgraf.segment(article_text)
    assert nutgraf.salience(doc)[voters(doc)].min() == pytest.approx(0, abs=1e-6)


@given(nasty_texts, st.sampled_from(nutgraf.METHODS))
def test_any_text_has_finite_scores(text, method):
    doc = nutgraf.segment(text)
    scores = nutgraf.salience(doc, method=method)
    assert scores.shape == (len(doc.sentences),)
    assert np.isfinite(scores).all()
    np.testing.assert_array_equal(scores, nutgraf.salience(text, method=method))


@pytest.mark.parametrize('method', nutgraf.METHODS)
@pytest.mark.parametrize('name', sorted(ARTICLE_TEXTS))
def test_repeated_captions_change_nothing(name, method):
    text = ARTICLE_TEXTS[name]
    caption = next(b.text for b in nutgraf.segment(text).blocks if b.role == 'caption')
    blank_line = '\r\n\r\n' if '\r\n' in text else '\n\n'
    repeated = text.replace(caption, blank_line.join([caption] * 5), 1)
    before, after = (
        nutgraf.salience(doc, method=method)[voters(doc)] for doc in map(nutgraf.segment, (text, repeated))
    )
    np.testing.assert_array_equal(np.argsort(-before, kind='stable'), np.argsort(-after, kind='stable'))
    np.testing.assert_allclose(before, after, rtol=0, atol=1e-6)


@pytest.mark.parametrize('damping', [1, 1.5, -0.1, float('nan'), float('inf')])
def test_wrong_damping(damping):
    with pytest.raises(nutgraf.NutgrafError, match='damping') as caught:
        nutgraf.salience(TEXT, method='lexrank', damping=damping)
    assert caught.value.kind == 'invalid_argument'


def test_no_text_has_no_scores():
    assert nutgraf.salience('').shape == (0,)


def test_scores_outlive_all_else():
    scores = nutgraf.salience(nutgraf.segment(TEXT), method='lead')
    assert scores.flags.writeable
    assert scores.tolist() == nutgraf.salience(TEXT, method='lead').tolist()


def test_a_blank_query_is_none():
    assert nutgraf.summarize(TEXT, query=' \t\n') == nutgraf.summarize(TEXT)
