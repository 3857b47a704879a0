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

/// The language whose frequent words are the most among the first words; where few are frequent in any, the
/// language of the script, if it has but one; else "und".
std::string_view identify_language(std::string_view text, std::span<const Span> words);

/// Tells which blocks are not in the language of their document, by their first words between spaces. Most
/// often one of the first five is frequent in the document's language alone, so that this costs next to
/// nothing.
class BlockLanguages {
 public:
  BlockLanguages(std::string_view text, std::string_view document_lang);

  /// The language of a block: another one than the document's only if its frequent words are several and say
  /// much more than those of the document's language, or if its script is another.
  std::string_view operator()(Span block) const;

 private:
  std::string_view text_, lang_;
  LanguageBits bit_;
  unicode::Script script_;
};

/// \throws Error invalid_argument that lists the known codes.
void check_language(std::string_view lang);

}  // namespace nutgraf
