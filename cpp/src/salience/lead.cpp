#include "salience/methods.h"

namespace nutgraf {
namespace {

/// score(i, n) for the i-th of the n voting sentences of each document.
template <typename Score>
std::vector<double> by_position(const SalienceInput& in, Score score) {
  std::vector<double> scores(in.size());
  for (std::int32_t d = 0, row = 0; d < in.rows.document_count(); ++d) {
    const std::int32_t first = row, last = row + in.rows.document(d).sentence_count();
    int voters = 0, position = 0;
    for (std::int32_t r = first; r < last; ++r) voters += in.votes.has_vote[r];
    for (; row < last; ++row) {
      if (in.votes.has_vote[row]) scores[row] = score(position++, voters);
    }
  }
  return scores;
}

}  // namespace

std::vector<double> lead(const SalienceInput& in) {
  return by_position(in, [](int i, int) { return 1.0 / (1 + i); });
}

std::vector<double> position(const SalienceInput& in) {
  return by_position(in, [](int i, int n) { return static_cast<double>(n - i) / n; });
}

}  // namespace nutgraf
