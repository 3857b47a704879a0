#include "nutgraf/summarize.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "segment/language.h"
#include "segment/votes.h"
#include "select/purse.h"
#include "summarize/summarize_by.h"
#include "support/checkpoint.h"
#include "support/parallel.h"

namespace nutgraf {

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

namespace {

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
                 .exclude = options.exclude,
                 .known = options.known,
                 .headings = options.headings},
                control);
}

void check_weight(const std::string& what, double weight) {
  if (!(weight >= 0 && std::isfinite(weight)))
    throw Error(ErrorKind::invalid_argument,
                what + " is " + std::to_string(weight) + "; it must be 0 or more");
}

void check_weights(const SummarizeOptions& options) {
  for (const auto& [role, weight] : options.role_weights)
    check_weight("the weight of role " + std::string(name(role)), weight);
  for (std::size_t i = 0; i < options.position_weights.size(); ++i)
    check_weight("entry " + std::to_string(i) + " of position_weights", options.position_weights[i]);
}

/// The share of the text that the budget allows, of its voting sentences or their words.
double share_of(const SummarizeOptions& options, const SentenceRows& rows) {
  const Votes votes = find_votes(rows);
  double words = 0, bytes = 0;
  for (std::int32_t row = 0; row < rows.size(); ++row) {
    if (!votes.has_vote[row]) continue;
    const SentenceRef ref = rows.at(row);
    words += rows.document(ref.document).words_of_sentence(ref.sentence).size();
    bytes += rows.document(ref.document).sentence_spans()[ref.sentence].size();
  }
  double share = 1;
  const auto lower = [&](const auto& limit, double all) {
    if (limit) share = std::min(share, static_cast<double>(*limit) / std::max(all, 1.0));
  };
  lower(options.sentences || has_length(budget_of(options)) ? options.sentences : default_sentences,
        votes.count);
  lower(options.words, words);
  lower(options.tokens, words);  // a token is a word, or some less
  lower(options.chars, bytes);
  lower(options.bytes, bytes);
  lower(options.ratio, 1);
  if (options.seconds) lower(std::optional(*options.seconds * words_a_minute / 60), words);
  if (options.auto_sentences) {
    const AutoLength length = auto_length(words);
    lower(std::optional((length.least + length.most) / 2), words);
  }
  constexpr double least = 1e-3;  // no text of the training had less
  return std::clamp(share, least, 1.0);
}

/// The weight of the place of one of `count` sentences.
double position_weight(std::span<const double> weights, std::int32_t sentence, std::int32_t count) {
  if (weights.empty()) return 1;
  if (weights.size() == 1 || count < 2) return weights.front();
  const double place = static_cast<double>(sentence) / (count - 1) * static_cast<double>(weights.size() - 1);
  const std::size_t before = std::min(static_cast<std::size_t>(place), weights.size() - 2);
  const double share = place - static_cast<double>(before);
  return weights[before] * (1 - share) + weights[before + 1] * share;
}

/// Weighs the scores; what that adds is a part of its own.
void weigh(std::span<const Document> documents, const SummarizeOptions& options, Salience& found) {
  check_weights(options);
  if (options.role_weights.empty() && options.position_weights.empty()) return;
  SaliencePart added{.name = "weights", .scores = {}};
  for (const Document& document : documents) {
    for (std::int32_t s = 0; s < document.sentence_count(); ++s) {
      double weight = position_weight(options.position_weights, s, document.sentence_count());
      for (const auto& [role, role_weight] : options.role_weights) {
        if (document.blocks()[document.block_of_sentence(s)].role == role) weight *= role_weight;
      }
      float& score = found.scores[added.scores.size()];
      added.scores.push_back(static_cast<float>((weight - 1) * std::abs(static_cast<double>(score))));
      score += added.scores.back();
    }
  }
  found.parts.push_back(std::move(added));
}

Summary summarize_documents(std::vector<Document> documents, const SummarizeOptions& options,
                            const Control& control) {
  const SentenceVectors vectors = sentence_vectors(documents, {}, {}, options.background, control);
  Salience found = salience(documents, vectors, options.method,
                            {.query = options.query,
                             .vectors = options.vectors,
                             .query_vector = options.query_vector,
                             .share = share_of(options, SentenceRows(documents)),
                             .weights = options.weights},
                            control);
  weigh(documents, options, found);
  std::string method = found.method;
  return summarize_by(std::move(documents), std::move(found), vectors, options, std::move(method), control);
}

Summary summarize_document(Document document, const SummarizeOptions& options, const Control& control) {
  return summarize_documents({std::move(document)}, options, control);
}

}  // namespace

Summary summarize_by(std::vector<Document> documents, Salience found, const SentenceVectors& vectors,
                     const SummarizeOptions& options, std::string method, const Control& control) {
  Selection selection = select_sentences(documents, found.scores, vectors, options, control);
  if (found.query_is_unknown) selection.notes.push_back(Note::query_unknown);
  if (found.is_cut) selection.notes.push_back(Note::graph_cut);
  return Summary(std::move(documents), std::move(found.scores), std::move(selection), std::move(method),
                 std::move(found.parts));
}

Summary summarize_together(std::vector<Document> documents, const SummarizeOptions& options,
                           const Control& control) {
  return summarize_documents(std::move(documents), options, control);
}

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
  return summarize_by(std::move(documents), {.scores = {salience.begin(), salience.end()}}, vectors, options,
                      std::string(own_method), control);
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
