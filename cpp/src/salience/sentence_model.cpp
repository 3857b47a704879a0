#include "salience/sentence_model.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "nutgraf/error.h"
#include "support/data_tables.h"

namespace nutgraf {
namespace {

template <typename Number>
Number number(std::string_view word) {
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size())
    throw Error(ErrorKind::corrupt_file,
                "the weights of a salience have '" + std::string(word) + "' for a number");
  return value;
}

std::size_t feature_of(std::string_view name) {
  const auto at = std::ranges::find(feature_names, name);
  if (at == feature_names.end())
    throw Error(ErrorKind::corrupt_file,
                "the weights of a salience name the feature '" + std::string(name) + "'");
  return static_cast<std::size_t>(at - feature_names.begin());
}

}  // namespace

/// Reads a tree: `VALUE`, or `VALUE FEATURE BOUND NODE NODE`, with a dot behind the value of a leaf.
struct SentenceModel::Reader {
  std::string_view line;
  SentenceModel& model;
  Tree& tree;
  std::vector<std::pair<int, float>>& bounds;  ///< of the nodes, until all are known

  void read(int node, int level, std::int32_t above, std::size_t group,
            std::array<std::int16_t, most_groups> parts) {
    std::string_view word = take_word(line);
    const bool is_leaf = word.ends_with('.');
    if (is_leaf) word.remove_suffix(1);
    const auto value = number<std::int32_t>(word);
    parts[group] = static_cast<std::int16_t>(parts[group] + value - above);
    if (is_leaf) {
      // A leaf above the lowest level fills all places below it.
      const int width = 1 << (depth - level), first = ((node + 1) << (depth - level)) - leaves;
      std::fill_n(tree.parts.begin() + first, width, parts);
      return;
    }
    if (level == depth)
      throw Error(ErrorKind::corrupt_file, "a tree of the weights of a salience is too deep");
    const std::size_t feature = feature_of(take_word(line));
    const auto bound = number<float>(take_word(line));
    tree.nodes[static_cast<std::size_t>(node)].feature = static_cast<std::uint8_t>(feature);
    bounds.emplace_back(node, bound);
    model.bounds_[feature].push_back(bound);
    read(2 * node + 1, level + 1, value, model.group_of_[feature], parts);
    read(2 * node + 2, level + 1, value, model.group_of_[feature], parts);
  }
};

SentenceModel::SentenceModel(std::span<const std::string_view> lines) {
  std::vector<std::vector<std::pair<int, float>>> bounds;
  for (std::string_view line : lines) {
    const std::string_view kind = take_word(line);
    if (kind == "group") {
      groups_.push_back(take_until('\t', line));
      while (!line.empty()) group_of_[feature_of(take_word(line))] = groups_.size() - 1;
      if (groups_.size() > most_groups)
        throw Error(ErrorKind::corrupt_file, "a salience has too many groups");
    } else {
      // What a tree gives to every sentence belongs to the last group, that of the text.
      Reader{line, *this, trees_.emplace_back(), bounds.emplace_back()}.read(0, 0, 0, groups_.size() - 1, {});
    }
  }
  for (std::vector<float>& some : bounds_) {
    std::ranges::sort(some);
    some.erase(std::unique(some.begin(), some.end()), some.end());
    if (some.size() > 0xFE)
      throw Error(ErrorKind::corrupt_file, "a feature of a salience has too many bounds");
  }
  for (std::size_t t = 0; t < trees_.size(); ++t) {
    for (const auto& [node, bound] : bounds[t]) {
      Node& at = trees_[t].nodes[static_cast<std::size_t>(node)];
      const std::vector<float>& some = bounds_[at.feature];
      at.rank = static_cast<std::uint8_t>(std::ranges::lower_bound(some, bound) - some.begin());
    }
  }
}

std::vector<SentenceModel::Parts> SentenceModel::operator()(std::span<const SentenceFeatures> rows) const {
  std::vector<Parts> found(rows.size(), Parts{});
  // Some rows at once, so that the walks of a tree overlap.
  constexpr std::size_t block = 16;
  std::array<std::array<std::uint8_t, feature_count>, block> ranks;
  for (std::size_t begin = 0; begin < rows.size(); begin += block) {
    const std::size_t size = std::min(block, rows.size() - begin);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t f = 0; f < feature_count; ++f) {
        const std::vector<float>& some = bounds_[f];
        ranks[i][f] =
            static_cast<std::uint8_t>(std::ranges::lower_bound(some, rows[begin + i][f]) - some.begin());
      }
    }
    for (const Tree& tree : trees_) {
      for (std::size_t i = 0; i < size; ++i) {
        std::size_t node = 0;
        for (int level = 0; level < depth; ++level) {
          const Node at = tree.nodes[node];
          node = 2 * node + 1 + static_cast<std::size_t>(ranks[i][at.feature] > at.rank);
        }
        const auto& parts = tree.parts[node - inner_nodes];
        Parts& sum = found[begin + i];
        for (std::size_t g = 0; g < most_groups; ++g) sum[g] += parts[g];
      }
    }
  }
  return found;
}

const SentenceModel& sentence_model() {
  static const SentenceModel model(data_lines("salience_2026_11"));
  return model;
}

}  // namespace nutgraf
