#!/usr/bin/env python3
"""Times nutgraf beside its peers in one run and prints the ratios.

usage: bench.py [--out FILE.md]

Each figure is the median of several runs; peers and nutgraf take turns, so that a busy moment of the machine hits both.
sumy gets sentences and words from regular expressions (cheaper than its own tokenizers, which download their data).
"""

import argparse
import json
import math
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

import evaluation_data

ROOT = pathlib.Path(__file__).resolve().parent.parent


class RegexTokenizer:
    """What sumy asks of a tokenizer."""

    def to_sentences(self, paragraph):
        """The sentences of a paragraph."""
        return [s for s in re.split(r'(?<=[.!?])\s+', paragraph) if s]

    def to_words(self, sentence):
        """The words of a sentence."""
        return re.findall(r'\w+', sentence)


def sumy_lexrank(text):
    """A function of no argument that summarizes as sumy's users do, stemmer and stop words included."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    def run():
        summarizer = LexRankSummarizer(Stemmer('english'))
        summarizer.stop_words = get_stop_words('english')
        return summarizer(PlaintextParser.from_string(text, RegexTokenizer()).document, 3)

    return run


def seconds(run, repeats):
    """Seconds a call, over `repeats` calls."""
    begin = time.perf_counter()
    for _ in range(repeats):
        run()
    return (time.perf_counter() - begin) / repeats


def median_times(runs, rounds=9, least=0.05):
    """The median seconds a call of each function; the functions take turns."""
    for run in runs.values():
        run()  # the first call loads tables
    repeats = {name: max(1, math.ceil(least / seconds(run, 3))) for name, run in runs.items()}
    times = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            times[name].append(seconds(run, repeats[name]))
    return {name: statistics.median(t) for name, t in times.items()}


def long_text(sentences):
    """Sentences over a vocabulary that grows with the text."""
    state, lines = 1, []
    for s in range(sentences):
        words = []
        for _ in range(20):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            words.append(f'word{int(10 * (sentences + 100) ** (state / 2**64))}')
        lines.append(' '.join(words).capitalize() + ('.\n\n' if s % 4 == 3 else '. '))
    return ''.join(lines)


MEMORY_PROBE = """
import re, sys
import nutgraf
text = sys.stdin.read()
status = lambda key: int(re.search(key + r':\\s+(\\d+) kB', open('/proc/self/status').read())[1]) * 1024
open('/proc/self/clear_refs', 'w').write('5')  # the peak starts again from here
before = status('VmRSS')
result = nutgraf.{call}
print((status('VmHWM') - before) / len(text))
"""


def peak_bytes_per_input_byte(call, text):
    """How much a fresh process grows over one call, for each byte of the text."""
    probe = [sys.executable, '-c', MEMORY_PROBE.format(call=call)]
    return float(subprocess.run(probe, input=text, text=True, capture_output=True, check=True).stdout)


SUMY_METHODS = {  # ours: module and class of sumy, sentences
    'lexrank': ('lex_rank', 'LexRankSummarizer', 1000),
    'textrank': ('text_rank', 'TextRankSummarizer', 1000),
    'lsa': ('lsa', 'LsaSummarizer', 1000),
    'luhn': ('luhn', 'LuhnSummarizer', 1000),
    'sumbasic': ('sum_basic', 'SumBasicSummarizer', 1000),
    'kl': ('kl', 'KLSummarizer', 150),
}


def method_lines():
    """All methods on long documents, and beside those of sumy."""
    import importlib

    import nutgraf

    sizes = (1000, 10_000, 100_000)
    texts = {n: long_text(n) for n in sizes}
    yield '\nOne document of many sentences of 20 words, segmentation included:\n'
    yield (
        '| method | '
        + ' | '.join(f'{n:,} sentences, ms' for n in sizes)
        + ' | growth: time ~ n^ |\n|---|---|---|---|---|'
    )
    for method in nutgraf.METHODS[1:]:
        runs = {n: lambda n=n, method=method: nutgraf.summarize(texts[n], method=method) for n in sizes}
        t = median_times({n: runs[n] for n in sizes[:2]}, rounds=3)
        t[sizes[2]] = seconds(runs[sizes[2]], 1)
        growth = math.log(t[sizes[2]] / t[sizes[0]]) / math.log(sizes[2] / sizes[0])
        yield f'| {method} | ' + ' | '.join(f'{1000 * t[n]:.1f}' for n in sizes) + f' | {growth:.2f} |'

    yield '\nThe methods that sumy has, segmentation included, one run of sumy each, without stop words or stems:\n'
    yield '| method | sentences | nutgraf, ms | sumy, ms | times nutgraf |\n|---|---|---|---|---|'
    from sumy.parsers.plaintext import PlaintextParser

    for method, (module, kind, count) in SUMY_METHODS.items():
        text = texts[count] if count in texts else long_text(count)
        summarizer = getattr(importlib.import_module(f'sumy.summarizers.{module}'), kind)()
        ours = median_times(
            {'ours': lambda method=method, text=text: nutgraf.summarize(text, method=method)}, rounds=3
        )['ours']
        begin = time.perf_counter()
        summarizer(PlaintextParser.from_string(text, RegexTokenizer()).document, 3)
        theirs = time.perf_counter() - begin
        yield f'| {method} | {count} | {1000 * ours:.2f} | {1000 * theirs:.0f} | {theirs / ours:.0f} |'


def measure():
    """All lines of the report."""
    import lede

    import nutgraf

    article = (ROOT / 'examples' / 'article.txt').read_text('utf8')
    times = median_times(
        {
            'nutgraf': lambda: nutgraf.summarize(article),
            'nutgraf, lexrank': lambda: nutgraf.summarize(article, method='lexrank'),
            'lede': lambda: lede.summarize(article),
            'sumy LexRank': sumy_lexrank(article),
        }
    )
    words = len(article.split())
    yield f'One article of {words} words (`examples/article.txt`), three sentences, called from Python:\n'
    yield '| system | ms | times nutgraf |\n|---|---|---|'
    for name, t in times.items():
        yield f'| {name} | {1000 * t:.3f} | {t / times["nutgraf"]:.1f} |'

    yield '\n' + keyphrase_line(article)

    yield from method_lines()

    program = ROOT / 'build' / 'release' / 'cpp' / 'bench' / 'nutgraf_bench'
    if program.exists():
        report = json.loads(
            subprocess.run(
                [program, '--benchmark_format=json', '--benchmark_repetitions=5', '--benchmark_report_aggregates_only'],
                capture_output=True,
                check=True,
            ).stdout
        )
        yield '\nThe stages in C++, medians:\n'
        yield '| stage | µs | MB/s |\n|---|---|---|'
        scale = {'ns': 1e-3, 'us': 1, 'ms': 1e3}
        for row in report['benchmarks']:
            if row['aggregate_name'] == 'median':
                rate = f'{row["bytes_per_second"] / 1e6:.0f}' if 'bytes_per_second' in row else ''
                yield f'| {row["run_name"]} | {row["cpu_time"] * scale[row["time_unit"]]:.1f} | {rate} |'

    yield "\nWords and sentences from UTF-8 beside ICU's iterators, offsets written out, one thread:\n"
    yield from segment_lines()
    yield from vector_lines()

    text = long_text(100_000)
    yield f'\nPeak memory beyond the text itself, {len(text) / 1e6:.0f} MB of text in one document:\n'
    if not pathlib.Path('/proc/self/clear_refs').exists():
        yield 'Not measured: this system has no /proc/self/clear_refs.'
        return
    yield '| call | bytes for each byte of text |\n|---|---|'
    for call in ('segment(text)', 'summarize(text)'):
        yield f'| `{call}` | {peak_bytes_per_input_byte(call, text):.1f} |'


def keyphrase_line(article):
    """The keyphrases of an article beside peers, in one line."""
    import rapid_textrank
    import yake

    import nutgraf

    times = median_times(
        {
            'nutgraf': lambda: nutgraf.keyphrases(article, lang='en'),
            'rapid-textrank BaseTextRank': lambda: rapid_textrank.BaseTextRank().extract_keywords(article),
            'YAKE': lambda: yake.KeywordExtractor().extract_keywords(article),
        },
        rounds=5,
    )
    scale = 1000 * 1000 / len(article.split())
    cells = [f'{name} {scale * t:.2f} ms ({t / times["nutgraf"]:.0f} times nutgraf)' for name, t in times.items()]
    return f'Ten keyphrases, for 1000 words of the article: {", ".join(cells)}.'


# A set of evaluation data a script.
SEGMENT_SETS = {
    'English news': 'summarize/bbc_news_summary',
    'English, mixed': 'segment/ud_en_gum-dev',
    'German': 'segment/ud_de_gsd-dev',
    'French': 'segment/ud_fr_gsd-dev',
    'Russian': 'segment/ud_ru_gsd-dev',
    'Turkish': 'segment/ud_tr_imst-dev',
    'Hindi': 'segment/ud_hi_hdtb-dev',
    'Arabic': 'segment/ud_ar_padt-dev',
    'Korean': 'segment/ud_ko_kaist-dev',
    'Chinese': 'segment/ud_zh_gsdsimp-dev',
    'Japanese': 'segment/ud_ja_gsd-dev',
    'Thai': 'segment/ud_th_tud-dev',
}
SEGMENT_COLUMNS = (
    'words: ICU UTF-8',
    'ICU UTF-16',
    'nutgraf',
    'times ICU UTF-8 (UTF-16)',
    'sentences: ICU UTF-8',
    'ICU UTF-16',
    'nutgraf',
    'times ICU UTF-8 (UTF-16)',
    'both: nutgraf',
    'times ICU sentences UTF-8',
)


def segment_lines():
    """Words and sentences beside ICU, on evaluation data where it is there, else on the sample article."""
    data = evaluation_data.default_folder()
    program = ROOT / 'build' / 'release' / 'cpp' / 'bench' / 'nutgraf_segment_bench'
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for name, source in SEGMENT_SETS.items():
            path = data / f'{source}.jsonl.xz'
            if path.exists():
                text = '\n\n'.join(row['text'] for row in evaluation_data.records(path))
                files[name] = pathlib.Path(folder) / f'{len(files)}.txt'
                files[name].write_text(text[:1_000_000], 'utf8')
        if not files:
            yield 'There is no evaluation data here; one script only.\n'
            files['English'] = ROOT / 'examples' / 'article.txt'
        report = subprocess.run([program, *files.values()], capture_output=True, text=True, check=True).stdout
    yield '| MB/s | ' + ' | '.join(SEGMENT_COLUMNS) + ' |'
    yield '|---' * (len(SEGMENT_COLUMNS) + 1) + '|'
    for name, line in zip(files, report.splitlines(), strict=True):
        word_8, word_16, word, sent_8, sent_16, sent, both = map(float, line.split()[1:])
        cells = [f'{word_8:.0f}', f'{word_16:.0f}', f'{word:.0f}', f'{word / word_8:.1f} ({word / word_16:.1f})']
        cells += [f'{sent_8:.0f}', f'{sent_16:.0f}', f'{sent:.0f}', f'{sent / sent_8:.1f} ({sent / sent_16:.1f})']
        cells += [f'{both:.0f}', f'{both / sent_8:.1f}']
        yield f'| {name} | ' + ' | '.join(cells) + ' |'


def vector_lines():
    """The vectorizers beside scikit-learn's, on articles and their sentences where they are there."""
    from sklearn.feature_extraction import text as peers

    import nutgraf

    path = evaluation_data.default_folder() / 'summarize' / 'cnndm_val1000.jsonl.xz'
    if not path.exists():
        yield '\nThe vectorizers beside scikit-learn: skipped, there is no evaluation data here.'
        return
    articles = [row['text'] for row in evaluation_data.records(path)]
    sentences = [s.text for document in nutgraf.segment_many(articles) for s in document.sentences][:20_000]
    cases = {
        'TF-IDF of articles': ('TfidfVectorizer', {}, articles),
        'TF-IDF of sentences': ('TfidfVectorizer', {}, sentences),
        'counts of one and two words': ('CountVectorizer', {'ngram_range': (1, 2)}, articles),
        'counts of characters in words': (
            'CountVectorizer',
            {'analyzer': 'char_wb', 'ngram_range': (2, 4)},
            articles[:200],
        ),
        'hashed articles': ('HashingVectorizer', {}, articles),
        'hashed sentences': ('HashingVectorizer', {}, sentences),
    }
    yield f'\nThe vectorizers beside scikit-learn, {len(articles)} articles and {len(sentences)} sentences of them:\n'
    yield (
        '| | fit_transform, ms | times scikit-learn | two threads, times one | transform, ms | times scikit-learn '
        '| two threads, times one |'
    )
    yield '|---' * 7 + '|'
    for name, (kind, parameters, texts) in cases.items():
        makers = {
            'ours': getattr(nutgraf, kind)(**parameters),
            'two threads': getattr(nutgraf, kind)(**parameters, threads=2),
            'theirs': getattr(peers, kind)(**parameters),
        }
        cells = []
        for step in ('fit_transform', 'transform'):
            runs = {who: (lambda v=v, step=step, texts=texts: getattr(v, step)(texts)) for who, v in makers.items()}
            t = median_times(runs, rounds=5)
            cells += [
                f'{1000 * t["ours"]:.1f}',
                f'{t["theirs"] / t["ours"]:.1f}',
                f'{t["ours"] / t["two threads"]:.2f}',
            ]
        yield f'| {name} | ' + ' | '.join(cells) + ' |'
    yield from many_lines(articles)
    yield from rouge_lines(articles)
    yield from similarity_lines(sentences[:10_000])
    yield from vector_memory_lines(path.parent)


def many_lines(articles):
    """Summaries of many articles on one and two threads."""
    import nutgraf

    words = sum(len(text.split()) for text in articles) / len(articles)
    runs = {n: lambda n=n: nutgraf.summarize_many(articles, output='text', threads=n) for n in (1, 2)}
    t = median_times(runs, rounds=7)
    yield f'\n`summarize_many` of {len(articles)} articles of {words:.0f} words:\n'
    yield '| threads | ms | times one thread | articles a minute |\n|---|---|---|---|'
    for n in runs:
        yield f'| {n} | {1000 * t[n]:.0f} | {t[1] / t[n]:.2f} | {60 * len(articles) / t[n]:,.0f} |'


def rouge_lines(articles):
    """ROUGE beside rouge-score: the first sentences of articles against those that follow."""
    from rouge_score import rouge_scorer

    import nutgraf

    documents = nutgraf.segment_many(articles[:200])
    predictions = ['\n'.join(s.text for s in list(d.sentences)[:3]) for d in documents]
    references = ['\n'.join(s.text for s in list(d.sentences)[3:6]) for d in documents]
    types = ['rouge1', 'rouge2', 'rougeL', 'rougeLsum']
    pairs = list(zip(predictions, references, strict=True))
    yield f'\nROUGE-1, 2, L and Lsum of {len(pairs)} summaries of three sentences, beside rouge-score, µs a pair:\n'
    yield '| stems | rouge | times rouge-score | rouge_many, one thread | times rouge-score |\n|---|---|---|---|---|'
    for stems in (False, True):
        scorer = rouge_scorer.RougeScorer(types, use_stemmer=stems)
        t = median_times(
            {
                'one': lambda stems=stems: [nutgraf.rouge(p, r, types=types, use_stemmer=stems) for p, r in pairs],
                'many': lambda stems=stems: nutgraf.rouge_many(
                    predictions, references, types=types, use_stemmer=stems, threads=1
                ),
                'theirs': lambda scorer=scorer: [scorer.score(r, p) for p, r in pairs],
            }
        )
        each = {name: 1e6 * value / len(pairs) for name, value in t.items()}
        yield (
            f'| {"Porter" if stems else "none"} | {each["one"]:.1f} | {each["theirs"] / each["one"]:.0f} | '
            f'{each["many"]:.1f} | {each["theirs"] / each["many"]:.0f} |'
        )


def similarity_lines(sentences):
    """All pairs of sentences above a threshold beside scipy's product and a cut."""
    import nutgraf

    rows = nutgraf.TfidfVectorizer().fit_transform(sentences)

    def product(threshold):
        pairs = (rows @ rows.T).tocsr()
        pairs.data[pairs.data < threshold] = 0
        pairs.eliminate_zeros()
        return pairs

    yield f'\n{len(sentences)} sentences against each other, beside the product of scipy followed by the cut:\n'
    yield '| threshold | ms | times scipy | pairs |'
    yield '|---' * 4 + '|'
    for threshold in (0.5, 0.3, 0.1):
        runs = {
            'ours': lambda threshold=threshold: nutgraf.similarity(rows, threshold=threshold),
            'theirs': lambda threshold=threshold: product(threshold),
        }
        t = median_times(runs, rounds=3)
        pairs = runs['ours']().nnz
        yield f'| {threshold} | {1000 * t["ours"]:.0f} | {t["theirs"] / t["ours"]:.1f} | {pairs} |'


VECTOR_MEMORY_PROBE = """
import glob, json, lzma, re, sys
folder, module, kind, step = sys.argv[1:]
files = sorted(glob.glob(folder + '/*.jsonl.xz'))
texts = [json.loads(line)['text'] for name in files for line in lzma.open(name, 'rt')]
texts = [text for text in texts if isinstance(text, str)]
vectorizer = getattr(__import__(module, fromlist=[kind]), kind)()
vectorizer.fit_transform(texts[:10])
status = lambda key: int(re.search(key + r':\\s+(\\d+) kB', open('/proc/self/status').read())[1]) * 1024
open('/proc/self/clear_refs', 'w').write('5')  # the peak starts again from here
before = status('VmRSS')
made = getattr(vectorizer, step)(texts)
print((status('VmHWM') - before) / 1e6, sum(map(len, texts)) / 1e6)
"""


STREAM_PROBE = """
import random, re, sys
import nutgraf
count = int(sys.argv[1])
draw = random.Random(1)
words = [f'w{i}' for i in range(50_000)]
texts = [' '.join(draw.choices(words, k=8)) for _ in range(10_000)]
nutgraf.TfidfVectorizer().fit(texts[:10])
status = lambda key: int(re.search(key + r':\\s+(\\d+) kB', open('/proc/self/status').read())[1]) * 1024
open('/proc/self/clear_refs', 'w').write('5')  # the peak starts again from here
before = status('VmRSS')
nutgraf.TfidfVectorizer().fit(texts[i % len(texts)] for i in range(count))
print((status('VmHWM') - before) / 1e6)
"""


def vector_memory_lines(folder):
    """Peak memory of the vectorizers beside scikit-learn's, each in a fresh process."""
    if not pathlib.Path('/proc/self/clear_refs').exists():
        return
    yield '\nPeak memory of the vectorizers, the matrix included, all texts of the evaluation data for summaries:\n'
    yield '| call | MB | scikit-learn, MB | share |'
    yield '|---' * 4 + '|'
    for kind, step in (
        ('TfidfVectorizer', 'fit'),
        ('TfidfVectorizer', 'fit_transform'),
        ('HashingVectorizer', 'transform'),
    ):
        peaks = []
        for module in ('nutgraf', 'sklearn.feature_extraction.text'):
            probe = [sys.executable, '-c', VECTOR_MEMORY_PROBE, str(folder), module, kind, step]
            said = subprocess.run(probe, text=True, capture_output=True, check=True).stdout
            peaks.append(float(said.split()[0]))
        yield f'| `{kind}.{step}` | {peaks[0]:.0f} | {peaks[1]:.0f} | {peaks[0] / peaks[1]:.2f} |'
    yield '\n`TfidfVectorizer.fit` of a generator of texts of eight words, 50,000 different ones:\n'
    yield '| texts | peak memory, MB |\n|---|---|'
    for count in (100_000, 10_000_000):
        probe = [sys.executable, '-c', STREAM_PROBE, str(count)]
        said = subprocess.run(probe, text=True, capture_output=True, check=True).stdout
        yield f'| {count:,} | {float(said):.0f} |'


def machine():
    """What the figures were measured on."""
    try:
        info = pathlib.Path('/proc/cpuinfo').read_text()
        model = re.search(r'model name\s*: (.*)', info)[1]
    except (OSError, TypeError):
        model = platform.processor()
    return f'{model}, Python {platform.python_version()}'


def main():
    """Print the report, and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', type=pathlib.Path)
    out = parser.parse_args().out
    import nutgraf

    lines = [f'# Speed\n\nMade by `make bench` with nutgraf {nutgraf.__version__} on {machine()}.\n']
    print(lines[0])
    for line in measure():
        print(line, flush=True)
        lines.append(line)
    if out:
        out.write_text('\n'.join(lines) + '\n', 'utf8')


if __name__ == '__main__':
    main()
