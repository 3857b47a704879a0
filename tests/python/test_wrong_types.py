"""An argument of a type that is of no use is named, with what it must be."""

import types

import pytest

import nutgraf

TEXT = 'Red birds sing. Blue fish swim in the sea. Green frogs jump over logs. Grey mice hide.'
ROWS = nutgraf.TfidfVectorizer().fit_transform([TEXT, 'Blue fish hide.'])
HUGE = 2**70
IS_WRONG = r'^{} is .*; it must be (a|an) (str|int|number|bool|sequence|mapping|array|date)'
INTS = ('a', 2.5, [], {}, b'2', HUGE)
NUMBERS = ('a', [], {}, None)
STRINGS = (3, [], object())

WRONG = [
    *((nutgraf.summarize, 'words', w) for w in INTS),
    *((nutgraf.summarize, 'sentences', w) for w in (2.5, [], {}, HUGE)),
    *((nutgraf.summarize, name, 'a') for name in ('chars', 'bytes', 'ratio', 'seconds', 'tokens', 'min_length')),
    *((nutgraf.summarize, name, 3) for name in ('method', 'strategy', 'query', 'lang', 'role_weights')),
    (nutgraf.summarize, 'position_weights', 'half'),
    (nutgraf.summarize, 'headings', 'no'),
    (nutgraf.summarize, 'vectors', 'of words'),
    (nutgraf.summarize, 'max_length', HUGE),
    (nutgraf.summarize, 'query', '\ud800'),
    *((nutgraf.salience, name, w) for name in ('damping', 'threshold', 'share') for w in NUMBERS),
    *((nutgraf.salience, name, w) for name in ('max_neighbors', 'max_postings') for w in INTS),
    *((nutgraf.salience, name, w) for name in ('method', 'lang') for w in STRINGS),
    *((nutgraf.keyphrases, 'top', w) for w in INTS),
    (nutgraf.keyphrases, 'lang', 3),
    *((nutgraf.segment, 'lang', w) for w in STRINGS),
    (nutgraf.segment, 'boundary_threshold', 'a'),
]


@pytest.mark.parametrize(('function', 'name', 'wrong'), WRONG)
def test_of_a_text(function, name, wrong):
    with pytest.raises(TypeError, match=IS_WRONG.format(name)):
        function(TEXT, **{name: wrong})


@pytest.mark.parametrize(
    ('name', 'call'),
    [
        ('top', lambda: nutgraf.keyphrases_many([TEXT], top='a')),
        ('lang', lambda: nutgraf.keyphrases_many([TEXT], lang=3)),
        ('threads', lambda: nutgraf.keyphrases_many([TEXT], threads='a')),
        ('threads', lambda: nutgraf.summarize_many([TEXT], threads=HUGE)),
        ('output', lambda: nutgraf.summarize_many([TEXT], output=3)),
        ('output', lambda: list(nutgraf.summarize_iter([TEXT], output=3))),
        ('words', lambda: nutgraf.summarize_many([TEXT], words='a')),
        ('words', lambda: nutgraf.summarize_together([TEXT, TEXT], words='a')),
        ('words', lambda: nutgraf.summarize(TEXT).resize(words='a')),
        ('sentences', lambda: nutgraf.summarize(TEXT).resize(sentences=2.5)),
        ('index', lambda: nutgraf.summarize(TEXT).explain('a')),
        ('sentences', lambda: nutgraf.Document.from_sentences([3])),
        ('sentences', lambda: nutgraf.Document.from_words([[3]])),
        ('pool', lambda: nutgraf.Digest(pool='a')),
        ('date', lambda: nutgraf.Digest().add(TEXT, date=2.5)),
        ('date', lambda: nutgraf.Digest().add(TEXT, date=HUGE)),
        ('since', lambda: nutgraf.Digest().update(since=2.5)),
        ('k1', lambda: nutgraf.BM25Transformer(k1='a').fit_transform(ROWS)),
        ('norm', lambda: nutgraf.TfidfTransformer(norm=3).fit_transform(ROWS)),
        ('use_idf', lambda: nutgraf.TfidfTransformer(use_idf='no').fit_transform(ROWS)),
        ('sentences', lambda: nutgraf.oracle(TEXT, [TEXT], sentences='a')),
        ('exact', lambda: nutgraf.oracle(TEXT, [TEXT], exact='yes')),
        ('lang', lambda: nutgraf.oracle(TEXT, [TEXT], lang=3)),
        ('level', lambda: nutgraf.bootstrap_interval([1.0, 2.0], level='a')),
        ('samples', lambda: nutgraf.bootstrap_interval([1.0, 2.0], samples='a')),
        ('types', lambda: nutgraf.rouge(TEXT, TEXT, types=[3])),
        ('max_words', lambda: nutgraf.rouge(TEXT, TEXT, max_words='a')),
        ('methods', lambda: nutgraf.evaluate([TEXT], [TEXT], methods=[3])),
        ('threshold', lambda: nutgraf.similarity(ROWS, threshold='a')),
        ('max_pairs', lambda: nutgraf.similarity(ROWS, max_pairs='a')),
        ('n_features', lambda: nutgraf.HashingVectorizer(n_features='a').transform([TEXT])),
        ('max_features', lambda: nutgraf.CountVectorizer(max_features=HUGE).fit([TEXT])),
        ('vocabulary', lambda: nutgraf.CountVectorizer(vocabulary=[3]).fit([TEXT])),
    ],
)
def test_of_others(name, call):
    with pytest.raises(TypeError, match=IS_WRONG.format(name)):
        call()


def test_what_is_long_is_not_shown():
    with pytest.raises(TypeError) as caught:
        nutgraf.keyphrases(TEXT, top=TEXT * 100)
    assert str(caught.value) == 'top is a value of type str; it must be an int'
    with pytest.raises(TypeError, match=r'^must_include has a value of type str; each is'):
        nutgraf.summarize(TEXT, must_include=[TEXT * 100])


def test_a_mapping_need_be_no_dict():
    weights = types.MappingProxyType({'body': 0.5})
    assert nutgraf.summarize(TEXT, role_weights=weights) == nutgraf.summarize(TEXT, role_weights=dict(weights))


@pytest.mark.parametrize(
    ('message', 'call'),
    [
        ('texts are several', lambda: nutgraf.evaluate(TEXT, [TEXT])),
        ('references are several', lambda: nutgraf.evaluate([TEXT], TEXT)),
        ('texts are several', lambda: nutgraf.Summarizer().fit(TEXT, [TEXT])),
        ('predictions are several', lambda: nutgraf.rouge_many(TEXT, [TEXT])),
        ('references are several', lambda: nutgraf.rouge_many([TEXT], TEXT)),
        ('text 1 is no str', lambda: nutgraf.summarize_together([TEXT, None])),
    ],
)
def test_of_several_texts(message, call):
    with pytest.raises(TypeError, match=message):
        call()
