#pragma once

// What words lose before they are compared, and the words of a language that are left out.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/vocabulary.h"

namespace nutgraf {

inline constexpr std::string_view typographic_apostrophe = "\u2019";

/// The size of a word without a possessive 's. The apostrophe is looked for first: few words have one, and
/// many end with an s.
inline std::size_t size_without_possessive(std::string_view word) noexcept {
  const auto is_possessive = [&](std::string_view apostrophe) {
    const std::size_t size = apostrophe.size() + 1;
    return word.size() > size && word.substr(word.size() - size).starts_with(apostrophe) &&
           (word.back() | 0x20) == 's';
  };
  if (is_possessive("'")) return word.size() - 2;
  return is_possessive(typographic_apostrophe) ? word.size() - typographic_apostrophe.size() - 1
                                               : word.size();
}

/// A word with ' for every typographic apostrophe, in `buffer`.
std::string_view with_plain_apostrophes(std::string_view word, std::string& buffer);

/// The folded stop words of a language, made when they are first asked for; null where there is no list.
const Vocabulary* folded_stop_words(std::string_view lang);

/// What a language elides before a word, with the apostrophe (cpp/data/elisions.txt).
std::vector<std::string_view> elisions_of(std::string_view lang);

/// The size of what is elided before a folded word: 2 for "l'\u00E9t\u00E9"; 0 where nothing is.
std::size_t elision_size(std::string_view folded, std::span<const std::string_view> elisions) noexcept;

}  // namespace nutgraf
