"""Each method of salience against a plain slow version of its formula."""

import math
import warnings

import networkx as nx
import numpy as np
import pytest
from test_salience import fold, unit_rows, voters

import nutgraf
from nutgraf import _core

PAPER = """# On tides

Tides move the water of a harbour twice a day. Pilots read tables of tides before ships leave.

## Methods

We measured the tide at the harbour. The gauge stood in the water. Every hour a pilot read the gauge.

## Results

The tide rose four metres in the harbour. Ships with deep keels waited. Water stood high at noon.

## Conclusion

Tables of tides must be read by pilots. The harbour needs a new gauge.
"""


@pytest.fixture(params=['article', 'paper'])
def doc(request, article_text):
    return nutgraf.segment(article_text if request.param == 'article' else PAPER)


def cosines(doc):
    rows = unit_rows(doc)
    return rows @ rows.T


def terms_of(doc):
    """The terms of each sentence in order, None for a stop word."""
    stop = set(_core.stop_words(doc.lang))
    rows = []
    for sentence in doc.sentences:
        shown_from = sentence.dateline[1] if sentence.dateline else sentence.begin
        words = [w.text for w in sentence.words if w.begin >= shown_from]
        bare = [fold(w[:-2] if w.lower().endswith(("'s", '\u2019s')) else w) for w in words]
        rows.append([None if term in stop else term for term in bare])
    return rows


def frequencies(doc):
    counts = {}
    for row, votes in zip(terms_of(doc), voters(doc), strict=True):
        for term in row if votes else ():
            if term is not None:
                counts[term] = counts.get(term, 0) + 1
    return counts


def significant(counts):
    mean = sum(counts.values()) / len(counts)
    return {term for term, n in counts.items() if n >= 2 and n > mean}


def check(doc, method, expected, atol=1e-6, **options):
    """Compare voters, or all where the expected values have all."""
    voting = voters(doc)
    ours = nutgraf.salience(doc, method=method, **options)
    if len(expected) == voting.sum():
        ours = ours[voting]
    np.testing.assert_allclose(ours, expected, rtol=1e-5, atol=atol)


def pagerank(weights, damping=0.85, jumps=None):
    """weights[u, v] of the edge from v to u, as NetworkX ranks."""
    graph = nx.from_numpy_array(np.asarray(weights).T, create_using=nx.DiGraph)
    given = None if jumps is None else dict(enumerate(jumps))
    ranks = nx.pagerank(graph, alpha=damping, tol=1e-13, max_iter=10000, personalization=given, dangling=given)
    return np.array([ranks[i] for i in range(len(weights))])


def test_position(doc):
    n = voters(doc).sum()
    check(doc, 'position', (n - np.arange(n)) / n)


def test_term_frequency(doc):
    counts = frequencies(doc)
    total = sum(counts.values())
    rows = [[t for t in row if t is not None] for row in terms_of(doc)]
    check(doc, 'tf', [sum(counts.get(t, 0) for t in row) / len(row) / total if row else 0 for row in rows])


def test_luhn(doc):
    chosen = significant(frequencies(doc))

    def score(row):
        places = [i for i, term in enumerate(row) if term in chosen]
        # Every run from a significant word to another, without a gap of more than four.
        best = 0
        for a in range(len(places)):
            for b in range(a, len(places)):
                if all(y - x <= 5 for x, y in zip(places[a:b], places[a + 1 : b + 1], strict=True)):
                    longest = b == len(places) - 1 or places[b + 1] - places[b] > 5
                    opens = a == 0 or places[a] - places[a - 1] > 5
                    if longest and opens:
                        best = max(best, (b - a + 1) ** 2 / (places[b] - places[a] + 1))
        return best

    check(doc, 'luhn', [score(row) for row in terms_of(doc)])


def test_edmundson_of_plain_blocks():
    first, second = 'Boats lay still. Nets hung dry. Ropes lay coiled.', 'Tides are important. Fog came. Perhaps so.'
    text = f'Tides of the harbour\n\n{first}\n\n{second}'
    doc = nutgraf.segment(text)
    assert [b.role for b in doc.blocks] == ['headline', 'body', 'body']
    # No term but "lay" comes twice in the body; its weight is above the mean.
    keys = np.array([1, 0, 1, 0, 0, 0])
    title = np.array([0, 0, 0, 1, 0, 0])
    location = np.array([2, 1, 2, 2, 1, 2]) / 2
    cue = np.array([0, 0, 0, 1, 0, -1])
    check(doc, 'edmundson', keys + title + location + cue)


def lsa_of(doc):
    rows = unit_rows(doc)[voters(doc)]
    left, values, _ = np.linalg.svd(rows)
    kept = min(int((values >= values[0] / 2).sum()), 20, math.ceil(len(rows) / 10))
    return left[:, :kept], values[:kept]


def test_lsa(doc):
    vectors, values = lsa_of(doc)
    check(doc, 'lsa', np.sqrt((vectors**2 * values**2).sum(axis=1)))


def test_lsa_topics(doc):
    vectors, values = lsa_of(doc)
    expected = np.zeros(len(vectors))
    for k, value in enumerate(values):
        free = np.where(expected > 0, -1, np.abs(vectors[:, k]))
        expected[int(np.argmax(free.round(8)))] = value / values[0]
    check(doc, 'lsa_topics', expected)


def test_lsa_cross(doc):
    vectors, values = lsa_of(doc)
    sizes = np.abs(vectors)
    check(doc, 'lsa_cross', np.where(sizes > sizes.mean(axis=0), sizes, 0) @ values)


@pytest.mark.parametrize('threshold', [0.05, 0.1, 0.3])
def test_lexrank_of_a_threshold(doc, threshold):
    voting = voters(doc)
    linked = (cosines(doc)[np.ix_(voting, voting)] >= threshold).astype(float)
    check(doc, 'lexrank_degree', linked.sum(axis=0), threshold=threshold)
    check(doc, 'lexrank_discrete', pagerank(linked), threshold=threshold)


def test_bounds_of_the_graph(doc):
    voting = voters(doc)
    near = cosines(doc)[np.ix_(voting, voting)]
    kept = np.zeros(near.shape, dtype=bool)
    for row, line in enumerate(near):
        best = sorted(range(len(line)), key=lambda i: (-line[i], i))[:3]
        kept[row, [i for i in best if line[i] >= 0.05]] = True
    with pytest.warns(UserWarning, match='max_neighbors'):
        check(doc, 'lexrank_degree', (kept | kept.T).sum(axis=1), threshold=0.05, max_neighbors=3)
    with pytest.warns(UserWarning, match='max_postings'):
        nutgraf.salience(doc, method='lexrank_degree', max_postings=1)
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        nutgraf.salience(doc, method='lexrank_degree')


def test_biased_lexrank(doc):
    voting = voters(doc)
    query = next(str(s) for s in doc.sentences if s.role == 'body')
    rows = unit_rows(doc)
    terms = sorted({t for row in terms_of(doc) for t in row if t is not None})
    df = {t: max(sum(t in row for row, v in zip(terms_of(doc), voting, strict=True) if v), 1) for t in terms}
    idf = np.array([math.log((1 + voting.sum()) / (1 + df[t])) + 1 for t in terms])
    (asked,) = terms_of(nutgraf.Document.from_sentences([query], lang=doc.lang))
    vector = np.array([asked.count(t) for t in terms]) * idf
    likeness = (rows @ vector / np.linalg.norm(vector))[voting]
    near = cosines(doc)[np.ix_(voting, voting)]
    check(doc, 'lexrank_biased', pagerank(near, jumps=likeness / likeness.sum()), query=query)


def test_biased_lexrank_takes_the_headline(doc):
    voting = voters(doc)
    titles = np.array([s.role in ('headline', 'standfirst') for s in doc.sentences])
    assert titles.any()
    likeness = cosines(doc)[voting][:, titles].sum(axis=1)
    near = cosines(doc)[np.ix_(voting, voting)]
    check(doc, 'lexrank_biased', pagerank(near, jumps=likeness / likeness.sum()))


def test_textrank(doc):
    voting = voters(doc)
    rows = [[t for t in row if t is not None] for row, v in zip(terms_of(doc), voting, strict=True) if v]
    weights = np.zeros((len(rows), len(rows)))
    for u, a in enumerate(rows):
        for v, b in enumerate(rows):
            if u != v and len(a) * len(b) > 1:
                weights[u, v] = len(set(a) & set(b)) / (math.log(len(a)) + math.log(len(b)))
    check(doc, 'textrank', pagerank(weights))


def test_textrank_by_bm25(doc):
    voting = voters(doc)
    rows = [[t for t in row if t is not None] for row, v in zip(terms_of(doc), voting, strict=True) if v]
    n, mean = len(rows), sum(map(len, rows)) / len(rows)
    df = {t: sum(t in row for row in rows) for row in rows for t in row}
    idf = {t: math.log((n - d + 0.5) / (d + 0.5)) for t, d in df.items()}
    least = max(0.25 * sum(idf.values()) / len(idf), 0)
    idf = {t: least if value < 0 else value for t, value in idf.items()}

    def bm25(query, row):
        norm = 1.2 * (1 - 0.75 + 0.75 * len(row) / mean)
        return sum(idf[t] * row.count(t) * 2.2 / (row.count(t) + norm) for t in query if t in row)

    weights = np.array([[0 if u == v else bm25(rows[v], rows[u]) for v in range(n)] for u in range(n)])
    check(doc, 'textrank_bm25', pagerank(weights))


def test_divrank(doc):
    voting, damping, alpha = voters(doc), 0.85, 0.25
    near = cosines(doc)[np.ix_(voting, voting)]
    np.fill_diagonal(near, 0)
    n, degree = len(near), near.sum(axis=1)
    moves = np.diag(np.where(degree > 0, 1 - alpha, 1.0))  # moves[v, u]
    moves += alpha * near / np.where(degree > 0, degree, 1)[:, None]
    p = np.full(n, 1 / n)
    for _ in range(20000):
        reached = moves @ p
        following = (1 - damping) / n + damping * p * (moves.T @ (p / reached))
        if abs(following - p).sum() < 1e-12:
            break
        p = following
    check(doc, 'divrank', p, atol=1e-5)


@pytest.mark.parametrize('has_topic', [True, False])
def test_manifold(doc, has_topic):
    if not has_topic:
        doc = nutgraf.Document.from_sentences([s.text for s in doc.sentences if s.role == 'body'])
    voting, alpha = voters(doc), 0.85
    near = cosines(doc)
    titles = np.array([s.role in ('headline', 'standfirst') for s in doc.sentences])
    assert titles.any() == has_topic
    topic = near[voting][:, titles].sum(axis=1)
    weights = near[np.ix_(voting, voting)]
    np.fill_diagonal(weights, 0)
    y = np.ones(len(weights))
    if has_topic:
        weights = np.block([[weights, topic[:, None]], [topic[None, :], np.zeros((1, 1))]])
        y = np.append(np.zeros(len(topic)), 1)
    degree = weights.sum(axis=1)
    scale = np.where(degree > 0, 1 / np.sqrt(np.where(degree > 0, degree, 1)), 0)
    spread = weights * scale[:, None] * scale[None, :]
    expected = np.linalg.solve(np.eye(len(y)) - alpha * spread, (1 - alpha) * y)
    check(doc, 'manifold', expected[: voting.sum()])


def test_pacsum(doc):
    voting, near = voters(doc), cosines(doc)
    order = np.arange(len(near))
    expected = [
        near[i, voting & (order > i)].sum() - 0.2 * near[i, voting & (order < i)].sum() for i in range(len(near))
    ]
    check(doc, 'pacsum', expected)


def test_hiporank(doc):
    voting, rows = voters(doc), unit_rows(doc)
    sections = {}
    for i in np.flatnonzero(voting):
        sections.setdefault(doc.blocks[doc.sentences[int(i)].block].section, []).append(int(i))
    groups = [sections[key] for key in sorted(sections, key=lambda k: -1 if k is None else k)]

    def depth(i, n):
        return min(i, n - 1 - i)

    expected = np.zeros(len(rows))
    for s, group in enumerate(groups):
        for i, u in enumerate(group):
            inner = [v for j, v in enumerate(group) if depth(j, len(group)) > depth(i, len(group))]
            expected[u] = sum(rows[u] @ rows[v] for v in inner) / len(group)
            for t, other in enumerate(groups):
                centre = rows[other].sum(axis=0)
                if depth(t, len(groups)) > depth(s, len(groups)) and np.linalg.norm(centre) > 0:
                    expected[u] += 0.5 * rows[u] @ centre / np.linalg.norm(centre) / len(groups)
    check(doc, 'hiporank', expected)


def test_own_vectors(doc):
    rng = np.random.default_rng(3)
    given = rng.normal(size=(len(doc.sentences), 7))
    unit = given / np.linalg.norm(given, axis=1, keepdims=True)
    voting = voters(doc)
    near = unit @ unit.T
    centre = unit[voting].sum(axis=0)
    check(doc, 'centroid', unit @ centre / np.linalg.norm(centre), vectors=given)
    # Cosines below 0 are no weights of a walk.
    check(doc, 'lexrank', pagerank(((1 + near) / 2)[np.ix_(voting, voting)]), vectors=given)
    order = np.arange(len(near))
    behind = [near[i, voting & (order > i)].sum() - 0.2 * near[i, voting & (order < i)].sum() for i in order]
    check(doc, 'pacsum', behind, vectors=given.tolist())
    left, values, _ = np.linalg.svd(unit[voting], full_matrices=False)
    kept = (values >= values[0] / 2) & (np.arange(len(values)) < math.ceil(voting.sum() / 10))
    check(doc, 'lsa', np.sqrt((left[:, kept] ** 2 * values[kept] ** 2).sum(axis=1)), vectors=given)
    query = rng.normal(size=7)
    likeness = np.maximum(unit @ query / np.linalg.norm(query), 0)[voting]
    expected = pagerank(((1 + near) / 2)[np.ix_(voting, voting)], jumps=likeness / likeness.sum())
    check(doc, 'lexrank_biased', expected, vectors=given, query_vector=query)


def test_wrong_vectors(article_text):
    doc = nutgraf.segment(article_text)
    n = len(doc.sentences)
    wrong = np.ones((n, 3))
    wrong[5, 1] = np.nan
    for options, message in [
        ({'vectors': wrong}, 'row 5 of the vectors is not finite'),
        ({'vectors': np.ones((n + 1, 3))}, f'{n + 1} rows'),
        ({'vectors': np.ones(n)}, '1 dimensions'),
        ({'vectors': np.ones((n, 3)), 'method': 'luhn'}, 'luhn'),
        ({'vectors': np.ones((n, 3)), 'query': 'tides'}, 'query_vector'),
        ({'vectors': np.ones((n, 3)), 'query_vector': np.ones(4)}, '4 entries'),
        ({'vectors': np.ones((n, 3)), 'query_vector': [1, np.inf, 2]}, 'entry 1 of query_vector'),
        ({'query_vector': np.ones(4)}, 'without vectors'),
        ({'threshold': 0.0}, 'threshold'),
        ({'max_neighbors': 0}, 'max_neighbors'),
    ]:
        with pytest.raises(nutgraf.NutgrafError, match=message) as caught:
            nutgraf.salience(doc, **options)
        assert caught.value.kind == 'invalid_argument'


def test_a_query_draws_every_method(article_text):
    doc = nutgraf.segment(PAPER)
    wanted = next(s.index for s in doc.sentences if s.text.startswith('Ships with deep keels'))
    for method in nutgraf.METHODS:
        plain, drawn = (nutgraf.salience(doc, method=method, query=q) for q in (None, 'deep keels'))
        assert (drawn > drawn[wanted]).sum() <= (plain > plain[wanted]).sum()
        assert np.isfinite(drawn).all()
    assert int(np.argmax(nutgraf.salience(doc, query='ships, deep keels'))) == wanted


def test_a_query_of_unknown_words(article_text):
    for method in nutgraf.METHODS:
        with pytest.warns(UserWarning, match='query'):
            drawn = nutgraf.salience(article_text, method=method, query='xylophone quux')
        np.testing.assert_array_equal(drawn, nutgraf.salience(article_text, method=method))


def test_background(article_text):
    corpus = ['The county and the judge.', 'A recount by hand.', 'Tides in the harbour.', 'The judge ordered.']
    background = nutgraf.TfidfVectorizer(analyzer='segment').fit(corpus)
    doc = nutgraf.segment(article_text)
    idf = dict(zip(background.get_feature_names_out(), background.idf_, strict=True))
    unknown = math.log(5) + 1
    rows = [[t for t in row if t is not None] for row in terms_of(doc)]
    terms = sorted({t for row in rows for t in row})
    weights = np.array([[row.count(t) * idf.get(t, unknown) for t in terms] for row in rows])
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    unit = weights / np.where(lengths > 0, lengths, 1)
    centre = unit[voters(doc)].sum(axis=0)
    check(doc, 'centroid', unit @ centre / np.linalg.norm(centre), background=background)
    with pytest.raises(TypeError, match='background'):
        nutgraf.salience(doc, background='english')
    with pytest.raises(nutgraf.NutgrafError) as caught:
        nutgraf.salience(doc, background=nutgraf.TfidfVectorizer())
    assert caught.value.kind == 'not_fitted'
