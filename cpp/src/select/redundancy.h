#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/vectors.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// Cosines of a row to the rows added so far, by an inverted index over these.
class Redundancy {
 public:
  explicit Redundancy(const SparseMatrix& vectors)
      : vectors_(vectors), last_(static_cast<std::size_t>(vectors.cols()), -1) {
    constexpr std::size_t usual_rows = 4, usual_terms = 16;  // of a summary
    postings_.reserve(usual_rows * usual_terms);
    products_.reserve(usual_rows);
    added_.reserve(usual_rows);
  }

  bool has_terms(std::int32_t row) const { return SparseMatrix::InnerIterator(vectors_, row); }
  void add(std::int32_t row);
  struct Nearest {
    std::int32_t row = -1;  ///< of those added, the first of equal ones
    double cosine = 0;
  };
  Nearest nearest(std::int32_t row, Pacer& pacer);

 private:
  struct Posting {
    double weight;
    std::int32_t which, before;  ///< the row, of those added, and the posting before of the same term, or -1
  };
  double length_of(std::int32_t row) const;

  const SparseMatrix& vectors_;
  std::vector<Posting> postings_;
  std::vector<std::int32_t> last_;  ///< of each term, the last posting, or -1
  std::vector<double> products_;
  std::vector<std::int32_t> added_;
};

/// What the rows added so far say. Without terms nothing is similar, so there the text decides.
class Said {
 public:
  Said(const SentenceRows& rows, const SparseMatrix& vectors, double max_similarity)
      : rows_(rows), redundancy_(vectors), max_similarity_(max_similarity) {}

  void add(std::int32_t row);
  /// Of the rows added, one that a row says again: its cosine is above max_similarity; or -1.
  std::int32_t by(std::int32_t row, Pacer& pacer);

 private:
  std::string shown(std::int32_t row) const;

  const SentenceRows& rows_;
  Redundancy redundancy_;
  double max_similarity_;
  std::unordered_map<std::string, std::int32_t> without_terms_;
};

}  // namespace nutgraf
