#include "select/purse.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "nutgraf/error.h"

namespace nutgraf {

namespace {

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

AutoLength auto_length(double words_in_all) noexcept {
  // Chosen on evaluation data.
  constexpr double least = 44, most = 72, of_words = 640;
  const double root = std::sqrt(std::max(1.0, words_in_all / of_words));
  return {least * root, most * root};
}

Purse::Purse(const Budget& budget, const SentenceRows& rows, bool headings)
    : budget_(budget),
      rows_(&rows),
      words_(budget.words),
      chars_(budget.chars),
      bytes_(budget.bytes),
      headings_(headings) {
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
  if (!budget.sentences && !has_length(budget)) budget_.sentences = default_sentences;
}

void Purse::set_words_in_all(std::span<const Reason> reasons) {
  if (!budget_.ratio && !is_auto()) return;
  std::int64_t words = 0;
  for (std::int32_t row = 0; row < rows_->size(); ++row) {
    if (!is_passed_over(reasons[row])) words += words_of(row);
  }
  if (budget_.ratio) lower(words_, *budget_.ratio * static_cast<double>(words));
  auto_left_ = auto_length(static_cast<double>(words));
}

bool Purse::fits_tokens(std::int32_t row) {
  const auto place = paid_.insert(std::ranges::lower_bound(paid_, row), row);
  if (budget_.counter(joined(shown_lines(*rows_, paid_, headings_))) <= *budget_.tokens) return true;
  paid_.erase(place);
  return false;
}

ShownLength Purse::length_of(std::int32_t row) const {
  if (lengths_.empty()) lengths_.resize(static_cast<std::size_t>(rows_->size()));
  std::optional<ShownLength>& length = lengths_[static_cast<std::size_t>(row)];
  if (!length) {
    const SentenceRef ref = rows_->at(row);
    length = shown_length(rows_->document(ref.document), ref.sentence);
  }
  return *length;
}

ShownLength Purse::added_length(std::int32_t row, std::span<const std::int32_t> headings) const {
  ShownLength sum = length_of(row);
  const Document& document = rows_->document(rows_->at(row).document);
  for (const std::int32_t block : headings) {
    const ShownLength length = heading_length(document, block);
    sum = {sum.words + length.words, sum.chars + length.chars, sum.bytes + length.bytes};
  }
  // A space or line end before each piece but the first.
  const std::int64_t between = static_cast<std::int64_t>(headings.size()) + (taken_ > 0 ? 1 : 0);
  return {sum.words, sum.chars + between, sum.bytes + between};
}

bool Purse::pay(std::int32_t row) {
  if (is_full()) return false;
  if (counts_lengths()) {
    const SentenceRef ref = rows_->at(row);
    const Document& document = rows_->document(ref.document);
    std::vector<std::int32_t> headings;
    if (headings_) headings = headings_above(document, ref.sentence);
    std::erase_if(headings, [&](std::int32_t b) { return paid_headings_.contains({ref.document, b}); });
    const ShownLength length = added_length(row, headings);
    if ((words_ && length.words > *words_) || (chars_ && length.chars > *chars_) ||
        (bytes_ && length.bytes > *bytes_)) {
      return false;
    }
    if (budget_.tokens && !fits_tokens(row)) return false;
    if (words_) *words_ -= length.words;
    if (chars_) *chars_ -= length.chars;
    if (bytes_) *bytes_ -= length.bytes;
    for (const std::int32_t block : headings) paid_headings_.emplace(ref.document, block);
  }
  if (is_auto()) {
    auto_left_.least -= static_cast<double>(words_of(row));
    auto_left_.most -= static_cast<double>(words_of(row));
  }
  ++taken_;
  return true;
}

bool Purse::needs(std::int32_t row, bool is_salient) const {
  return static_cast<double>(words_of(row)) / 2 <= (is_salient ? auto_left_.most : auto_left_.least);
}

std::optional<Purse::Costs> Purse::limits() const {
  if (budget_.tokens || budget_.auto_sentences || headings_) return {};
  const auto with_space = [&](const std::optional<std::int64_t>& limit) {
    return limit && *limit < most_of_nothing ? *limit + (taken_ > 0 ? 0 : 1) : most_of_nothing;
  };
  return {{words_.value_or(most_of_nothing), with_space(chars_), with_space(bytes_),
           budget_.sentences ? *budget_.sentences - taken_ : most_of_nothing}};
}

Purse::Costs Purse::costs(std::int32_t row) const {
  const ShownLength length = length_of(row);
  return {length.words, length.chars + 1, length.bytes + 1, 1};
}

std::int64_t Purse::words_of(std::int32_t row) const {
  return length_of(row).words;
}

}  // namespace nutgraf
