#!/usr/bin/env python3
"""Trains the salience of sentences, and writes it as text.

usage: train_salience.py [--evaluate] [--data DIR] [--output FILE.txt]

--evaluate   cross-validates instead: ten parts of each set, each chosen from by weights that saw the others;
             prints the gains in ROUGE over the methods lead and lexrank, at three sentences, auto and the words of the
             first reference

A sentence is to be told from its features (cpp/src/salience/sentence_features.h, made by the installed package):
whether the greedy oracle of its text takes it, at three sentences (news of one reference) and at the length of the
references. How long the summary is to be, as a share of the text, is a feature. Articles of the sets that have titles
are learned from with and without. lightgbm finds the splits, on one thread, with fixed seeds: the same data gives the
same file. Nothing is kept of the words of the texts: all values are countable.

Learned from: the sets of SETS, whose licence allows weights of countable features.
"""

import argparse
import pathlib
import statistics
import string
import warnings

import evaluation_data
import lightgbm
import numpy as np

import nutgraf
from nutgraf import _core

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The sets that are learned from, and what an article of theirs weighs.
SETS = {
    'cnndm_val1000': 1.5,
    'bbc_news_summary': 1.25,
    'indonesian1000': 1.0,
    'norsumm': 1.0,
    'aclsum250': 1.0,
    'scitldr_a_dev': 0.5,
    'ru_sci480': 1.0,
    'easc_ar': 2.0,
    'bnlpc_bn': 1.0,
}
# Read for --evaluate alone.
MEASURED = ('turkish_ext', 'scinews_ko50')
# News that is learned from at three sentences too.
OF_THREE = ('cnndm_val1000', 'indonesian1000', 'norsumm')
FOLDS = 10
UNIT = 1024  # of log-odds
# What a reader is told about: the features that belong together. The last one also has what is the same for all.
GROUPS = {
    'position': ('lead', 'place', 'depth', 'opens_block'),
    'length': ('size', 'size_to_mean'),
    'frequency': ('frequency', 'term_frequency', 'centroid', 'rarity'),
    'likeness': ('forward', 'backward', 'to_first', 'to_lead'),
    'headline': ('headline',),
    'wording': ('stop_share', 'capital_share', 'number_share', 'is_quoting', 'is_question'),
    'text': ('share', 'sentences'),
}
PARAMETERS = {
    'objective': 'binary',
    'num_leaves': 31,
    'max_depth': 5,
    'learning_rate': 0.075,
    'min_data_in_leaf': 100,
    'lambda_l2': 20,
    'feature_fraction': 0.8,
    'bagging_fraction': 0.7,
    'bagging_freq': 1,
    'max_bin': 63,
    'seed': 1,
    'deterministic': True,
    'force_row_wise': True,
    'num_threads': 1,
    'verbose': -1,
}
TREES = 200
# Set by hand, as it costs no ROUGE: what has fewer than five words (ln(1 + 4) / 4 = 0.402, ln(1 + 5) / 4 = 0.448) is a
# label or half a sentence, and a question is not what a summary is to say, though an oracle takes both now and then.
FRAGMENTS = (0, _core.SENTENCE_FEATURES.index('size'), 0.425, (-UNIT,), (0,))
QUESTIONS = (0, _core.SENTENCE_FEATURES.index('is_question'), 0.5, (0,), (-UNIT,))
# Columns of the features that are learned from.
LEARNED = [i for i, name in enumerate(_core.SENTENCE_FEATURES) if name != 'is_question']
HEADER = """# Weights of the salience of sentences (see cpp/src/salience/sentence_model.h).
# Made by tools/train_salience.py, which says from what; not to be edited. Values are log-odds in 1/1024.
#   group NAME<TAB>FEATURE...     features that make up a part of a score
#   bounds LETTER FEATURE BOUND.. what a feature is compared with, numbered from 0
#   tree NODE                     NODE is VALUE. (a leaf), or VALUE BOUND NODE NODE, such as `-2034 c17 NODE NODE`: the
#                                 second node where the feature c exceeds its bound 17; VALUE is what the tree gives on
#                                 the mean below it
"""


class Article:
    """A text with its references; `title` goes before it."""

    def __init__(self, record, title=''):
        self.document = nutgraf.segment(f'{title}\n\n{record["text"]}' if title else record['text'])
        self.lang = record['lang']
        self.references = ['\n'.join(map(str, nutgraf.segment(r).sentences)) for r in record['summaries']]
        self.reference_words = [len(r.split()) for r in record['summaries']]
        self.rouge = {'tokens': 'ascii' if self.lang == 'en' else 'unicode', 'use_stemmer': self.lang == 'en'}
        self.votes = _core.sentence_features(self.document, 1, None)[1].astype(bool)
        sizes = np.array([len(s.words) for s in self.document.sentences])
        self.words = int(sizes[self.votes].sum())
        self.oracles = {}

    def share(self, budget):
        """As the core has it: see share_of in summarize.cpp."""
        limits = {'sentences': int(self.votes.sum()), 'words': self.words}
        return min(1, *(limit / max(1, limits[kind]) for kind, limit in budget.items()))

    def features(self, budget):
        return _core.sentence_features(self.document, self.share(budget), None)[0]

    def oracle(self, most):
        if most not in self.oracles:
            found = nutgraf.oracle(self.document, self.references, sentences=most, **self.rouge)
            self.oracles[most] = np.isin(np.arange(len(self.votes)), [s.index for s in found])
        return self.oracles[most]

    def examples(self, of_three):
        """Budgets, and what the oracle of each takes."""
        most = max(1, len(self.votes))
        found = [({'sentences': 3}, self.oracle(3))] if of_three else []
        return found + [({'words': words}, self.oracle(most)) for words in sorted(set(self.reference_words))]


def articles_of(name, data):
    """For each record of a set, its articles: the text alone, and with its title where it has one."""
    for record in evaluation_data.records(data / 'summarize' / f'{name}.jsonl.xz'):
        alone = Article(record)
        if not alone.votes.any():
            continue
        title = (record.get('title') or '').strip()
        # Some titles name a topic and a number: they head no article.
        is_headline = title and not title.endswith(')')
        yield [alone, Article(record, title)] if is_headline else [alone]


def train(sets, held=None):
    """The trees, from all articles but those of fold `held`."""
    rows, taken, weights = [], [], []
    for name, articles in sets.items():
        for i, variants in enumerate(articles):
            if i % FOLDS == held:
                continue
            examples = [(a, *e) for a in variants for e in a.examples(name in OF_THREE)]
            for article, budget, oracle in examples:
                rows.append(article.features(budget)[article.votes][:, LEARNED])
                taken.append(oracle[article.votes])
                weights.append(np.full(len(taken[-1]), SETS[name] / len(examples)))
    data = lightgbm.Dataset(
        np.concatenate(rows), np.concatenate(taken), weight=np.concatenate(weights), params={'max_bin': 63}
    )
    model = lightgbm.train(PARAMETERS, data, TREES)

    def node(tree):
        if 'leaf_value' in tree:
            return (round(UNIT * tree['leaf_value']),)
        bound = float(f'{tree["threshold"]:.4g}')
        value = round(UNIT * tree['internal_value'])
        return (value, LEARNED[tree['split_feature']], bound, node(tree['left_child']), node(tree['right_child']))

    return [*(node(t['tree_structure']) for t in model.dump_model()['tree_info']), FRAGMENTS, QUESTIONS]


def apply(trees, rows):
    """The log-odds of rows."""

    def walk(tree, at, out):
        if len(tree) == 1:
            out[at] += tree[0]
            return
        goes_left = rows[at, tree[1]] <= np.float32(tree[2])
        walk(tree[3], at[goes_left], out)
        walk(tree[4], at[~goes_left], out)

    out = np.zeros(len(rows))
    for tree in trees:
        walk(tree, np.arange(len(rows)), out)
    return out / UNIT


def write(path, trees):
    bounds = [set() for _ in _core.SENTENCE_FEATURES]

    def collect(tree):
        if len(tree) > 1:
            bounds[tree[1]].add(tree[2])
            collect(tree[3])
            collect(tree[4])

    def words(tree):
        if len(tree) == 1:
            return [f'{tree[0]}.']
        bound = f'{string.ascii_letters[tree[1]]}{bounds[tree[1]].index(tree[2])}'
        return [str(tree[0]), bound, *words(tree[3]), *words(tree[4])]

    for tree in trees:
        collect(tree)
    bounds = [sorted(each) for each in bounds]
    lines = [f'group {name}\t{" ".join(features)}' for name, features in GROUPS.items()]
    for letter, name, each in zip(string.ascii_letters, _core.SENTENCE_FEATURES, bounds, strict=False):
        lines.append(' '.join(['bounds', letter, name, *(f'{bound:.4g}' for bound in each)]))
    lines += [f'tree {" ".join(words(tree))}' for tree in trees]
    path.write_text(HEADER + '\n'.join(lines) + '\n', 'utf-8')


def evaluate(sets):
    """Prints what cross-validation gives."""
    trees = [train({n: s for n, s in sets.items() if n in SETS}, held) for held in range(FOLDS)]
    for name, articles in sets.items():
        alone = [variants[0] for variants in articles]
        for kind in ('three', 'auto', 'reference'):
            chosen = {'trained': [], 'lead': [], 'lexrank': []}
            for i, article in enumerate(alone):
                budget = {'three': {'sentences': 3}, 'auto': {'sentences': 'auto'}}.get(kind) or {
                    'words': article.reference_words[0]
                }
                known = {'words': sum(_core.auto_length(article.words)) / 2} if kind == 'auto' else budget
                salience = apply(trees[i % FOLDS], article.features(known))
                chosen['trained'].append(nutgraf.select(article.document, salience, **budget))
                for method in ('lead', 'lexrank'):
                    fair = {'sentences': 3} if kind == 'auto' else budget
                    chosen[method].append(nutgraf.summarize(article.document, method=method, **fair))
            scores = {}
            for method, summaries in chosen.items():
                scores[method] = [
                    nutgraf.rouge(str(s), a.references, types=['rouge1', 'rouge2'], **a.rouge)
                    for s, a in zip(summaries, alone, strict=True)
                ]
            cells = [f'{name:18s}{kind:>10s}{len(alone):6d}']
            for method in ('lead', 'lexrank'):
                for rouge in ('rouge1', 'rouge2'):
                    gains = [
                        100 * (a[rouge].fmeasure - b[rouge].fmeasure)
                        for a, b in zip(scores['trained'], scores[method], strict=True)
                    ]
                    low, high = nutgraf.bootstrap_interval(gains)
                    cells.append(f'{method} {rouge[-1]} {statistics.fmean(gains):+6.2f} [{low:+.2f} {high:+.2f}]')
            print('  '.join(cells), flush=True)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument('--evaluate', action='store_true')
    args.add_argument('--data', type=pathlib.Path, default=evaluation_data.default_folder())
    args.add_argument('--output', type=pathlib.Path, default=ROOT / 'cpp' / 'data' / 'salience_2026_11.txt')
    given = args.parse_args()
    warnings.filterwarnings('ignore', module='lightgbm')
    names = [*SETS, *MEASURED] if given.evaluate else SETS
    sets = {name: list(articles_of(name, given.data)) for name in names}
    if given.evaluate:
        evaluate(sets)
    else:
        write(given.output, train(sets))


if __name__ == '__main__':
    main()
