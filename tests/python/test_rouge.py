"""ROUGE against google's rouge-score, NLTK's stemmer and plain definitions."""

import collections
import itertools
import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.stem import porter
from rouge_score import rouge_scorer

import nutgraf
from nutgraf import _core

TYPES = ['rouge1', 'rouge2', 'rouge3', 'rouge4', 'rougeL', 'rougeLsum']
some_words = st.sampled_from(
    re.findall(
        r'\S+', 'ship ships shipping harbour Harbours closed closing İstanbul K2 3rd naïve U.S. crane-like they’re , .'
    )
)
lines = st.lists(st.lists(some_words, max_size=12).map(' '.join), max_size=4).map('\n'.join)
texts = lines | st.text(max_size=80)
ENDINGS = re.findall(
    r'\w+',
    's es ies sses ed ied eed ing ational tional enci anci izer bli alli entli eli ousli ization ation ator '
    'alism iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance '
    'ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize e y ll yy',
)
english = st.builds(
    str.__add__, st.text('abcdefghijklmnopqrstuvwxyz', min_size=1, max_size=7), st.sampled_from(['', *ENDINGS])
)


def close(ours, theirs):
    return all(abs(a - b) <= 1e-9 for a, b in zip(ours, theirs, strict=True))


@given(texts, texts, st.booleans())
def test_google(prediction, reference, use_stemmer):
    assume('\r' not in prediction + reference)
    scorer = rouge_scorer.RougeScorer(TYPES, use_stemmer=use_stemmer)
    theirs = scorer.score(reference, prediction)
    ours = nutgraf.rouge(prediction, reference, types=TYPES, use_stemmer=use_stemmer)
    for kind in TYPES:
        assert close(ours[kind], theirs[kind]), kind
        assert (ours[kind].precision, ours[kind].recall) == (ours[kind][0], ours[kind][1])


@given(texts, st.lists(texts, min_size=1, max_size=4))
def test_google_with_several_references(prediction, references):
    theirs = rouge_scorer.RougeScorer(TYPES).score_multi(references, prediction)
    ours = nutgraf.rouge(prediction, references, types=TYPES)
    assert all(close(ours[kind], theirs[kind]) for kind in TYPES)


def test_google_on_articles(article_text):
    scorer = rouge_scorer.RougeScorer(TYPES, use_stemmer=True)
    summary = '\n'.join(str(s) for s in nutgraf.summarize(article_text))
    reference = '\n'.join(article_text.splitlines()[:6])
    theirs = scorer.score(reference, summary)
    ours = nutgraf.rouge(summary, reference, types=TYPES, use_stemmer=True)
    assert all(close(ours[kind], theirs[kind]) for kind in TYPES)


@given(english)
def test_stems_are_those_of_nltk(word):
    assert _core.porter_stem(word) == porter.PorterStemmer().stem(word)


@pytest.mark.parametrize(
    ('prediction', 'reference', 'kind', 'expected'),
    [  # worked out by hand: precision, recall, F
        ('testing', 'testing one two', 'rouge1', (1, 1 / 3, 1 / 2)),
        ('testing one', 'testing one two', 'rouge2', (1, 1 / 2, 2 / 3)),
        ('testing two', 'testing one two', 'rougeL', (1, 2 / 3, 4 / 5)),
        ('w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5', 'w1 w2 w3 w4 w5', 'rougeLsum', (2 / 5, 4 / 5, 8 / 15)),
        ('/', 'w1 w2 w3 w4 w5', 'rougeLsum', (0, 0, 0)),
        # Lin 2004, section 5: of three pairs of "police kill the gunman" six, three are in "the gunman kill police".
        ('police kill gunman', 'police killed the gunman', 'rougeS4', (1 / 3, 1 / 6, 2 / 9)),
    ],
)
def test_known_scores(prediction, reference, kind, expected):
    assert close(nutgraf.rouge(prediction, reference, types=[kind])[kind], expected)


def pairs(words):
    return [(a, b) for i, a in enumerate(words) for b in words[i + 1 : i + 6]]


letters = st.lists(st.sampled_from('abcdef'), max_size=12)


@given(letters, letters)
def test_skip_pairs(predicted, referred):
    for kind, units in (('rougeS4', pairs), ('rougeSU4', lambda words: pairs(words) + [(w,) for w in words])):
        ours = nutgraf.rouge(' '.join(predicted), ' '.join(referred), types=[kind])[kind]
        found, wanted = collections.Counter(units(predicted)), collections.Counter(units(referred))
        hits = sum((found & wanted).values())
        assert ours.precision == pytest.approx(hits / max(1, found.total()))
        assert ours.recall == pytest.approx(hits / max(1, wanted.total()))


@given(letters, letters)
def test_weighted_lcs_is_between_nothing_and_the_unweighted(predicted, referred):
    scores = nutgraf.rouge(' '.join(predicted), ' '.join(referred), types=['rougeW', 'rougeL'])
    assert scores['rougeW'].recall <= scores['rougeL'].recall + 1e-12
    assert (scores['rougeW'].fmeasure > 0) == (scores['rougeL'].fmeasure > 0)
    same = nutgraf.rouge(' '.join(predicted), ' '.join(predicted), types=['rougeW'])['rougeW']
    assert same.fmeasure == pytest.approx(1 if predicted else 0)


def test_weighted_lcs_favours_runs():
    """The example of Lin 2004, section 4: A B C D E F G against A B C D H I K and A H B K C I D."""
    types = ['rougeL', 'rougeW']
    run, spread = (nutgraf.rouge(text, 'A B C D E F G', types=types) for text in ('A B C D H I K', 'A H B K C I D'))
    assert run['rougeL'] == spread['rougeL']
    assert run['rougeW'].fmeasure > spread['rougeW'].fmeasure


def test_other_scripts():
    prediction, reference = 'Порт закрыт', 'ПОРТ закрыт сегодня'
    assert nutgraf.rouge(prediction, reference)['rouge1'] == (0, 0, 0)
    assert nutgraf.rouge(prediction, reference, tokens='unicode')['rouge1'] == pytest.approx((1, 2 / 3, 0.8))
    assert nutgraf.rouge('港は閉鎖', '港は月曜日に閉鎖', tokens='unicode')['rouge1'].precision == 1


def test_limits_and_stop_words():
    def recall(prediction, **options):
        return nutgraf.rouge(prediction, 'a b c d', types=['rouge1'], **options)['rouge1'].recall

    assert recall('a b c d', max_words=2) == 0.5
    assert recall('a  b\nc d', max_words=3) == 0.75
    assert recall('a b c d', max_bytes=3) == 0.5
    assert recall('a é', max_bytes=3) == recall('a')
    assert recall('a b', stop_words=['a']) == pytest.approx(1 / 3)


@given(letters, st.lists(letters, min_size=1, max_size=4))
def test_jackknife(predicted, referred):
    prediction, references = ' '.join(predicted), [' '.join(r) for r in referred]
    each = [nutgraf.rouge(prediction, r, types=['rouge1'])['rouge1'] for r in references]
    sets = list(itertools.combinations(range(len(each)), len(each) - 1)) if len(each) > 1 else [(0,)]
    best = [max(some, key=lambda i: (each[i].fmeasure, -i)) for some in sets]
    expected = np.mean([each[i] for i in best], axis=0)
    ours = nutgraf.rouge(prediction, references, types=['rouge1'], multi='jackknife')['rouge1']
    assert ours == pytest.approx(tuple(expected))


@given(st.lists(st.tuples(lines, st.lists(lines, min_size=1, max_size=2)), max_size=5), st.sampled_from([1, 2, 7]))
def test_many(rows, threads):
    scores = nutgraf.rouge_many([p for p, _ in rows], [r for _, r in rows], threads=threads)
    for i, (prediction, references) in enumerate(rows):
        for kind, score in nutgraf.rouge(prediction, references).items():
            assert tuple(scores[kind][i]) == score
    assert all(values.shape == (len(rows), 3) for values in scores.values())


def test_intervals():
    values = np.linspace(0, 1, 200)
    low, high = nutgraf.bootstrap_interval(values)
    spread = 1.96 * values.std() / len(values) ** 0.5
    assert low == pytest.approx(0.5 - spread, abs=0.01)
    assert high == pytest.approx(0.5 + spread, abs=0.01)
    assert nutgraf.bootstrap_interval(values) == (low, high)
    narrow = nutgraf.bootstrap_interval(values, level=0.5)
    assert low < narrow[0] < narrow[1] < high
    assert nutgraf.bootstrap_interval([0.25]) == (0.25, 0.25)


def test_wrong_calls():
    for call, match in (
        (lambda: nutgraf.rouge('a', 'a', types=['rouge0']), "unknown type 'rouge0'; the types are rouge1 to"),
        (lambda: nutgraf.rouge('a', []), 'no reference'),
        (lambda: nutgraf.rouge('a', 'a', tokens='utf8'), "'ascii' or 'unicode'"),
        (lambda: nutgraf.rouge('a', 'a', multi='mean'), "'best' or 'jackknife'"),
        (lambda: nutgraf.rouge('a', 'a', max_words=-1), 'max_words is -1'),
        (lambda: nutgraf.rouge_many(['a'], []), '1 predictions and 0 sets'),
        (lambda: nutgraf.rouge_many(['a', 'a'], ['a', []]), 'row 1: there is no reference'),
        (lambda: nutgraf.bootstrap_interval([]), 'needs values'),
        (lambda: nutgraf.bootstrap_interval([1], level=1), 'level is 1'),
    ):
        with pytest.raises(nutgraf.NutgrafError, match=match):
            call()
    with pytest.raises(TypeError, match='types takes a sequence'):
        nutgraf.rouge('a', 'a', types='rouge1')
    with pytest.raises(TypeError, match='prediction is a NoneType'):
        nutgraf.rouge(None, 'a')


sentences = st.lists(st.lists(st.sampled_from('abcdefgh'), min_size=1, max_size=5), min_size=1, max_size=6)


@given(sentences, letters, st.integers(1, 3))
def test_oracle(rows, referred, most):
    document = nutgraf.Document.from_words(rows)
    reference = ' '.join(referred)

    def worth(chosen):
        scores = nutgraf.rouge('\n'.join(s.text for s in chosen), reference, types=['rouge1', 'rouge2'])
        return scores['rouge1'].fmeasure + scores['rouge2'].fmeasure

    every = list(document.sentences)
    sets = [c for k in range(most + 1) for c in itertools.combinations(every, k)]
    best = max(map(worth, sets))
    exact = nutgraf.oracle(document, reference, sentences=most, exact=True)
    greedy = nutgraf.oracle(document, reference, sentences=most)
    assert worth(exact) == pytest.approx(best)
    assert worth(greedy) <= best + 1e-12
    assert worth(greedy) >= max((worth([s]) for s in every), default=0) - 1e-12
    for chosen in (exact, greedy):
        assert len(chosen) <= most
        assert [s.index for s in chosen] == sorted(s.index for s in chosen)


def test_oracle_refuses_too_many_sets():
    text = ' '.join(f'Ship {i} came.' for i in range(400))
    with pytest.raises(nutgraf.NutgrafError, match='too many sets'):
        nutgraf.oracle(text, 'Ship 3 came', exact=True)
    assert nutgraf.oracle(text, 'Ship 3 came', sentences=1)[0].text == 'Ship 3 came.'


@given(letters, letters)
def test_extractiveness(source, words):
    found = nutgraf.extractiveness(' '.join(source), ' '.join(words))
    text = set(source)
    assert found.coverage == pytest.approx(sum(w in text for w in words) / len(words) if words else 0)
    assert found.compression == (len(source) / len(words) if words else 0)
    known = set(itertools.pairwise(source))
    new = [pair not in known for pair in itertools.pairwise(words)]
    assert found.novelty == pytest.approx(sum(new) / len(new) if new else 0)
    pairs = list(itertools.pairwise(words))
    assert found.redundancy == pytest.approx(1 - len(set(pairs)) / len(pairs) if pairs else 0)
    assert found.coverage - 1e-12 <= found.density <= len(words)
