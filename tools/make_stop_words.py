#!/usr/bin/env python3
"""Makes lists of stop words in cpp/data/stop_words from treebanks and from what a reader corrected.

usage: make_stop_words.py [--data DIR] [--out DIR] [--evaluate] [--read LANG,...]

DIR is a folder of evaluation data as train_sentences.py reads it: only the sets count whose licence lets them train.
`make train` runs this after it has installed the package, whose words are counted. The same data gives the same files,
byte for byte.

A list that is written by hand says so in its first line, and stays as it is. For every other language that has
sentences: each frequent word is described by its Features, a logistic regression learns from the lists that are written
by hand which of them are closed-class words, and what it takes for one is the list, after the additions and removals
of tools/stop_word_corrections.txt. --evaluate tells how much of each list written by hand is found by what the others
teach. --read shows, for a reader, what is taken before the corrections.
"""

import argparse
import collections
import math
import pathlib
import unicodedata

import evaluation_data
import numpy as np
import train_sentences

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTS = ROOT / 'cpp' / 'data' / 'stop_words'
CORRECTIONS = ROOT / 'tools' / 'stop_word_corrections.txt'
NAMES = {
    'af': 'Afrikaans', 'be': 'Belarusian', 'ca': 'Catalan', 'cs': 'Czech', 'da': 'Danish', 'el': 'Greek',
    'fa': 'Persian', 'fi': 'Finnish', 'ga': 'Irish', 'gl': 'Galician', 'he': 'Hebrew', 'hr': 'Croatian',
    'hy': 'Armenian', 'id': 'Indonesian', 'is': 'Icelandic', 'ja': 'Japanese', 'ka': 'Georgian', 'kk': 'Kazakh',
    'ko': 'Korean', 'lt': 'Lithuanian', 'lv': 'Latvian', 'mr': 'Marathi', 'no': 'Norwegian', 'ro': 'Romanian',
    'sk': 'Slovak', 'sl': 'Slovene', 'sr': 'Serbian', 'sv': 'Swedish', 'te': 'Telugu', 'th': 'Thai',
    'uk': 'Ukrainian', 'vi': 'Vietnamese', 'zh': 'Chinese',
}  # fmt: skip
MADE = 'made by tools/make_stop_words.py'
CANDIDATES = 600  # words of a language that are looked at, the most frequent ones,
LEAST_COUNT = 4  # and each at least so often
LEAST_PROBABILITY = 0.5
MOST_WORDS = 150  # in a list, and no more than the square root of the words read
# Measured on, never learned from: no treebank of Italian may train.
MEASURED_ON = {'it': ('ud_it_isdt-dev', 'ud_it_vit-dev')}


def fold(word):
    """A word as terms are compared: NFKC_Casefold, and ' for the typographic apostrophe."""
    kept = ''.join(c for c in word if unicodedata.category(c) != 'Cf').replace('\u2019', "'")
    return unicodedata.normalize('NFKC', unicodedata.normalize('NFKC', kept).casefold())


def is_plain(word):
    """Whether a word is of letters, their marks, and apostrophes."""
    return all(unicodedata.category(c)[0] in 'LM' or c in "'\u2019\u200c" for c in word)


def sets_of_languages(data):
    """The sets that may train, by language; of those that nutgraf knows."""
    from nutgraf import _core

    found = collections.defaultdict(list)
    for name in train_sentences.training_sets(data):
        lang = name.removeprefix('ud_').split('_')[0]
        if lang in _core.languages():
            found[lang].append(name)
    return found


def sentences_of(data, sets, lang):
    """The words of each sentence of sets, as nutgraf finds words."""
    import nutgraf

    for name in sets:
        for row in evaluation_data.records(data / 'segment' / f'{name}.jsonl.xz'):
            document = nutgraf.segment(row['text'], lang=lang)
            words = [row['text'][begin:end] for begin, end in document.word_spans]
            begin = 0
            for end in np.searchsorted(document.word_spans[:, 0], [end for _, end in row['sentences']]):
                if end > begin:
                    yield words[begin:end]
                begin = end


class Features:
    """The frequent words of a language, most frequent first, and how each behaves: a row of numbers."""

    def __init__(self, sentences):
        ids, spellings, folded = {}, collections.defaultdict(collections.Counter), {}
        word, is_first, is_last, is_capital = [], [], [], []
        for sentence in sentences:
            for place, written in enumerate(sentence):
                if written not in folded:
                    folded[written] = fold(written)
                term = folded[written]
                spellings[term][written.lower()] += 1
                word.append(ids.setdefault(term, len(ids)))
                is_first.append(place == 0)
                is_last.append(place == len(sentence) - 1)
                is_capital.append(written[0].isupper())
        terms, word = list(ids), np.array(word)
        count = np.bincount(word)
        plain = [i for i, term in enumerate(terms) if is_plain(term) and count[i] >= LEAST_COUNT]
        order = sorted(plain, key=lambda i: (-count[i], terms[i]))[:CANDIDATES]
        self.terms = [terms[i] for i in order]
        self.written = [min(spellings[t], key=lambda w: (-spellings[t][w], w)) for t in self.terms]
        self.rows = self._rows(order, word, *map(np.array, (is_first, is_last, is_capital)))
        self.most = min(MOST_WORDS, math.isqrt(len(word)))

    def _rows(self, order, word, is_first, is_last, is_capital):
        is_top = np.zeros(word.max() + 1, bool)
        is_top[order[:60]] = True
        before = np.where(is_first, -1, np.roll(word, 1))
        after = np.where(is_last, -1, np.roll(word, -1))
        places, starts = np.argsort(word, kind='stable'), np.concatenate([[0], np.cumsum(np.bincount(word))])
        pieces = -(-len(word) // 500)
        rows = []
        for i, term in zip(order, self.terms, strict=True):
            at = places[starts[i] : starts[i + 1]]
            sample = at[np.linspace(0, len(at) - 1, min(len(at), 100)).astype(int)]
            inner = at[~is_first[at]]
            spread = len(np.unique(at // 500)) / (pieces * (1 - math.exp(-len(at) / pieces)))
            frequency = math.log(len(at) / len(word))
            capitals = float(is_capital[inner].mean()) if len(inner) else 1.0
            rows.append([
                frequency,
                math.log(spread),  # over pieces of 500 words, beside a word scattered at random
                math.log(len(sample)),
                math.log(len(np.unique(before[sample]))),  # how many words stand before it,
                math.log(len(np.unique(after[sample]))),  # and after it
                share(is_top[before[at][before[at] >= 0]]),  # how often these are frequent themselves
                share(is_top[after[at][after[at] >= 0]]),
                share(is_first[at]),
                share(is_last[at]),
                capitals,
                math.log(len(term)),
                frequency**2,
                frequency * capitals,
            ])  # fmt: skip
        rows = np.array(rows)
        rows[:, 10] -= rows[:, 10].mean()
        return rows


def share(flags):
    """The share of flags that are set, 0 of none."""
    return float(flags.mean()) if len(flags) else 0.0


class Classifier:
    """A logistic regression with an L2 penalty, fitted by Newton's method."""

    def __init__(self, rows, labels):
        self.mean, self.deviation = rows.mean(axis=0), rows.std(axis=0)
        inputs = self._inputs(rows)
        self.weights = np.zeros(inputs.shape[1])
        for _ in range(30):
            p = self._probabilities(inputs)
            gradient = inputs.T @ (labels - p) - self.weights
            hessian = (inputs.T * (p * (1 - p))) @ inputs + np.eye(len(self.weights))
            self.weights += np.linalg.solve(hessian, gradient)

    def _inputs(self, rows):
        return np.column_stack([(rows - self.mean) / self.deviation, np.ones(len(rows))])

    def _probabilities(self, inputs):
        return 1 / (1 + np.exp(-inputs @ self.weights))

    def __call__(self, rows):
        """Probabilities, in decimals that do not hang on the order of sums."""
        return self._probabilities(self._inputs(rows)).round(6)


def ranked(features, classifier):
    """(probability, word) of the words that are likelier closed-class than not, the likeliest first."""
    found = sorted(zip(-classifier(features.rows), features.written, strict=True))
    return [(-p, word) for p, word in found if -p >= LEAST_PROBABILITY][: features.most]


def fitted(features, lists):
    """A classifier fitted to the lists, a dict of sets of terms."""
    labels = [np.array([t in terms for t in features[lang].terms], float) for lang, terms in lists.items()]
    return Classifier(np.vstack([features[lang].rows for lang in lists]), np.concatenate(labels))


def lists_by_hand():
    """The folded words of each list that is written by hand."""
    found = {}
    for path in sorted(LISTS.glob('*.txt')):
        first, *words = path.read_text('utf8').splitlines()
        if MADE not in first:
            found[path.stem] = {fold(w) for w in words if not w.startswith('#')}
    return found


def corrections():
    """For each language the words that are put in, and the folded ones that are taken out."""
    found = collections.defaultdict(lambda: ([], set()))
    for line in CORRECTIONS.read_text('utf8').splitlines():
        if line and not line.startswith('#'):
            lang, changes = line.split('\t')
            for change in changes.split():
                if change[0] == '+':
                    found[lang][0].append(change[1:])
                else:
                    found[lang][1].add(fold(change[1:]))
    return found


# Serbian is written in two scripts, its treebank in one. Pairs of letters come first.
IN_CYRILLIC = {'lj': 'љ', 'nj': 'њ', 'dž': 'џ'}
IN_CYRILLIC.update(zip('abvgdđežzijklmnoprstćufhcčš', 'абвгдђежзијклмнопрстћуфхцчш', strict=True))


def in_cyrillic(word):
    """A word of Serbian in Cyrillic."""
    for latin, cyrillic in IN_CYRILLIC.items():
        word = word.replace(latin, cyrillic)
    return word


def made_list(lang, features, classifier, added, removed):
    """The words of a list, in the order of their bytes."""
    chosen = {fold(word): word for _, word in ranked(features, classifier)}
    chosen = {term: word for term, word in chosen.items() if term not in removed}
    chosen.update((fold(word), word) for word in added)
    words = list(chosen.values())
    if lang == 'sr':
        words += map(in_cyrillic, chosen.values())
    return sorted(words, key=str.encode)


def evaluate(data, features, lists):
    """Print how much of each list the others find."""
    for lang, sets in MEASURED_ON.items():
        features[lang] = Features(sentences_of(data, sets, lang))
    print('| language | in the list | of these seen | taken | precision | recall | of those seen |')
    print('|---' * 7 + '|')
    for lang in sorted({*lists} & {*features}):
        others = {other: lists[other] for other in lists if other in features and other not in {lang, *MEASURED_ON}}
        taken = {fold(word) for _, word in ranked(features[lang], fitted(features, others))}
        wanted, hit = lists[lang], len(taken & lists[lang])
        seen = len(wanted & set(features[lang].terms))
        figures = f'{hit / len(taken):.2f} | {hit / len(wanted):.2f} | {hit / seen:.2f}'
        print(f'| {lang} | {len(wanted)} | {seen} | {len(taken)} | {figures} |')


def main():
    """Make the lists, or print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', type=pathlib.Path, default=evaluation_data.default_folder())
    parser.add_argument('--out', type=pathlib.Path, default=LISTS)
    parser.add_argument('--evaluate', action='store_true', help='measure on the lists that are written by hand')
    parser.add_argument('--read', default='', help='show the words of these languages, the likeliest first')
    given = parser.parse_args()
    by_hand, sets = lists_by_hand(), sets_of_languages(given.data)
    features = {lang: Features(sentences_of(given.data, names, lang)) for lang, names in sorted(sets.items())}
    if given.evaluate:
        evaluate(given.data, features, by_hand)
        return
    classifier = fitted(features, {lang: by_hand[lang] for lang in by_hand if lang in features})
    for lang in filter(None, given.read.split(',')):
        print(lang, *(word for _, word in ranked(features[lang], classifier)))
    if given.read:
        return
    corrected = corrections()
    for lang in sorted(features.keys() - by_hand.keys()):
        words = made_list(lang, features[lang], classifier, *corrected[lang])
        head = f'# Closed-class words of {NAMES[lang]}, {MADE}.'
        (given.out / f'{lang}.txt').write_text('\n'.join([head, *words]) + '\n', 'utf8')


if __name__ == '__main__':
    main()
