"""Weights from one's own examples."""

import pickle
import random

import numpy as np
import pytest
from conftest import ARTICLE_TEXTS

import nutgraf
from nutgraf import _core

PLACES = 'Alder Brenn Cove Dunn Elm Fern Glen Holm Isle Jura Kyle Lund Mora Nore Oban Pere Quay Rona Skye Tain'.split()  # noqa: SIM905


def notice(place, seed):
    """An article whose last sentence says what matters; the other ones change their order."""
    some = [
        f'Crews from {place} came to the mill before dawn.',
        f'A fire broke out at the mill of {place} on Monday night.',
        f'The owner of the mill said that {place} would wait for news.',
        f'Smoke stood above {place} for most of the day.',
    ]
    random.Random(seed).shuffle(some)
    return ' '.join([*some, f'The mill of {place} will open again in May.'])


TEXTS = [notice(place, i) for i, place in enumerate(PLACES)]
SUMMARIES = [f'Mill of {place} will open again in May' for place in PLACES]


@pytest.fixture(scope='module')
def model():
    return nutgraf.Summarizer(sentences=1).fit(TEXTS, SUMMARIES)


def row_of(model, system):
    (row,) = [r for r in model.report_.rows if r.system == system]
    return row


def test_it_learns(model):
    assert model.summarize(notice('Ullen', 99)).text == 'The mill of Ullen will open again in May.'
    assert row_of(model, 'fitted').rouge1 > row_of(model, 'default').rouge1
    assert row_of(model, 'fitted').rouge1 <= row_of(model, 'oracle').rouge1
    assert model.advice_.startswith('Use what was fitted')
    assert [r.system for r in model.report_.rows] == ['lead', 'random', 'default', 'fitted', 'oracle']


def test_the_same_examples_give_the_same_weights(model):
    calls = []
    again = nutgraf.Summarizer(sentences=1).fit(
        TEXTS, SUMMARIES, threads=2, progress=lambda done, total: calls.append((done, total))
    )
    assert again.weights_ == model.weights_
    assert nutgraf.Summarizer(sentences=1).fit(TEXTS, SUMMARIES, threads=1).report_.rows == again.report_.rows
    assert calls[-1] == (30, 30)
    assert pickle.loads(pickle.dumps(model)).weights_text_ == model.weights_text_


def test_what_cannot_be_learned_changes_nothing():
    """Summaries that say any one of the sentences: the report is of examples not learned from, and sees no gain."""
    draw = random.Random(4)
    chosen = [draw.choice(list(nutgraf.segment(text).sentences)).text for text in TEXTS]
    model = nutgraf.Summarizer(sentences=1).fit(TEXTS, chosen)
    assert not model.advice_.startswith('Use what was fitted')
    assert row_of(model, 'fitted').rouge1 < row_of(model, 'oracle').rouge1 - 10


def test_where_the_default_is_best_it_stays():
    summaries = [nutgraf.summarize(text, sentences=1).text for text in TEXTS]
    model = nutgraf.Summarizer(sentences=1).fit(TEXTS, summaries)
    assert model.weights_ == {}
    assert model.advice_.startswith('Use the default')
    article = next(iter(ARTICLE_TEXTS.values()))
    np.testing.assert_array_equal(model.summarize(article).salience, nutgraf.summarize(article, sentences=1).salience)


def test_save_and_load(model, tmp_path):
    path = tmp_path / 'mill.weights'
    model.save(path)
    assert path.read_text().splitlines()[0] == 'nutgraf sentence weights 1'
    assert len(path.read_text()) < 2000
    ours = model.summarize(TEXTS[3])
    for given in (path, str(path), model):
        assert nutgraf.summarize(TEXTS[3], sentences=1, model=given) == ours
        assert nutgraf.summarize_many([TEXTS[3]], sentences=1, model=given) == [ours]
        assert next(nutgraf.summarize_iter([TEXTS[3]], sentences=1, model=given)) == ours


def test_parts_add_up(model):
    summary = model.summarize(TEXTS[0])
    features, _ = _core.sentence_features(TEXTS[0], 0.1, None)
    for s in summary.all_sentences:
        parts = summary.explain(s.index)['parts']
        assert sum(parts.values()) == pytest.approx(s.salience, abs=1e-5)
        expected = sum(
            weight * features[s.index, _core.SENTENCE_FEATURES.index(name)] for name, weight in model.weights_.items()
        )
        assert parts['examples'] == pytest.approx(expected, abs=1e-5)


def test_the_number_of_sentences_is_learned():
    two = [f'{summary}. A fire broke out at the mill on Monday night.' for summary in SUMMARIES[:6]]
    model = nutgraf.Summarizer().fit(TEXTS[:6], two)
    assert model.options_ == {'sentences': 2}
    assert len(model.summarize(TEXTS[7])) == 2
    assert len(model.summarize(TEXTS[7], sentences=3)) == 3
    assert nutgraf.Summarizer(words=20).fit(TEXTS[:5], two[:5]).options_ == {'words': 20}


def test_wrong_calls(model, tmp_path):
    with pytest.raises(nutgraf.NutgrafError, match='it takes 5 texts'):
        nutgraf.Summarizer().fit(TEXTS[:4], SUMMARIES[:4])
    with pytest.raises(nutgraf.NutgrafError, match='20 texts and 6 summaries'):
        nutgraf.Summarizer().fit(TEXTS, SUMMARIES[:6])
    with pytest.raises(nutgraf.NutgrafError, match='not fitted'):
        nutgraf.Summarizer().summarize('A text.')
    with pytest.raises(nutgraf.NutgrafError, match='unknown method'):
        nutgraf.Summarizer(method='best')
    with pytest.raises(TypeError, match='it takes none'):
        nutgraf.Summarizer(model=model)
    with pytest.raises(TypeError, match='no fitted Summarizer'):
        nutgraf.summarize('A text.', model=3)
    with pytest.raises(FileNotFoundError):
        nutgraf.summarize('A text.', model=tmp_path / 'absent')
    for text, match in (
        ('weights\n', "line 1 of the weights: 'weights' is not how weights of sentences begin"),
        ('nutgraf sentence weights 1\nwarmth\t2\n', "line 2 of the weights: 'warmth' is no feature"),
        ('nutgraf sentence weights 1\nlead\t2\nlead\t3\n', "line 3 of the weights: 'lead' stands there twice"),
        ('nutgraf sentence weights 1\nlead\tmuch\n', "'much' is no number"),
        ('nutgraf sentence weights 2\n', 'version 2'),
    ):
        path = tmp_path / 'wrong'
        path.write_text(text)
        with pytest.raises(nutgraf.NutgrafError, match=match):
            nutgraf.summarize('A text.', model=path)
