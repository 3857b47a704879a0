#include <algorithm>

#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "terms/row_counter.h"
#include "terms/word_terms.h"

namespace nutgraf {
namespace {

// The table of terms starts with room for so many; larger vocabularies grow into it.
constexpr std::size_t most_room = 1000;

}  // namespace

TermCounts count_terms(std::span<const Document> documents, const TermOptions& options,
                       const Control& control) {
  std::size_t words = 0, sentences = 0;
  for (const Document& document : documents) {
    words += document.word_spans().size();
    sentences += document.sentence_spans().size();
  }
  TermCounts counts{.vocabulary = Vocabulary(std::min(words / 2, most_room))};
  counts.row_begin.reserve(sentences + 1);
  counts.ids.reserve(words);
  counts.counts.reserve(words);
  SumById sum;
  OrderedRows rows(counts, counts.vocabulary, sum);
  WordTerms terms_of(options);
  Pacer pacer(control);
  for (const Document& document : documents) {
    terms_of(
        document,
        [&](const char* buffer, std::span<const Span> terms) {
          counts.vocabulary.add(buffer, terms, rows.add(terms.size()));
        },
        [&](std::int32_t sentence) {
          rows.end_row();
          pacer.advance(static_cast<std::size_t>(document.sentence_spans()[sentence].size()));
        });
  }
  return counts;
}

}  // namespace nutgraf
