#include "terms/word_terms.h"

#include <algorithm>
#include <limits>

#include "nutgraf/error.h"
#include "terms/word_folding.h"

namespace nutgraf {
namespace {

bool is_without_spaces(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && unicode::class_of(unicode::next_code_point(word, at)).is_dictionary;
}

/// \throws Error limit for one that no Span can name.
std::int32_t offset_of(std::size_t at) {
  if (at > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw Error(ErrorKind::limit, "the words of a sentence have more than 2^31 - 1 bytes as they are folded");
  return static_cast<std::int32_t>(at);
}

}  // namespace

WordTerms::WordTerms(const TermOptions& options)
    : options_(options),
      is_plain_(!options.stem && !options.strip_accents && options.numbers && options.least_length == 1 &&
                !options.bigrams && options.most_n == 1) {
  constexpr std::size_t usual_words = 64, usual_word = 8;  // of a sentence; bytes
  terms_.reserve(usual_words);
  places_.reserve(usual_words);
  stops_.reserve(usual_words);
  folded_.resize(usual_words * usual_word);
  if (options.least_n < 1 || options.most_n < options.least_n || options.least_length < 1) {
    throw Error(ErrorKind::invalid_argument,
                "terms are of " + std::to_string(options.least_n) + " to " + std::to_string(options.most_n) +
                    " words and of " + std::to_string(options.least_length) +
                    " characters at least; each must be 1 or more, the last of the two no smaller");
  }
  if (!options.own_stop_words.empty()) own_stop_words_.emplace();
  for (const std::string& word : options.own_stop_words)
    own_stop_words_->add(fold_(with_plain_apostrophes(word, plain_)));
}

WordTerms::Language& WordTerms::language(std::string_view lang) {
  const auto [place, is_new] = languages_.try_emplace(std::string(lang));
  Language& made = place->second;
  if (is_new) {
    if (own_stop_words_) {
      made.stop_words = &*own_stop_words_;
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
  has_typographic_ = document.text().find(typographic_apostrophe) != std::string_view::npos;
}

void WordTerms::begin_block(std::int32_t block) {
  const std::string_view lang = document_->block_lang(block);
  if (language_ && lang == lang_) return;
  language_ = &language(lang);
  lang_ = languages_.find(lang)->first;
}

void WordTerms::find_terms(std::int32_t sentence) {
  fold_words(sentence);
  find_stop_words();
  if (!language_->elisions.empty()) elide();
  if (is_plain_) {
    drop_stop_words();
  } else {
    change_words(sentence);
    join_terms();
  }
}

void WordTerms::fold_words(std::int32_t sentence) {
  terms_.clear();
  places_.clear();
  const auto spans = document_->word_spans();
  const std::int32_t shown_from = document_->dateline(sentence).end;
  const auto [begin, end] = document_->words_of_sentence(sentence);
  std::int32_t first = begin;
  while (first < end && spans[first].begin < shown_from) ++first;
  if (first == end) return;
  terms_.reserve(static_cast<std::size_t>(end - first));
  places_.reserve(static_cast<std::size_t>(end - first));
  // All at once, as most letters are ASCII.
  const std::int32_t from = spans[first].begin;
  const std::string_view text = document_->slice({from, spans[end - 1].end});
  folded_size_ = 0;
  const bool is_ascii = unicode::copy_lower_ascii(text, more_folded(text.size()));
  for (std::int32_t word = first; word < end; ++word) {
    const Span span{spans[word].begin - from, spans[word].end - from};
    places_.push_back(word - begin);
    if (is_ascii || unicode::is_ascii(folded(span))) {
      terms_.push_back(
          {span.begin, span.begin + static_cast<std::int32_t>(size_without_possessive(folded(span)))});
    } else {
      terms_.push_back(fold_apart(document_->slice(spans[word])));
    }
  }
}

Span WordTerms::fold_apart(std::string_view word) {
  word = word.substr(0, size_without_possessive(word));
  const bool is_typographic = has_typographic_ && word.find(typographic_apostrophe) != std::string_view::npos;
  const std::string_view term = fold_(is_typographic ? with_plain_apostrophes(word, plain_) : word).text;
  const auto begin = static_cast<std::int32_t>(folded_size_);
  std::ranges::copy(term, more_folded(term.size()));
  return {begin, static_cast<std::int32_t>(folded_size_)};
}

char* WordTerms::more_folded(std::size_t bytes) {
  const std::size_t begin = folded_size_;
  folded_size_ += bytes;
  offset_of(folded_size_);
  if (folded_.size() < folded_size_ + short_term) folded_.resize(folded_size_ + short_term);
  return folded_.data() + begin;
}

void WordTerms::find_stop_words() {
  stops_.resize(terms_.size());
  if (language_->stop_words) {
    language_->stop_words->find(folded_.data(), terms_, stops_);
  } else {
    std::ranges::fill(stops_, -1);
  }
}

void WordTerms::elide() {
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    if (stops_[i] >= 0) continue;
    const std::size_t elided = elision_size(folded(terms_[i]), language_->elisions);
    if (elided == 0) continue;
    terms_[i].begin += static_cast<std::int32_t>(elided);
    if (language_->stop_words) stops_[i] = language_->stop_words->find(folded(terms_[i]));
  }
}

void WordTerms::drop_stop_words() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    terms_[kept] = terms_[i];
    places_[kept] = places_[i];
    kept += stops_[i] < 0;
  }
  terms_.resize(kept);
  places_.resize(kept);
}

void WordTerms::change_words(std::int32_t sentence) {
  joined_.clear();
  begins_.assign(1, 0);
  const std::int32_t first = document_->words_of_sentence(sentence).first;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const auto word = static_cast<std::size_t>(first + places_[i]);
    const Span span = document_->word_spans()[word];
    std::string_view term = folded(terms_[i]);
    if (options_.bigrams && is_without_spaces(document_->slice(span))) {
      if (span.begin != run_end_) end_run();
      run_ += term;
      run_end_ = span.end;
      continue;
    }
    end_run();
    if (stops_[i] >= 0 || (!options_.numbers && document_->word_kinds()[word] == WordKind::number)) continue;
    if (language_->stemmer) term = (*language_->stemmer)(term);
    if (options_.strip_accents) term = stripped_ = unicode::without_accents(term, false);
    keep(term);
  }
  end_run();
}

void WordTerms::join_terms() {
  terms_.clear();
  const auto size = static_cast<int>(begins_.size()) - 1;
  for (int n = options_.least_n; n <= options_.most_n && n <= size; ++n) {
    for (int first = 0; first + n <= size; ++first)
      terms_.push_back({begins_[first], begins_[first + n] - 1});
  }
  joined_.append(short_term, '\0');
}

void WordTerms::keep(std::string_view term) {
  if (options_.least_length > 1 &&
      unicode::count_code_points(term) < static_cast<std::size_t>(options_.least_length)) {
    return;
  }
  joined_.append(term) += ' ';
  begins_.push_back(offset_of(joined_.size()));
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
