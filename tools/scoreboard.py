#!/usr/bin/env python3
"""Accuracy on evaluation data, as tables.

usage: scoreboard.py [--data DIR] [--out FILE.md] [--page FILE.html]

DIR is a folder of evaluation data (default: $NUTGRAF_DATA, else ../shared/data beside the checkout) with
summarize/, segment/, pages/ and keyphrase/*.jsonl.xz. Where it is absent, this says so and ends. --page writes the same
with plots.

Summaries: see summary_scores.py. Sentences and pages: see segment_scores.py. Keyphrases: see keyphrase_scores.py.
"""

import argparse
import itertools
import pathlib

import evaluation_data
import keyphrase_scores
import segment_scores
import stemming_scores
import summary_scores
import train_sentences


def main():
    """Print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', type=pathlib.Path, default=evaluation_data.default_folder())
    parser.add_argument('--out', type=pathlib.Path)
    parser.add_argument('--page', type=pathlib.Path)
    given = parser.parse_args()
    if not (given.data / 'summarize').is_dir():
        print(f'skipped: there is no evaluation data in {given.data}; name its folder with --data or NUTGRAF_DATA')
        return
    import nutgraf

    lines = [f'# Scoreboard\n\nMade by `make scoreboard` with nutgraf {nutgraf.__version__}.\n']
    print(lines[0])
    records = []
    tables = (
        summary_scores.summary_tables(given.data, records),
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
    if given.page:
        import scoreboard_page

        given.page.write_text(scoreboard_page.page(lines, records), 'utf8')


if __name__ == '__main__':
    main()
