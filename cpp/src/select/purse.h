#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "nutgraf/select.h"
#include "select/shown_text.h"

namespace nutgraf {

inline constexpr double words_a_minute = 238;  // read silently: Brysbaert 2019, of 190 studies

/// Whether anything but a number of sentences is given.
constexpr bool has_length(const Budget& budget) noexcept {
  return budget.words || budget.chars || budget.bytes || budget.tokens || budget.ratio || budget.seconds ||
         budget.auto_sentences;
}

/// What is left of a budget.
class Purse {
 public:
  /// \throws Error invalid_argument for a limit out of range.
  Purse(const Budget& budget, const SentenceRows& rows, bool headings);

  /// Makes a ratio, and auto, a number of words: of the sentences that neither their role nor being repeated
  /// keeps out.
  void set_words_in_all(std::span<const Reason> reasons);
  /// A number for each kind of ceiling: words, characters, bytes and sentences.
  using Costs = std::array<std::int64_t, 4>;
  /// Ceilings of sums of costs, where what is left of the budget is nothing else; most_of_nothing where there
  /// is none. Characters and bytes are counted with one for what stands between two sentences.
  std::optional<Costs> limits() const;
  Costs costs(std::int32_t row) const;
  static constexpr std::int64_t most_of_nothing = std::int64_t{1} << 62;
  bool is_auto() const { return budget_.auto_sentences; }
  /// Whether an auto summary goes on to a sentence, which may be nearly as salient as the best.
  bool needs(std::int32_t row, bool is_salient) const;
  bool counts_lengths() const { return words_ || chars_ || bytes_ || budget_.tokens; }
  /// Whether a number of sentences is a ceiling and is reached.
  bool is_full() const { return budget_.sentences && taken_ >= *budget_.sentences; }
  /// Pays for a sentence if there is enough for it.
  bool pay(std::int32_t row);
  /// The words of a sentence as it is shown.
  std::int64_t words_of(std::int32_t row) const;

 private:
  /// The length of a sentence as it is shown; measured once.
  ShownLength length_of(std::int32_t row) const;
  /// The length that a row adds, with `headings` of its document that were not shown before.
  ShownLength added_length(std::int32_t row, std::span<const std::int32_t> headings) const;
  bool fits_tokens(std::int32_t row);

  Budget budget_;
  const SentenceRows* rows_;
  std::optional<std::int64_t> words_, chars_, bytes_;  ///< left
  std::int64_t taken_ = 0;
  AutoLength auto_left_;  ///< where the length is left to the text
  bool headings_;
  mutable std::vector<std::optional<ShownLength>> lengths_;        ///< one a row, where it is known
  std::vector<std::int32_t> paid_;                                 ///< rows, where tokens count, sorted
  std::set<std::pair<std::int32_t, std::int32_t>> paid_headings_;  ///< documents and blocks
};

}  // namespace nutgraf
