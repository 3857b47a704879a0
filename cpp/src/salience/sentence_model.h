#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "salience/sentence_features.h"

namespace nutgraf {

/// Trees over the features of a sentence that add up to the log-odds that a summary has it: the weights of
/// cpp/data/salience_*.txt, whose head says how they are written. What a tree adds is split among the groups
/// of the features on the way to its leaf, each getting the difference that its branches make (Saabas 2014),
/// so that the parts of a score add up to it exactly.
class SentenceModel {
 public:
  explicit SentenceModel(std::span<const std::string_view> lines);

  static constexpr std::size_t most_groups = 8;
  using Parts = std::array<std::int16_t, most_groups>;
  static constexpr double unit = 1024;  ///< of log-odds

  std::span<const std::string_view> groups() const noexcept { return groups_; }
  /// The parts of each row, an entry a group, in 1 / unit log-odds. Some hundred additions a row.
  std::vector<Parts> operator()(std::span<const SentenceFeatures> rows) const;

 private:
  static constexpr int depth = 5;
  static constexpr int inner_nodes = (1 << depth) - 1, leaves = 1 << depth;
  struct Node {
    std::uint8_t feature = 0, rank = 0xFF;  ///< goes right where the rank of the feature is above
  };
  struct Tree {
    alignas(sizeof(Parts)) std::array<Parts, leaves> parts{};
    std::array<Node, inner_nodes> nodes{};
  };
  /// Rows at once, a byte each: those of most articles.
  static constexpr std::size_t lanes = 64;
  using RowBytes = std::array<std::uint8_t, lanes>;
  using Ranks = std::array<RowBytes, feature_count>;
  struct Reader;
  static void find_leaves(std::span<const Tree> trees, const Ranks& ranks, RowBytes* leaves_of_trees);
  static void find_ranks(const std::array<float, lanes>& values, std::span<const float> bounds,
                         RowBytes& ranks);
  void read_bounds(std::string_view line);
  void check_sums() const;

  std::vector<std::string_view> groups_;
  std::array<std::size_t, feature_count> group_of_{};
  std::string letters_;  ///< of features in the lines
  std::vector<std::size_t> feature_of_letter_;
  std::array<std::vector<float>, feature_count>
      bounds_;  ///< sorted; the rank of a value is how many are below it
  std::vector<Tree> trees_;
};

/// The newest weights.
const SentenceModel& sentence_model();

}  // namespace nutgraf
