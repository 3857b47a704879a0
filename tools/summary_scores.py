"""How good summaries are, as tables: ROUGE, what dangles and what is said twice, for nutgraf and its peers.

ROUGE F1, the best over the references, by nutgraf.rouge: with stems for Latin scripts, as google's rouge-score has it;
by words of every script for the others. The trained default is measured by cross-validation where it learned from a
set: each article is chosen from by weights that did not see it (train_salience.py).
"""

import collections
import json
import random
import re
from typing import NamedTuple

import bench
import evaluation_data
import keyphrase_scores
import numpy as np
import train_salience

import nutgraf
from nutgraf import _core

KINDS = ('rouge1', 'rouge2', 'rougeLsum')
# What is read of each set, and the sets that are compared at three sentences.
MOST_DOCUMENTS = 200
OF_THREE = ('cnndm_val1000', 'bbc_news_summary', 'indonesian1000', 'norsumm')
SETS = (*train_salience.SETS, *train_salience.MEASURED, 'squality')
# Peers that compare all pairs of sentences are not asked for these.
TOO_LONG_FOR_PEERS = ('squality',)
STORIES = ('multinews300', 'rpm2_fr', 'vietnamese_mds')
LATIN = ('en', 'id', 'nb', 'nn')
# Words that, opening a sentence, point back; a list apart from the one that nutgraf chooses by.
OPENERS = frozenset(
    [
        *('he', 'she', 'they', 'it', 'his', 'her', 'its', 'their', 'this', 'these', 'that', 'those', 'him', 'them'),
        *('but', 'however', 'and', 'so', 'also', 'meanwhile', 'then', 'still', 'yet', 'nevertheless'),
    ]
)


def scores_of(articles, summaries):
    """ROUGE of KINDS in 0..100, a row a summary, which is a list of sentences."""
    is_latin = articles[0].lang in LATIN
    found = nutgraf.rouge_many(
        ['\n'.join(s) for s in summaries],
        [a.references for a in articles],
        types=KINDS,
        use_stemmer=is_latin,
        tokens='ascii' if is_latin else 'unicode',
    )
    return 100 * np.stack([found[kind][:, 2] for kind in KINDS], axis=1)


def dangles(text, chosen):
    """Whether a sentence opens with a word that points back, and the one before it is not chosen."""
    before = 0
    for sentence in chosen:
        at = text.find(sentence)
        opener = re.findall(r'\w+', sentence.lower())[:1]
        if opener and opener[0] in OPENERS and at - before > 3:
            return True
        before = at + len(sentence)
    return False


def best_three(summary):
    """The most salient sentences that compete, in the order of the text."""
    competing = [s for s in summary.all_sentences if s.reason not in ('role', 'duplicate')]
    best = sorted(competing, key=lambda s: (-s.salience, s.index))[:3]
    return [s.text for s in sorted(best, key=lambda s: s.index)]


def first_that_fit(ranked, budget, text_of=str):
    """Of a list, best first, those that a number of sentences or of words allows."""
    chosen, words = [], 0
    for item in ranked:
        size = len(text_of(item).split())
        if len(chosen) >= budget.get('sentences', len(ranked)) or words + size > budget.get('words', words + size):
            continue
        chosen.append(item)
        words += size
    return chosen


def in_order(chosen, sentences):
    """Sentences in the order in which they stand in a list."""
    return sorted(chosen, key=sentences.index)


def peers(articles, absent):
    """Functions of (text, sentences of nutgraf, budget) to sentences, of what is installed; names the others."""
    lang = articles[0].lang
    draw = random.Random(0)
    found = {
        'random': lambda _, sentences, budget: in_order(
            first_that_fit(draw.sample(sentences, len(sentences)), budget), sentences
        )
    }
    for name, make in (
        ('lede', lede_peer),
        ('summa', summa_peer),
        ('lexrank', lexrank_peer),
        ('sumy', sumy_peers),
        ('pytextrank', pytextrank_peer),
    ):
        try:
            found |= make(articles, lang)
        except ImportError as error:
            absent.add(f'{name} ({error})')
    return found


def lede_peer(_articles, _lang):
    """Lede takes characters: those of the first sentences, or words, that the budget allows."""
    import lede

    def call(text, sentences, budget):
        allowed = sentences[: budget['sentences']] if 'sentences' in budget else text.split()[: budget['words']]
        return [lede.summarize(text, max_length=max(1, len(' '.join(allowed)))).summary]

    return {'lede': call}


def summa_peer(_articles, _lang):
    """Summa has no number of sentences: the first that it ranks."""
    from summa import summarizer

    def call(text, _, budget):
        try:
            ranked = summarizer.summarize(text, ratio=1.0, split=True, scores=True)
        except ValueError:  # it fails on texts of one sentence
            return []
        best = first_that_fit(sorted(ranked, key=lambda pair: -pair[1]), budget, lambda pair: pair[0])
        return [pair[0] for pair in ranked if any(pair is b for b in best)]

    return {'summa TextRank': call}


def lexrank_peer(articles, _lang):
    """The package lexrank takes document frequencies from a corpus, here all texts of the set, and sentences."""
    from lexrank import LexRank

    ranker = LexRank([[s.text for s in a.document.sentences] for a in articles])

    def call(_, sentences, budget):
        if len(sentences) < 2:
            return list(sentences)
        scores = ranker.rank_sentences(sentences, threshold=None, fast_power_method=True)
        ranked = [sentences[i] for i in np.argsort(-scores, kind='stable')]
        return in_order(first_that_fit(ranked, budget), sentences)

    return {'lexrank (PyPI)': call}


def sumy_peers(_articles, lang):
    """Sumy's summarizers, on sentences and words of regular expressions."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers import lex_rank, lsa, luhn, sum_basic, text_rank
    from sumy.utils import get_stop_words

    found = {}
    for name, kind in {
        'sumy LexRank': lex_rank.LexRankSummarizer,
        'sumy TextRank': text_rank.TextRankSummarizer,
        'sumy Luhn': luhn.LuhnSummarizer,
        'sumy LSA': lsa.LsaSummarizer,
        'sumy SumBasic': sum_basic.SumBasicSummarizer,
    }.items():
        # Its SumBasic fails with a stemmer.
        summarizer = kind(Stemmer('english')) if lang == 'en' and name != 'sumy SumBasic' else kind()
        if lang == 'en':
            summarizer.stop_words = get_stop_words('english')

        def call(text, _, budget, summarizer=summarizer):
            document = PlaintextParser.from_string(text, bench.RegexTokenizer()).document
            fits = lambda ranked: first_that_fit(ranked, budget, lambda info: str(info.sentence))  # noqa: E731
            return [str(s) for s in summarizer(document, fits)]

        found[name] = call
    return found


def pytextrank_peer(_articles, lang):
    """TextRank over the phrases that spaCy finds, where there is a model of the language."""
    import pytextrank  # noqa: F401  registers itself with spaCy

    model = keyphrase_scores.spacy_model(lang)
    if model is None:
        raise ImportError(f'no spaCy model of {lang}')
    if 'textrank' not in model.pipe_names:
        model.add_pipe('textrank')

    def call(text, _, budget):
        document = model(text)
        ranked = list(document._.textrank.summary(limit_phrases=15, limit_sentences=len(list(document.sents))))
        best = first_that_fit(ranked, budget, lambda span: span.text)
        return [span.text.strip() for span in sorted(best, key=lambda span: span.start)]

    return {'pytextrank': call}


class Trained:
    """The trained default, by weights that did not see the article."""

    def __init__(self, data):
        self.sets = {n: list(train_salience.articles_of(n, data)) for n in train_salience.SETS}
        self.trees = [train_salience.train(self.sets, held) for held in range(train_salience.FOLDS)]

    def summaries(self, name, articles, budget_of):
        for i, article in enumerate(articles):
            budget = budget_of(article)
            default = nutgraf.summarize(article.document, **budget)
            if name not in self.sets or default.method == 'mix':
                yield default
                continue
            known = budget
            if budget == {'sentences': 'auto'}:
                known = {'words': sum(_core.auto_length(article.words)) / 2}
            salience = train_salience.apply(self.trees[i % train_salience.FOLDS], article.features(known))
            yield nutgraf.select(article.document, salience, **budget)


def places_of(articles, summaries):
    """The shares of chosen sentences whose first character stands in each tenth of its text."""
    counts = np.zeros(10)
    for article, chosen in zip(articles, summaries, strict=True):
        text = article.document.text
        for sentence in chosen:
            at = text.find(sentence)
            if at >= 0:
                counts[min(9, 10 * at // len(text))] += 1
    return (counts / max(1, counts.sum())).tolist()


class Record(NamedTuple):
    """What a line of a table says, for plots."""

    section: str
    set: str
    system: str
    gain: float
    low: float
    high: float
    places: list[float]


def table_line(section, name, system, articles, summaries, lead, records):
    """A line of a table: means, the gain over lead with its interval, what dangles and what is said twice."""
    scores = scores_of(articles, summaries)
    gain = scores[:, 0] - lead[:, 0]
    low, high = nutgraf.bootstrap_interval(gain)
    dangling = [dangles(a.document.text, s) for a, s in zip(articles, summaries, strict=True)]
    twice = [len(set(s)) < len(s) for s in summaries]
    records.append(Record(section, name, system, gain.mean(), low, high, places_of(articles, summaries)))
    cells = [name, len(articles), system, *(f'{m:.2f}' for m in scores.mean(axis=0)), f'{gain.mean():+.2f}']
    cells += [f'{low:+.2f} to {high:+.2f}', f'{100 * np.mean(dangling):.1f}', f'{100 * np.mean(twice):.1f}']
    return '| ' + ' | '.join(map(str, cells)) + ' |'


HEAD = (
    '| set | documents | system | R1 | R2 | RLsum | R1 over lead | 95 % | dangling % | twice % |\n' + '|---' * 10 + '|'
)
THREE = {'sentences': 3}


def of_every_system(name, articles, budget_of, trained, absent):
    """The sentences that each system chooses of each article, by system."""
    budgets = [budget_of(a) for a in articles]
    chosen = collections.defaultdict(list)
    chosen['default'] = [[x.text for x in s] for s in trained.summaries(name, articles, budget_of)]
    others = {} if name in TOO_LONG_FOR_PEERS else peers(articles, absent)
    for article, budget in zip(articles, budgets, strict=True):
        document, sentences = article.document, [s.text for s in article.document.sentences]
        for method in nutgraf.METHODS[2:]:
            chosen[method].append([s.text for s in nutgraf.summarize(document, method=method, **budget)])
        for strategy in ('mmr', 'coverage', 'concepts'):
            summary = nutgraf.summarize(document, method='mix', strategy=strategy, **budget)
            chosen[f'mix, {strategy}'].append([s.text for s in summary])
        if budget == THREE:
            chosen['mix, may dangle'].append(best_three(nutgraf.summarize(document, method='mix')))
        most = max(1, len(chosen['lead'][-1]))
        best = nutgraf.oracle(document, article.references, sentences=most, **article.rouge)
        chosen['oracle'].append([s.text for s in best])
        for peer, call in others.items():
            chosen[peer].append(call(document.text, sentences, budget))
    return chosen


def summary_tables(data, records):
    """The tables of summaries: three sentences, the references' length, auto, stories; fills a list of Record."""
    trained = Trained(data)
    articles_of = {
        name: [variants[0] for variants in trained.sets.get(name) or train_salience.articles_of(name, data)][
            :MOST_DOCUMENTS
        ]
        for name in SETS
    }
    absent = set()
    for section, sets, budget_of, told in (
        (
            'Summaries of three sentences',
            OF_THREE,
            lambda _: THREE,
            f'The first {MOST_DOCUMENTS} documents of each set. "default" is measured by cross-validation; "oracle" is '
            'the greedy choice that sees the references, of as many sentences as lead has. Dangling: summaries with a '
            'sentence that opens with a pronoun or a connective while the one before it is not chosen; "mix, may '
            'dangle" takes the best three by salience whatever they open with. Twice: summaries with the same sentence '
            'twice. lede gets the characters of the first three sentences.\n',
        ),
        (
            'As long as the first reference, in words',
            SETS,
            lambda a: {'words': a.reference_words[0]},
            'Peers take their sentences best first, as long as they fit.\n',
        ),
    ):
        yield f'\n## {section}\n'
        yield told
        yield HEAD
        for name in sets:
            articles = articles_of[name]
            chosen = of_every_system(name, articles, budget_of, trained, absent)
            lead = scores_of(articles, chosen['lead'])
            for system, summaries in chosen.items():
                yield table_line(section, name, system, articles, summaries, lead, records)
    yield from (f'\nskipped: {peer} is not installed' for peer in sorted(absent))
    yield from auto_table(articles_of, trained, records)
    yield from story_table(data)
    yield from rouge_lines(data)


def auto_table(articles_of, trained, records):
    """The length that the default finds by itself beside three sentences."""
    section = "Auto: the default's own length; the others take three sentences"
    yield f'\n## {section}\n'
    yield HEAD
    for name, articles in articles_of.items():
        auto = trained.summaries(name, articles, lambda _: {'sentences': 'auto'})
        chosen = {'default': [[x.text for x in s] for s in auto]}
        for method in ('mix', 'lead', 'centroid', 'lexrank'):
            chosen[method] = [[s.text for s in nutgraf.summarize(a.document, method=method)] for a in articles]
        lead = scores_of(articles, chosen['lead'])
        for system, summaries in chosen.items():
            yield table_line(section, name, system, articles, summaries, lead, records)


def story_table(data):
    """Several texts of one story, as long as the first reference."""
    yield '\n## Stories of several texts, as long as the first reference, in words\n'
    yield '| set | stories | system | R1 | R2 | RLsum |\n|---|---|---|---|---|---|'
    for name in STORIES:
        rows = evaluation_data.records(data / 'summarize' / f'{name}.jsonl.xz')[:MOST_DOCUMENTS]
        rows = [r for r in rows if any(text.strip() for text in r['docs'])]
        is_latin = rows[0]['lang'] in (*LATIN, 'fr')
        chosen = collections.defaultdict(list)
        for row in rows:
            documents = [nutgraf.segment(text) for text in row['docs'] if text.strip()]
            words = len(row['summaries'][0].split())
            for method in ('default', 'lead', 'centroid', 'lexrank'):
                summary = nutgraf.summarize_together(documents, words=words, method=method)
                chosen[method].append(str(summary))
            digest = nutgraf.Digest()
            for document in documents:
                digest.add(document)
            chosen['Digest'].append(str(digest.summarize(words=words)))
        references = [['\n'.join(map(str, nutgraf.segment(r).sentences)) for r in row['summaries']] for row in rows]
        for system, summaries in chosen.items():
            scores = nutgraf.rouge_many(
                summaries,
                references,
                types=KINDS,
                use_stemmer=is_latin,
                tokens='ascii' if is_latin else 'unicode',
            )
            means = [f'{100 * scores[kind][:, 2].mean():.2f}' for kind in KINDS]
            yield f'| {name} | {len(rows)} | {system} | ' + ' | '.join(means) + ' |'


def rouge_lines(data):
    """How far ROUGE is from what ROUGE-1.5.5 gives for pairs of texts, which it prints with five digits."""
    folder = data / 'rouge'
    expected = json.loads((folder / 'expected.json').read_text())
    predictions, targets = ((folder / f'{kind}.txt').read_text() for kind in ('prediction', 'target'))
    texts = {
        f'line{i}': pair for i, pair in enumerate(zip(predictions.splitlines(), targets.splitlines(), strict=True))
    }
    texts['multi0'] = tuple((folder / f'{kind}_multi.0.txt').read_text() for kind in ('prediction', 'target'))
    differences = []
    for name, (prediction, target) in texts.items():
        for kind, theirs in expected[name].items():
            rouge = kind.removesuffix('_stem')
            ours = nutgraf.rouge(prediction, target, types=[rouge], use_stemmer=kind != rouge)[rouge]
            differences += [abs(a - b) for a, b in zip(ours, theirs, strict=True)]
    yield '\n## ROUGE beside ROUGE-1.5.5\n'
    yield f'{len(differences)} figures of published examples; the largest difference is {max(differences):.6f}.'
