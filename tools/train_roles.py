#!/usr/bin/env python3
"""Trains what tells the lines of an article from the rest of a pasted page, and writes it as text.

usage: train_roles.py [--evaluate] [--without NAME,...] [--data DIR] [--core FILE.so] [--output FILE.txt]

--evaluate   cross-validates instead: prints the mean page F1 of the sets and the lines lost of plain prose
--without    line features that both stages do without, for trials

Two stages add up log-odds. The first sees what is counted of a line and around it (line_features.h); the second also
sees what the first takes the page's lines for (context_features.h), and learns from guesses of first stages that did
not see the page. All features are whole numbers made by the C++ core, all weights whole numbers of 1/1024 log-
odds. lightgbm finds the splits, on one thread, with fixed seeds: the same data gives the same file.

Pages to learn from, and what a line of them weighs (PAGE_WEIGHT):
- `page`: scrapinghub, cleaneval, cleanportaleval. dragnet is only measured.
- `script`: the same pages with every word exchanged for letters of a caseless script, or of one without spaces: what
  Western pages show by capitals and spaces must not be all that counts.
- `thread`: the pages have hardly any comment threads or lists of teasers, although most pages of the web do. So an
  article's lines, often cut short or another article's, are set into a page's furniture and followed by made-up
  threads in many layouts (name, date, "Reply" around lines of other articles) and lists of headline and lead of other
  articles.
- `plain`: news articles alone, also cut, joined and re-scripted: nothing of them may be lost.
Nothing is kept of their words.
"""

import argparse
import ctypes
import json
import lzma
import pathlib
import random
import re
import warnings
import zlib

import evaluation_data
import lightgbm
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIBRARY = ROOT / 'build' / 'release' / 'cpp' / 'train' / 'libnutgraf_page_features.so'

SETS = ['scrapinghub', 'cleaneval', 'cleanportaleval']
MEASURED = 'dragnet'
PLAIN_TRAINED = ['bbc_news_summary', 'cnndm_val1000']
PAGE_WEIGHT = {'page': 1.0, 'script': 0.25, 'thread': 0.1, 'plain': 0.3}
FOLDS = 5
UNIT = 1024  # of log-odds
CHANCE_UNIT = 65536

# ---------------------------------------------------------------- features, by the C++ core


class Library:
    def __init__(self, path):
        self.c = ctypes.CDLL(str(path))
        self.c.nutgraf_feature_name.restype = ctypes.c_char_p
        pointer, number = ctypes.c_void_p, ctypes.c_int
        self.c.nutgraf_line_features.argtypes = [ctypes.c_char_p, number, pointer, number, pointer]
        self.c.nutgraf_context_features.argtypes = [pointer, pointer, number, pointer]
        self.c.nutgraf_probabilities.argtypes = [pointer, number, pointer]
        self.names = [
            [self.c.nutgraf_feature_name(s, k).decode() for k in range(self.c.nutgraf_feature_count(s))] for s in (0, 1)
        ]

    def line_features(self, lines):
        """One row a feature, one column a line."""
        text, spans, at = '\n'.join(lines).encode(), [], 0
        for line in lines:
            size = len(line.encode())
            spans.append((at, at + size))
            at += size + 1
        spans = np.array(spans, np.int32)
        out = np.empty((len(self.names[0]), len(lines)), np.int32)
        self.c.nutgraf_line_features(text, len(text), spans.ctypes.data, len(lines), out.ctypes.data)
        return out

    def context_features(self, features, log_odds):
        features, log_odds = np.ascontiguousarray(features), np.ascontiguousarray(log_odds, np.int32)
        out = np.empty((len(self.names[1]), len(log_odds)), np.int32)
        self.c.nutgraf_context_features(features.ctypes.data, log_odds.ctypes.data, len(log_odds), out.ctypes.data)
        return out

    def chances(self, log_odds):
        log_odds = np.ascontiguousarray(log_odds, np.int32)
        out = np.empty_like(log_odds)
        self.c.nutgraf_probabilities(log_odds.ctypes.data, len(log_odds), out.ctypes.data)
        return out


# ---------------------------------------------------------------- pages


class Page:
    def __init__(self, kind, source, name, lines, body, fold=0):
        keep = [(line.strip(), b) for line, b in zip(lines, body, strict=False) if line.strip()]
        self.kind, self.source, self.name, self.fold = kind, source, name, fold
        self.lines, self.body = [line for line, _ in keep], np.array([b for _, b in keep], np.int32)
        self.size = np.array([len(line) for line in self.lines])
        self.group = number_of(name)

    def prepare(self, core):
        self.first = core.line_features(self.lines)

    def weights(self):
        """The share of the page's F1 that a line decides, in per cent: at most 30, 100 for all that is not body."""
        w = np.minimum(self.size / max(1, (self.size * self.body).sum()), 0.3) * 100
        wrong = w[self.body == 0].sum()
        if wrong > 100:
            w = np.where(self.body == 0, w * 100 / wrong, w)
        return (0.3 + 0.3 * w if self.kind == 'plain' else 0.05 + w) * PAGE_WEIGHT[self.kind]


def number_of(name):
    return zlib.crc32(name.encode())


def read(path):
    with lzma.open(path, 'rt') as file:
        return [json.loads(line) for line in file]


def as_devanagari(line):
    return ''.join(chr(0x905 + ord(c.lower()) - 97) if c.isascii() and c.isalpha() else c for c in line)


def as_chinese(line):
    out = []
    for token in line.split():
        before, word, after = re.match(r'^(\W*)(.*?)(\W*)$', token).groups()
        if word and not any(c.isdigit() for c in word):
            h = number_of(word.lower())
            word = (
                chr(0x4E00 + h % 3000)
                + chr(0x3041 + (h >> 12) % 80)
                + (chr(0x4E00 + (h >> 18) % 3000) if len(word) > 6 else '')
            )
        out.append(before + word + after.replace('.', '。').replace(',', '、'))
    return ''.join(out)


SCRIPTS = [as_devanagari, as_chinese]


def read_pages(data):
    """The pages of the sets, each with its fold, and those that are only measured."""
    random_order, pages = np.random.RandomState(7), []
    for source in SETS:
        of_set = [
            Page('page', source, p['id'], p['lines'], p['body']) for p in read(data / 'pages' / f'{source}.jsonl.xz')
        ]
        for rank, k in enumerate(random_order.permutation(len(of_set))):
            of_set[k].fold = rank % FOLDS
        pages += of_set
    measured = [
        Page('page', MEASURED, p['id'], p['lines'], p['body']) for p in read(data / 'pages' / f'{MEASURED}.jsonl.xz')
    ]
    return pages, measured


def re_script(page):
    lines = [SCRIPTS[page.group % 2](line) for line in page.lines]
    return Page('script', page.source, page.name, lines, page.body, page.fold)


def news_lines(record):
    """An article's lines; one that is a single line is cut into lines of one to three sentences."""
    lines = [line for line in record['text'].split('\n') if line.strip()]
    if len(lines) == 1 and record['source'] == 'cnndm_val1000':
        sentences = re.split(r'(?<=[.!?]["”\']) |(?<=[.!?]) (?=[A-Z"“])', record['text'])
        lines, at = [], 0
        while at < len(sentences):
            count = 1 + len(sentences[at]) % 3
            lines.append(' '.join(sentences[at : at + count]))
            at += count
    return lines


def alter(lines, script, k):
    """An article's lines in another script, joined, cut, or without their stops."""
    way = k // 2 % 6
    if way == 0:
        return [script(line) for line in lines]
    if way == 1:
        return [' '.join(lines)]
    if way == 2:
        return [script(' '.join(lines))]
    if way == 3:
        return [line.rstrip('."\'') if i % (1 + k % 5) == 0 else line for i, line in enumerate(lines)]
    if way == 4:
        return [script(line).rstrip('.।。') for line in lines[: 1 + k % 4]]
    return [s for line in lines for s in re.split(r'(?<=[.!?]) ', line)]


def read_plain(data):
    """Articles to learn from, as they are and altered; their titles; articles that are only measured."""
    trained, measured, titles = [], [], {}
    for path in sorted((data / 'summarize').glob('*.xz')):
        source = path.name.split('.')[0]
        for k, record in enumerate(read(path)[:250], 1):
            lines = news_lines(record | {'source': source})
            if not lines:
                continue
            page = Page('plain', source, record['id'], lines, [1] * len(lines))
            if source not in PLAIN_TRAINED or k % 2 == 0:
                measured.append(page)
                continue
            titles[id(page)] = record.get('title') or ''
            altered = alter(lines, SCRIPTS[k // 12 % 2], k)
            trained += [page, Page('plain', source, record['id'], altered, [1] * len(altered))]
    for k, page in enumerate(trained):
        page.fold = k // 2 % FOLDS
    return trained, titles, measured


# ---------------------------------------------------------------- made-up threads and teasers

MONTHS = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
]
LAYOUTS = [  # lines before and after each comment; n, n2: names, d: date, k: number, r: rating
    (['{n} says:', '{d}'], ['Reply']),
    (['{n}'], ['{d}', 'Reply']),
    (['{n}', '{d}'], []),
    ([], ['Posted by {n} on {d} | permalink | Reply']),
    (['{n} on {d} said...'], []),
    (['{d}', '{n} wrote:'], ['Reply', 'Like']),
    (['{n}', '{d}'], ['Report abuse', 'Permalink', 'rate up', 'rate down', 'Recommend 0']),
    (['{k}.', '{d}', '{n} wrote :'], []),
    ([], ['Posted by: {n} | {d}']),
    (['{n} -'], ['Like Reply · {k} · {d}']),
    (['{n}', 'in reply to {n2}', '{d}'], ['Reply', 'Share']),
    (['{k}. {n}', '{d}'], []),
    (['by {n} on {d}. Reply #'], []),
    (['Comment by {n} | {d}'], []),
    (['{n}'], []),
    (['{n} {d}'], ['Like', 'Reply', 'Share']),
    ([], ['{n}', '{d}', '{r} Recommended']),
    (['@{n2}', '{n}'], ['{d}', '+{k} Vote up Vote down']),
]
HEADINGS = [
    '{k} Comments',
    'Comments',
    '{k} Responses to this post',
    'Leave a comment',
    'Comments ({k})',
    '{k} comments so far',
    'Discussion',
    '{k} Comments Add a comment',
    'Add your comment',
    'What do you think?',
    "Readers' comments",
    '{k} Replies',
    'Sort by: newest',
    'Your comments',
    '',
]
TEASER_HEADINGS = [
    'Related stories',
    'More news',
    'You may also like',
    'Latest',
    'Top stories',
    'Recent posts',
    'Most read',
    'Opinion',
    'Recommended for you',
]


class ThreadMaker:
    """Lines of the made-up parts come from pages of the same fold only."""

    def __init__(self, pages, plain, titles, seed=5):
        self.random = random.Random(seed)
        self.pages = pages
        self.articles = [p for p in plain if id(p) in titles and len(p.lines) >= 4]
        capital = [
            w
            for p in pages
            for line in p.lines[:20]
            for w in line.split()
            if w.isalpha() and w[0].isupper() and 3 <= len(w) <= 8
        ]
        self.names = capital
        self.pools = []
        for fold in range(FOLDS):
            body = [
                t
                for p in pages
                if p.fold == fold
                for t, b in zip(p.lines, p.body, strict=False)
                if b and len(t.split()) >= 4
            ]
            personal = [t for t in body if re.search(r"\b(I|you|my|your|we|me|I'm|don't)\b", t)]
            articles = [p for p in self.articles if p.fold == fold]
            teasers = [(titles[id(p)] or ' '.join(p.lines[0].split()[:8]).title(), *p.lines[:2]) for p in articles]
            self.pools.append((body, personal, [t for p in articles for t in p.lines], teasers))

    def name(self):
        kind, word = self.random.random(), lambda: self.random.choice(self.names)
        if kind < 0.4:
            return word() + ' ' + word()
        if kind < 0.6:
            return word()
        if kind < 0.75:
            return word().lower() + str(self.random.randint(1, 99))
        return word().lower() if kind < 0.85 else word() + ' ' + word()[0] + '.'

    def date(self, style):
        r = self.random.randint
        m, d, y, h, mi = self.random.choice(MONTHS), r(1, 28), r(2005, 2015), r(1, 12), r(0, 59)
        return [
            f'{m} {d}, {y} at {h}:{mi:02d} pm',
            f'{m} {d}, {y}',
            f'{r(2, 23)} hours ago',
            f'{m[:3]} {d}, {y} {h}:{mi:02d} AM',
            f'{d}/{r(1, 12)}/{y} {h}:{mi:02d}',
            f'{d} {m} {y}',
            f'{h}:{mi:02d} pm on {m} {d}',
            f'{r(2, 9)} days ago',
            f'{d}th {m} {y} - {h}:{mi:02d}',
        ][style]

    def thread(self, fold, article):
        rnd, (body, personal, news, _) = self.random, self.pools[fold]
        (before, after), style, count = rnd.choice(LAYOUTS), rnd.randrange(9), rnd.choice([3, 6, 12, 25, 50])
        names = [self.name() for _ in range(count)]
        out = [h] if (h := rnd.choice(HEADINGS).format(k=count)) else []
        if rnd.random() < 0.2:
            out.append('Please log in or register to post a comment.')
        one_line = rnd.random()
        for k in range(1, count + 1):
            values = {
                'n': rnd.choice(names),
                'n2': rnd.choice(names),
                'k': k,
                'd': self.date(style),
                'r': rnd.randint(0, 40),
            }
            out += [line.format(**values) for line in before]
            for _ in range(1 if rnd.random() > one_line else rnd.randint(2, 4)):
                out.append(
                    self.remark(
                        rnd.choice(
                            personal if personal and rnd.random() < 0.6 else body if rnd.random() < 0.5 else news
                        ),
                        article,
                    )
                )
            out += [line.format(**values) for line in after if rnd.random() < 0.95]
        return out

    def remark(self, line, article):
        """Cut short, with a quotation of the article, without a capital or a mark at its end, as readers write."""
        rnd = self.random
        if rnd.random() < 0.5:
            line = ' '.join(line.split()[: rnd.randint(3, 40)])
        if article and rnd.random() < 0.4:
            quoted = rnd.choice(article).split()
            at = rnd.randrange(len(quoted))
            line += ' ' + ' '.join(quoted[at : at + rnd.randint(4, 14)])
        if rnd.random() < 0.3:
            line = line[0].lower() + line[1:]
        return line + rnd.choice('.!?.') if rnd.random() < 0.6 and line[-1].isalnum() else line

    def teasers(self, fold):
        rnd = self.random
        items = [rnd.choice(self.pools[fold][3]) for _ in range(rnd.randint(3, 14))]
        is_cut, has_label, has_date, style = (
            rnd.random() < 0.4,
            rnd.random() < 0.3,
            rnd.random() < 0.4,
            rnd.randrange(9),
        )
        more = rnd.choice(['', '', 'Read more', 'Continue reading »', 'Full story', '[…]'])
        has_name, has_second, has_lead = rnd.random() < 0.25, rnd.random() < 0.15, rnd.random() < 0.85
        out = [rnd.choice(TEASER_HEADINGS)] if rnd.random() < 0.5 else []
        for title, lead, second in items:
            if has_label:
                out.append(rnd.choice(['News', 'Opinion', 'Sport', 'World', 'Business', 'Tech']))
            out.append(title)
            if has_date:
                out.append(self.date(style))
            if has_name:
                out.append('By ' + self.name())
            if has_lead:
                if is_cut:
                    lead = ' '.join(lead.split()[: rnd.randint(12, 35)]) + rnd.choice(['...', '…', ' […]'])
                elif len(lead.split()) > 45:
                    lead = re.split(r'(?<=[.!?]) ', lead)[0]
                out.append(lead)
                if has_second:
                    out.append(second)
            if more:
                out.append(more)
        return out

    def make(self, rounds=3):
        rnd, out = self.random, []

        def span(p):
            return (np.flatnonzero(p.body)[0], np.flatnonzero(p.body)[-1] + 1)

        # cleaneval's gold takes readers' comments for body, so its pages cannot teach this.
        frames = [p for p in self.pages if p.source != 'cleaneval']
        for turn in range(rounds):
            for frame in frames:
                begin, end = span(frame)
                lines, body = frame.lines[begin:end], list(frame.body[begin:end])
                is_other = turn >= 2 or rnd.random() < 0.3
                if is_other and rnd.random() < 0.4:
                    other = rnd.choice([p for p in self.pages if p.fold == frame.fold])
                    b, e = span(other)
                    lines, body = other.lines[b:e], list(other.body[b:e])
                elif is_other:
                    lines = rnd.choice([p for p in self.articles if p.fold == frame.fold]).lines
                    body = [1] * len(lines)
                if rnd.random() < 0.5:
                    kept = max(2, int(len(lines) * rnd.uniform(0.1, 0.9)))
                    lines, body = lines[:kept], body[:kept]
                if sum(len(t) for t, b in zip(lines, body, strict=False) if b) < 200:
                    continue
                head = frame.lines[:begin] + (self.teasers(frame.fold) if rnd.random() < 0.15 else [])
                foot, _foot_body, tail = frame.lines[end:], list(frame.body[end:]), []
                if rnd.random() < 0.7:
                    tail += self.thread(frame.fold, [t for t in lines if len(t) > 30])
                if rnd.random() < 0.4:
                    tail += self.teasers(frame.fold)
                if rnd.random() < 0.3:
                    tail = self.teasers(frame.fold) + tail
                at = rnd.randrange(0, min(3, len(foot)) + 1) if rnd.random() < 0.5 else len(foot)
                lines = head + lines + foot[:at] + tail + foot[at:]
                if len(lines) <= 450:
                    body = [0] * len(head) + body + [0] * (len(foot) + len(tail))
                    out.append(Page('thread', frame.source, frame.name, lines, body, frame.fold))
        return out


# ---------------------------------------------------------------- the two stages

COMMON = {
    'objective': 'binary',
    'bagging_fraction': 0.7,
    'bagging_freq': 1,
    'lambda_l2': 5,
    'max_bin': 24,
    'seed': 1,
    'num_threads': 1,
    'deterministic': True,
    'force_col_wise': True,
    'verbosity': -1,
}
FIRST = dict(COMMON, num_leaves=2, num_iterations=350, learning_rate=0.1, feature_fraction=0.5, min_data_in_leaf=60)
SECOND = dict(
    COMMON, num_leaves=20, max_depth=5, num_iterations=60, learning_rate=0.1, feature_fraction=0.4, min_data_in_leaf=100
)
SECOND_LINE_FEATURES = [
    'words',
    'ends_letter',
    'capital_share',
    'comma_share',
    'repeats',
    'repeated',
    'in_cluster15',
    'prose_run',
    'since_heading',
    'prose_characters',
    'links_so_far',
    'thread_so_far',
    'thread_in_page',
    'place',
]


def fit(params, columns, body, weights):
    """Trees as lists (feature, bound, left, right), (value,): left where feature <= bound; values in 1/1024."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        model = lightgbm.train(params, lightgbm.Dataset(columns, body, weight=weights, params=params))

    def node(t):
        if 'leaf_value' in t:
            return (round(t['leaf_value'] * UNIT),)
        return (t['split_feature'], int(np.floor(t['threshold'])), node(t['left_child']), node(t['right_child']))

    return [node(t['tree_structure']) for t in model.dump_model()['tree_info']]


def apply(trees, rows):
    """The sum of the trees' values for each column (a line) of `rows` (a row a feature)."""

    def walk(tree, at, out):
        if len(tree) == 1:
            out[at] += tree[0]
            return
        goes_left = rows[tree[0], at] <= tree[1]
        walk(tree[2], at[goes_left], out)
        walk(tree[3], at[~goes_left], out)

    out = np.zeros(rows.shape[1], np.int64)
    everything = np.arange(rows.shape[1])
    for tree in trees:
        walk(tree, everything, out)
    return out


class Trainer:
    """Models of pages. `held`: the folds that a model must not see."""

    def __init__(
        self, core, learned, first_params=FIRST, second_params=SECOND, without=(), second_lines=SECOND_LINE_FEATURES
    ):
        self.core, self.learned, self.first_params, self.second_params = (
            core,
            learned,
            first_params,
            second_params,
        )
        names = core.names[0]
        self.first_rows = [k for k, name in enumerate(names) if name not in without]
        self.second_rows = [names.index(name) for name in second_lines if name not in without]
        self.firsts = {}

    def seen(self, held):
        return [p for p in self.learned if p.fold not in held]

    def first(self, held):
        if held not in self.firsts:
            pages = self.seen(held)
            rows = np.concatenate([p.first[self.first_rows] for p in pages], 1).T.astype(np.float32)
            self.firsts[held] = fit(self.first_params, rows, *targets(pages))
        return self.firsts[held]

    def second_features(self, pages, held):
        """What the second stage sees of pages, by the first stage that saw nothing of the folds held."""
        odds = apply(self.first(held), np.concatenate([p.first[self.first_rows] for p in pages], 1))
        parts = np.split(odds, np.cumsum([len(p.lines) for p in pages])[:-1])
        return [
            np.concatenate([self.core.context_features(p.first, z), p.first[self.second_rows]])
            for p, z in zip(pages, parts, strict=False)
        ]

    def second(self, held):
        """Learns from guesses of first stages that did not see the page."""
        pages, features = self.seen(held), {}
        for fold in range(FOLDS):
            of_fold = [p for p in pages if p.fold == fold]
            if of_fold:
                features |= {
                    id(p): f for p, f in zip(of_fold, self.second_features(of_fold, held | {fold}), strict=False)
                }
        rows = np.concatenate([features[id(p)] for p in pages], 1).T.astype(np.float32)
        return fit(self.second_params, rows, *targets(pages))

    def predict(self, pages, held=frozenset()):
        """Log-odds of the lines of each page."""
        odds = apply(self.second(held), np.concatenate(self.second_features(pages, held), 1))
        return {
            id(p): z for p, z in zip(pages, np.split(odds, np.cumsum([len(p.lines) for p in pages])[:-1]), strict=False)
        }

    def cross_validate(self):
        """Log-odds of the pages of the sets, by models that saw nothing of their fold."""
        odds = {}
        for fold in range(FOLDS):
            odds |= self.predict([p for p in self.learned if p.kind == 'page' and p.fold == fold], frozenset([fold]))
        return odds


def targets(pages):
    return np.concatenate([p.body for p in pages]), np.concatenate([p.weights() for p in pages])


# ---------------------------------------------------------------- decision

# Also written into the weights file; shares are per mille.
DECISION = {
    'least_odds': -205,  # a line is body from p = .45 on
    'all_body': 920,  # from this share of a page expected to be body on, all of it is
    'all_body_plain': 750,  # ... of a page with few lines of links and buttons
    'few_links': 1,
    'long_line': 1500,  # characters: hardly anything but an article is written in such lines
}


def decide(core, page, log_odds):
    row = core.names[0].index
    characters, links, chances = (
        page.first[row('characters')],
        page.first[row('links_in_page'), 0],
        core.chances(log_odds),
    )
    mass = np.minimum(characters, 500).astype(np.int64)
    part, whole = 1000 * (mass * chances).sum(), mass.sum() * CHANCE_UNIT
    if part >= DECISION['all_body'] * whole or (
        part >= DECISION['all_body_plain'] * whole and links <= DECISION['few_links']
    ):
        return np.ones(len(page.lines), bool)
    taken = (log_odds >= DECISION['least_odds']) | (characters >= DECISION['long_line'])
    if taken.any():
        return taken
    return chances * 2 >= chances.max() if len(page.lines) >= 5 else np.ones(len(page.lines), bool)


def f1(page, taken):
    hit, wrong = page.size[taken & (page.body == 1)].sum(), page.size[taken & (page.body == 0)].sum()
    missed = page.size[~taken & (page.body == 1)].sum()
    return 2 * hit / max(1, 2 * hit + wrong + missed)


# ---------------------------------------------------------------- main


def load(core, data):
    pages, measured = read_pages(data)
    plain, titles, measured_plain = read_plain(data)
    learned = pages + [re_script(p) for p in pages] + ThreadMaker(pages, plain, titles).make() + plain
    for page in learned + measured + measured_plain:
        page.prepare(core)
    return learned, measured, measured_plain


def figures(core, pages, odds):
    out = {}
    for page in pages:
        out.setdefault(page.source, []).append(f1(page, decide(core, page, odds[id(page)])))
    return out


def report_pages(scores):
    for source, values in scores.items():
        v = np.sort(values)
        print(
            f'{source:17s}{len(v):4d} pages  mean F1 {v.mean():.4f} '
            f'(standard error {v.std() / len(v) ** 0.5:.3f}), median {np.median(v):.3f}'
        )


def report_plain(core, pages, odds):
    lost = {}
    for page in pages:
        count = lost.setdefault(page.source, [0, 0])
        count[0] += (~decide(core, page, odds[id(page)])).sum()
        count[1] += len(page.lines)
    total = np.sum(list(lost.values()), 0)
    print(
        f'plain prose: {1000 * total[0] / total[1]:.2f} lines lost per 1,000 of {total[1]};',
        ', '.join(f'{s} {1000 * a / b:.1f}' for s, (a, b) in lost.items() if a),
    )


def evaluate(trainer, measured, measured_plain):
    pages = [p for p in trainer.learned if p.kind == 'page']
    report_pages(figures(trainer.core, pages, trainer.cross_validate()))
    odds = trainer.predict(measured + measured_plain)
    report_pages(figures(trainer.core, measured, odds))
    report_plain(trainer.core, measured_plain, odds)


# ---------------------------------------------------------------- the weights file

HEADER = """# Weights that tell the lines of an article from the rest of a pasted page (see blocks/body_model.h).
# Made by tools/train_roles.py, which says from what; not to be edited. Values are log-odds in 1/{unit}.
#   table FEATURE VALUE [BOUND VALUE]...   first stage: the last value whose bound the feature exceeds, else the first
#   tree NODE                              second stage: NODE is VALUE, or FEATURE BOUND NODE NODE: the second node
#                                          where the feature exceeds the bound
#   decide NAME NUMBER...                  how log-odds are turned into the decision
# The log-odds of a stage are the sum over its lines. Features: line_features.h, context_features.h.
"""


def merged(stumps):
    """Tables (feature, bounds, values) with the same sum as the trees of one split."""
    steps, constant = {}, 0
    for stump in stumps:
        if len(stump) == 1:
            constant += stump[0]
        else:
            feature, bound, (left,), (right,) = stump
            steps.setdefault(feature, []).append((bound, left, right))
    tables = []
    for feature, of_feature in sorted(steps.items()):
        bounds = sorted({bound for bound, _, _ in of_feature})
        points = [*bounds, bounds[-1] + 1]
        tables.append(
            (feature, bounds, [sum(left if x <= bound else right for bound, left, right in of_feature) for x in points])
        )
    tables[0][2][:] = [value + constant for value in tables[0][2]]
    return tables


def write(path, trainer):
    first_names = [trainer.core.names[0][k] for k in trainer.first_rows]
    second_names = trainer.core.names[1] + [trainer.core.names[0][k] for k in trainer.second_rows]
    out = [' '.join(['decide', *(f'{name} {number}' for name, number in DECISION.items())])]
    for feature, bounds, values in merged(trainer.first(frozenset())):
        rest = ' '.join(f' {b} {v}' for b, v in zip(bounds, values[1:], strict=False))
        out.append(' '.join(f'table {first_names[feature]} {values[0]} {rest}'.split()))

    def words(node):
        return (
            [str(node[0])]
            if len(node) == 1
            else [second_names[node[0]], str(node[1]), *words(node[2]), *words(node[3])]
        )

    out += [' '.join(['tree', *words(tree)]) for tree in trainer.second(frozenset())]
    path.write_text(HEADER.format(unit=UNIT) + '\n'.join(out) + '\n', 'utf8')


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument('--evaluate', action='store_true')
    args.add_argument('--without', default='', metavar='NAME,...')
    args.add_argument('--data', type=pathlib.Path, default=evaluation_data.default_folder())
    args.add_argument('--core', type=pathlib.Path, default=LIBRARY)
    args.add_argument('--output', type=pathlib.Path, default=ROOT / 'cpp' / 'data' / 'roles.txt')
    given = args.parse_args()
    core = Library(given.core)
    learned, measured, measured_plain = load(core, given.data)
    trainer = Trainer(core, learned, without=given.without.split(','))
    if given.evaluate:
        evaluate(trainer, measured, measured_plain)
    else:
        write(given.output, trainer)


if __name__ == '__main__':
    main()
