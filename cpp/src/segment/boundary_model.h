#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "segment/boundary_context.h"
#include "segment/candidates.h"

namespace nutgraf {

/// The hashed binary features of a candidate.
class BoundaryFeatures {
 public:
  BoundaryFeatures(std::string_view block, const Candidate& candidate,
                   const BoundaryContext& context) noexcept;
  /// Of a space between Thai letters: the characters on both sides. `distance`: bytes from the beginning of
  /// the sentence.
  BoundaryFeatures(std::string_view block, const Candidate& candidate, std::int32_t distance) noexcept;

  std::span<const std::uint32_t> hashes() const noexcept { return std::span(hashes_).first(count_); }

 private:
  template <typename... Values>
  void add(std::uint32_t kind, Values... values) noexcept;

  std::array<std::uint32_t, 64> hashes_;
  std::size_t count_ = 0;
};

/// A linear classifier over hashed features (Weinberger et al. 2009): a weight for each bucket, the score
/// their sum: the log-odds that the sentence ends, times boundary_score_scale. Trained by
/// tools/train_sentences.py.
namespace boundary_model {

inline constexpr std::uint32_t buckets = 1 << 18;

int score(const BoundaryFeatures& features) noexcept;
/// The weight of the word before a plain candidate (plain_word).
int word_score(std::uint64_t plain_word) noexcept;
/// The same of the token before a candidate in a plain context (BoundaryContext::is_plain).
int token_score(const Neighbor& token) noexcept;

}  // namespace boundary_model

}  // namespace nutgraf
