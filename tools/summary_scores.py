"""How good summaries are, as tables: ROUGE, what dangles and what is said twice, for nutgraf and its peers.

ROUGE F1, the best over the references, by nutgraf.rouge: with stems for Latin scripts, as google's rouge-score has it;
by words of every script for the others. The trained default is measured by cross-validation where it learned from a
set: each article is chosen from by weights that did not see it (train_salience.py).
"""

import collections
import json
import random
import re

import bench
import evaluation_data
import numpy as np
import train_salience

import nutgraf
from nutgraf import _core

KINDS = ('rouge1', 'rouge2', 'rougeLsum')
# What is read of each set, and the sets that are compared at three sentences.
MOST_DOCUMENTS = 200
OF_THREE = ('cnndm_val1000', 'bbc_news_summary', 'indonesian1000', 'norsumm')
SETS = (*train_salience.SETS, *train_salience.MEASURED, 'squality')
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


def peers(lang):
    """Functions of (text, sentences of nutgraf) to three sentences, of what is installed."""
    draw = random.Random(0)
    found = {'random': lambda _, sentences: sorted(draw.sample(sentences, min(3, len(sentences))), key=sentences.index)}
    try:
        import lede
    except ImportError:
        pass
    else:
        found['lede'] = lambda text, sentences: [
            lede.summarize(text, max_length=max(1, len(' '.join(sentences[:3])))).summary
        ]
    try:
        from summa import summarizer as summa
    except ImportError:
        pass
    else:
        # It has no number of sentences: the first three that it ranks.
        found['summa TextRank'] = lambda text, _: summa_three(summa, text)
    try:
        from sumy.nlp.stemmers import Stemmer
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.summarizers import lex_rank, lsa, luhn, sum_basic, text_rank
        from sumy.utils import get_stop_words
    except ImportError:
        return found
    kinds = {
        'sumy LexRank': lex_rank.LexRankSummarizer,
        'sumy TextRank': text_rank.TextRankSummarizer,
        'sumy Luhn': luhn.LuhnSummarizer,
        'sumy LSA': lsa.LsaSummarizer,
        'sumy SumBasic': sum_basic.SumBasicSummarizer,
    }
    for name, kind in kinds.items():
        # Its SumBasic fails with a stemmer.
        summarizer = kind(Stemmer('english')) if lang == 'en' and name != 'sumy SumBasic' else kind()
        if lang == 'en':
            summarizer.stop_words = get_stop_words('english')
        found[name] = lambda text, _, summarizer=summarizer: [
            str(s) for s in summarizer(PlaintextParser.from_string(text, bench.RegexTokenizer()).document, 3)
        ]
    return found


def summa_three(summa, text):
    """Of summa's scored sentences the best three, in the order of the text."""
    try:
        ranked = summa.summarize(text, ratio=1.0, split=True, scores=True)
    except ValueError:  # it fails on texts of one sentence
        return []
    best = sorted(ranked, key=lambda pair: -pair[1])[:3]
    return [s for s, _ in ranked if any(s is b for b, _ in best)]


class Trained:
    """The trained default, by weights that did not see the article."""

    def __init__(self, data):
        self.sets = {n: list(train_salience.articles_of(n, data)) for n in train_salience.SETS}
        self.trees = [train_salience.train(self.sets, held) for held in range(train_salience.FOLDS)]

    def summaries(self, name, articles, budget_of):
        for i, article in enumerate(articles):
            budget = budget_of(article)
            if name not in self.sets:
                yield nutgraf.summarize(article.document, **budget)
                continue
            known = budget
            if budget == {'sentences': 'auto'}:
                known = {'words': sum(_core.auto_length(article.words)) / 2}
            salience = train_salience.apply(self.trees[i % train_salience.FOLDS], article.features(known))
            yield nutgraf.select(article.document, salience, **budget)


def table_line(name, system, scores, lead, summaries, articles):
    """A line of a table: means, the gain over lead with its interval, what dangles and what is said twice."""
    gain = scores[:, 0] - lead[:, 0]
    low, high = nutgraf.bootstrap_interval(gain)
    dangling = [dangles(a.document.text, s) for a, s in zip(articles, summaries, strict=True)]
    twice = [len(set(s)) < len(s) for s in summaries]
    cells = [name, len(articles), system, *(f'{m:.2f}' for m in scores.mean(axis=0)), f'{gain.mean():+.2f}']
    cells += [f'{low:+.2f} to {high:+.2f}', f'{100 * np.mean(dangling):.1f}', f'{100 * np.mean(twice):.1f}']
    return '| ' + ' | '.join(map(str, cells)) + ' |'


HEAD = (
    '| set | documents | system | R1 | R2 | RLsum | R1 over lead | 95 % | dangling % | twice % |\n' + '|---' * 10 + '|'
)


def summary_tables(data):
    """The tables of summaries: at three sentences with peers, at the references' length, of auto, of stories."""
    trained = Trained(data)
    articles_of = {
        name: [variants[0] for variants in trained.sets.get(name) or train_salience.articles_of(name, data)][
            :MOST_DOCUMENTS
        ]
        for name in SETS
    }
    yield '## Summaries of three sentences\n'
    yield (
        f'The first {MOST_DOCUMENTS} documents of each set. "default" is measured by cross-validation; "oracle" is the '
        'greedy choice that sees the references. Dangling: summaries with a sentence that opens with a pronoun or a '
        'connective while the one before it is not chosen; "mix, may dangle" takes the best three by salience whatever '
        'they open with. Twice: summaries with the same sentence twice. lede gets the characters of the first three '
        'sentences.\n'
    )
    yield HEAD
    three = {'sentences': 3}
    for name in OF_THREE:
        articles = articles_of[name]
        chosen = collections.defaultdict(list)
        chosen['default'] = [[x.text for x in s] for s in trained.summaries(name, articles, lambda _: three)]
        others = peers(articles[0].lang)
        for article in articles:
            document, sentences = article.document, [s.text for s in article.document.sentences]
            for method in nutgraf.METHODS[2:]:
                chosen[method].append([s.text for s in nutgraf.summarize(document, method=method)])
            for strategy in ('mmr', 'coverage', 'concepts'):
                summary = nutgraf.summarize(document, method='mix', strategy=strategy)
                chosen[f'mix, {strategy}'].append([s.text for s in summary])
            chosen['mix, may dangle'].append(best_three(nutgraf.summarize(document, method='mix')))
            chosen['oracle'].append([s.text for s in nutgraf.oracle(document, article.references, **article.rouge)])
            for peer, call in others.items():
                chosen[peer].append(call(document.text, sentences))
        lead = scores_of(articles, chosen['lead'])
        for system, summaries in chosen.items():
            yield table_line(name, system, scores_of(articles, summaries), lead, summaries, articles)
    for title, budget_of in (
        ('As long as the first reference, in words', lambda a: {'words': a.reference_words[0]}),
        ("Auto: the default's own length; the others take three sentences", lambda _: {'sentences': 'auto'}),
    ):
        yield f'\n## {title}\n'
        yield HEAD
        for name in SETS:
            articles = articles_of[name]
            chosen = {'default': [[x.text for x in s] for s in trained.summaries(name, articles, budget_of)]}
            for method in ('mix', 'lead', 'centroid', 'lexrank'):
                budgets = [budget_of(a) for a in articles]
                fair = [three if b == {'sentences': 'auto'} else b for b in budgets]
                chosen[method] = [
                    [s.text for s in nutgraf.summarize(a.document, method=method, **b)]
                    for a, b in zip(articles, fair, strict=True)
                ]
            lead = scores_of(articles, chosen['lead'])
            for system, summaries in chosen.items():
                yield table_line(name, system, scores_of(articles, summaries), lead, summaries, articles)
    yield from story_table(data)
    yield from rouge_lines(data)


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
