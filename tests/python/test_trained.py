"""The trained salience against its weights as they are written."""

import numpy as np
import pytest
from conftest import ROOT, nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf
from nutgraf import _core

WEIGHTS = ROOT / 'cpp' / 'data' / 'salience_2026_11.txt'
if not WEIGHTS.exists():
    pytest.skip('the weights are not there', allow_module_level=True)
LINES = [line.split() for line in WEIGHTS.read_text(encoding='utf-8').splitlines() if not line.startswith('#')]
GROUPS = {line[1]: line[2:] for line in LINES if line[0] == 'group'}
GROUP_OF = {feature: group for group, features in GROUPS.items() for feature in features}
TREES = [line[1:] for line in LINES if line[0] == 'tree']
BOUNDS = {line[1]: (line[2], np.float32(line[3:])) for line in LINES if line[0] == 'bounds'}


def parts_of(features):
    """What each group has of the log-odds of a sentence: the difference that each branch makes goes to its feature."""
    parts = dict.fromkeys(GROUPS, 0)
    for words in TREES:
        at, above, group = 0, 0, 'text'
        while True:
            value = int(words[at].rstrip('.'))
            parts[group] += value - above
            if words[at].endswith('.'):
                break
            feature, bounds = BOUNDS[words[at + 1][0]]
            bound = bounds[int(words[at + 1][1:])]
            above, group = value, GROUP_OF[feature]
            at += 2
            if features[_core.SENTENCE_FEATURES.index(feature)] > bound:
                at = after(words, at)
    return {group: part / 1024 for group, part in parts.items()}


def after(words, at):
    """The place behind a node."""
    if words[at].endswith('.'):
        return at + 1
    return after(words, after(words, at + 2))


def check(document, share):
    features, votes = _core.sentence_features(document, share, None)
    parts = [parts_of(row) for row in features]
    sums = np.array([sum(of_row.values()) for of_row in parts])
    found = nutgraf.salience(document, method='trained_2026_11', share=share)
    np.testing.assert_allclose(found, sums - sums[votes > 0].min() if len(sums) else sums, atol=1e-5)
    return parts


def test_groups_have_every_feature():
    assert sorted(GROUP_OF) == sorted(_core.SENTENCE_FEATURES)
    assert WEIGHTS.stat().st_size < 100_000


@pytest.mark.parametrize('share', [0.02, 0.1, 0.5, 1])
def test_articles(article_text, share):
    check(nutgraf.segment(article_text), share)


def test_more_sentences_than_are_walked_at_once():
    lines = [f'Ship {i} left harbour {i % 7} with {i * 3} boats, said the master.' for i in range(150)]
    check(nutgraf.segment('\n\n'.join(lines)), 0.1)


def test_parts(article_text):
    document = nutgraf.segment(article_text)
    summary = nutgraf.summarize(document, words=60, method='trained_2026_11')
    votes = _core.sentence_features(document, 1, None)[1] > 0
    words = sum(len(s.words) for s, v in zip(document.sentences, votes, strict=True) if v)
    parts = check(document, 60 / words)
    for sentence in summary.all_sentences[::5]:
        found = summary.explain(sentence.index)['parts']
        for group in list(GROUPS)[:-1]:
            assert found[group] == pytest.approx(parts[sentence.index][group], abs=1e-6)


@given(nasty_texts, st.sampled_from([0.01, 0.2, 1]))
def test_any_text(text, share):
    check(nutgraf.segment(text), share)


@given(nasty_texts)
def test_features(text):
    features, votes = _core.sentence_features(text, 0.1, None)
    assert np.isfinite(features).all()
    names = _core.SENTENCE_FEATURES
    assert features.shape == (len(votes), len(names))
    for name in set(names) - {'share', 'sentences', 'depth', 'size'}:
        column = features[:, names.index(name)]
        assert (column >= 0).all()
        assert (column <= 1 + 1e-6).all()


def test_features_of_a_text():
    text = 'Ida Falk left. Alder has "ships" and 12 boats that Ida Falk built. Ida Falk left Alder.'
    features, votes = _core.sentence_features(text, 0.25, None)
    of = {name: features[:, i].tolist() for i, name in enumerate(_core.SENTENCE_FEATURES)}
    assert votes.tolist() == [1, 1, 1]
    assert of['lead'] == pytest.approx([1, 1 / 2, 1 / 3])
    assert of['place'] == pytest.approx([0, 1 / 3, 2 / 3])
    assert of['opens_block'] == [1, 0, 0]
    assert of['size'] == pytest.approx(np.log1p([3, 10, 4]) / 4)
    assert of['is_quoting'] == [0, 1, 0]
    assert of['number_share'] == pytest.approx([0, 1 / 10, 0])
    assert of['capital_share'] == pytest.approx([1 / 3, 2 / 10, 2 / 4])
    assert of['share'] == pytest.approx([np.log(0.25)] * 3)
    assert of['sentences'] == pytest.approx([np.log(4)] * 3)
    assert of['backward'][0] == of['forward'][2] == of['headline'][0] == 0
    assert of['to_first'][0] == pytest.approx(1)
