#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "nutgraf/segment.h"
#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "support/data_tables.h"
#include "terms/row_counter.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

/// A word without a possessive 's.
std::string_view without_possessive(std::string_view word) {
  if (word.size() < 3 || (word.back() | 0x20) != 's') return word;
  if (word.ends_with("'s") || word.ends_with("'S")) {
    word.remove_suffix(2);
  } else if (word.ends_with("\u2019s") || word.ends_with("\u2019S")) {
    word.remove_suffix(4);
  }
  return word;
}

constexpr std::string_view typographic_apostrophe = "\u2019";

/// A word with ' for every typographic apostrophe, in `buffer`.
std::string_view with_plain_apostrophes(std::string_view word, std::string& buffer) {
  buffer.clear();
  for (std::size_t at = 0; at < word.size();) {
    const bool is_typographic = word.substr(at).starts_with(typographic_apostrophe);
    buffer += is_typographic ? '\'' : word[at];
    at += is_typographic ? typographic_apostrophe.size() : 1;
  }
  return buffer;
}

/// The folded stop words of a language, made when they are first asked for; null where there is no list.
const Vocabulary* folded_stop_words(std::string_view lang) {
  struct Table {
    std::once_flag made{};
    Vocabulary words{};
  };
  static auto tables = [] {
    std::map<std::string, Table, std::less<>> found;
    for (const std::string& own : stop_word_languages()) found[own];
    return found;
  }();
  const auto place = tables.find(lang);
  if (place == tables.end()) return nullptr;
  Table& table = place->second;
  std::call_once(table.made, [&] {
    constexpr std::size_t room = 4;  // most words of a text are none: found out at the first look
    unicode::Folder fold;
    const auto words = stop_words(lang);
    table.words = Vocabulary(room * words.size());
    for (const auto word : words) table.words.add(fold(word));
  });
  return &table.words;
}

// The table of terms starts with room for so many; larger vocabularies grow into it.
constexpr std::size_t most_room = 1000;

}  // namespace

std::span<const std::string_view> stop_words(std::string_view lang) {
  return data_lines("stop_words/" + std::string(lang));
}

TermCounts count_terms(std::span<const Document> documents, const TermOptions& options,
                       const Control& control) {
  std::size_t words = 0;
  for (const Document& document : documents) words += document.word_spans().size();
  TermCounts counts;
  counts.vocabulary = Vocabulary(std::min(words / 2, most_room));
  counts.ids.reserve(words);
  counts.counts.reserve(words);
  RowCounter rows(counts);
  unicode::Folder fold;
  std::string plain;
  Pacer pacer(control);
  // Of most blocks it is that of the one before.
  std::string_view last_lang;
  const Vocabulary* last_stop_words = nullptr;
  const auto stop_words_of = [&](std::string_view lang) {
    if (lang != last_lang) last_stop_words = folded_stop_words(lang);
    last_lang = lang;
    return last_stop_words;
  };
  for (const Document& document : documents) {
    const char* const readable_end = document.text().data() + document.text().size();
    const bool has_typographic = document.text().find(typographic_apostrophe) != std::string_view::npos;
    const auto spans = document.word_spans();
    for (std::int32_t block = 0; block < static_cast<std::int32_t>(document.blocks().size()); ++block) {
      const Vocabulary* const left_out =
          options.stop_words ? stop_words_of(document.block_lang(block)) : nullptr;
      const IndexRange sentences = document.sentences_of_block(block);
      for (std::int32_t s = sentences.first; s < sentences.last; ++s) {
        const std::int32_t shown_from = document.dateline(s).end;
        const IndexRange range = document.words_of_sentence(s);
        for (std::int32_t w = range.first; w < range.last; ++w) {
          if (spans[w].begin < shown_from) continue;
          pacer.advance(static_cast<std::size_t>(spans[w].size()));
          const std::string_view word = without_possessive(document.slice(spans[w]));
          const bool is_typographic =
              has_typographic && word.find(typographic_apostrophe) != std::string_view::npos;
          const TermKey term =
              is_typographic ? fold(with_plain_apostrophes(word, plain)) : fold(word, readable_end);
          if (left_out && left_out->find(term) >= 0) continue;
          rows.add(counts.vocabulary.add(term));
        }
        rows.end_row();
      }
    }
  }
  return counts;
}

}  // namespace nutgraf
