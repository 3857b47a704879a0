#!/usr/bin/env python3
"""Accuracy on evaluation data, as tables.

usage: scoreboard.py [--data DIR] [--out FILE.md]

DIR is a folder of evaluation data (default: $NUTGRAF_DATA, else ../shared/data beside the checkout) with
summarize/*.jsonl.xz and segment/*.jsonl.xz. Where it is absent, this says so and ends.

Summaries: ROUGE F1 of google's rouge-score with stemming, the best over the references; three sentences. Sentences: F1
of the boundaries with no line end in the gap, on treebanks, the mean within a language and then over languages.
"""

import argparse
import collections
import json
import lzma
import os
import pathlib
import random
import statistics

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = ('rouge1', 'rouge2', 'rougeLsum')
NEWS = ('cnndm_val1000', 'bbc_news_summary')
ODD_TREEBANKS = ('tr_boun', 'it_postwita', 'en_atis')  # line ends inside sentences, or no punctuation


def records(path):
    """The records of a compressed file of JSON lines."""
    with lzma.open(path, 'rt', encoding='utf8') as lines:
        return [json.loads(line) for line in lines]


def interval(differences, resamples=1000):
    """95 % interval of a mean by bootstrap."""
    draw = random.Random(0)
    means = sorted(statistics.fmean(draw.choices(differences, k=len(differences))) for _ in range(resamples))
    return means[int(0.025 * resamples)], means[int(0.975 * resamples)]


def rouge(scorer, references, chosen):
    """ROUGE of KINDS in 0..100."""
    scores = [scorer.score(reference, '\n'.join(chosen)) for reference in references]
    return [100 * max(s[kind].fmeasure for s in scores) for kind in KINDS]


def summary_lines(data):
    """The table of summaries: methods on news, as gains over the method lead."""
    from rouge_score import rouge_scorer

    import nutgraf

    scorer = rouge_scorer.RougeScorer(KINDS, use_stemmer=True)
    yield '## Summaries of three sentences\n'
    yield '| set | documents | method | R1 | R2 | RLsum | R1 over lead | 95 % | dangling % |'
    yield '|---' * 9 + '|'
    for name in NEWS:
        rows = records(data / 'summarize' / f'{name}.jsonl.xz')[:400]
        scores = collections.defaultdict(list)
        dangling = collections.Counter()
        for row in rows:
            document = nutgraf.segment(row['text'])
            references = ['\n'.join(s.text for s in nutgraf.segment(r).sentences) for r in row['summaries']]
            for method in nutgraf.METHODS[1:]:
                summary = nutgraf.summarize(document, method=method)
                scores[method].append(rouge(scorer, references, [str(s) for s in summary]))
                dangling[method] += any(s.dangling for s in summary)
        for method, values in scores.items():
            mean = [statistics.fmean(column) for column in zip(*values, strict=True)]
            gains = [ours[0] - lead[0] for ours, lead in zip(values, scores['lead'], strict=True)]
            low, high = interval(gains)
            cells = [name, len(rows), method, *(f'{m:.2f}' for m in mean), f'{statistics.fmean(gains):+.2f}']
            cells += [f'{low:+.2f} to {high:+.2f}', f'{100 * dangling[method] / len(rows):.1f}']
            yield '| ' + ' | '.join(map(str, cells)) + ' |'


def boundaries(text, ends):
    """The ends without the white space before them, but for the last."""
    last = len(text.rstrip())
    found = {len(text[:end].rstrip()) for end in ends}
    return {end for end in found if 0 < end < last and not is_at_line_end(text, end)}


def is_at_line_end(text, end):
    """Whether a line ends in the gap after a boundary."""
    gap = text[end : end + len(text[end:]) - len(text[end:].lstrip())]
    return any(c in '\n\r\u2028\u2029\x0b\x0c\x85' for c in gap)


def segment_lines(data):
    """The table of sentence boundaries."""
    import nutgraf

    by_language = collections.defaultdict(list)
    for path in sorted((data / 'segment').glob('ud_*-dev.jsonl.xz')):
        if any(odd in path.name for odd in ODD_TREEBANKS):
            continue
        hits = wrong = missed = 0
        rows = records(path)
        for row in rows:
            gold = boundaries(row['text'], [end for _, end in row['sentences']])
            ours = boundaries(row['text'], nutgraf.segment(row['text']).sentence_spans[:, 1].tolist())
            hits, wrong, missed = hits + len(gold & ours), wrong + len(ours - gold), missed + len(gold - ours)
        by_language[rows[0]['lang']].append(100 * 2 * hits / max(1, 2 * hits + wrong + missed))
    means = {lang: statistics.fmean(values) for lang, values in by_language.items()}
    yield '\n## Sentence boundaries\n'
    yield f'Macro F1 over {len(means)} languages: {statistics.fmean(means.values()):.2f}\n'
    yield '| language | F1 |\n|---|---|'
    for lang, value in sorted(means.items()):
        yield f'| {lang} | {value:.1f} |'


def main():
    """Print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get('NUTGRAF_DATA') or ROOT.parent / 'shared' / 'data'
    parser.add_argument('--data', type=pathlib.Path, default=pathlib.Path(default))
    parser.add_argument('--out', type=pathlib.Path)
    given = parser.parse_args()
    if not (given.data / 'summarize').is_dir():
        print(f'skipped: there is no evaluation data in {given.data}; name its folder with --data or NUTGRAF_DATA')
        return
    import nutgraf

    lines = [f'# Scoreboard\n\nMade by `make scoreboard` with nutgraf {nutgraf.__version__}.\n']
    print(lines[0])
    for line in (*summary_lines(given.data), *segment_lines(given.data)):
        print(line, flush=True)
        lines.append(line)
    if given.out:
        given.out.write_text('\n'.join(lines) + '\n', 'utf8')


if __name__ == '__main__':
    main()
