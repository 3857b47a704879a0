#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/vocabulary.h"

namespace nutgraf {

/// How sentences of a language open with a pronoun or connective that points to what was said before ("They",
/// "But"), by cpp/data/openers.txt.
class Openers {
 public:
  /// Null for a language without a list, where no opening points back.
  static const Openers* of(std::string_view lang);

  /// Whether a sentence opens so.
  bool opens(const Document& document, std::int32_t sentence) const;

 private:
  enum class Kind : std::uint8_t {
    beginning,        ///< of longer ones alone
    pointing,         ///< points back
    with_complement,  ///< the same, unless a complement says what it means
  };
  void add(std::string_view kind, std::string_view phrase);
  void add(std::string_view phrase, Kind kind);

  Vocabulary phrases_, complements_;
  std::vector<Kind> kinds_;  ///< of the phrases
};

}  // namespace nutgraf
