#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "terms/row_counter.h"
#include "terms/text_analyzer.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

/// Counts rows of terms, with a vocabulary that grows or with one that is given.
class TextRows {
 public:
  explicit TextRows(const Vocabulary* vocabulary) : vocabulary_(vocabulary), rows_(counts_) {}

  void add(std::string_view term) {
    const std::int32_t id = vocabulary_ ? vocabulary_->find(term) : counts_.vocabulary.add(term);
    if (id >= 0) rows_.add(id);
  }
  void end_row() { rows_.end_row(); }
  TermCounts finish(bool binary) && {
    if (binary) std::ranges::fill(counts_.counts, 1);
    return std::move(counts_);
  }

 private:
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
    analyze(texts[row], [&](std::string_view term) {
      pacer.advance(term.size());
      rows.add(term);
    });
    rows.end_row();
  }
  return std::move(rows).finish(options.binary);
}

TermCounts count_terms(std::span<const std::vector<std::string_view>> given, bool binary,
                       const Vocabulary* vocabulary, const Control& control) {
  TextRows rows(vocabulary);
  Pacer pacer(control);
  for (const auto& terms : given) {
    for (const std::string_view term : terms) {
      pacer.advance(term.size());
      rows.add(term);
    }
    rows.end_row();
  }
  return std::move(rows).finish(binary);
}

}  // namespace nutgraf
