#pragma once

#include <cstdint>
#include <vector>

#include "nutgraf/vectors.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// Cosines of a row to the rows added so far, by an inverted index over these.
class Redundancy {
 public:
  explicit Redundancy(const SparseMatrix& vectors)
      : vectors_(vectors), postings_(static_cast<std::size_t>(vectors.cols())) {}

  bool has_terms(std::int32_t row) const { return SparseMatrix::InnerIterator(vectors_, row); }
  void add(std::int32_t row);
  struct Nearest {
    std::int32_t row = -1;  ///< of those added, the first of equal ones
    double cosine = 0;
  };
  Nearest nearest(std::int32_t row, Pacer& pacer);

 private:
  struct Posting {
    std::int32_t which;
    double weight;
  };
  double length_of(std::int32_t row) const;

  const SparseMatrix& vectors_;
  std::vector<std::vector<Posting>> postings_;
  std::vector<double> products_;
  std::vector<std::int32_t> added_;
};

}  // namespace nutgraf
