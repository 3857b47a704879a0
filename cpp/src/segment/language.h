#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nutgraf/span.h"
#include "nutgraf/vocabulary.h"
#include "unicode/properties.h"

namespace nutgraf {

/// A set of languages: bit i for the i-th of languages().
using LanguageBits = std::uint64_t;

/// The stop words (cpp/data/stop_words) and the most frequent words (cpp/data/function_words.txt) of all
/// languages in one table.
class FrequentWords {
 public:
  FrequentWords();
  /// The languages in which a folded word is a stop word.
  LanguageBits stop_languages(const TermKey& word) const noexcept { return find(word).stop; }
  struct Bits {
    LanguageBits stop = 0;
    LanguageBits any = 0;     ///< the languages in which it is frequent, stop words included
    std::int32_t weight = 0;  ///< the more, the fewer languages have it
  };
  Bits find(const TermKey& word) const noexcept {
    const std::int32_t id = words_.find(word);
    return id < 0 ? Bits{} : bits_[static_cast<std::size_t>(id)];
  }
  /// The bit of a language, 0 for one that is not known.
  static LanguageBits bit_of(std::string_view lang) noexcept;

 private:
  Bits& bits_of(std::string_view word);

  Vocabulary words_;
  std::vector<Bits> bits_;
};
const FrequentWords& frequent_words();

/// As many words of a text are looked at to find its language.
inline constexpr std::size_t language_sample = 100;

struct IdentifiedLanguage {
  std::string_view lang = "und";
  int frequent_words = 0;         ///< how many of the words are frequent in it; 0 where the script tells it
  std::int64_t weight = 0;        ///< of these words together: the more, the fewer languages have them
  std::int64_t other_weight = 0;  ///< of those that are frequent in `other`
};
/// The language whose frequent words are the most among the first words; where few are frequent in any, the
/// language of the script, if it has but one; else "und". `other`: a language to compare with, or 0.
IdentifiedLanguage identify_language(std::string_view text, std::span<const Span> words,
                                     LanguageBits other = 0);

/// Whether a word that is frequent in this language alone stands among the first of a text, between spaces.
/// Most often one of the first five is, so that this costs next to nothing.
bool shows_language(std::string_view text, LanguageBits lang);
/// The script of the first letter; common where there is none.
unicode::Script script_of(std::string_view text) noexcept;

/// \throws Error invalid_argument that lists the known codes.
void check_language(std::string_view lang);

}  // namespace nutgraf
