#include "terms/word_folding.h"

#include <algorithm>

#include "nutgraf/terms.h"
#include "segment/language_tables.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {

std::span<const std::string_view> stop_words(std::string_view lang) {
  return data_lines("stop_words/" + std::string(lang));
}

std::string_view with_plain_apostrophes(std::string_view word, std::string& buffer) {
  buffer.clear();
  for (std::size_t at = 0; at < word.size();) {
    const bool is_typographic = word.substr(at).starts_with(typographic_apostrophe);
    buffer += is_typographic ? '\'' : word[at];
    at += is_typographic ? typographic_apostrophe.size() : 1;
  }
  return buffer;
}

const Vocabulary* folded_stop_words(std::string_view lang) {
  static LanguageTables<Vocabulary> tables;
  return tables.find(lang, [](std::string_view of) {
    constexpr std::size_t room = 4;  // most words of a text are none: found out at the first look
    unicode::Folder fold;
    const auto words = stop_words(of);
    Vocabulary folded(room * words.size());
    for (const auto word : words) folded.add(fold(word));
    return folded;
  });
}

std::vector<std::string_view> elisions_of(std::string_view lang) {
  std::vector<std::string_view> found;
  for (std::string_view line : data_lines("elisions")) {
    if (take_field(line) != lang) continue;
    while (!line.empty()) found.push_back(take_word(line));
  }
  return found;
}

std::size_t elision_size(std::string_view folded, std::span<const std::string_view> elisions) noexcept {
  constexpr std::size_t least_rest = 2;  // bytes
  const std::size_t apostrophe = folded.find('\'');
  if (apostrophe == std::string_view::npos || folded.size() - apostrophe - 1 < least_rest) return 0;
  const std::string_view elided = folded.substr(0, apostrophe + 1);
  return std::ranges::find(elisions, elided) == elisions.end() ? 0 : elided.size();
}

}  // namespace nutgraf
