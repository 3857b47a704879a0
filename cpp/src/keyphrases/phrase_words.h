#pragma once

#include <cstdint>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"

namespace nutgraf {

/// A word as phrases see it: hyphenated words are one, an elided "l'" is one of its own.
struct PhraseWord {
  Span span{};            ///< without a possessive 's
  std::int32_t stem = 0;  ///< a number that words of the same stem share
  std::int32_t letters = 0;
  bool is_content = false;  ///< no stop word, and of the widest meaning only as part of a name
  bool is_general = false;  ///< of the widest meaning: a phrase has another word as well
  bool is_number = false;
  bool is_cased = false;         ///< begins with a letter that is upper or lower case
  bool is_capital = false;       ///< begins with an upper-case letter
  bool is_all_capitals = false;  ///< two letters at least, and none in lower case
  bool opens = false;            ///< is the first of its sentence
  bool adjoins = false;  ///< stands in the sentence of the word before, with white space between at most
  bool is_link = false;  ///< may stand inside a phrase though it is no content word
  bool is_before_verb = false;  ///< tells that the next word is a verb
  bool is_after_verb = false;   ///< tells that the word before is a verb
};

struct PhraseWords {
  std::vector<PhraseWord> words{};
  std::int32_t stems = 0;  ///< one more than the largest number of a stem
};

/// The words of what is read of a document; see keyphrases().
PhraseWords find_phrase_words(const Document& document, const Control& control);

}  // namespace nutgraf
