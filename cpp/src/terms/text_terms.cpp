#include <string>

#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "terms/row_counter.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr int least_characters = 2;

/// Calls use(run) for every run of two or more characters that Python's \w matches.
template <typename Use>
void for_each_run(std::string_view text, Use use) {
  std::size_t begin = 0;
  int length = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t here = at;
    const bool inside = here < text.size() && unicode::is_regex_word(unicode::next_code_point(text, at));
    if (inside) {
      if (length++ == 0) begin = here;
    } else {
      if (length >= least_characters) use(text.substr(begin, here - begin));
      length = 0;
      if (here == text.size()) break;
    }
  }
}

}  // namespace

TermCounts count_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                       const Vocabulary* vocabulary, const Control& control) {
  TermCounts counts;
  RowCounter rows(counts);
  Vocabulary stop;
  for (const auto& word : options.stop_words) stop.add(word);
  std::size_t total = 0;
  for (const auto text : texts) total += text.size();
  Pacer pacer(control, total);
  for (std::size_t row = 0; row < texts.size(); ++row) {
    try {
      unicode::check_utf8(texts[row], pacer);
    } catch (const Error& error) {
      throw of_text(row, error);
    }
    const std::string lowered = options.lowercase ? unicode::lower(texts[row]) : std::string();
    for_each_run(options.lowercase ? std::string_view(lowered) : texts[row], [&](std::string_view term) {
      pacer.advance(term.size());
      if (stop.find(term) >= 0) return;
      const std::int32_t id = vocabulary ? vocabulary->find(term) : counts.vocabulary.add(term);
      if (id >= 0) rows.add(id);
    });
    rows.end_row();
  }
  return counts;
}

}  // namespace nutgraf
