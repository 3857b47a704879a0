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
  struct Tree {
    alignas(sizeof(Parts)) std::array<Parts, leaves> parts{};
    /// Places in `above`, where the rows that go right have a bit.
    std::array<std::uint16_t, inner_nodes> nodes{};
  };
  static constexpr std::size_t trees_at_once = 8, rows_at_once = 64, rows_of_word = 8;
  /// A bit for each row.
  using RowBits = std::uint64_t;
  /// The leaf that each row comes to in a tree, a bit of it each.
  using LeafBits = std::array<RowBits, depth>;
  struct Reader;
  /// So many rows as find_ranks takes at a time.
  template <typename T>
  using Lanes = std::array<T, 32>;
  static void find_ranks(const Lanes<float>& values, std::span<const float> bounds,
                         Lanes<std::uint32_t>& ranks);
  static void spread(const RowBits* bits, std::size_t trees, std::size_t word, std::uint64_t* leaves_of_rows);
  template <int level>
  static LeafBits leaf_bits(const Tree& tree, std::size_t node, const RowBits* above);
  void find_above(std::span<const SentenceFeatures> rows, std::span<RowBits> above) const;
  void read_bounds(std::string_view line);
  void check_sums() const;

  std::vector<std::string_view> groups_;
  std::array<std::size_t, feature_count> group_of_{};
  std::string letters_;  ///< of features in the lines
  std::vector<std::size_t> feature_of_letter_;
  std::array<std::vector<float>, feature_count>
      bounds_;  ///< sorted; the rank of a value is how many are below it
  /// Of each feature with bounds, the place in `above` of rank 0; a place for each other rank follows.
  std::array<std::size_t, feature_count> first_place_{};
  std::size_t places_ = 1;  ///< place 0 is that of nodes without a bound, where all rows go left
  std::vector<Tree> trees_;
};

/// The newest weights.
const SentenceModel& sentence_model();

}  // namespace nutgraf
