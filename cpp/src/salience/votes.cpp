#include "salience/votes.h"

#include <cmath>
#include <string>

#include "nutgraf/error.h"

namespace nutgraf {

Votes find_votes(const SentenceRows& rows) {
  Votes votes;
  votes.has_vote.reserve(static_cast<std::size_t>(rows.size()));
  for (std::int32_t d = 0; d < rows.document_count(); ++d) {
    const Document& document = rows.document(d);
    for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
      const Block& block = document.blocks()[b];
      const bool has_vote = is_body_like(block.role) && block.duplicate_of < 0;
      const std::int32_t sentences = document.sentences_of_block(b).size();
      votes.has_vote.insert(votes.has_vote.end(), static_cast<std::size_t>(sentences), has_vote);
      votes.count += has_vote ? sentences : 0;
    }
  }
  if (votes.count == 0) {
    votes.has_vote.assign(votes.has_vote.size(), 1);
    votes.count = static_cast<std::int32_t>(votes.has_vote.size());
  }
  return votes;
}

Cosines::Cosines(const SparseMatrix& vectors) : vectors_(vectors) {
  inverse_length_.reserve(static_cast<std::size_t>(vectors.rows()));
  for (Eigen::Index r = 0; r < vectors.rows(); ++r) {
    double squares = 0;
    for (SparseMatrix::InnerIterator entry(vectors, r); entry; ++entry) {
      squares += static_cast<double>(entry.value()) * static_cast<double>(entry.value());
    }
    if (!std::isfinite(squares)) {
      throw Error(ErrorKind::invalid_argument, "row " + std::to_string(r) + " of the vectors is not finite");
    }
    inverse_length_.push_back(squares > 0 ? 1 / std::sqrt(squares) : 0);
  }
}

std::vector<double> Cosines::times(std::span<const double> weights, Pacer& pacer) const {
  std::vector<double> by_term(static_cast<std::size_t>(vectors_.cols()));
  for (Eigen::Index r = 0; r < vectors_.rows(); ++r) {
    const double weight = weights[r] * inverse_length_[r];
    if (weight == 0) continue;
    for (SparseMatrix::InnerIterator entry(vectors_, r); entry; ++entry) {
      by_term[entry.col()] += weight * static_cast<double>(entry.value());
    }
  }
  std::vector<double> out(weights.size());
  for (Eigen::Index r = 0; r < vectors_.rows(); ++r) {
    double sum = 0;
    for (SparseMatrix::InnerIterator entry(vectors_, r); entry; ++entry) {
      sum += by_term[entry.col()] * static_cast<double>(entry.value());
    }
    out[r] = sum * inverse_length_[r];
    pacer.advance(
        static_cast<std::size_t>(2 * (vectors_.outerIndexPtr()[r + 1] - vectors_.outerIndexPtr()[r])));
  }
  return out;
}

}  // namespace nutgraf
