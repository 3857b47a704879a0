#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/similarity.h"

namespace nutgraf {

/// Rows in double, as a metric weighs them, and what bounds need of each.
struct WeightedRows {
  std::vector<std::int32_t> row_begin{0};
  std::vector<std::int32_t> columns{};
  std::vector<double> values{};
  std::vector<double> sizes{};  ///< Euclidean length, for sets the number of columns

  std::int32_t rows() const noexcept { return static_cast<std::int32_t>(row_begin.size()) - 1; }
};

/// \throws Error invalid_argument for rows that do not fit together or values that are not finite.
template <typename Scalar>
WeightedRows weighted_rows(const SparseRows<Scalar>& rows, Metric metric);

/// For each column the rows that have it, ascending.
class InvertedIndex {
 public:
  struct Posting {
    std::int32_t row;
    double value;
  };
  InvertedIndex(const WeightedRows& rows, std::int32_t columns);
  std::span<const Posting> postings(std::int32_t column) const noexcept {
    return std::span(postings_).subspan(begins_[column], begins_[column + 1] - begins_[column]);
  }

 private:
  std::vector<std::size_t> begins_;
  std::vector<Posting> postings_;
};

}  // namespace nutgraf
