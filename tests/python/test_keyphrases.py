"""Keyphrases: spans, ranking, and the formula beside a plain version of it."""

import collections
import math
import pickle
import re

import numpy as np
import pytest
from conftest import ARTICLE_TEXTS, ROOT, nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf
from nutgraf import _core

UNREAD = {'kicker', 'byline', 'caption', 'boilerplate', 'signature', 'code'}


def texts_of(phrases):
    return [p.text for p in phrases]


def check(text, phrases):
    """What holds of the keyphrases of any text."""
    scores = [p.score for p in phrases]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < math.inf for score in scores)
    assert len({tuple(p.spans[0].tolist()) for p in phrases}) == len(phrases)
    for p in phrases:
        assert p.spans.dtype == np.int32
        assert p.spans.shape == (len(p.spans), 2)
        assert p.spans[0].tolist() == [p.begin, p.end]
        assert text[p.begin : p.end] == p.text
        assert (p.spans[:, 0] < p.spans[:, 1]).all()
        assert (np.diff(p.spans[:, 0]) > 0).all()
        assert p.spans.max() <= len(text)


# ---- a plain version of the formula, of texts that NFKC leaves as they are -----------------------------------------


def lines_of(name):
    for line in (ROOT / 'cpp' / 'data' / f'{name}.txt').read_text('utf8').splitlines():
        if line and not line.startswith('#'):
            yield line.split('\t')


def words_of(name, lang, kind=None):
    return {
        word.casefold()
        for own, *middle, words in lines_of(name)
        if own == lang and kind in (None, *middle)
        for word in words.split()
    }


Word = collections.namedtuple('Word', 'begin end low stem content general number capital upper opens adjoins')


def plain_words(doc):
    """The words as phrases see them."""
    lang, found = doc.lang, []
    stop, general = {word.casefold() for word in _core.stop_words(lang)}, words_of('general_words', lang)
    elisions = words_of('elisions', lang)
    blocks = [b for b in doc.blocks if b.role not in UNREAD and b.duplicate_of is None]
    for sentence in (s for block in blocks or doc.blocks for s in block.sentences):
        last = None
        for word in sentence.words:
            if sentence.dateline and word.begin < sentence.dateline[1]:
                continue
            pieces = [(word.begin, word.begin + len(re.sub(r"(?<=.)['’][sS]$", '', word.text)))]
            low = doc.text[slice(*pieces[0])].casefold().replace('’', "'")
            elided = low[: low.find("'") + 1]
            if low not in stop and elided in elisions and len(low[len(elided) :].encode()) >= 2:
                cut = word.begin + len(elided)
                pieces = [(word.begin, cut), (cut, pieces[0][1])]
            for begin, end in pieces:
                shown = doc.text[begin:end]
                low = shown.casefold().replace('’', "'")
                stem = _core.stem_words([low], lang)[0]
                is_stop = low in stop or (len(pieces) > 1 and end == pieces[0][1])
                gap = None if last is None else doc.text[last:begin]
                if gap in ('-', '\u2010', '\u2011'):
                    before = found.pop()
                    found.append(
                        before._replace(
                            end=end,
                            low=doc.text[before.begin : end].casefold(),
                            stem=before.stem + '-' + stem,
                            content=True,
                            general=False,
                            number=before.number and word.kind == 'number',
                            upper=doc.text[before.begin : end].isupper(),
                        )
                    )
                else:
                    capital = shown[0].isupper()
                    content = not is_stop and (low not in general or (capital and gap is not None))
                    adjoins = gap is not None and not gap.strip() and gap.count('\n') < 2
                    upper = shown.isupper() and len(shown) > 1
                    number = word.kind == 'number'
                    found.append(
                        Word(
                            begin, end, low, stem, content, low in general, number, capital, upper, gap is None, adjoins
                        )
                    )
                last = end
            last = word.end
    return found


def parts(key):
    return [key[a:b] for a in range(len(key)) for b in range(a + 1, len(key) + 1)]


def plain_candidates(words, links):
    """(first word, past the last one) of every phrase."""
    for i, first in enumerate(words):
        if not first.content or first.number or len(first.low) < 2:
            continue
        for j in range(i + 1, len(words) + 1):
            inside = words[i:j]
            n = sum(w.content for w in inside)
            if (j > i + 1 and not inside[-1].adjoins) or n > 4 or j - i - n > 2:
                break
            if not inside[-1].content:
                if inside[-1].low not in links:
                    break
            elif (len(inside[-1].low) > 1 or inside[-1].number) and any(w.content and not w.general for w in inside):
                yield i, j


def plain_keyphrases(doc, top):
    """(score, spans) of the keyphrases, best first."""
    words, lang = plain_words(doc), doc.lang
    before, after = words_of('verb_cues', lang, 'before'), words_of('verb_cues', lang, 'after')
    content = [w for w in words if w.content]
    inside = [w for w in content if not w.opens]
    count = collections.Counter(w.stem for w in content)
    capitals = {
        stem: sum(w.capital for w in inside if w.stem == stem) / max(1, sum(w.stem == stem for w in inside))
        for stem in count
    }
    names = min(0.25, sum(w.capital for w in inside) / max(1, len(inside)))
    cased = sum(w.low[0].upper() != w.low[0] for w in inside)
    if 2 * cased < sum(not w.number for w in inside):
        names = 0.1
    found = collections.defaultdict(list)
    for i, j in plain_candidates(words, words_of('link_words', lang)):
        found[tuple(w.stem for w in words[i:j])].append((i, j))

    scores = {}
    for key, where in found.items():
        n, (first, last) = len(where), where[0]
        mine = [w for w in words[first:last] if w.content]
        lefts = [words[i - 1] for i, _ in where if i > 0 and words[i].adjoins]
        rights = [words[j] for _, j in where if j < len(words) and words[j].adjoins]
        longer = [len(found[other]) for other in found if other != key and key in parts(other)]
        scores[key] = (
            0.6 * math.log(n)
            + 0.5 * sum(math.log(count[w.stem]) for w in mine) / len(mine)
            - 0.3 * math.log(1 + first)
            - 0.6 * sum(w.content for w in lefts + rights) / n
            - 0.2 * min(1, max(longer, default=0) / n)
            - 0.6 * (sum(w.low in before for w in lefts) + sum(w.low in after for w in rights)) / n
            + 0.6 * min(capitals[w.stem] for w in mine)
            + 0.6 * any(w.upper for w in mine)
            + 0.1 * min(8, *(len(w.low) for w in mine), 8)
            - 0.6 * (len(mine) == 4)
            - 0.6 * (len(mine) < last - first)
            + (5 * names - 0.2 * math.log(max(2, len(words))) if len(mine) == 1 else 0)
        )
    size = {key: sum(w.content for w in words[where[0][0] : where[0][1]]) for key, where in found.items()}
    taken, covered = [], set()
    for key in sorted(found, key=lambda key: (-round(scores[key], 9), found[key][0])):
        if key in covered or any(
            part in taken and size[part] > 1 and len(found[part]) == len(found[key]) for part in parts(key)
        ):
            continue
        taken.append(key)
        covered.update(parts(key))
    return [(math.exp(scores[key]), [[words[i].begin, words[j - 1].end] for i, j in found[key]]) for key in taken[:top]]


VOCABULARY = {
    'en': "river River rivers NASA harbour new New York the of is to said a 12 3.5 well-known Kim's Kim bridge closes "
    "closed x workers' it it's big two e-mail third-largest Port port Authority authority don't must gate",
    'fr': "l'été l’Europe d'eau aujourd'hui la de du en à ministre Santé qu'il est nouvelle Nouvelle "
    'Calédonie grand port eaux conseil 12 fermé sous-marin je ne pas les des ils République',
    'de': 'Straßen Straße der die neue Neue Stadt wird nicht Hafen Häfen hafen drei S-Bahn und 12 Rat ich',
    'ru': 'река реки Река новый Новый порт порты Москва в и не был может закрыт 12 большой суд суда она его город',
}
GAPS = [' ', ' ', ' ', ' ', ' ', '\n', ', ', '. ', '. ', '! ', ' - ', '-', ' (', '\n\n', '\u2010', '  ', '/']


@st.composite
def generated(draw):
    lang = draw(st.sampled_from(sorted(VOCABULARY)))
    words = st.sampled_from(VOCABULARY[lang].split())
    pairs = draw(st.lists(st.tuples(words, st.sampled_from(GAPS)), max_size=60))
    return lang, ''.join(word + gap for word, gap in pairs)


@given(generated(), st.integers(1, 12))
def test_the_formula(case, top):
    lang, text = case
    doc = nutgraf.segment(text, lang=lang)
    expected = plain_keyphrases(doc, top)
    found = nutgraf.keyphrases(doc, top=top)
    check(text, found)
    assert [p.spans.tolist() for p in found] == [spans for _, spans in expected]
    assert [p.score for p in found] == pytest.approx([score for score, _ in expected], rel=1e-12)


@pytest.mark.parametrize('name', ['railway', 'election'])
def test_the_formula_on_articles(name):
    doc = nutgraf.segment(ARTICLE_TEXTS[name])
    expected = plain_keyphrases(doc, 10**6)
    found = nutgraf.keyphrases(doc, top=10**6)
    check(doc.text, found)
    assert [p.spans.tolist() for p in found] == [spans for _, spans in expected]


# ---- behaviour ---------------------------------------------------------------------------------------------------


@given(nasty_texts, st.sampled_from([1, 3, 1000]))
def test_any_text(text, top):
    found = nutgraf.keyphrases(text, top=top)
    assert len(found) <= top
    check(text, found)
    doc = nutgraf.segment(text)
    assert nutgraf.keyphrases(doc, top=top) == found
    assert nutgraf.keyphrases(text, top=1000)[:top] == found


@given(st.lists(nasty_texts, max_size=6), st.sampled_from([1, 2, 7]))
def test_many_equals_a_loop(texts, threads):
    expected = [nutgraf.keyphrases(text) for text in texts]
    assert nutgraf.keyphrases_many(texts, threads=threads) == expected


@pytest.mark.parametrize('threads', [None, 1, 2, 7])
def test_threads_change_nothing(threads):
    texts = [*ARTICLE_TEXTS.values(), '', 'It rained.'] * 4
    expected = [nutgraf.keyphrases(text, top=20) for text in texts]
    found = nutgraf.keyphrases_many(texts, top=20, threads=threads)
    assert found == expected
    assert [[p.score.hex() for p in ps] for ps in found] == [[p.score.hex() for p in ps] for ps in expected]


@pytest.mark.parametrize('text', ['', ' \n\n ', '...', '12 13', 'the of and', '\u2014'])
def test_no_words(text):
    assert nutgraf.keyphrases(text, lang='en') == []


def test_names_and_runs():
    text = (
        'The New York port authority closed the harbour bridge. Ships of the New York Port Authority waited. '
        'Nobody crossed the harbour bridge. New rules come into force in three weeks.'
    )
    found = texts_of(nutgraf.keyphrases(text, top=3))
    assert found[0] == 'harbour bridge'
    assert 'New York' in found
    every = texts_of(nutgraf.keyphrases(text, top=100))
    assert not {'York', 'New', 'three weeks', 'New rules', 'bridge'} & set(every)


def test_possessives_and_hyphens():
    found = nutgraf.keyphrases("Kim's e-mail was read. Kim\u2019s e-mail leaked.", lang='en')
    assert str(found[0]) == "Kim's e-mail"
    assert found[0].spans.tolist() == [[0, 12], [23, 35]]
    assert texts_of(nutgraf.keyphrases("The ships were Kim's.", lang='en'))[-1] == 'Kim'


def test_link_words():
    text = "Le ministre de la Santé est venu. Selon le ministre de la Santé, l'été sera long."
    assert 'ministre de la Santé' in texts_of(nutgraf.keyphrases(text, lang='fr'))
    assert not any(' of ' in p.text for p in nutgraf.keyphrases('The port of Calder. The port of Calder.', lang='en'))


def test_a_wrapped_phrase_is_verbatim():
    text = 'Nobody crossed the harbour\nbridge, since the harbour bridge had been closed.'
    best = nutgraf.keyphrases(nutgraf.Document.from_sentences([text], lang='en'))[0]
    assert best.text == 'harbour\nbridge'
    assert str(best) == 'harbour bridge'
    assert repr(best).startswith("<Keyphrase: 'harbour bridge', 2 times, score ")


def test_scripts_without_spaces_and_without_case():
    chinese = '人工智能改变世界。人工智能的研究在中国发展。研究人工智能的人很多。'
    found = nutgraf.keyphrases(chinese)
    check(chinese, found)
    assert found
    assert any('人工智能' in p.text for p in found)
    # A space parts phrases there.
    parted = nutgraf.keyphrases('人工智能 研究', lang='zh')
    assert all(' ' not in p.text for p in parted)
    for text in ('ภาษาไทยเป็นภาษาที่สวยงาม ภาษาไทยมีเสียงวรรณยุกต์', 'النهر الكبير يجف. النهر الكبير في الشمال.'):
        check(text, nutgraf.keyphrases(text))


def test_code_points():
    text = '\U0001f600 Der Große Hafen schloss. Der Große Hafen versandet.'
    found = nutgraf.keyphrases(text, lang='de')
    check(text, found)
    assert {p.text for p in found[:2]} == {'Hafen', 'Große Hafen'}
    assert found[0].spans.shape == (2, 2)


def without_credit(text):
    return [p.text for p in nutgraf.keyphrases(text)]


def test_furniture_changes_little(railway):
    best = without_credit(railway)
    caption = '\n\nA train of the valley line waits for the signal [Jo Marlow/NPA]'
    for noise in (caption + caption, '\n\nRead more: The best trains of the year', '\n\n' + railway):
        assert len(set(best) & set(without_credit(railway + noise))) >= 9


def test_only_furniture_is_read():
    caption = 'A crane in the harbour [Jo Marlow/NPA]'
    doc = nutgraf.segment(caption)
    assert {b.role for b in doc.blocks} <= UNREAD
    assert nutgraf.keyphrases(doc)


def test_ready_sentences():
    doc = nutgraf.Document.from_words(
        [['Kim', "'s", 'harbour', 'bridge', 'closed'], ['The', 'harbour', 'bridge']], lang='en'
    )
    found = nutgraf.keyphrases(doc)
    assert found[0].text == 'harbour bridge'
    check(doc.text, found)


def test_pickle_and_hash():
    found = nutgraf.keyphrases('Der Große Hafen schloss. Der Große Hafen versandet.')
    copies = pickle.loads(pickle.dumps(found))
    assert copies == found
    assert len({*copies, *found}) == len(found)
    assert found[0] != found[1]
    assert found[0] != found[0].text
    assert not found[0].spans.flags.writeable


def test_errors():
    for top in (0, -1):
        with pytest.raises(nutgraf.NutgrafError, match=f'top is {top}; it must be 1 or more'):
            nutgraf.keyphrases('The harbour closed.', top=top)
        for texts in ([], ['The harbour closed.']):
            with pytest.raises(nutgraf.NutgrafError, match=f'top is {top}'):
                nutgraf.keyphrases_many(texts, top=top, errors='return')
    with pytest.raises(nutgraf.NutgrafError, match='unknown language'):
        nutgraf.keyphrases('The harbour closed.', lang='xx')
    with pytest.raises(nutgraf.NutgrafError, match='lang is given with a Document'):
        nutgraf.keyphrases(nutgraf.segment('The harbour closed.'), lang='en')
    with pytest.raises(TypeError, match=r'keyphrases takes a str or a Document, not list; .*call keyphrases_many'):
        nutgraf.keyphrases(['The harbour closed.'])
    with pytest.raises(TypeError, match=r'not one str; call keyphrases$'):
        nutgraf.keyphrases_many('The harbour closed.')
    with pytest.raises(nutgraf.NutgrafError, match='surrogate at index 1'):
        nutgraf.keyphrases('a\ud800')
    texts = ['The harbour closed.', None, 'a\ud800', 3]
    with pytest.raises(nutgraf.NutgrafError, match='text 1 is missing'):
        nutgraf.keyphrases_many(texts)
    with pytest.raises(nutgraf.NutgrafError, match=r'text 1: .*surrogate'):
        nutgraf.keyphrases_many(texts[::2])
    first, second, third, fourth = nutgraf.keyphrases_many(texts, errors='return')
    assert texts_of(first)
    assert second is None
    assert (third.kind, third.offset, str(third)[:8]) == ('invalid_text', 1, 'text 2: ')
    assert isinstance(fourth, TypeError)


def test_progress():
    steps = []
    nutgraf.keyphrases_many(['The harbour closed.'] * 5, progress=lambda *step: steps.append(step))
    assert steps[-1] == (5, 5)
