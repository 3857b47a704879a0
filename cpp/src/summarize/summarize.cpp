#include "nutgraf/summarize.h"

#include <algorithm>

#include "segment/language.h"
#include "support/checkpoint.h"
#include "support/parallel.h"

namespace nutgraf {
namespace {

Budget budget_of(const SummarizeOptions& options) {
  return {.sentences = options.sentences,
          .words = options.words,
          .chars = options.chars,
          .bytes = options.bytes,
          .tokens = options.tokens,
          .ratio = options.ratio,
          .seconds = options.seconds,
          .auto_sentences = options.auto_sentences,
          .counter = options.counter};
}

Strategy strategy_of(const SummarizeOptions& options) {
  if (!options.strategy.empty()) return strategy_from_name(options.strategy);
  const auto same = std::ranges::find(strategy_names, options.method);
  return same == strategy_names.end() ? Strategy::top : static_cast<Strategy>(same - strategy_names.begin());
}

Selection select_sentences(std::span<const Document> documents, std::span<const float> scores,
                           const SentenceVectors& vectors, const SummarizeOptions& options,
                           const Control& control) {
  return select(documents, scores, vectors, budget_of(options),
                {.roles = options.roles,
                 .strategy = strategy_of(options),
                 .min_length = options.min_length,
                 .max_length = options.max_length,
                 .must_include = options.must_include,
                 .exclude = options.exclude},
                control);
}

Summary summarize_document(Document document, const SummarizeOptions& options, const Control& control) {
  std::vector<Document> documents = {std::move(document)};
  const SentenceVectors vectors = sentence_vectors(documents, {}, {}, options.background, control);
  Salience found = salience(
      documents, vectors, options.method,
      {.query = options.query, .vectors = options.vectors, .query_vector = options.query_vector}, control);
  Selection selection = select_sentences(documents, found.scores, vectors, options, control);
  if (found.query_is_unknown) selection.notes.push_back(Note::query_unknown);
  if (found.is_cut) selection.notes.push_back(Note::graph_cut);
  return Summary(std::move(documents), std::move(found.scores), std::move(selection),
                 std::string(resolve_method(options.method)), std::move(found.parts));
}

}  // namespace

Summary summarize(std::string_view text, const SummarizeOptions& options, const Control& control) {
  return summarize_document(segment(text, {.lang = options.lang}, control), options, control);
}

Summary summarize(const Document& document, const SummarizeOptions& options, const Control& control) {
  return summarize_document(document, options, control);
}

Summary summarize(const Document& document, std::span<const float> salience, const SummarizeOptions& options,
                  const Control& control) {
  std::vector<Document> documents = {document};
  const SentenceVectors vectors = sentence_vectors(documents, {}, {}, options.background, control);
  Selection selection = select_sentences(documents, salience, vectors, options, control);
  return Summary(std::move(documents), {salience.begin(), salience.end()}, std::move(selection),
                 std::string(own_method));
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
