"""Whether stems serve better than words: sentences chosen by centroid salience, with and without stemming."""

import collections
import statistics

import evaluation_data

# Languages with a stemmer, single documents.
SETS = ('cnndm_val1000', 'bbc_news_summary', 'easc_ar', 'indonesian1000', 'norsumm', 'ru_sci480', 'turkish_ext')
MOST_DOCUMENTS = 300


def terms(text, lang):
    """The words of a text, folded, with how often each stands there."""
    import nutgraf

    return collections.Counter(w.text.casefold() for w in nutgraf.segment(text, lang=lang).words)


def overlap_f1(chosen, reference):
    """F1 of the words two texts share."""
    shared = sum((chosen & reference).values())
    return 200 * shared / max(chosen.total() + reference.total(), 1)


def chosen_sentences(document, stem, words):
    """The most central sentences by TF-IDF, as many as come to so many words."""
    import numpy as np

    import nutgraf

    rows = nutgraf.TfidfVectorizer(analyzer='segment', stem=stem, lang=document.lang).fit_transform(document)
    salience = rows @ np.asarray(rows.sum(axis=0)).ravel()
    sentences = [s for s in document.sentences if s.role == 'body']
    order = sorted(sentences, key=lambda s: (-salience[s.index], s.index))
    chosen = []
    for sentence in order:
        if words <= 0:
            break
        chosen.append(sentence)
        words -= len(sentence.words)
    return ' '.join(s.text for s in sorted(chosen, key=lambda s: s.index))


def stemming_table(data):
    """The gain of stems over words, a row a set, with its 95 % interval."""
    import nutgraf

    yield '\n## Stemming\n'
    yield (
        'Sentences by centroid salience until the words of the shortest reference are reached; F1 of the words shared '
        f'with the best reference. The first {MOST_DOCUMENTS} documents of each set.\n'
    )
    yield '| set | language | documents | words | stems | gain | 95 % |'
    yield '|---' * 7 + '|'
    for name in SETS:
        rows = evaluation_data.records(data / 'summarize' / f'{name}.jsonl.xz')[:MOST_DOCUMENTS]
        scores = []
        for row in rows:
            lang = {'nb': 'no', 'nn': 'no'}.get(row['lang'], row['lang'])
            document = nutgraf.segment(row['text'], lang=lang)
            references = [terms(reference, lang) for reference in row['summaries']]
            budget = min(reference.total() for reference in references)
            if budget and any(s.role == 'body' for s in document.sentences):
                texts = [chosen_sentences(document, stem, budget) for stem in (False, True)]
                scores.append([max(overlap_f1(terms(text, lang), r) for r in references) for text in texts])
        words, stems = (statistics.fmean(column) for column in zip(*scores, strict=True))
        low, high = nutgraf.bootstrap_interval([b - a for a, b in scores])
        yield (
            f'| {name} | {rows[0]["lang"]} | {len(scores)} | {words:.2f} | {stems:.2f} | {stems - words:+.2f} '
            f'| {low:+.2f} to {high:+.2f} |'
        )
