#include "terms/word_terms.h"

#include <algorithm>
#include <functional>
#include <mutex>

#include "nutgraf/error.h"
#include "nutgraf/segment.h"
#include "support/data_tables.h"

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

std::vector<std::string_view> elisions_of(std::string_view lang) {
  std::vector<std::string_view> found;
  for (std::string_view line : data_lines("elisions")) {
    if (take_field(line) != lang) continue;
    while (!line.empty()) {
      const std::size_t size = std::min(line.find(' '), line.size());
      found.push_back(line.substr(0, size));
      line.remove_prefix(std::min(size + 1, line.size()));
    }
  }
  return found;
}

bool is_without_spaces(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && unicode::class_of(unicode::next_code_point(word, at)).is_dictionary;
}

}  // namespace

std::span<const std::string_view> stop_words(std::string_view lang) {
  return data_lines("stop_words/" + std::string(lang));
}

WordTerms::WordTerms(const TermOptions& options)
    : options_(options),
      is_plain_(!options.stem && !options.strip_accents && options.numbers && options.least_length == 1 &&
                !options.bigrams && options.most_n == 1) {
  if (options.least_n < 1 || options.most_n < options.least_n || options.least_length < 1) {
    throw Error(ErrorKind::invalid_argument,
                "terms are of " + std::to_string(options.least_n) + " to " + std::to_string(options.most_n) +
                    " words and of " + std::to_string(options.least_length) +
                    " characters at least; each must be 1 or more, the last of the two no smaller");
  }
  for (const std::string& word : options.own_stop_words)
    own_stop_words_.add(fold_(with_plain_apostrophes(word, plain_)));
}

WordTerms::Language& WordTerms::language(std::string_view lang) {
  const auto [place, is_new] = languages_.try_emplace(std::string(lang));
  Language& made = place->second;
  if (is_new) {
    if (!options_.own_stop_words.empty()) {
      made.stop_words = &own_stop_words_;
    } else if (options_.stop_words) {
      made.stop_words = folded_stop_words(lang);
    }
    made.elisions = elisions_of(lang);
    if (options_.stem) made.stemmer = std::make_unique<Stemmer>(lang);
  }
  return made;
}

void WordTerms::begin(const Document& document) {
  document_ = &document;
  readable_end_ = document.text().data() + document.text().size();
  has_typographic_ = document.text().find(typographic_apostrophe) != std::string_view::npos;
}

void WordTerms::begin_block(std::int32_t block) {
  const std::string_view lang = document_->block_lang(block);
  if (language_ && lang == lang_) return;
  language_ = &language(lang);
  lang_ = languages_.find(lang)->first;
}

std::optional<TermKey> WordTerms::fold(std::string_view word) {
  word = without_possessive(word);
  const bool is_typographic = has_typographic_ && word.find(typographic_apostrophe) != std::string_view::npos;
  TermKey term = is_typographic ? fold_(with_plain_apostrophes(word, plain_)) : fold_(word, readable_end_);
  const Vocabulary* const stop_words = language_->stop_words;
  if (stop_words && stop_words->find(term) >= 0) return std::nullopt;
  if (!language_->elisions.empty()) {
    const std::size_t whole = term.text.size();
    term = without_elision(term);
    if (term.text.size() < whole && stop_words && stop_words->find(term) >= 0) return std::nullopt;
  }
  return term;
}

TermKey WordTerms::without_elision(const TermKey& term) const {
  const std::size_t apostrophe = term.text.find('\'');
  constexpr std::size_t least_rest = 2;  // bytes
  if (apostrophe == std::string_view::npos || term.text.size() - apostrophe - 1 < least_rest) return term;
  if (std::ranges::find(language_->elisions, term.text.substr(0, apostrophe + 1)) ==
      language_->elisions.end())
    return term;
  return key_of(term.text.substr(apostrophe + 1));
}

void WordTerms::change(std::optional<TermKey> term, Span span, WordKind kind) {
  if (options_.bigrams && is_without_spaces(document_->slice(span))) {
    if (span.begin != run_end_) end_run();
    run_ += term ? term->text : fold_(document_->slice(span), readable_end_).text;
    run_end_ = span.end;
    return;
  }
  end_run();
  if (!term || (!options_.numbers && kind == WordKind::number)) return;
  std::string_view text = term->text;
  if (language_->stemmer) text = (*language_->stemmer)(text);
  if (options_.strip_accents) text = stripped_ = unicode::without_accents(text, false);
  keep(text);
}

void WordTerms::keep(std::string_view term) {
  if (options_.least_length > 1 &&
      unicode::count_code_points(term) < static_cast<std::size_t>(options_.least_length)) {
    return;
  }
  joined_.append(term) += ' ';
  begins_.push_back(joined_.size());
}

void WordTerms::end_run() {
  std::size_t first = 0, second = 0;
  if (!run_.empty()) unicode::next_code_point(run_, second);
  if (second > 0 && second == run_.size()) keep(run_);
  while (second < run_.size()) {
    std::size_t end = second;
    unicode::next_code_point(run_, end);
    keep(std::string_view(run_).substr(first, end - first));
    first = second;
    second = end;
  }
  run_.clear();
  run_end_ = -1;
}

}  // namespace nutgraf
