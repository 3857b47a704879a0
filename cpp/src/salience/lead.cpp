#include "salience/methods.h"

namespace nutgraf {

std::vector<double> lead(const SalienceInput& in) {
  std::vector<double> scores(in.votes.has_vote.size());
  for (std::int32_t d = 0; d < in.rows.document_count(); ++d) {
    int position = 0;
    for (std::int32_t s = 0; s < in.rows.document(d).sentence_count(); ++s) {
      const std::int32_t row = in.rows.row({d, s});
      if (in.votes.has_vote[row]) scores[row] = 1.0 / (1 + position++);
    }
  }
  return scores;
}

}  // namespace nutgraf
