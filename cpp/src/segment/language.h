#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nutgraf/span.h"
#include "nutgraf/vocabulary.h"

namespace nutgraf {

/// A set of languages: bit i for the i-th of languages().
using LanguageBits = std::uint32_t;

/// The stop words of all languages (cpp/data/stop_words) in one table.
class StopWords {
 public:
  StopWords();
  /// The languages in which a folded word is a stop word.
  LanguageBits languages(const TermKey& word) const noexcept {
    const std::int32_t id = words_.find(word);
    return id < 0 ? 0 : languages_[id];
  }
  /// The bit of a language, 0 for one without stop words.
  static LanguageBits bit_of(std::string_view lang) noexcept;

 private:
  Vocabulary words_;
  std::vector<LanguageBits> languages_;
};
const StopWords& all_stop_words();

/// The language whose stop words are the most frequent among the first words, "und" where none is
/// frequent.
std::string_view identify_language(std::string_view text, std::span<const Span> words);

/// \throws Error invalid_argument that lists the known codes.
void check_language(std::string_view lang);

}  // namespace nutgraf
