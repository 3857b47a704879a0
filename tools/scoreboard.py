#!/usr/bin/env python3
"""Accuracy on evaluation data, as tables.

usage: scoreboard.py [--data DIR] [--out FILE.md]

DIR is a folder of evaluation data (default: $NUTGRAF_DATA, else ../shared/data beside the checkout) with
summarize/, segment/, pages/ and keyphrase/*.jsonl.xz. Where it is absent, this says so and ends.

Summaries: ROUGE F1 of google's rouge-score with stemming, the best over the references; three sentences. Sentences and
pages: see segment_scores.py. Keyphrases: see keyphrase_scores.py.
"""

import argparse
import collections
import itertools
import pathlib
import statistics

import evaluation_data
import keyphrase_scores
import segment_scores
import stemming_scores
import train_sentences

KINDS = ('rouge1', 'rouge2', 'rougeLsum')
NEWS = ('cnndm_val1000', 'bbc_news_summary')


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
        rows = evaluation_data.records(data / 'summarize' / f'{name}.jsonl.xz')[:400]
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
            low, high = evaluation_data.interval(gains)
            cells = [name, len(rows), method, *(f'{m:.2f}' for m in mean), f'{statistics.fmean(gains):+.2f}']
            cells += [f'{low:+.2f} to {high:+.2f}', f'{100 * dangling[method] / len(rows):.1f}']
            yield '| ' + ' | '.join(map(str, cells)) + ' |'


def main():
    """Print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', type=pathlib.Path, default=evaluation_data.default_folder())
    parser.add_argument('--out', type=pathlib.Path)
    given = parser.parse_args()
    if not (given.data / 'summarize').is_dir():
        print(f'skipped: there is no evaluation data in {given.data}; name its folder with --data or NUTGRAF_DATA')
        return
    import nutgraf

    lines = [f'# Scoreboard\n\nMade by `make scoreboard` with nutgraf {nutgraf.__version__}.\n']
    print(lines[0])
    tables = (
        summary_lines(given.data),
        segment_scores.sentence_tables(given.data, train_sentences.training_sets(given.data)),
        segment_scores.page_tables(given.data),
        stemming_scores.stemming_table(given.data),
        keyphrase_scores.keyphrase_tables(given.data),
    )
    for line in itertools.chain(*tables):
        print(line, flush=True)
        lines.append(line)
    if given.out:
        given.out.write_text('\n'.join(lines) + '\n', 'utf8')


if __name__ == '__main__':
    main()
