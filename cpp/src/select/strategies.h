#pragma once

#include <memory>
#include <span>
#include <vector>

#include "nutgraf/select.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// What a sentence adds to those that were chosen.
class Gains {
 public:
  virtual ~Gains() = default;
  /// The higher, the better.
  virtual double gain(std::int32_t row) = 0;
  /// The row is chosen.
  virtual void add(std::int32_t row) = 0;
  /// No less than the gain, in less time.
  virtual double bound(std::int32_t row) { return gain(row); }
  /// Whether a gain never rises when others are chosen, so that an old one is a bound (lazy greedy: Minoux
  /// 1978).
  virtual bool only_fall() const { return true; }
  /// Whether gains are those of a set function that is monotone and submodular, to be weighed against length.
  virtual bool is_coverage() const { return false; }
};

/// Pairs of neighbouring terms of sentences, and what each is worth: the number of sentences that have it.
struct ConceptWorth {
  TermCounts counts{};
  std::vector<std::int64_t> worth{};
};
ConceptWorth concept_worth(std::span<const Document> documents, std::span<const std::uint8_t> competes);

/// `competes` says which rows may be chosen.
std::unique_ptr<Gains> make_gains(Strategy strategy, std::span<const Document> documents,
                                  std::span<const float> salience, const SentenceVectors& vectors,
                                  std::span<const std::uint8_t> competes, const SelectOptions& options,
                                  Pacer& pacer);

}  // namespace nutgraf
