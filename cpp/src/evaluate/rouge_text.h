#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "nutgraf/evaluate.h"
#include "nutgraf/vocabulary.h"
#include "support/term_key.h"
#include "unicode/unicode.h"
#include "unicode/words.h"

namespace nutgraf {

/// A text as ROUGE sees it: the ids of its words, and where its lines begin.
struct RougeText {
  std::vector<std::int32_t> words{};
  std::vector<std::size_t> line_begin{};  ///< in words, one a line

  std::size_t lines() const noexcept { return line_begin.size(); }
  std::span<const std::int32_t> line(std::size_t i) const {
    const std::size_t end = i + 1 < lines() ? line_begin[i + 1] : words.size();
    return std::span(words).subspan(line_begin[i], end - line_begin[i]);
  }
  void add_line(std::span<const std::int32_t> of) {
    line_begin.push_back(words.size());
    words.insert(words.end(), of.begin(), of.end());
  }
};

/// Makes texts comparable: words get ids, the same word the same id.
class RougeReader {
 public:
  explicit RougeReader(const RougeOptions& options);
  RougeText read(std::string_view text);

 private:
  void read_ascii(std::string_view line);
  void read_unicode(std::string_view line);
  /// The word that the end of the folded text is, from a place on.
  void add(std::size_t begin);

  const RougeOptions& options_;
  std::unordered_set<std::string> stop_words_;
  Vocabulary vocabulary_;
  std::unique_ptr<unicode::WordWalker> walker_;
  unicode::Folder fold_;
  std::string folded_;       ///< the words of a text one after the other
  std::vector<Span> spans_;  ///< of these words
};

/// \throws Error invalid_argument where there is none.
std::vector<RougeText> read_references(RougeReader& reader, std::span<const std::string_view> references);

/// The part of a prediction that the limits of the options let count.
std::string_view within_limits(std::string_view prediction, const RougeOptions& options);

/// A type of rouge() by its name.
struct RougeType {
  enum class Kind : std::uint8_t { n_grams, l, l_sum, w, skip_pairs } kind;
  std::int32_t n = 0;       ///< of n-grams
  bool with_words = false;  ///< of skip pairs
};
/// \throws Error invalid_argument that lists the types.
RougeType rouge_type(std::string_view name);

RougeScore rouge_score(const RougeText& prediction, const RougeText& reference, RougeType type);

/// The score that those with several references become; `scores` is not empty.
RougeScore of_references(std::span<const RougeScore> scores, RougeReferences how);

}  // namespace nutgraf
