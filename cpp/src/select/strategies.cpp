#include "select/strategies.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "select/redundancy.h"
#include "support/natural_log.h"

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
    return (1 - diversity_) * salience_[row] - diversity_ * chosen_.largest_cosine(row, pacer_);
  }
  void add(std::int32_t row) override { chosen_.add(row); }

 private:
  std::vector<double> salience_;
  Redundancy chosen_;
  double diversity_;
  Pacer& pacer_;
};

/// Calls use(term, count) for the entries of a row.
template <typename Use>
void for_terms(const TermCounts& counts, std::int32_t row, Use use) {
  for (std::int32_t i = counts.row_begin[row]; i < counts.row_begin[row + 1]; ++i)
    use(counts.ids[i], counts.counts[i]);
}

/// The share of each term in all of the rows that compete.
std::vector<double> term_probabilities(const TermCounts& counts, std::span<const std::uint8_t> competes) {
  std::vector<double> found(static_cast<std::size_t>(counts.vocabulary.size()));
  double sum = 0;
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    if (!competes[r]) continue;
    for_terms(counts, r, [&](std::int32_t term, std::int32_t count) {
      found[term] += count;
      sum += count;
    });
  }
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

/// Terms of unit rows, by row and by term.
class UnitRows {
 public:
  explicit UnitRows(const SparseMatrix& rows, std::span<const std::uint8_t> competes) : rows_(rows) {
    postings_.resize(static_cast<std::size_t>(rows.cols()));
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
      double squares = 0;
      for (SparseMatrix::InnerIterator entry(rows, r); entry; ++entry)
        squares += static_cast<double>(entry.value()) * static_cast<double>(entry.value());
      inverse_.push_back(squares > 0 ? 1 / std::sqrt(squares) : 0);
      if (!competes[static_cast<std::size_t>(r)]) continue;
      for (SparseMatrix::InnerIterator entry(rows, r); entry; ++entry)
        postings_[entry.col()].push_back(
            {static_cast<std::int32_t>(r), static_cast<double>(entry.value()) * inverse_.back()});
    }
    products_.resize(static_cast<std::size_t>(rows.rows()));
  }
  double inverse_length(Eigen::Index row) const { return inverse_[static_cast<std::size_t>(row)]; }
  /// Calls use(other, cosine) for each competing row that shares a term.
  template <typename Use>
  void for_similar(std::int32_t row, Pacer& pacer, Use use) {
    for (SparseMatrix::InnerIterator entry(rows_, row); entry; ++entry) {
      const double weight = static_cast<double>(entry.value()) * inverse_[row];
      for (const auto& [other, value] : postings_[entry.col()]) {
        if (products_[other] == 0) touched_.push_back(other);
        products_[other] += weight * value;
      }
      pacer.advance(postings_[entry.col()].size() + 1);
    }
    std::ranges::sort(touched_);
    for (const std::int32_t other : touched_) use(other, std::exchange(products_[other], 0));
    touched_.clear();
  }

 private:
  const SparseMatrix& rows_;
  std::vector<double> inverse_;
  std::vector<std::vector<std::pair<std::int32_t, double>>> postings_;
  std::vector<double> products_;
  std::vector<std::int32_t> touched_;
};

// F(S) = sum over i of min(c_i(S), a / N · c_i(V)) + lambda · sum over k of sqrt(sum of the rewards of S in
// part k), c_i(S) = sum over j in S of cos(i, j). The parts, by k-means in the paper, are the sentences whose
// heaviest term is the same.
class Coverage : public Gains {
 public:
  Coverage(const std::vector<double>& salience, const SentenceVectors& vectors,
           std::span<const std::uint8_t> competes, Pacer& pacer)
      : rows_(vectors.weights, competes), pacer_(pacer), part_(competes.size(), 0), reward_(competes.size()) {
    const SparseMatrix& weights = vectors.weights;
    double n = 0;
    std::vector<double> by_term(static_cast<std::size_t>(weights.cols()));
    for (Eigen::Index r = 0; r < weights.rows(); ++r) {
      if (!competes[r]) continue;
      ++n;
      for (SparseMatrix::InnerIterator entry(weights, r); entry; ++entry)
        by_term[entry.col()] += static_cast<double>(entry.value()) * rows_.inverse_length(r);
    }
    for (Eigen::Index r = 0; r < weights.rows(); ++r) {
      double degree = 0, heaviest = 0;
      part_[r] = static_cast<std::int32_t>(by_term.size());
      for (SparseMatrix::InnerIterator entry(weights, r); entry; ++entry) {
        const double share =
            static_cast<double>(entry.value()) * rows_.inverse_length(r) * by_term[entry.col()];
        degree += share;
        if (share <= heaviest) continue;
        heaviest = share;
        part_[r] = static_cast<std::int32_t>(entry.col());
      }
      degree_.push_back(competes[r] ? degree : 0);
      most_.push_back(degree_.back());
    }
    for (double& most : most_) most *= std::min(1.0, saturation / std::max(n, 1.0));
    covered_.resize(competes.size());
    rewards_.assign(by_term.size() + 1, 0);
    for (std::size_t r = 0; r < reward_.size(); ++r) reward_[r] = salience[r];
  }
  double gain(std::int32_t row) override {
    double gain = 0;
    rows_.for_similar(row, pacer_, [&](std::int32_t other, double cosine) {
      gain += std::min(covered_[other] + cosine, most_[other]) - std::min(covered_[other], most_[other]);
    });
    return gain + diversity_gain(row);
  }
  double bound(std::int32_t row) override { return degree_[row] + diversity_gain(row); }
  void add(std::int32_t row) override {
    rows_.for_similar(row, pacer_, [&](std::int32_t other, double cosine) { covered_[other] += cosine; });
    rewards_[part_[row]] += reward_[row];
  }
  bool is_coverage() const override { return true; }

 private:
  double diversity_gain(std::int32_t row) const {
    const double before = rewards_[part_[row]];
    return diversity * (std::sqrt(before + reward_[row]) - std::sqrt(before));
  }

  static constexpr double saturation = 5, diversity = 6;  // a and lambda of the paper
  UnitRows rows_;
  Pacer& pacer_;
  std::vector<std::int32_t> part_;
  std::vector<double> reward_, rewards_, degree_, most_, covered_;
};

/// Pairs of neighbouring terms, each worth the number of sentences that have it, counted once.
class Concepts : public Gains {
 public:
  Concepts(std::span<const Document> documents, std::span<const std::uint8_t> competes)
      : counts_(count_terms(documents, {.least_n = 2, .most_n = 2})),
        weight_(static_cast<std::size_t>(counts_.vocabulary.size())) {
    for (std::int32_t r = 0; r < counts_.rows(); ++r) {
      if (competes[r])
        for_terms(counts_, r, [&](std::int32_t concept_id, std::int32_t) { ++weight_[concept_id]; });
    }
  }
  double gain(std::int32_t row) override {
    double gain = 0;
    for_terms(counts_, row, [&](std::int32_t concept_id, std::int32_t) { gain += weight_[concept_id]; });
    return gain;
  }
  void add(std::int32_t row) override {
    for_terms(counts_, row, [&](std::int32_t concept_id, std::int32_t) { weight_[concept_id] = 0; });
  }
  bool is_coverage() const override { return true; }

 private:
  TermCounts counts_;
  std::vector<double> weight_;
};

}  // namespace

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
      return std::make_unique<Coverage>(scaled(salience, competes), vectors, competes, pacer);
    case Strategy::concepts:
      return std::make_unique<Concepts>(documents, competes);
    case Strategy::sumbasic:
      return std::make_unique<SumBasic>(vectors.counts, competes);
    case Strategy::kl:
      return std::make_unique<KlSum>(vectors.counts, competes);
  }
  return std::make_unique<Top>(salience);
}

}  // namespace nutgraf
