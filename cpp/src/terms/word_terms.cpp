#include "terms/word_terms.h"

#include "nutgraf/error.h"
#include "terms/word_folding.h"

namespace nutgraf {
namespace {

bool is_without_spaces(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && unicode::class_of(unicode::next_code_point(word, at)).is_dictionary;
}

}  // namespace

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
    if (const std::size_t elided = elision_size(term.text, language_->elisions)) {
      term = key_of(term.text.substr(elided));
      if (stop_words && stop_words->find(term) >= 0) return std::nullopt;
    }
  }
  return term;
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
