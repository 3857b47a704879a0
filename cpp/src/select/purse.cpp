#include "select/purse.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "nutgraf/error.h"
#include "select/shown_length.h"
#include "unicode/unicode.h"

namespace nutgraf {

ShownLength shown_length(const Document& document, std::int32_t sentence) {
  const std::string shown = document.display(sentence);
  const IndexRange words = document.words_of_sentence(sentence);
  std::int64_t count = 0;
  for (std::int32_t w = words.first; w < words.last; ++w) {
    count += document.word_spans()[w].begin >= document.dateline(sentence).end;
  }
  // Both ways in which a reader may count: nutgraf's words, and what stands between spaces.
  const auto spaced = static_cast<std::int64_t>(std::ranges::count(shown, ' ')) + (shown.empty() ? 0 : 1);
  return {std::max(count, spaced), static_cast<std::int64_t>(unicode::count_code_points(shown)),
          static_cast<std::int64_t>(shown.size())};
}

namespace {

constexpr double words_a_minute = 238;  // read silently: Brysbaert 2019, of 190 studies

void check_limit(const char* what, const std::optional<std::int64_t>& limit) {
  if (limit && *limit < 1) {
    throw Error(ErrorKind::invalid_argument,
                std::string(what) + " is " + std::to_string(*limit) + "; a budget must be 1 or more");
  }
}

void check_share(const char* what, const std::optional<double>& value, double most) {
  if (value && !(*value > 0 && *value <= most && std::isfinite(*value))) {
    throw Error(ErrorKind::invalid_argument, std::string(what) + " is " + std::to_string(*value) +
                                                 "; it must be above 0" +
                                                 (most == 1 ? " and at most 1" : ""));
  }
}

/// The lower of a ceiling and another.
void lower(std::optional<std::int64_t>& ceiling, double other) {
  const double most = std::min(std::floor(other), 0x1p62);
  ceiling = std::min(ceiling.value_or(static_cast<std::int64_t>(most)), static_cast<std::int64_t>(most));
}

}  // namespace

Purse::Purse(const Budget& budget, const SentenceRows& rows)
    : budget_(budget), rows_(&rows), words_(budget.words), chars_(budget.chars), bytes_(budget.bytes) {
  check_limit("sentences", budget.sentences);
  check_limit("words", budget.words);
  check_limit("chars", budget.chars);
  check_limit("bytes", budget.bytes);
  check_limit("tokens", budget.tokens);
  check_share("ratio", budget.ratio, 1);
  check_share("seconds", budget.seconds, std::numeric_limits<double>::max());
  if (budget.tokens.has_value() != static_cast<bool>(budget.counter)) {
    throw Error(ErrorKind::invalid_argument,
                "tokens and counter belong together: the one says how many, the other counts them");
  }
  if (budget.sentences && budget.auto_sentences)
    throw Error(ErrorKind::invalid_argument, "sentences is both a number and auto");
  if (budget.seconds) lower(words_, *budget.seconds * words_a_minute / 60);
  if (!budget.sentences && !budget.auto_sentences && !budget.ratio && !counts_lengths())
    budget_.sentences = default_sentences;
}

void Purse::set_words_in_all(std::span<const Reason> reasons) {
  if (!budget_.ratio) return;
  std::int64_t words = 0;
  for (std::int32_t row = 0; row < rows_->size(); ++row) {
    if (reasons[row] != Reason::role && reasons[row] != Reason::duplicate) words += words_of(row);
  }
  lower(words_, *budget_.ratio * static_cast<double>(words));
}

bool Purse::fits_tokens(std::int32_t row, const std::string& shown) {
  const auto at = std::ranges::lower_bound(shown_, row, {}, [](const auto& kept) { return kept.first; });
  const auto place = shown_.insert(at, {row, shown});
  std::string text;
  for (const auto& [of_row, sentence] : shown_) text += (text.empty() ? "" : " ") + sentence;
  if (budget_.counter(text) <= *budget_.tokens) return true;
  shown_.erase(place);
  return false;
}

bool Purse::pay(std::int32_t row) {
  if (is_full()) return false;
  if (counts_lengths()) {
    const SentenceRef ref = rows_->at(row);
    const Document& document = rows_->document(ref.document);
    ShownLength length = shown_length(document, ref.sentence);
    if (taken_ > 0) ++length.chars, ++length.bytes;  // the space before it
    if ((words_ && length.words > *words_) || (chars_ && length.chars > *chars_) ||
        (bytes_ && length.bytes > *bytes_)) {
      return false;
    }
    if (budget_.tokens && !fits_tokens(row, document.display(ref.sentence))) return false;
    if (words_) *words_ -= length.words;
    if (chars_) *chars_ -= length.chars;
    if (bytes_) *bytes_ -= length.bytes;
  }
  ++taken_;
  return true;
}

std::int64_t Purse::words_of(std::int32_t row) const {
  const SentenceRef ref = rows_->at(row);
  return shown_length(rows_->document(ref.document), ref.sentence).words;
}

}  // namespace nutgraf
