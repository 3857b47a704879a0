#include "segment/votes.h"

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

}  // namespace nutgraf
