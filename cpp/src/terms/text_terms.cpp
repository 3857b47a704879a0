#include <algorithm>
#include <numeric>

#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "terms/renumber.h"
#include "terms/row_counter.h"
#include "terms/text_analyzer.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

// Renumbering takes time for every term of a vocabulary, sorting this much more for every term of a row: a
// few rows are sorted.
constexpr std::size_t sort_cost = 8;
constexpr std::size_t usual_token = 6;  // bytes, with the space behind it

/// Counts rows of terms, with a vocabulary that grows or with one that is given.
class TextRows {
 public:
  /// `expected`: the number of terms in all rows, about.
  TextRows(const Vocabulary* vocabulary, std::size_t expected)
      : vocabulary_(vocabulary),
        sorts_rows_(vocabulary && sort_cost * expected < static_cast<std::size_t>(vocabulary->size())),
        rows_(counts_, sorts_rows_) {}

  void add(const TermKey& term) {
    const std::int32_t id = vocabulary_ ? vocabulary_->find(term) : counts_.vocabulary.add(term);
    if (id >= 0) rows_.add(id);
  }
  void end_row() { rows_.end_row(); }
  TermCounts finish(bool binary, const Control& control) && {
    if (vocabulary_ && !sorts_rows_) put_ids_in_order(control);
    if (binary) std::ranges::fill(counts_.counts, 1);
    return std::move(counts_);
  }

 private:
  void put_ids_in_order(const Control& control) {
    std::vector<std::int32_t> same(static_cast<std::size_t>(vocabulary_->size()));
    std::iota(same.begin(), same.end(), 0);
    renumber(counts_, same, document_frequencies(counts_, vocabulary_->size()), control);
  }

  const Vocabulary* vocabulary_;
  bool sorts_rows_;
  TermCounts counts_;
  RowCounter rows_;
};

}  // namespace

TermCounts count_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                       const Vocabulary* vocabulary, const Control& control) {
  std::size_t total = 0;
  for (const auto text : texts) total += text.size();
  TextAnalyzer analyze(options);
  const auto lengths = static_cast<std::size_t>(options.most_n - options.least_n + 1);
  TextRows rows(vocabulary, total * lengths / (options.analyzer == Analyzer::word ? usual_token : 1));
  Pacer pacer(control, total);
  for (std::size_t row = 0; row < texts.size(); ++row) {
    try {
      unicode::check_utf8(texts[row], pacer);
    } catch (const Error& error) {
      throw of_text(row, error);
    }
    analyze(texts[row], [&](const TermKey& term) {
      pacer.advance(term.text.size());
      rows.add(term);
    });
    rows.end_row();
  }
  return std::move(rows).finish(options.binary, control);
}

TermCounts count_terms(std::span<const std::vector<std::string_view>> given, bool binary,
                       const Vocabulary* vocabulary, const Control& control) {
  std::size_t total = 0;
  for (const auto& terms : given) total += terms.size();
  TextRows rows(vocabulary, total);
  Pacer pacer(control);
  for (const auto& terms : given) {
    for (const std::string_view term : terms) {
      pacer.advance(term.size());
      rows.add(key_of(term));
    }
    rows.end_row();
  }
  return std::move(rows).finish(binary, control);
}

}  // namespace nutgraf
