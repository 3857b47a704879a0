#include "salience/sentence_model.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <memory>

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
    const auto [feature, rank] = bound(take_word(line));
    tree.nodes[static_cast<std::size_t>(node)] =
        static_cast<std::uint16_t>(model.first_place_[feature] + rank);
    read(2 * node + 1, level + 1, value, model.group_of_[feature], parts);
    read(2 * node + 2, level + 1, value, model.group_of_[feature], parts);
  }

  struct Bound {
    std::size_t feature, rank;  ///< of the values above it, the least
  };
  /// Of a letter and a number.
  Bound bound(std::string_view word) const {
    const std::size_t letter = word.empty() ? std::string_view::npos : model.letters_.find(word.front());
    if (letter == std::string_view::npos)
      throw Error(ErrorKind::corrupt_file,
                  "the weights of a salience have '" + std::string(word) + "' for a bound");
    const std::size_t feature = model.feature_of_letter_[letter];
    const auto bound = number<std::size_t>(word.substr(1));
    if (bound >= model.bounds_[feature].size())
      throw Error(ErrorKind::corrupt_file,
                  "a feature of a salience has no bound '" + std::string(word) + "'");
    return {feature, bound + 1};
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
  while (trees_.size() % trees_at_once) trees_.emplace_back();  // that give nothing
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
  first_place_[feature_of_letter_.back()] = places_;
  places_ += bounds.size() + 1;
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
NUTGRAF_WIDE void SentenceModel::find_ranks(const Lanes<float>& values, std::span<const float> bounds,
                                            Lanes<std::uint32_t>& ranks) {
  Lanes<std::uint32_t> below{};
  for (const float bound : bounds) {
    for (std::size_t i = 0; i < below.size(); ++i) below[i] += bound < values[i];
  }
  ranks = below;
}

/// For each rank of each feature, the rows that have it or one above.
void SentenceModel::find_above(std::span<const SentenceFeatures> rows, std::span<RowBits> above) const {
  std::ranges::fill(above, 0);
  Lanes<float> values{};
  Lanes<std::uint32_t> ranks;
  for (std::size_t f = 0; f < feature_count; ++f) {
    if (bounds_[f].empty()) continue;  // no tree asks for it
    const std::span<RowBits> of_feature = above.subspan(first_place_[f], bounds_[f].size() + 1);
    for (std::size_t begin = 0; begin < rows.size(); begin += values.size()) {
      const std::size_t size = std::min(values.size(), rows.size() - begin);
      for (std::size_t i = 0; i < size; ++i) values[i] = rows[begin + i][f];
      find_ranks(values, bounds_[f], ranks);
      for (std::size_t i = 0; i < size; ++i) of_feature[ranks[i]] |= RowBits{1} << (begin + i);
    }
    RowBits with_rank = 0;  // or one above
    for (std::size_t rank = of_feature.size(); rank-- > 0;) of_feature[rank] = with_rank |= of_feature[rank];
  }
}

/// From the last level up, each node takes over the leaf of the side that a row goes to.
template <int level>
inline SentenceModel::LeafBits SentenceModel::leaf_bits(const Tree& tree, std::size_t node,
                                                        const RowBits* above) {
  if constexpr (level == depth) {
    return {};
  } else {
    const LeafBits low = leaf_bits<level + 1>(tree, 2 * node + 1, above),
                   high = leaf_bits<level + 1>(tree, 2 * node + 2, above);
    const RowBits goes_right = above[tree.nodes[node]];
    constexpr std::size_t own = depth - 1 - level;
    LeafBits bits{};
    for (std::size_t bit = 0; bit < own; ++bit) bits[bit] = low[bit] ^ ((low[bit] ^ high[bit]) & goes_right);
    bits[own] = goes_right;
    return bits;
  }
}

/// The leaves of the eight rows of a word in each of the trees, a byte each, given the bits of a number of
/// theirs after the other: matrices of bits turned by exchanging ever larger blocks (Warren, Hacker's
/// Delight, 7-3).
NUTGRAF_WIDE void SentenceModel::spread(const RowBits* bits, std::size_t trees, std::size_t word,
                                        std::uint64_t* leaves_of_rows) {
  for (std::size_t t = 0; t < trees; ++t) {
    std::uint64_t matrix = 0;
    for (std::size_t bit = 0; bit < depth; ++bit)
      matrix |= (bits[bit * trees + t] >> rows_of_word * word & 0xFF) << rows_of_word * bit;
    std::uint64_t changed = (matrix ^ matrix >> 7) & 0x00AA00AA00AA00AA;
    matrix ^= changed ^ changed << 7;
    changed = (matrix ^ matrix >> 14) & 0x0000CCCC0000CCCC;
    matrix ^= changed ^ changed << 14;
    changed = (matrix ^ matrix >> 28) & 0x00000000F0F0F0F0;
    leaves_of_rows[t] = matrix ^ changed ^ changed << 28;
  }
}

std::vector<SentenceModel::Parts> SentenceModel::operator()(std::span<const SentenceFeatures> rows) const {
  std::vector<Parts> found(rows.size(), Parts{});
  const std::size_t trees = trees_.size();
  // All of it is written before it is read.
  const auto above = std::make_unique_for_overwrite<RowBits[]>(places_);
  const auto bits = std::make_unique_for_overwrite<RowBits[]>(depth * trees);
  const auto leaves_of_rows =
      std::make_unique_for_overwrite<std::uint64_t[]>(rows_at_once / rows_of_word * trees);
  const auto byte_of = [](std::size_t row) {
    return std::endian::native == std::endian::little ? row % rows_of_word : ~row % rows_of_word;
  };
  for (std::size_t begin = 0; begin < rows.size(); begin += rows_at_once) {
    const std::size_t size = std::min(rows_at_once, rows.size() - begin);
    find_above(rows.subspan(begin, size), {above.get(), places_});
    for (std::size_t t = 0; t < trees; ++t) {
      const LeafBits of_tree = leaf_bits<0>(trees_[t], 0, above.get());
      for (std::size_t bit = 0; bit < depth; ++bit) bits[bit * trees + t] = of_tree[bit];
    }
    for (std::size_t word = 0; word * rows_of_word < size; ++word)
      spread(bits.get(), trees, word, &leaves_of_rows[word * trees]);
    // Some trees at a time: their parts stay in the nearest cache, and a sum in its register.
    for (std::size_t first = 0; first < trees; first += trees_at_once) {
      for (std::size_t i = 0; i < size; ++i) {
        const auto* const leaves_of_row =
            reinterpret_cast<const unsigned char*>(&leaves_of_rows[i / rows_of_word * trees + first]) +
            byte_of(i);
        auto sum = std::bit_cast<PartLanes>(found[begin + i]);
        for (std::size_t t = 0; t < trees_at_once; ++t)
          sum += std::bit_cast<PartLanes>(trees_[first + t].parts[leaves_of_row[rows_of_word * t]]);
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
