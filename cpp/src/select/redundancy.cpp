#include "select/redundancy.h"

#include <algorithm>
#include <cmath>

namespace nutgraf {

void Redundancy::add(std::int32_t row) {
  const double length = length_of(row);
  for (SparseMatrix::InnerIterator entry(vectors_, row); entry; ++entry) {
    std::int32_t& last = last_[entry.col()];
    postings_.push_back(
        {static_cast<double>(entry.value()) / length, static_cast<std::int32_t>(added_.size()), last});
    last = static_cast<std::int32_t>(postings_.size()) - 1;
  }
  added_.push_back(row);
}

Redundancy::Nearest Redundancy::nearest(std::int32_t row, Pacer& pacer) {
  if (added_.empty()) return {};
  products_.assign(added_.size(), 0);
  for (SparseMatrix::InnerIterator entry(vectors_, row); entry; ++entry) {
    std::size_t walked = 1;
    for (std::int32_t at = last_[entry.col()]; at >= 0; at = postings_[at].before, ++walked)
      products_[postings_[at].which] += postings_[at].weight * static_cast<double>(entry.value());
    pacer.advance(walked);
  }
  const double length = length_of(row);
  if (!(length > 0)) return {};
  const auto most = std::ranges::max_element(products_);
  return {added_[static_cast<std::size_t>(most - products_.begin())], *most / length};
}

double Redundancy::length_of(std::int32_t row) const {
  double squares = 0;
  for (SparseMatrix::InnerIterator entry(vectors_, row); entry; ++entry) {
    squares += static_cast<double>(entry.value()) * static_cast<double>(entry.value());
  }
  return std::sqrt(squares);
}

void Said::add(std::int32_t row) {
  redundancy_.add(row);
  if (!redundancy_.has_terms(row)) without_terms_.emplace(shown(row), row);
}

std::int32_t Said::by(std::int32_t row, Pacer& pacer) {
  pacer.advance(1);
  if (redundancy_.has_terms(row)) {
    const Redundancy::Nearest nearest = redundancy_.nearest(row, pacer);
    return nearest.cosine > max_similarity_ ? nearest.row : -1;
  }
  if (without_terms_.empty()) return -1;
  const auto same = without_terms_.find(shown(row));
  return same == without_terms_.end() ? -1 : same->second;
}

std::string Said::shown(std::int32_t row) const {
  const SentenceRef ref = rows_.at(row);
  return rows_.document(ref.document).display(ref.sentence);
}

}  // namespace nutgraf
