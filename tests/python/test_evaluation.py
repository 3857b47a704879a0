"""A table of systems on one's own texts."""

import pickle

import pytest
from conftest import ARTICLE_TEXTS

import nutgraf

TEXTS = list(ARTICLE_TEXTS.values())
# What a person might say: words of the middle of each article.
REFERENCES = [' '.join(str(s) for s in nutgraf.segment(text).sentences[8:10]) for text in TEXTS]


def test_rows():
    found = nutgraf.evaluate(TEXTS, REFERENCES, methods=['default', 'lexrank', 'lead'])
    assert [row.system for row in found.rows] == ['lead', 'random', 'default', 'lexrank', 'oracle']
    lead, oracle = found.rows[0], found.rows[-1]
    assert (lead.gain, lead.low, lead.high) == (0, 0, 0)
    assert oracle.rouge1 == max(row.rouge1 for row in found.rows) > 90
    summaries = ['\n'.join(map(str, nutgraf.summarize(text, method='lexrank'))) for text in TEXTS]
    scores = nutgraf.rouge_many(summaries, REFERENCES, types=['rouge1'], use_stemmer=True)
    assert found.rows[3].rouge1 == pytest.approx(100 * scores['rouge1'][:, 2].mean())
    for row in found.rows:
        assert row.gain == pytest.approx(row.rouge1 - lead.rouge1)
        assert row.low <= row.gain + 1e-9 <= row.high + 2e-9
    assert found.best in ('default', 'lexrank', 'lead')
    assert nutgraf.evaluate(TEXTS, REFERENCES, methods=['default', 'lexrank', 'lead']).rows == found.rows


def test_the_verdict_is_plain():
    leads = [nutgraf.summarize(text, method='lead').text for text in TEXTS]
    assert 'the first sentences are enough' in nutgraf.evaluate(TEXTS * 4, leads * 4).verdict
    assert '3 texts are too few' in nutgraf.evaluate(TEXTS, leads).verdict
    ends = [nutgraf.summarize(text, method='lexrank', sentences=2).text for text in TEXTS]
    assert 'lexrank is above the first sentences by' in nutgraf.evaluate(TEXTS * 4, ends * 4, sentences=2).verdict


def test_it_can_be_read():
    found = nutgraf.evaluate(TEXTS, REFERENCES, words=60)
    table = str(found).splitlines()
    assert table[0].split()[:2] == ['system', 'R1']
    assert len(table) == len(found.rows) + 3
    assert found.verdict in str(found)
    assert found._repr_html_().count('<tr>') == len(found.rows) + 1
    assert repr(found) == '<Evaluation of 7 systems on 3 texts>'


def test_places_and_what_is_said_again():
    last = [nutgraf.summarize(text, method='lead', sentences=99).sentences[-1].text for text in TEXTS]
    found = nutgraf.evaluate(TEXTS, last, methods=['lexrank'])
    lead, *_, oracle = found.rows
    assert lead.places[0] > 0.5
    assert sum(oracle.places[5:]) > 0.5
    for row in found.rows:
        assert sum(row.places) == pytest.approx(1)
        assert len(row.places) == 10
    said_again = [
        100 * nutgraf.extractiveness(text, str(nutgraf.summarize(text, method='lexrank')), use_stemmer=True).redundancy
        for text in TEXTS
    ]
    assert found.rows[2].redundancy == pytest.approx(sum(said_again) / len(TEXTS))


def test_threads_progress_and_pickle():
    calls = []
    found = nutgraf.evaluate(TEXTS, REFERENCES, threads=2, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (7, 7)
    assert found.rows == nutgraf.evaluate(TEXTS, REFERENCES, threads=1).rows
    assert pickle.loads(pickle.dumps(found)).rows == found.rows


def test_wrong_calls():
    with pytest.raises(nutgraf.NutgrafError, match='3 texts and 2 sets'):
        nutgraf.evaluate(TEXTS, REFERENCES[:2])
    with pytest.raises(nutgraf.NutgrafError, match='0 texts and 0 sets'):
        nutgraf.evaluate([], [])
    with pytest.raises(nutgraf.NutgrafError, match='unknown method'):
        nutgraf.evaluate(TEXTS, REFERENCES, methods=['best'])
    with pytest.raises(nutgraf.NutgrafError, match='text 1 has no reference'):
        nutgraf.evaluate(TEXTS, ['a', [], 'b'])
    with pytest.raises(TypeError, match='give str'):
        nutgraf.evaluate(TEXTS, [['a'], ['b'], [3]])
    with pytest.raises(TypeError, match='int'):
        nutgraf.evaluate([1, 2, 3], REFERENCES)
