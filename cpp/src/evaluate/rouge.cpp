#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <string>
#include <utility>

#include "evaluate/rouge_text.h"
#include "nutgraf/error.h"
#include "nutgraf/evaluate.h"
#include "support/hashed_table.h"
#include "support/parallel.h"

namespace nutgraf {
namespace {

using Words = std::span<const std::int32_t>;

RougeScore score_of(double hits, double of_prediction, double of_reference) {
  RougeScore score{.precision = hits / std::max(of_prediction, 1.0),
                   .recall = hits / std::max(of_reference, 1.0)};
  const double sum = score.precision + score.recall;
  if (sum > 0) score.fmeasure = 2 * score.precision * score.recall / sum;
  return score;
}

/// One more than the largest id.
std::size_t ids_in(Words words) {
  return words.empty() ? 0 : static_cast<std::size_t>(*std::ranges::max_element(words)) + 1;
}

/// The units of a text, each as a number: of n-grams made longer a word at a time, a number stands for the
/// same n-gram in both texts.
struct Units {
  std::vector<std::uint64_t> prediction, reference;
};

/// A unit as a HashedTable takes it; none is so large a number that this is 0.
constexpr std::uint64_t key_of_unit(std::uint64_t unit) {
  return unit + 1;
}

/// Replaces numbers by those from 1 on.
void renumber(Units& units) {
  HashedTable<std::uint64_t> numbers(units.prediction.size() + units.reference.size());
  std::uint64_t last = 0;
  for (auto* const some : {&units.prediction, &units.reference}) {
    for (std::uint64_t& unit : *some) {
      std::uint64_t& number = numbers[key_of_unit(unit)];
      if (number == 0) number = ++last;
      unit = number;
    }
  }
}

constexpr std::uint64_t pair_of(std::uint64_t first, std::int32_t second) {
  return first << 32U | static_cast<std::uint32_t>(second);
}

Units n_grams(Words prediction, Words reference, std::int32_t n) {
  Units units{{prediction.begin(), prediction.end()}, {reference.begin(), reference.end()}};
  const auto lengthen = [&](std::vector<std::uint64_t>& some, Words words, std::size_t size) {
    some.resize(words.size() >= size ? words.size() - size + 1 : 0);
    for (std::size_t i = 0; i < some.size(); ++i) some[i] = pair_of(some[i], words[i + size - 1]);
  };
  for (std::int32_t size = 2; size <= n; ++size) {
    if (size > 2) renumber(units);
    lengthen(units.prediction, prediction, static_cast<std::size_t>(size));
    lengthen(units.reference, reference, static_cast<std::size_t>(size));
  }
  return units;
}

std::vector<std::uint64_t> skip_pairs(Words words, bool with_words) {
  constexpr std::size_t most_between = 4;
  std::vector<std::uint64_t> units;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // A pair's first word is never so large a number.
    if (with_words) units.push_back(pair_of(0xFFFFFFFF, words[i]));
    for (std::size_t j = i + 1; j < std::min(words.size(), i + most_between + 2); ++j)
      units.push_back(pair_of(static_cast<std::uint64_t>(words[i]), words[j]));
  }
  return units;
}

RougeScore of_words(Words prediction, Words reference) {
  std::vector<std::int32_t> left(ids_in(reference));
  for (const std::int32_t word : reference) ++left[static_cast<std::size_t>(word)];
  std::int64_t hits = 0;
  for (const std::int32_t word : prediction)
    hits += static_cast<std::size_t>(word) < left.size() && left[static_cast<std::size_t>(word)]-- > 0;
  return score_of(static_cast<double>(hits), static_cast<double>(prediction.size()),
                  static_cast<double>(reference.size()));
}

RougeScore of_units(const Units& units) {
  HashedTable<std::int64_t> left(units.reference.size());
  for (const std::uint64_t unit : units.reference) ++left[key_of_unit(unit)];
  std::int64_t hits = 0;
  for (const std::uint64_t unit : units.prediction) {
    std::int64_t* const found = left.find(key_of_unit(unit));
    hits += found && (*found)-- > 0;
  }
  return score_of(static_cast<double>(hits), static_cast<double>(units.prediction.size()),
                  static_cast<double>(units.reference.size()));
}

// The table of longest common subsequences, a bit an entry (Hyyro 2004, Bit-parallel LCS-length computation
// revisited): bit j of a row is 0 where the entry of column j + 1 is larger than the one before it, so that
// an entry is the number of zeros up to it.
using Bits = std::uint64_t;
constexpr std::size_t bits = 64;

constexpr Bits next_row(Bits row, Bits matches) {
  const Bits both = row & matches;
  return (row + both) | (row - both);
}

/// Where each word stands, a bit a place, in blocks of 64 places; ids are those of one RougeReader.
class Places {
 public:
  Places(Words words, std::size_t ids) : blocks_((words.size() + bits - 1) / bits), masks_(ids * blocks_) {
    for (std::size_t i = 0; i < words.size(); ++i)
      masks_[static_cast<std::size_t>(words[i]) * blocks_ + i / bits] |= Bits{1} << (i % bits);
  }
  std::size_t blocks() const { return blocks_; }
  std::span<const Bits> of(std::int32_t word) const {
    const std::size_t begin = static_cast<std::size_t>(word) * blocks_;
    return begin < masks_.size() ? std::span(masks_).subspan(begin, blocks_) : std::span<const Bits>();
  }

 private:
  std::size_t blocks_;
  std::vector<Bits> masks_;
};

std::int64_t lcs_length(Words prediction, Words reference) {
  const Places places(reference, ids_in(reference));
  std::vector<Bits> row(places.blocks(), ~Bits{0});
  for (const std::int32_t word : prediction) {
    const std::span<const Bits> matches = places.of(word);
    if (matches.empty()) continue;
    Bits carry = 0;
    for (std::size_t block = 0; block < row.size(); ++block) {
      const Bits both = row[block] & matches[block];
      const Bits sum = row[block] + both, with_carry = sum + carry;
      const Bits left = row[block] - both;
      carry = (sum < both) | (with_carry < sum);
      row[block] = with_carry | left;
    }
  }
  std::int64_t length = 0;
  // Places past the end match nothing and stay 1.
  for (const Bits block : row) length += std::popcount(~block);
  return length;
}

/// Marks the words of `line` that stand in its longest common subsequence with another line: of several the
/// one that is found from the ends, a word of `line` being given up unless one of the other must be. So
/// rouge-score.
void mark_lcs_by_table(Words line, Words other, std::vector<std::uint8_t>& marks) {
  const std::size_t width = other.size() + 1;
  std::vector<std::int32_t> table((line.size() + 1) * width);
  for (std::size_t i = 1; i <= line.size(); ++i) {
    const std::int32_t* const above = &table[(i - 1) * width];
    std::int32_t* const here = &table[i * width];
    for (std::size_t j = 1; j < width; ++j)
      here[j] = line[i - 1] == other[j - 1] ? above[j - 1] + 1 : std::max(above[j], here[j - 1]);
  }
  for (std::size_t i = line.size(), j = other.size(); i > 0 && j > 0;) {
    if (line[i - 1] == other[j - 1]) {
      marks[i - 1] = 1;
      --i, --j;
    } else if (table[i * width + j - 1] > table[(i - 1) * width + j]) {
      --j;
    } else {
      --i;
    }
  }
}

/// The same for another line of at most 64 words, by bits; `rows` is working space.
void mark_lcs(Words line, Words other, const Places& places, std::vector<Bits>& rows,
              std::vector<std::uint8_t>& marks) {
  rows.assign(1, ~Bits{0});
  for (const std::int32_t word : line) {
    const std::span<const Bits> matches = places.of(word);
    rows.push_back(matches.empty() ? rows.back() : next_row(rows.back(), matches[0]));
  }
  // Whether entry (i, j) is larger than the one above it: by one at most, so that an odd number of bits of
  // both rows tells.
  const auto rises = [&](std::size_t i, std::size_t j) {
    const Bits first_j = j == bits ? ~Bits{0} : (Bits{1} << j) - 1;
    return __builtin_parityll((rows[i] ^ rows[i - 1]) & first_j) != 0;
  };
  for (std::size_t i = line.size(), j = other.size(); i > 0 && j > 0;) {
    if (line[i - 1] == other[j - 1]) {
      marks[i - 1] = 1;
      --i, --j;
    } else if ((rows[i] >> (j - 1) & 1) != 0 && rises(i, j)) {
      // The entry to the left is as large as this one, and the one above is smaller.
      --j;
    } else {
      --i;
    }
  }
}

RougeScore of_lines(const RougeText& prediction, const RougeText& reference) {
  const std::size_t ids = std::max(ids_in(prediction.words), ids_in(reference.words));
  std::vector<std::int32_t> left_in_prediction(ids), left_in_reference(ids);
  for (const std::int32_t word : prediction.words) ++left_in_prediction[static_cast<std::size_t>(word)];
  for (const std::int32_t word : reference.words) ++left_in_reference[static_cast<std::size_t>(word)];
  std::vector<std::vector<std::uint8_t>> marks(reference.lines());
  for (std::size_t r = 0; r < reference.lines(); ++r) marks[r].resize(reference.line(r).size());
  std::vector<Bits> rows;
  for (std::size_t p = 0; p < prediction.lines(); ++p) {
    const Words other = prediction.line(p);
    const Places places(other.first(std::min(other.size(), bits)), ids);
    for (std::size_t r = 0; r < reference.lines(); ++r) {
      if (other.size() > bits) {
        mark_lcs_by_table(reference.line(r), other, marks[r]);
      } else if (!other.empty()) {
        mark_lcs(reference.line(r), other, places, rows, marks[r]);
      }
    }
  }
  double hits = 0;
  for (std::size_t r = 0; r < reference.lines(); ++r) {
    const Words line = reference.line(r);
    for (std::size_t i = 0; i < line.size(); ++i) {
      std::int32_t& predicted = left_in_prediction[static_cast<std::size_t>(line[i])];
      std::int32_t& referred = left_in_reference[static_cast<std::size_t>(line[i])];
      if (!marks[r][i] || predicted <= 0 || referred <= 0) continue;
      ++hits;
      --predicted, --referred;
    }
  }
  return score_of(hits, static_cast<double>(prediction.words.size()),
                  static_cast<double>(reference.words.size()));
}

RougeScore weighted_lcs(Words prediction, Words reference) {
  if (prediction.empty() || reference.empty()) return {};
  constexpr double power = 1.2;
  const auto weigh = [](double k) { return std::pow(k, power); };
  std::vector<double> worth(prediction.size() + 1);
  std::vector<std::int32_t> run(prediction.size() + 1);
  for (const std::int32_t word : reference) {
    double worth_before = 0;
    std::int32_t run_before = 0;
    for (std::size_t j = 1; j < worth.size(); ++j) {
      const double worth_above = worth[j];
      const std::int32_t run_above = run[j];
      if (word == prediction[j - 1]) {
        worth[j] = worth_before + weigh(run_before + 1) - weigh(run_before);
        run[j] = run_before + 1;
      } else {
        worth[j] = std::max(worth_above, worth[j - 1]);
        run[j] = 0;
      }
      worth_before = worth_above;
      run_before = run_above;
    }
  }
  const double hits = std::pow(worth.back(), 1 / power);
  return score_of(hits, static_cast<double>(prediction.size()), static_cast<double>(reference.size()));
}

}  // namespace

RougeType rouge_type(std::string_view name) {
  using Kind = RougeType::Kind;
  if (name == "rougeL") return {Kind::l};
  if (name == "rougeLsum") return {Kind::l_sum};
  if (name == "rougeW") return {Kind::w};
  if (name == "rougeS4") return {.kind = Kind::skip_pairs};
  if (name == "rougeSU4") return {.kind = Kind::skip_pairs, .with_words = true};
  constexpr std::string_view prefix = "rouge";
  if (name.size() == prefix.size() + 1 && name.starts_with(prefix) && name.back() >= '1' &&
      name.back() <= '9')
    return {.kind = Kind::n_grams, .n = name.back() - '0'};
  throw Error(ErrorKind::invalid_argument,
              "unknown type '" + std::string(name) +
                  "'; the types are rouge1 to rouge9, rougeL, rougeLsum, rougeW, rougeS4, rougeSU4");
}

RougeScore rouge_score(const RougeText& prediction, const RougeText& reference, RougeType type) {
  switch (type.kind) {
    case RougeType::Kind::l:
      return score_of(static_cast<double>(lcs_length(prediction.words, reference.words)),
                      static_cast<double>(prediction.words.size()),
                      static_cast<double>(reference.words.size()));
    case RougeType::Kind::l_sum:
      return of_lines(prediction, reference);
    case RougeType::Kind::w:
      return weighted_lcs(prediction.words, reference.words);
    case RougeType::Kind::skip_pairs:
      return of_units(
          {skip_pairs(prediction.words, type.with_words), skip_pairs(reference.words, type.with_words)});
    case RougeType::Kind::n_grams:
      break;
  }
  if (type.n == 1) return of_words(prediction.words, reference.words);
  return of_units(n_grams(prediction.words, reference.words, type.n));
}

RougeScore of_references(std::span<const RougeScore> scores, RougeReferences how) {
  const auto best_without = [&](std::size_t left_out) {
    const RougeScore* best = nullptr;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (i != left_out && (!best || scores[i].fmeasure > best->fmeasure)) best = &scores[i];
    }
    return *best;
  };
  if (how == RougeReferences::best || scores.size() == 1) return best_without(scores.size());
  RougeScore sum;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const RougeScore best = best_without(i);
    sum.precision += best.precision;
    sum.recall += best.recall;
    sum.fmeasure += best.fmeasure;
  }
  const auto n = static_cast<double>(scores.size());
  return {sum.precision / n, sum.recall / n, sum.fmeasure / n};
}

std::vector<RougeScore> rouge(std::string_view prediction, std::span<const std::string_view> references,
                              std::span<const std::string_view> types, const RougeOptions& options) {
  RougeReader reader(options);
  const std::vector<RougeText> read = read_references(reader, references);
  const RougeText predicted = reader.read(within_limits(prediction, options));
  std::vector<RougeScore> found, of_each(read.size());
  for (const std::string_view name : types) {
    const RougeType type = rouge_type(name);
    for (std::size_t i = 0; i < read.size(); ++i) of_each[i] = rouge_score(predicted, read[i], type);
    found.push_back(of_references(of_each, options.references));
  }
  return found;
}

std::vector<std::vector<RougeScore>> rouge_many(std::span<const std::string_view> predictions,
                                                std::span<const std::vector<std::string_view>> references,
                                                std::span<const std::string_view> types,
                                                const RougeOptions& options, const Control& control) {
  if (predictions.size() != references.size()) {
    throw Error(ErrorKind::invalid_argument, "there are " + std::to_string(predictions.size()) +
                                                 " predictions and " + std::to_string(references.size()) +
                                                 " sets of references");
  }
  std::vector<std::vector<RougeScore>> found(predictions.size());
  parallel_for(predictions.size(), control, [&](std::size_t row, const Control&) {
    try {
      found[row] = rouge(predictions[row], references[row], types, options);
    } catch (const Error& error) {
      throw Error(error.kind(), "row " + std::to_string(row) + ": " + error.what(), error.offset());
    }
  });
  return found;
}

Interval bootstrap_interval(std::span<const double> values, double level, std::int32_t samples) {
  if (values.empty() || samples < 1)
    throw Error(ErrorKind::invalid_argument, "an interval needs values, and at least one sample");
  if (!(level > 0 && level < 1)) {
    throw Error(ErrorKind::invalid_argument,
                "level is " + std::to_string(level) + "; it must be above 0 and below 1");
  }
  std::mt19937_64 random(0);
  std::vector<double> means(static_cast<std::size_t>(samples));
  for (double& mean : means) {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += values[random() % values.size()];
    mean = sum / static_cast<double>(values.size());
  }
  std::ranges::sort(means);
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(means.size() - 1);
    const auto before = static_cast<std::size_t>(place);
    const std::size_t after = std::min(before + 1, means.size() - 1);
    return means[before] + (place - static_cast<double>(before)) * (means[after] - means[before]);
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}

}  // namespace nutgraf
