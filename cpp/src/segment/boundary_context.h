#pragma once

#include <cstdint>
#include <string_view>

#include "nutgraf/span.h"
#include "segment/abbreviations.h"
#include "segment/candidates.h"
#include "unicode/properties.h"

namespace nutgraf {

/// A token beside a candidate.
struct Neighbor {
  /// What kind of characters it has.
  enum class Shape : std::uint8_t {
    none,
    lower,
    capitalized,
    upper,
    mixed_case,
    single_upper,
    single_lower,
    caseless,  ///< letters of a script without case
    one_digit,
    two_digits,
    three_digits,
    digits,
    letters_and_digits,
    with_stops,  ///< "U.S", "z.B"
    symbols,
    roman,  ///< "XIV"
  };
  Span span{};                ///< in the block
  std::uint64_t lowered = 0;  ///< the hash of its characters in lower case, from the candidate outwards
  std::uint64_t affix = 0;    ///< that of the three nearest to the candidate
  std::uint8_t length = 0;    ///< in characters, 15 at most
  std::uint8_t letters = 0;   ///< without combining marks, 15 at most
  Shape shape = Shape::none;
  unicode::Script script = unicode::Script::common;
  char32_t last = 0;  ///< the character nearest to the candidate

  std::uint32_t hash() const noexcept { return static_cast<std::uint32_t>(lowered); }
};

/// What the rules and the classifier see around a candidate.
class BoundaryContext {
 public:
  /// What stands between the white space and the first letter or digit of what follows.
  enum class Lead : std::uint8_t { none, quote, opener, dash, bullet, closer, other };
  /// What stands right after the next token.
  enum class Follow : std::uint8_t { end, space, stop, comma, bracket, colon, quote, other, address };

  /// Looks at the tokens next to the candidate. `sentence_begin`: where its sentence begins in the block.
  BoundaryContext(std::string_view block, const Candidate& candidate, std::int32_t sentence_begin,
                  const SentenceLanguage& language, bool document_has_danda) noexcept;
  /// Nothing but one mark and a space between two words, neither of which is an abbreviation: as plain_word
  /// (candidates.h), in all scripts.
  bool is_plain() const noexcept { return is_plain_; }
  /// Looks at the tokens behind these too: second_before, second_after, opens_block, is_starter, and
  /// abbreviations of several words.
  void look_further(std::int32_t sentence_begin) noexcept;

  Neighbor before, after;
  Lead lead = Lead::none;
  char32_t first_after = 0;  ///< the first character of the token after, 0 where there is none
  AbbreviationClass abbreviation = AbbreviationClass::none;
  std::int32_t distance;  ///< bytes from the beginning of the sentence to the candidate
  bool has_danda;         ///< the document ends sentences with dandas

  Neighbor second_before, second_after;
  Follow follow = Follow::end;
  bool opens_bracket = false;  ///< a bracket opens before the token after
  bool is_starter = false;     ///< the token after is a capitalised word that begins sentences
  bool opens_block = false;    ///< nothing stands before the token before

 private:
  bool is_plain(const Candidate& candidate) const noexcept;
  void find_abbreviation_of_words() noexcept;

  std::string_view block_;
  const SentenceLanguage& language_;
  std::size_t follow_end_ = 0;
  bool is_plain_stop_ = false, is_plain_ = false;
};

}  // namespace nutgraf
