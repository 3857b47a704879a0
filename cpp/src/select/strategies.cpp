#include "select/strategies.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "select/redundancy.h"
#include "similarity/inverted_index.h"
#include "support/natural_log.h"
#include "terms/marked_rows.h"

namespace nutgraf {
namespace {

/// Salience between 0 and 1.
std::vector<double> scaled(std::span<const float> salience, std::span<const std::uint8_t> competes) {
  double least = 0, largest = 0;
  for (std::size_t r = 0; r < salience.size(); ++r) {
    if (!competes[r]) continue;
    least = std::min(least, static_cast<double>(salience[r]));
    largest = std::max(largest, static_cast<double>(salience[r]));
  }
  std::vector<double> found(salience.begin(), salience.end());
  for (double& value : found) value = largest > least ? (value - least) / (largest - least) : 0;
  return found;
}

class Top : public Gains {
 public:
  explicit Top(std::span<const float> salience) : salience_(salience) {}
  double gain(std::int32_t row) override { return static_cast<double>(salience_[row]); }
  void add(std::int32_t) override {}

 private:
  std::span<const float> salience_;
};

class Mmr : public Gains {
 public:
  Mmr(std::vector<double> salience, const SentenceVectors& vectors, double diversity, Pacer& pacer)
      : salience_(std::move(salience)), chosen_(vectors.weights), diversity_(diversity), pacer_(pacer) {}
  double gain(std::int32_t row) override {
    return (1 - diversity_) * salience_[row] - diversity_ * chosen_.nearest(row, pacer_).cosine;
  }
  void add(std::int32_t row) override { chosen_.add(row); }

 private:
  std::vector<double> salience_;
  Redundancy chosen_;
  double diversity_;
  Pacer& pacer_;
};

/// The share of each term in all of the rows that compete.
std::vector<double> term_probabilities(const TermCounts& counts, std::span<const std::uint8_t> competes) {
  std::vector<double> found = term_frequencies(counts, competes);
  const double sum = std::accumulate(found.begin(), found.end(), 0.0);
  for (double& p : found) p = sum > 0 ? p / sum : 0;
  return found;
}

class SumBasic : public Gains {
 public:
  SumBasic(const TermCounts& counts, std::span<const std::uint8_t> competes)
      : counts_(counts), probability_(term_probabilities(counts, competes)) {}
  double gain(std::int32_t row) override {
    double mean = 0, size = 0;
    for_terms(counts_, row, [&](std::int32_t term, std::int32_t count) {
      mean += count * probability_[term];
      size += count;
    });
    return size > 0 ? mean / size : 0;
  }
  void add(std::int32_t row) override {
    for_terms(counts_, row,
              [&](std::int32_t term, std::int32_t) { probability_[term] *= probability_[term]; });
  }

 private:
  const TermCounts& counts_;
  std::vector<double> probability_;
};

class KlSum : public Gains {
 public:
  KlSum(const TermCounts& counts, std::span<const std::uint8_t> competes)
      : counts_(counts), text_(term_probabilities(counts, competes)) {
    chosen_.assign(text_.size(), 0);
    smooth_total_ = smoothing * static_cast<double>(text_.size());
    for (const double p : text_) cross_ += p > 0 ? p * natural_log(smoothing) : 0;
  }
  /// Less the cross entropy, which differs from the divergence by what no choice changes.
  double gain(std::int32_t row) override {
    double cross = cross_, size = 0;
    for_terms(counts_, row, [&](std::int32_t term, std::int32_t count) {
      const double before = chosen_[term] + smoothing;
      cross += text_[term] * (natural_log(before + count) - natural_log(before));
      size += count;
    });
    return cross - natural_log(size_ + size + smooth_total_);
  }
  void add(std::int32_t row) override {
    for_terms(counts_, row, [&](std::int32_t term, std::int32_t count) {
      const double before = chosen_[term] + smoothing;
      cross_ += text_[term] * (natural_log(before + count) - natural_log(before));
      chosen_[term] += count;
      size_ += count;
    });
  }
  bool only_fall() const override { return false; }

 private:
  static constexpr double smoothing = 0.01;  // counted for each term of the summary
  const TermCounts& counts_;
  std::vector<double> text_, chosen_;
  double cross_ = 0, size_ = 0, smooth_total_ = 0;
};

// F(S) = sum over i of min(c_i(S), a / N · c_i(V)) + lambda · sum over k of sqrt(sum of the rewards of S in
// part k), c_i(S) = sum over j in S of cos(i, j). The parts, by k-means in the paper, are the sentences whose
// heaviest term is the same.
class Coverage : public Gains {
 public:
  Coverage(std::vector<double> salience, const SparseMatrix& vectors, std::span<const std::uint8_t> competes,
           Pacer& pacer)
      : rows_(weighted_rows(sparse_rows(vectors), Metric::cosine)),
        index_(rows_, static_cast<std::int32_t>(vectors.cols())),
        competes_(competes),
        pacer_(pacer),
        part_(competes.size(), static_cast<std::int32_t>(vectors.cols())),
        reward_(std::move(salience)),
        rewards_(static_cast<std::size_t>(vectors.cols()) + 1),
        degree_(competes.size()),
        covered_(competes.size()),
        products_(competes.size()) {
    double n = 0;
    std::vector<double> by_term(static_cast<std::size_t>(vectors.cols()));
    for_competing([&](std::int32_t row) {
      ++n;
      for_entries(row, [&](std::int32_t term, double value) { by_term[term] += value; });
    });
    for_competing([&](std::int32_t row) {
      double heaviest = 0;
      for_entries(row, [&](std::int32_t term, double value) {
        const double share = value * by_term[term];
        degree_[row] += share;
        if (share <= heaviest) return;
        heaviest = share;
        part_[row] = term;
      });
    });
    most_ = degree_;
    for (double& most : most_) most *= std::min(1.0, saturation / std::max(n, 1.0));
  }
  double gain(std::int32_t row) override {
    double gain = 0;
    for_similar(row, [&](std::int32_t other, double cosine) {
      gain += std::min(covered_[other] + cosine, most_[other]) - std::min(covered_[other], most_[other]);
    });
    return gain + diversity_gain(row);
  }
  double bound(std::int32_t row) override { return degree_[row] + diversity_gain(row); }
  void add(std::int32_t row) override {
    for_similar(row, [&](std::int32_t other, double cosine) { covered_[other] += cosine; });
    rewards_[part_[row]] += reward_[row];
  }
  bool is_coverage() const override { return true; }

 private:
  static SparseRows<float> sparse_rows(const SparseMatrix& matrix) {
    const auto entries = static_cast<std::size_t>(matrix.nonZeros());
    return {.row_begin = {matrix.outerIndexPtr(), static_cast<std::size_t>(matrix.rows()) + 1},
            .columns = {matrix.innerIndexPtr(), entries},
            .values = {matrix.valuePtr(), entries},
            .column_count = static_cast<std::int32_t>(matrix.cols())};
  }
  template <typename Use>
  void for_competing(Use use) const {
    for (std::int32_t row = 0; row < rows_.rows(); ++row) {
      if (competes_[row]) use(row);
    }
  }
  template <typename Use>
  void for_entries(std::int32_t row, Use use) const {
    for (std::int32_t i = rows_.row_begin[row]; i < rows_.row_begin[row + 1]; ++i)
      use(rows_.columns[i], rows_.values[i]);
  }
  /// Calls use(other, cosine) for each competing row that shares a term.
  template <typename Use>
  void for_similar(std::int32_t row, Use use) {
    for_entries(row, [&](std::int32_t term, double weight) {
      const auto postings = index_.postings(term);
      for (const auto& [other, value] : postings) {
        if (!competes_[other]) continue;
        if (products_[other] == 0) touched_.push_back(other);
        products_[other] += weight * value;
      }
      pacer_.advance(postings.size() + 1);
    });
    std::ranges::sort(touched_);
    for (const std::int32_t other : touched_) use(other, std::exchange(products_[other], 0));
    touched_.clear();
  }
  double diversity_gain(std::int32_t row) const {
    const double before = rewards_[part_[row]];
    return diversity * (std::sqrt(before + reward_[row]) - std::sqrt(before));
  }

  static constexpr double saturation = 5, diversity = 6;  // a and lambda of the paper
  WeightedRows rows_;
  InvertedIndex index_;
  std::span<const std::uint8_t> competes_;
  Pacer& pacer_;
  std::vector<std::int32_t> part_;  ///< of each row; one without terms is in the last
  std::vector<double> reward_, rewards_, degree_, most_, covered_;
  std::vector<double> products_;  ///< of one row with all, 0 between two calls
  std::vector<std::int32_t> touched_;
};

/// Pairs of neighbouring terms, each worth the number of sentences that have it, counted once.
class Concepts : public Gains {
 public:
  explicit Concepts(ConceptWorth of) : of_(std::move(of)) {}
  double gain(std::int32_t row) override {
    std::int64_t gain = 0;
    for_terms(of_.counts, row, [&](std::int32_t each, std::int32_t) { gain += of_.worth[each]; });
    return static_cast<double>(gain);
  }
  void add(std::int32_t row) override {
    for_terms(of_.counts, row, [&](std::int32_t each, std::int32_t) { of_.worth[each] = 0; });
  }
  bool is_coverage() const override { return true; }

 private:
  ConceptWorth of_;
};

}  // namespace

ConceptWorth concept_worth(std::span<const Document> documents, std::span<const std::uint8_t> competes) {
  ConceptWorth found{.counts = count_terms(documents, {.least_n = 2, .most_n = 2})};
  found.worth = row_frequencies(found.counts, competes);
  return found;
}

std::unique_ptr<Gains> make_gains(Strategy strategy, std::span<const Document> documents,
                                  std::span<const float> salience, const SentenceVectors& vectors,
                                  std::span<const std::uint8_t> competes, const SelectOptions& options,
                                  Pacer& pacer) {
  switch (strategy) {
    case Strategy::top:
      break;
    case Strategy::mmr:
      return std::make_unique<Mmr>(scaled(salience, competes), vectors, options.diversity, pacer);
    case Strategy::coverage:
      return std::make_unique<Coverage>(scaled(salience, competes), vectors.weights, competes, pacer);
    case Strategy::concepts:
      return std::make_unique<Concepts>(concept_worth(documents, competes));
    case Strategy::sumbasic:
      return std::make_unique<SumBasic>(vectors.counts, competes);
    case Strategy::kl:
      return std::make_unique<KlSum>(vectors.counts, competes);
  }
  return std::make_unique<Top>(salience);
}

}  // namespace nutgraf
