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
import random
import re
import statistics

import bench
import evaluation_data
import keyphrase_scores
import segment_scores
import stemming_scores
import train_sentences

KINDS = ('rouge1', 'rouge2', 'rougeLsum')
NEWS = ('cnndm_val1000', 'bbc_news_summary', 'indonesian1000', 'norsumm')
MOST_DOCUMENTS = 200
# Words that, opening a sentence, point back; a list apart from the one that nutgraf chooses by.
OPENERS = frozenset(
    [
        *('he', 'she', 'they', 'it', 'his', 'her', 'its', 'their', 'this', 'these', 'that', 'those', 'him', 'them'),
        *('but', 'however', 'and', 'so', 'also', 'meanwhile', 'then', 'still', 'yet', 'nevertheless'),
    ]
)


def rouge(scorer, references, chosen):
    """ROUGE of KINDS in 0..100."""
    scores = [scorer.score(reference, '\n'.join(chosen)) for reference in references]
    return [100 * max(s[kind].fmeasure for s in scores) for kind in KINDS]


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


def summary_lines(data):
    """The table of summaries: methods and peers on news, as gains over the method lead."""
    from rouge_score import rouge_scorer

    import nutgraf

    scorer = rouge_scorer.RougeScorer(KINDS, use_stemmer=True)
    yield '## Summaries of three sentences\n'
    yield (
        f'The first {MOST_DOCUMENTS} documents of each set. Dangling: summaries with a sentence that opens with a '
        'pronoun or a connective while the one before it is not chosen; "may dangle" takes the best three by salience '
        'whatever they open with. lede gets the characters of the first three sentences.\n'
    )
    yield '| set | documents | system | R1 | R2 | RLsum | R1 over lead | 95 % | dangling % |'
    yield '|---' * 9 + '|'
    for name in NEWS:
        rows = evaluation_data.records(data / 'summarize' / f'{name}.jsonl.xz')[:MOST_DOCUMENTS]
        scores, dangling = collections.defaultdict(list), collections.Counter()
        others = peers(rows[0]['lang'])
        for row in rows:
            document = nutgraf.segment(row['text'])
            references = ['\n'.join(s.text for s in nutgraf.segment(r).sentences) for r in row['summaries']]
            chosen = {m: [s.text for s in nutgraf.summarize(document, method=m)] for m in nutgraf.METHODS[1:]}
            chosen |= {
                f'mix, {s}': [x.text for x in nutgraf.summarize(document, strategy=s)]
                for s in ('mmr', 'coverage', 'concepts')
            }
            chosen['mix, may dangle'] = best_three(nutgraf.summarize(document))
            chosen['mix, auto'] = [s.text for s in nutgraf.summarize(document, sentences='auto')]
            sentences = [s.text for s in document.sentences]
            chosen |= {peer: call(row['text'], sentences) for peer, call in others.items()}
            for system, found in chosen.items():
                scores[system].append(rouge(scorer, references, found))
                dangling[system] += dangles(row['text'], found)
        for system, values in scores.items():
            mean = [statistics.fmean(column) for column in zip(*values, strict=True)]
            gains = [ours[0] - lead[0] for ours, lead in zip(values, scores['lead'], strict=True)]
            low, high = evaluation_data.interval(gains)
            cells = [name, len(rows), system, *(f'{m:.2f}' for m in mean), f'{statistics.fmean(gains):+.2f}']
            cells += [f'{low:+.2f} to {high:+.2f}', f'{100 * dangling[system] / len(rows):.1f}']
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
