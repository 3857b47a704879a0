#include "salience/sentence_model.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdlib>
#include <limits>

#include "nutgraf/error.h"
#include "support/data_tables.h"
#include "support/wide.h"

namespace nutgraf {
namespace {

/// Parts as one vector: GCC adds an array of them piece by piece.
using PartLanes [[gnu::vector_size(sizeof(SentenceModel::Parts))]] = std::int16_t;

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

/// Reads a tree: `VALUE`, or `VALUE BOUND NODE NODE`, with a dot behind the value of a leaf.
struct SentenceModel::Reader {
  std::string_view line;
  SentenceModel& model;
  Tree& tree;

  void read(int node, int level, std::int32_t above, std::size_t group, Parts parts) {
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
    const Node here = bound(take_word(line));
    tree.nodes[static_cast<std::size_t>(node)] = here;
    read(2 * node + 1, level + 1, value, model.group_of_[here.feature], parts);
    read(2 * node + 2, level + 1, value, model.group_of_[here.feature], parts);
  }

  /// Of a letter and a number.
  Node bound(std::string_view word) const {
    const std::size_t letter = word.empty() ? std::string_view::npos : model.letters_.find(word.front());
    if (letter == std::string_view::npos)
      throw Error(ErrorKind::corrupt_file,
                  "the weights of a salience have '" + std::string(word) + "' for a bound");
    const std::size_t feature = model.feature_of_letter_[letter];
    const auto rank = number<std::uint8_t>(word.substr(1));
    if (rank >= model.bounds_[feature].size())
      throw Error(ErrorKind::corrupt_file,
                  "a feature of a salience has no bound '" + std::string(word) + "'");
    return {static_cast<std::uint8_t>(feature), rank};
  }
};

SentenceModel::SentenceModel(std::span<const std::string_view> lines) {
  for (std::string_view line : lines) {
    const std::string_view kind = take_word(line);
    if (kind == "group") {
      groups_.push_back(take_until('\t', line));
      while (!line.empty()) group_of_[feature_of(take_word(line))] = groups_.size() - 1;
      if (groups_.size() > most_groups)
        throw Error(ErrorKind::corrupt_file, "a salience has too many groups");
    } else if (kind == "bounds") {
      read_bounds(line);
    } else {
      // What a tree gives to every sentence belongs to the last group, that of the text.
      Reader{line, *this, trees_.emplace_back()}.read(0, 0, 0, groups_.size() - 1, {});
    }
  }
  check_sums();
}

void SentenceModel::read_bounds(std::string_view line) {
  letters_ += take_word(line);
  feature_of_letter_.push_back(feature_of(take_word(line)));
  if (letters_.size() != feature_of_letter_.size())
    throw Error(ErrorKind::corrupt_file, "a feature of a salience has no letter");
  std::vector<float>& bounds = bounds_[feature_of_letter_.back()];
  while (!line.empty()) bounds.push_back(number<float>(take_word(line)));
  if (bounds.size() > 0xFE || !std::ranges::is_sorted(bounds, std::ranges::less_equal()))
    throw Error(ErrorKind::corrupt_file, "the bounds of a feature of a salience are too many, or not sorted");
}

// What fits all rows fits 16 bits.
void SentenceModel::check_sums() const {
  std::array<std::int32_t, most_groups> most{};
  for (const Tree& tree : trees_) {
    for (std::size_t g = 0; g < most_groups; ++g) {
      std::int32_t largest = 0;
      for (const Parts& parts : tree.parts) largest = std::max(largest, std::abs(std::int32_t{parts[g]}));
      most[g] += largest;
    }
  }
  if (std::ranges::max(most) > std::numeric_limits<std::int16_t>::max())
    throw Error(ErrorKind::corrupt_file, "the weights of a salience add up to more than 32 log-odds");
}

/// How many of the bounds are below each of the values.
NUTGRAF_WIDE void SentenceModel::find_ranks(const std::array<float, lanes>& values,
                                            std::span<const float> bounds, RowBytes& ranks) {
  RowBytes below{};
  for (const float bound : bounds) {
    for (std::size_t i = 0; i < lanes; ++i)
      below[i] = static_cast<std::uint8_t>(below[i] + (bound < values[i]));
  }
  ranks = below;
}

/// The leaf that each row comes to in each tree. From the last level up, each node takes over the leaf of the
/// side that a row goes to.
NUTGRAF_WIDE void SentenceModel::find_leaves(std::span<const Tree> trees, const Ranks& ranks,
                                             RowBytes* leaves_of_trees) {
  for (const Tree& tree : trees) {
    std::array<RowBytes, leaves / 2> under;
    for (std::size_t k = 0; k < under.size(); ++k) {
      const Node node = tree.nodes[under.size() - 1 + k];
      const RowBytes& rank = ranks[node.feature];
      for (std::size_t i = 0; i < lanes; ++i)
        under[k][i] = static_cast<std::uint8_t>(2 * k + (rank[i] > node.rank));
    }
    for (std::size_t width = leaves / 4; width > 0; width /= 2) {
      for (std::size_t k = 0; k < width; ++k) {
        const Node node = tree.nodes[width - 1 + k];
        const RowBytes& rank = ranks[node.feature];
        // Copied, as under[k] may be one of them; and chosen by bits, as GCC goes byte by byte for ?: where
        // a processor has no masks to read by.
        const RowBytes low = under[2 * k], high = under[2 * k + 1];
        for (std::size_t i = 0; i < lanes; ++i) {
          const auto goes_right = static_cast<std::uint8_t>(-(rank[i] > node.rank));
          under[k][i] = static_cast<std::uint8_t>(low[i] ^ ((low[i] ^ high[i]) & goes_right));
        }
      }
    }
    *leaves_of_trees++ = under[0];
  }
}

std::vector<SentenceModel::Parts> SentenceModel::operator()(std::span<const SentenceFeatures> rows) const {
  std::vector<Parts> found(rows.size(), Parts{});
  constexpr std::size_t trees_at_once = 8;
  alignas(lanes) Ranks ranks;
  std::array<float, lanes> values{};
  std::vector<RowBytes> leaves_of_trees(trees_.size());
  for (std::size_t begin = 0; begin < rows.size(); begin += lanes) {
    const std::size_t size = std::min(lanes, rows.size() - begin);
    for (std::size_t f = 0; f < feature_count; ++f) {
      for (std::size_t i = 0; i < size; ++i) values[i] = rows[begin + i][f];
      find_ranks(values, bounds_[f], ranks[f]);
    }
    find_leaves(trees_, ranks, leaves_of_trees.data());
    // Some trees at a time: their parts stay in the nearest cache, and a sum in its register.
    for (std::size_t first = 0, last; first < trees_.size(); first = last) {
      last = std::min(first + trees_at_once, trees_.size());
      for (std::size_t i = 0; i < size; ++i) {
        auto sum = std::bit_cast<PartLanes>(found[begin + i]);
        for (std::size_t t = first; t < last; ++t)
          sum += std::bit_cast<PartLanes>(trees_[t].parts[leaves_of_trees[t][i]]);
        found[begin + i] = std::bit_cast<Parts>(sum);
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
