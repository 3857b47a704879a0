#include "nutgraf/summarize.h"

#include "segment/language.h"
#include "support/checkpoint.h"
#include "support/parallel.h"

namespace nutgraf {
namespace {

Summary summarize_document(Document document, const SummarizeOptions& options, const Control& control) {
  std::vector<Document> documents = {std::move(document)};
  const SentenceVectors vectors = sentence_vectors(documents, {}, {}, nullptr, control);
  std::vector<float> scores = salience(documents, vectors, options.method, {}, control).scores;
  Selection selection =
      select(documents, scores, vectors,
             {.sentences = options.sentences, .words = options.words, .chars = options.chars},
             {.roles = options.roles}, control);
  return Summary(std::move(documents), std::move(scores), std::move(selection),
                 std::string(resolve_method(options.method)));
}

}  // namespace

Summary summarize(std::string_view text, const SummarizeOptions& options, const Control& control) {
  return summarize_document(segment(text, {.lang = options.lang}, control), options, control);
}

Summary summarize(const Document& document, const SummarizeOptions& options, const Control& control) {
  return summarize_document(document, options, control);
}

std::vector<std::variant<Summary, Error>> summarize_many(std::span<const std::string_view> texts,
                                                         const SummarizeOptions& options,
                                                         const Control& control) {
  // Options that suit no text are the caller's error, not that of the first text.
  summarize_document(Document(), options, control);
  check_language(options.lang);
  return map_texts<Summary>(texts, control, [&](std::string_view text, const Control& inner) {
    return summarize_document(segment_borrowed(text, {.lang = options.lang}, inner), options, inner);
  });
}

}  // namespace nutgraf
