#include <numeric>

#include "salience/methods.h"

namespace nutgraf {
namespace {

constexpr double forward = 1, backward = -0.2;  // lambdas

}  // namespace

std::vector<double> pacsum(const SalienceInput& in) {
  std::vector<double> scores(in.size());
  Cosines::Sum sum(in.cosines);
  for (std::int32_t d = 0, begin = 0; d < in.rows.document_count(); ++d) {
    std::vector<std::int32_t> rows(static_cast<std::size_t>(in.rows.document(d).sentence_count()));
    std::iota(rows.begin(), rows.end(), begin);
    begin += static_cast<std::int32_t>(rows.size());
    const auto add_likeness = [&](double weight, auto first, auto last) {
      for (auto row = first; row != last; ++row) {
        scores[*row] += weight * sum.cosine(static_cast<std::size_t>(*row));
        if (in.has_vote(static_cast<std::size_t>(*row))) sum.add(static_cast<std::size_t>(*row));
        in.pacer.advance(2);
      }
      sum.clear(rows);
    };
    add_likeness(backward, rows.begin(), rows.end());
    add_likeness(forward, rows.rbegin(), rows.rend());
  }
  return scores;
}

}  // namespace nutgraf
