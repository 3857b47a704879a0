#include "terms/sentence_terms.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
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
  if (word.ends_with("'s") || word.ends_with("'S")) {
    word.remove_suffix(2);
  } else if (word.ends_with("\u2019s") || word.ends_with("\u2019S")) {
    word.remove_suffix(4);
  }
  return word;
}

/// A word with ' for the typographic apostrophe, in `buffer` where it has one.
std::string_view with_plain_apostrophe(std::string_view word, std::string& buffer) {
  constexpr std::string_view typographic = "\u2019";
  if (word.find(typographic) == std::string_view::npos) return word;
  buffer.clear();
  for (std::size_t at = 0; at < word.size();) {
    const bool is_typographic = word.substr(at).starts_with(typographic);
    buffer += is_typographic ? '\'' : word[at];
    at += is_typographic ? typographic.size() : 1;
  }
  return buffer;
}

const Vocabulary& stop_word_table(std::string_view lang) {
  static constexpr std::size_t room_for_words = 1000;  // copies are filled up with the words of a text
  static const auto tables = [] {
    std::map<std::string, Vocabulary, std::less<>> found;
    for (const std::string& code : languages()) {
      Vocabulary& words = found.try_emplace(code, room_for_words).first->second;
      for (const auto word : stop_words(code)) words.add(word);
    }
    found.try_emplace("und", room_for_words);
    return found;
  }();
  const auto at = tables.find(lang);
  return at == tables.end() ? tables.find("und")->second : at->second;
}

/// The ids of terms in the words of one language.
class TermIds {
 public:
  /// With `terms`, ids are its, so that several languages share them; without, they are counted from 0.
  TermIds(std::string_view lang, bool leave_out_stop_words, Vocabulary* terms)
      : terms_(terms), words_(stop_word_table(leave_out_stop_words ? lang : "und")) {
    ids_.assign(static_cast<std::size_t>(words_.size()), -1);
  }

  /// The id of a folded word, or -1 for a stop word.
  std::int32_t id(std::string_view folded) {
    const auto word = static_cast<std::size_t>(words_.add(folded));
    if (word == ids_.size()) ids_.push_back(terms_ ? terms_->add(folded) : count_++);
    return ids_[word];
  }

  std::int32_t count() const { return terms_ ? terms_->size() : count_; }

 private:
  Vocabulary* terms_;
  Vocabulary words_;  ///< the stop words, then what came
  std::vector<std::int32_t> ids_;
  std::int32_t count_ = 0;
};

/// Returns the number of terms.
std::int32_t count_into(TermCounts& counts, std::span<const Document> documents, const TermOptions& options,
                        Vocabulary* terms, const Control& control) {
  RowCounter rows(counts);
  unicode::Folder fold;
  std::string lang, plain;
  std::optional<TermIds> ids;
  Pacer pacer(control);
  for (const Document& document : documents) {
    if (!ids || document.lang() != lang) {
      lang = document.lang();
      ids.emplace(lang, options.stop_words, terms);
    }
    const auto spans = document.word_spans();
    for (std::int32_t s = 0; s < document.sentence_count(); ++s) {
      const std::int32_t shown_from = document.dateline(s).end;
      const IndexRange range = document.words_of_sentence(s);
      for (std::int32_t w = range.first; w < range.last; ++w) {
        if (spans[w].begin < shown_from) continue;
        pacer.advance(static_cast<std::size_t>(spans[w].size()));
        const auto term = fold(with_plain_apostrophe(without_possessive(document.slice(spans[w])), plain));
        if (const std::int32_t id = ids->id(term); id >= 0) rows.add(id);
      }
      rows.end_row();
    }
  }
  return ids ? ids->count() : 0;
}

}  // namespace

std::span<const std::string_view> stop_words(std::string_view lang) {
  return data_lines("stop_words/" + std::string(lang));
}

TermCounts count_terms(std::span<const Document> documents, const TermOptions& options,
                       const Control& control) {
  TermCounts counts;
  count_into(counts, documents, options, &counts.vocabulary, control);
  return counts;
}

TermCounts count_unnamed_terms(std::span<const Document> documents, const TermOptions& options,
                               const Control& control, std::int32_t& columns) {
  TermCounts counts;
  const bool one_language = std::ranges::all_of(
      documents, [&](const Document& document) { return document.lang() == documents.front().lang(); });
  Vocabulary terms;
  columns = count_into(counts, documents, options, one_language ? nullptr : &terms, control);
  return counts;
}

}  // namespace nutgraf
