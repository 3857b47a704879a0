#include "select/openers.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {

const Openers* Openers::of(std::string_view lang) {
  static const auto table = [] {
    std::unordered_map<std::string_view, Openers> found;
    for (std::string_view line : data_lines("openers")) {
      Openers& openers = found[take_field(line)];
      const std::string_view kind = take_field(line);
      openers.add(kind, unicode::fold(line));
    }
    return found;
  }();
  const auto at = table.find(lang);
  return at == table.end() ? nullptr : &at->second;
}

void Openers::add(std::string_view kind, std::string_view phrase) {
  if (kind == "complement") {
    complements_.add(phrase);
    return;
  }
  for (std::size_t space = phrase.find(' '); space != std::string_view::npos;
       space = phrase.find(' ', space + 1))
    add(phrase.substr(0, space), Kind::beginning);
  add(phrase, kind == "noun" ? Kind::with_complement : Kind::pointing);
}

void Openers::add(std::string_view phrase, Kind kind) {
  const auto id = static_cast<std::size_t>(phrases_.add(phrase));
  if (id == kinds_.size()) kinds_.push_back(kind);
  if (kinds_[id] == Kind::beginning) kinds_[id] = kind;
}

bool Openers::opens(const Document& document, std::int32_t sentence) const {
  const IndexRange words = document.words_of_sentence(sentence);
  const auto spans = document.word_spans();
  const std::int32_t shown_from = document.dateline(sentence).end;
  const char* const readable_end = document.text().data() + document.text().size();
  std::string phrase;
  unicode::Folder fold;
  bool is_open = false;  // it has been told but for a complement
  for (std::int32_t w = words.first; w < words.last; ++w) {
    if (spans[w].begin < shown_from) continue;
    const std::string_view word = document.slice(spans[w]);
    TermKey folded = fold(word, readable_end);
    if (is_open) return complements_.find(folded) < 0;
    std::int32_t found = -1;
    if (phrase.empty()) {
      found = phrases_.find(folded);
      // "It's", "They've": the pronoun alone.
      const std::size_t apostrophe =
          found < 0 ? std::min(word.find('\''), word.find("\u2019")) : std::string_view::npos;
      if (apostrophe != std::string_view::npos) {
        folded = fold(word.substr(0, apostrophe), readable_end);
        found = phrases_.find(folded);
      }
      phrase = folded.text;
    } else {
      (phrase += ' ') += folded.text;
      found = phrases_.find(phrase);
    }
    if (found < 0) return false;
    if (kinds_[static_cast<std::size_t>(found)] == Kind::pointing) return true;
    is_open = kinds_[static_cast<std::size_t>(found)] == Kind::with_complement;
  }
  return is_open;
}

}  // namespace nutgraf
