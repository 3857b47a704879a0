#include "salience/similarity_graph.h"

#include <algorithm>

#include "nutgraf/error.h"
#include "nutgraf/similarity.h"

namespace nutgraf {
namespace {

/// Some rows of unit length, the others empty.
struct UnitRows {
  std::vector<std::int32_t> row_begin{0}, columns{};
  std::vector<double> values{};

  SparseRows<double> view(Eigen::Index column_count) const {
    return {row_begin, columns, values, static_cast<std::int32_t>(column_count)};
  }
};

/// The rows that vote, or the others, without the columns that link too many.
UnitRows unit_rows(const SalienceInput& in, std::span<const std::int32_t> postings, bool voting) {
  UnitRows unit;
  const SparseMatrix& rows = in.cosines.rows();
  for (Eigen::Index r = 0; r < rows.rows(); ++r) {
    if (in.has_vote(static_cast<std::size_t>(r)) == voting) {
      for (SparseMatrix::InnerIterator entry(rows, r); entry; ++entry) {
        if (postings[entry.col()] > in.options.max_postings) continue;
        unit.columns.push_back(static_cast<std::int32_t>(entry.col()));
        unit.values.push_back(static_cast<double>(entry.value()) * in.cosines.inverse_length(r));
      }
    }
    unit.row_begin.push_back(static_cast<std::int32_t>(unit.columns.size()));
  }
  return unit;
}

/// How many voters have each column.
std::vector<std::int32_t> count_postings(const SalienceInput& in) {
  const SparseMatrix& rows = in.cosines.rows();
  std::vector<std::int32_t> postings(static_cast<std::size_t>(rows.cols()));
  for (Eigen::Index r = 0; r < rows.rows(); ++r) {
    if (!in.has_vote(static_cast<std::size_t>(r))) continue;
    for (SparseMatrix::InnerIterator entry(rows, r); entry; ++entry) ++postings[entry.col()];
  }
  return postings;
}

/// All pairs if they are few enough to hold, else the most similar ones of each row, one more than are kept.
SimilarPairs find_neighbors(const UnitRows& rows, const UnitRows& voters, const SalienceInput& in) {
  const auto columns = in.cosines.rows().cols();
  SimilarityOptions options{.metric = Metric::dot, .threshold = in.options.threshold};
  options.most_pairs =
      std::min<std::int64_t>(options.most_pairs, static_cast<std::int64_t>(in.options.max_neighbors) *
                                                     static_cast<std::int64_t>(in.size()));
  try {
    return similar_rows(rows.view(columns), voters.view(columns), options, in.control);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::limit) throw;
  }
  options.most_pairs = SimilarityOptions().most_pairs;
  options.top_k = in.options.max_neighbors + 1;
  return similar_rows(rows.view(columns), voters.view(columns), options, in.control);
}

}  // namespace

SimilarityGraph::SimilarityGraph(const SalienceInput& in) : neighbors_(in.size()) {
  const std::vector<std::int32_t> postings = count_postings(in);
  in.is_cut |= std::ranges::any_of(postings, [&](std::int32_t n) { return n > in.options.max_postings; });
  const UnitRows voters = unit_rows(in, postings, true), others = unit_rows(in, postings, false);
  const auto most = static_cast<std::size_t>(in.options.max_neighbors);
  bool keeps_some = false;
  struct Neighbor {
    double likeness;
    std::int32_t row;
  };
  std::vector<Neighbor> found;
  const auto add = [&](const SimilarPairs& pairs) {
    for (std::size_t r = 0; r < in.size(); ++r) {
      found.clear();
      for (std::int32_t i = pairs.row_begin[r]; i < pairs.row_begin[r + 1]; ++i)
        found.push_back({pairs.values[i], pairs.columns[i]});
      if (found.size() > most) {
        keeps_some = true;
        std::ranges::nth_element(found, found.begin() + static_cast<std::ptrdiff_t>(most),
                                 [](const Neighbor& a, const Neighbor& b) {
                                   return a.likeness != b.likeness ? a.likeness > b.likeness : a.row < b.row;
                                 });
        found.resize(most);
        std::ranges::sort(found, {}, &Neighbor::row);
      }
      for (const Neighbor& neighbor : found) neighbors_[r].push_back(neighbor.row);
    }
  };
  add(find_neighbors(voters, voters, in));
  if (!others.columns.empty()) add(find_neighbors(others, voters, in));
  if (!keeps_some) return;
  in.is_cut = true;
  for (std::int32_t r = 0; r < static_cast<std::int32_t>(in.size()); ++r) {
    if (!in.has_vote(static_cast<std::size_t>(r))) continue;
    const std::vector<std::int32_t> kept = neighbors_[r];
    for (const std::int32_t other : kept) {
      std::vector<std::int32_t>& row = neighbors_[other];
      const auto at = std::ranges::lower_bound(row, r);
      if (at == row.end() || *at != r) row.insert(at, r);
    }
  }
}

std::vector<double> SimilarityGraph::sum_of_neighbors(const std::vector<double>& weights,
                                                      Pacer& pacer) const {
  std::vector<double> sums(weights.size());
  for (std::size_t r = 0; r < sums.size(); ++r) {
    for (const std::int32_t neighbor : neighbors_[r]) sums[r] += weights[neighbor];
    pacer.advance(neighbors_[r].size());
  }
  return sums;
}

}  // namespace nutgraf
