#include "similarity/inverted_index.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "nutgraf/error.h"
#include "support/compressed_rows.h"

namespace nutgraf {
namespace {

template <typename Scalar>
void check(const SparseRows<Scalar>& rows) {
  const auto fail = [](const std::string& what) { throw Error(ErrorKind::invalid_argument, what); };
  check_compressed_rows(rows.row_begin, rows.columns.size(), rows.values.size());
  for (std::int32_t r = 0; r < rows.rows(); ++r) {
    std::int32_t before = -1;
    for (std::int32_t i = rows.row_begin[r]; i < rows.row_begin[r + 1]; ++i) {
      const std::int32_t column = rows.columns[i];
      if (column <= before || column >= rows.column_count) {
        fail("row " + std::to_string(r) + " has column " + std::to_string(column) +
             " out of order or out of range; sort the indices and add up duplicates first");
      }
      if (!std::isfinite(rows.values[i]))
        fail("row " + std::to_string(r) + ", column " + std::to_string(column) + " is not finite");
      before = column;
    }
  }
}

}  // namespace

template <typename Scalar>
WeightedRows weighted_rows(const SparseRows<Scalar>& rows, Metric metric) {
  check(rows);
  const bool are_sets = metric == Metric::jaccard || metric == Metric::overlap;
  WeightedRows weighted;
  weighted.columns.reserve(rows.columns.size());
  weighted.values.reserve(rows.columns.size());
  for (std::int32_t r = 0; r < rows.rows(); ++r) {
    const std::size_t begin = weighted.columns.size();
    double squares = 0;
    for (std::int32_t i = rows.row_begin[r]; i < rows.row_begin[r + 1]; ++i) {
      const auto value = static_cast<double>(rows.values[i]);
      if (value == 0) continue;
      weighted.columns.push_back(rows.columns[i]);
      weighted.values.push_back(are_sets ? 1 : value);
      squares += value * value;
    }
    const double length = std::sqrt(squares);
    if (metric == Metric::cosine) {
      for (std::size_t i = begin; i < weighted.values.size(); ++i) weighted.values[i] /= length;
    }
    weighted.sizes.push_back(are_sets                   ? static_cast<double>(weighted.columns.size() - begin)
                             : metric == Metric::cosine ? 1
                                                        : length);
    weighted.row_begin.push_back(static_cast<std::int32_t>(weighted.columns.size()));
  }
  return weighted;
}

template WeightedRows weighted_rows<float>(const SparseRows<float>&, Metric);
template WeightedRows weighted_rows<double>(const SparseRows<double>&, Metric);

InvertedIndex::InvertedIndex(const WeightedRows& rows, std::int32_t columns)
    : begins_(static_cast<std::size_t>(columns) + 1), postings_(rows.columns.size()) {
  for (const std::int32_t column : rows.columns) ++begins_[static_cast<std::size_t>(column) + 1];
  for (std::size_t c = 1; c < begins_.size(); ++c) begins_[c] += begins_[c - 1];
  std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
  for (std::int32_t r = 0; r < rows.rows(); ++r) {
    for (std::int32_t i = rows.row_begin[r]; i < rows.row_begin[r + 1]; ++i)
      postings_[next[rows.columns[i]]++] = {r, rows.values[i]};
  }
}

}  // namespace nutgraf
