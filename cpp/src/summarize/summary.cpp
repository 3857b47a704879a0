#include <algorithm>

#include "nutgraf/summarize.h"

namespace nutgraf {
namespace {

SummarySentence describe(const SentenceRows& rows, std::int32_t row, std::int32_t rank, float salience,
                         Reason reason) {
  const SentenceRef ref = rows.at(row);
  const Document& document = rows.document(ref.document);
  const std::int32_t block = document.block_of_sentence(ref.sentence);
  return {.document = ref.document,
          .index = ref.sentence,
          .rank = rank,
          .block = block,
          .span = document.sentence_spans()[ref.sentence],
          .role = document.blocks()[block].role,
          .salience = salience,
          .reason = reason};
}

}  // namespace

Summary::Summary(std::vector<Document> documents, std::vector<float> salience, Selection selection,
                 std::string method)
    : documents_(std::move(documents)),
      salience_(std::move(salience)),
      selection_(std::move(selection)),
      method_(std::move(method)) {
  const SentenceRows rows(documents_);
  std::int32_t rank = 0;
  for (const std::int32_t row : selection_.chosen) {
    sentences_.push_back(describe(rows, row, rank++, salience_[row], Reason::chosen));
    sentences_.back().dangling = std::ranges::find(selection_.dangling, row) != selection_.dangling.end();
  }
  std::ranges::sort(sentences_, {}, [](const SummarySentence& s) { return std::pair(s.document, s.index); });
}

std::vector<SummarySentence> Summary::all_sentences() const {
  const SentenceRows rows(documents_);
  std::vector<SummarySentence> all(salience_.size());
  for (std::size_t rank = 0; rank < selection_.ranking.size(); ++rank) {
    const std::int32_t row = selection_.ranking[rank];
    all[row] = describe(rows, row, static_cast<std::int32_t>(rank), salience_[row], selection_.reasons[row]);
  }
  for (const std::int32_t row : selection_.dangling) all[row].dangling = true;
  return all;
}

std::string Summary::text() const {
  std::string text;
  for (const SummarySentence& s : sentences_) {
    if (!text.empty()) text += ' ';
    text += display(s);
  }
  return text;
}

}  // namespace nutgraf
