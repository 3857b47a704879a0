"""Tables of the scoreboard on segmentation: sentence boundaries beside peers, language, roles of page lines.

Of the sets that train our weights only the documents count that training leaves out (evaluation_data.is_held_out);
peers see the same texts. A boundary is the index after a sentence's last character that is no white space.
"""

import collections
import statistics

import evaluation_data

NEWLINES = set('\n\r\u2028\u2029\x0b\x0c\x85')
GOLDEN = ('golden_en48', 'golden_news_edge', 'golden_pragmatic', 'golden_pysbd', 'golden_sentencex')
RUNNING_TEXT = ('ud_en_gum-dev', 'ud_en_gum-train', 'en_masc', 'vardev_wrap72', 'vardev_nospace30')
ARTICLE_ROLES = {'body', 'subhead', 'quote', 'list_item', 'standfirst', 'table'}


def documents(data, training):
    """(set name, documents) of every set with sentences, held-out ones alone where the set trains."""
    for path in sorted((data / 'segment').glob('*.jsonl.xz')):
        name = path.name.removesuffix('.jsonl.xz')
        if name.startswith('uax29'):
            continue
        rows = evaluation_data.records(path)
        yield name, [row for i, row in enumerate(rows) if name not in training or evaluation_data.is_held_out(i)]


def boundaries(text, ends):
    """All boundaries but the last, and those of them with no line end in the gap after."""
    last = len(text.rstrip())
    every = {len(text[:end].rstrip()) for end in ends}
    every = {end for end in every if 0 < end < last}
    return every, {end for end in every if not is_at_line_end(text, end)}


def is_at_line_end(text, end):
    """Whether a line ends in the white space after a boundary."""
    while end < len(text) and text[end].isspace():
        if text[end] in NEWLINES:
            return True
        end += 1
    return False


class Counts:
    """Hits and errors of one set."""

    def __init__(self):
        self.all, self.inner, self.exact, self.documents = [0, 0, 0], [0, 0, 0], 0, 0

    def add(self, text, gold_ends, ends):
        """Count one document."""
        gold, ours = boundaries(text, gold_ends), boundaries(text, ends)
        for counts, g, o in ((self.all, gold[0], ours[0]), (self.inner, gold[1], ours[1])):
            counts[0] += len(g & o)
            counts[1] += len(o - g)
            counts[2] += len(g - o)
        self.exact += gold[0] == ours[0]
        self.documents += 1

    @staticmethod
    def f1(counts):
        """F1 in 0..100; 100 where there is no boundary at all."""
        hit, wrong, missed = counts
        return 100 * 2 * hit / (2 * hit + wrong + missed) if hit + wrong + missed else 100.0


def systems():
    """Name and function (text, language) -> sentence ends, None for a language that the system does not know."""
    import blingfire
    import icu
    import pysbd
    import sentencex

    import nutgraf

    splitters = {}

    def of_nutgraf(text, _):
        return nutgraf.segment(text).sentence_spans[:, 1].tolist()

    def of_icu(text, lang, suffix=''):
        key = lang + suffix
        if key not in splitters:
            splitters[key] = icu.BreakIterator.createSentenceInstance(icu.Locale(key))
        splitters[key].setText(icu.UnicodeString(text))
        # ICU counts in UTF-16.
        units = [0]
        for character in text:
            units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
        places = {unit: place for place, unit in enumerate(units)}
        return [places[end] for end in splitters[key]]

    def of_pysbd(text, lang):
        if lang not in pysbd.languages.LANGUAGE_CODES:
            return None
        if ('pysbd', lang) not in splitters:
            splitters['pysbd', lang] = pysbd.Segmenter(language=lang, clean=False, char_span=True)
        return [span.end for span in splitters['pysbd', lang].segment(text)]

    def of_blingfire(text, _):
        return [end for _, end in blingfire.text_to_sentences_and_offsets(text)[1]]

    def of_sentencex(text, lang):
        ends, at = [], 0
        for sentence in sentencex.segment(lang, text):
            at = text.index(sentence, at) + len(sentence)
            ends.append(at)
        return ends

    return {
        'nutgraf': of_nutgraf,
        'ICU': of_icu,
        'ICU ss=standard': lambda text, lang: of_icu(text, lang, '@ss=standard'),
        'pySBD': of_pysbd,
        'BlingFire': of_blingfire,
        'sentencex': of_sentencex,
    }


def sentence_tables(data, training):
    """Macro averages, golden sets, and our figures a language."""
    found = systems()
    counts = {name: {} for name in found}
    languages, identified = {}, collections.Counter()
    failures = collections.Counter()
    import nutgraf

    for set_name, rows in documents(data, training):
        languages[set_name] = rows[0]['lang']
        for system, split in found.items():
            score = Counts()
            for row in rows:
                ends = [end for _, end in row['sentences']]
                try:
                    ours = split(row['text'], row['lang'])
                except (ValueError, RecursionError, IndexError):
                    failures[system] += 1
                    ours = []
                if ours is None:
                    break
                score.add(row['text'], ends, ours)
            if score.documents:
                counts[system][set_name] = score
        if is_treebank(set_name):
            for row in rows:
                identified[row['lang'], nutgraf.segment(row['text']).lang == row['lang']] += 1

    yield '\n## Sentence boundaries\n'
    yield 'F1 of the boundaries inside lines (macro: the mean within a language, then over languages; a system is'
    yield 'scored on the languages that it knows), and the share of documents without an error in the sets of rules'
    yield 'that were written by hand. Peers are told the language, nutgraf finds it.\n'
    names = [s for s in counts['nutgraf'] if s.startswith(RUNNING_TEXT)]
    yield '| | ' + ' | '.join(found) + ' |'
    yield '|---' * (len(found) + 1) + '|'
    yield '| treebanks, macro | ' + ' | '.join(macro(counts[s], languages) for s in found) + ' |'
    for name in names:
        cells = [f'{Counts.f1(counts[s][name].inner):.1f}' if name in counts[s] else '' for s in found]
        yield f'| {name} | ' + ' | '.join(cells) + ' |'
    for name in GOLDEN:
        cells = [
            f'{100 * counts[s][name].exact / counts[s][name].documents:.1f} %' if name in counts[s] else ''
            for s in found
        ]
        yield f'| {name}, exact | ' + ' | '.join(cells) + ' |'
    for system, number in failures.items():
        yield f'\n{system} raised an error on {number} documents, which count as one sentence.'
    yield '\nnutgraf and ICU a language, and how often nutgraf finds the language of a document:\n'
    yield '| language | nutgraf | ICU | language found |\n|---|---|---|---|'
    ours, theirs = by_language(counts['nutgraf'], languages), by_language(counts['ICU'], languages)
    for lang in sorted(ours):
        right, wrong = identified[lang, True], identified[lang, False]
        yield f'| {lang} | {ours[lang]:.1f} | {theirs[lang]:.1f} | {right} of {right + wrong} |'
    total = sum(n for (_, is_right), n in identified.items() if is_right)
    yield f'\nLanguage found for {total} of {sum(identified.values())} documents.'


def is_treebank(name):
    """Whether a set counts in the macro average."""
    return name.startswith('ud_') and not any(odd in name for odd in evaluation_data.ODD_TREEBANKS)


def by_language(counts, languages):
    """Mean F1 of a language's treebanks."""
    values = collections.defaultdict(list)
    for name, score in counts.items():
        if is_treebank(name):
            values[languages[name]].append(Counts.f1(score.inner))
    return {lang: statistics.fmean(v) for lang, v in values.items()}


def macro(counts, languages):
    """The mean over languages, and their number."""
    means = by_language(counts, languages)
    return f'{statistics.fmean(means.values()):.2f} ({len(means)})'


def page_tables(data):
    """F1 of the article's characters on pages, and what is lost of plain articles."""
    import nutgraf

    yield '\n## The article on a page\n'
    yield 'Mean F1 over pages, in characters. All sets but dragnet train the model: see docs/segmentation.md for'
    yield 'figures of pages that training did not see.\n'
    yield '| set | pages | F1 |\n|---|---|---|'
    for path in sorted((data / 'pages').glob('*.jsonl.xz')):
        scores = [page_f1(row, nutgraf.segment('\n'.join(row['lines']))) for row in evaluation_data.records(path)]
        yield f'| {path.name.removesuffix(".jsonl.xz")} | {len(scores)} | {statistics.fmean(scores):.4f} |'
    lines = lost = 0
    for path in sorted((data / 'summarize').glob('*.jsonl.xz')):
        for row in evaluation_data.records(path):
            text = '\n'.join(line for line in row.get('text', '').split('\n') if line.strip())
            document = nutgraf.segment(text)
            lines += len(document.blocks)
            lost += sum(block.role == 'boilerplate' for block in document.blocks)
    share = 1000 * lost / max(1, lines)
    yield f'\nOf {lines} blocks of plain articles, {lost} are called boilerplate ({share:.2f} in 1,000).'


def page_f1(row, document):
    """F1 of one page."""
    taken = bytearray(len(document.text))
    for block in document.blocks:
        if block.role in ARTICLE_ROLES:
            taken[block.begin : block.end] = b'\1' * (block.end - block.begin)
    hit = wrong = missed = at = 0
    for line, is_body in zip(row['lines'], row['body'], strict=True):
        chosen = sum(taken[at : at + len(line)])
        if is_body:
            hit, missed = hit + chosen, missed + len(line) - chosen
        else:
            wrong += chosen
        at += len(line) + 1
    return 2 * hit / max(1, 2 * hit + wrong + missed)
