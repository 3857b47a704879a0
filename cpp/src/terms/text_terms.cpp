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

/// Counts rows of terms, with a vocabulary that grows or with one that is given.
class TextRows {
 public:
  explicit TextRows(const Vocabulary* vocabulary) : vocabulary_(vocabulary), rows_(counts_, false) {}

  void add(const TermKey& term) {
    const std::int32_t id = vocabulary_ ? vocabulary_->find(term) : counts_.vocabulary.add(term);
    if (id >= 0) rows_.add(id);
  }
  void end_row() { rows_.end_row(); }
  TermCounts finish(bool binary, const Control& control) && {
    if (vocabulary_) sort_rows(control);
    if (binary) std::ranges::fill(counts_.counts, 1);
    return std::move(counts_);
  }

 private:
  void sort_rows(const Control& control) {
    std::vector<std::int32_t> same(static_cast<std::size_t>(vocabulary_->size()));
    std::iota(same.begin(), same.end(), 0);
    std::vector<std::int64_t> df(same.size());
    for (const std::int32_t id : counts_.ids) ++df[id];
    renumber(counts_, same, df, control);
  }

  const Vocabulary* vocabulary_;
  TermCounts counts_;
  RowCounter rows_;
};

}  // namespace

TermCounts count_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                       const Vocabulary* vocabulary, const Control& control) {
  TextRows rows(vocabulary);
  TextAnalyzer analyze(options);
  std::size_t total = 0;
  for (const auto text : texts) total += text.size();
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
  TextRows rows(vocabulary);
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
