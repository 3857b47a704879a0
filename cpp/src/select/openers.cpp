#include "select/openers.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "nutgraf/vocabulary.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

struct Openers {
  Vocabulary first_words;
  std::unordered_map<std::string, bool> phrases;  ///< whether a complement makes it stand alone
  std::unordered_set<std::string> complements;
  std::size_t most_words = 1;
};

const Openers* openers_of(std::string_view lang) {
  static const auto table = [] {
    std::unordered_map<std::string_view, Openers> found;
    for (std::string_view line : data_lines("openers")) {
      Openers& openers = found[take_field(line)];
      const std::string_view kind = take_field(line);
      const std::string phrase = unicode::fold(line);
      if (kind == "complement") {
        openers.complements.insert(phrase);
        continue;
      }
      openers.first_words.add(phrase.substr(0, phrase.find(' ')));
      openers.phrases.emplace(phrase, kind == "noun");
      openers.most_words =
          std::max(openers.most_words, static_cast<std::size_t>(std::ranges::count(line, ' ')) + 1);
    }
    return found;
  }();
  const auto at = table.find(lang);
  return at == table.end() ? nullptr : &at->second;
}

}  // namespace

bool opens_dangling(const Document& document, std::int32_t sentence) {
  const Openers* openers = openers_of(document.block_lang(document.block_of_sentence(sentence)));
  if (!openers) return false;
  const IndexRange words = document.words_of_sentence(sentence);
  const std::int32_t shown_from = document.dateline(sentence).end;
  const char* const readable_end = document.text().data() + document.text().size();
  std::string phrase;
  unicode::Folder fold;
  std::size_t count = 0;
  bool is_open = false;  // it has been told but for a complement
  for (std::int32_t w = words.first; w < words.last && count <= openers->most_words; ++w) {
    const Span span = document.word_spans()[w];
    if (span.begin < shown_from) continue;
    const std::string_view word = document.slice(span);
    TermKey folded = fold(word, readable_end);
    if (is_open) return !openers->complements.contains(std::string(folded.text));
    if (count == 0 && openers->first_words.find(folded) < 0) {
      // "It's", "They've": the pronoun alone.
      const std::size_t apostrophe = std::min(word.find('\''), word.find("\u2019"));
      if (apostrophe == std::string_view::npos) return false;
      folded = fold(word.substr(0, apostrophe), readable_end);
      if (openers->first_words.find(folded) < 0) return false;
    }
    if (count++ > 0) phrase += ' ';
    phrase += folded.text;
    const auto found = openers->phrases.find(phrase);
    if (found == openers->phrases.end()) continue;
    if (!found->second) return true;
    is_open = true;
  }
  return is_open;
}

}  // namespace nutgraf
