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

/// The words that tell languages apart (cpp/data/function_words.txt), of all languages in one table. Most
/// stop words are not among them: their lists may grow, and no text changes its language.
class FrequentWords {
 public:
  FrequentWords();
  struct Bits {
    LanguageBits languages = 0;  ///< those in which the word is frequent
    std::int32_t weight = 0;     ///< the more, the fewer these are
  };
  Bits find(const TermKey& word) const noexcept { return bits_of(words_.find(word)); }
  /// Of several words of a buffer, as Vocabulary::find takes them; faster.
  std::vector<Bits> find(const char* buffer, std::span<const Span> words) const;
  /// The bit of a language, 0 for one that is not known.
  static LanguageBits bit_of(std::string_view lang) noexcept;

 private:
  Bits& bits_of(const TermKey& word);
  Bits bits_of(std::int32_t id) const noexcept {
    return id < 0 ? Bits{} : bits_[static_cast<std::size_t>(id)];
  }

  Vocabulary words_;
  std::vector<Bits> bits_;
};
const FrequentWords& frequent_words();

/// As many words of a text are looked at to find its language.
inline constexpr std::size_t language_sample = 100;

/// The language whose frequent words are the most among the first of these words, which are in the order of
/// the text; where few are frequent in any, the language of the script, if it has but one; else "und".
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
