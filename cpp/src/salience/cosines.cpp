#include "salience/cosines.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "nutgraf/error.h"

namespace nutgraf {

Cosines::Cosines(const SparseMatrix& vectors) : vectors_(vectors) {
  inverse_length_.reserve(static_cast<std::size_t>(vectors.rows()));
  for (Eigen::Index r = 0; r < vectors.rows(); ++r) {
    double squares = 0;
    for (SparseMatrix::InnerIterator entry(vectors, r); entry; ++entry) {
      squares += static_cast<double>(entry.value()) * static_cast<double>(entry.value());
      has_negative_ |= entry.value() < 0;
    }
    if (!std::isfinite(squares)) {
      throw Error(ErrorKind::invalid_argument, "row " + std::to_string(r) + " of the vectors is not finite");
    }
    inverse_length_.push_back(squares > 0 ? 1 / std::sqrt(squares) : 0);
  }
}

std::vector<double> Cosines::likeness_times(std::span<const double> weights, Pacer& pacer) const {
  std::vector<double> out = times(weights, pacer);
  if (!has_negative_) return out;
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& value : out) value = std::max(0.0, (sum + value) / 2);  // rounding may leave a trace below 0
  return out;
}

std::vector<double> Cosines::times(std::span<const double> weights, Pacer& pacer) const {
  Sum weighted(*this);
  for (std::size_t r = 0; r < weights.size(); ++r) {
    if (weights[r] != 0) weighted.add(r, weights[r]);
  }
  std::vector<double> out(weights.size());
  for (std::size_t r = 0; r < weights.size(); ++r) {
    out[r] = weighted.cosine(r);
    pacer.advance(2 *
                  static_cast<std::size_t>(vectors_.outerIndexPtr()[r + 1] - vectors_.outerIndexPtr()[r]));
  }
  return out;
}

std::vector<double> Cosines::to(std::span<const double> row) const {
  double squares = 0;
  for (const double value : row) squares += value * value;
  std::vector<double> out(inverse_length_.size());
  if (!(squares > 0)) return out;
  for (Eigen::Index r = 0; r < vectors_.rows(); ++r) {
    double sum = 0;
    for (SparseMatrix::InnerIterator entry(vectors_, r); entry; ++entry)
      sum += row[entry.col()] * static_cast<double>(entry.value());
    out[r] = sum * inverse_length_[r] / std::sqrt(squares);
  }
  return out;
}

}  // namespace nutgraf
