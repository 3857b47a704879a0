#include "nutgraf/salience.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "nutgraf/error.h"
#include "salience/methods.h"
#include "salience/sentence_features.h"
#include "terms/word_terms.h"

namespace nutgraf {
namespace {

struct Method {
  std::string_view name;
  std::vector<double> (*compute)(const SalienceInput&);
  bool takes_vectors = true;  ///< measures similarity, so that the caller's own rows serve
  bool takes_topic = false;   ///< has a place of its own for the query
};

// What "default" stands for is the first, or the second where that does not suit the text.
constexpr std::array<Method, 24> table = {{
    {"trained_2026_11", trained, false},
    {"mix", mix},
    {"lead", lead, false},
    {"position", position, false},
    {"centroid", centroid},
    {"tf", term_frequency, false},
    {"luhn", luhn, false},
    {"edmundson", edmundson, false},
    {"lsa", lsa},
    {"lsa_topics", lsa_topics},
    {"lsa_cross", lsa_cross},
    {"lexrank", lexrank},
    {"lexrank_discrete", lexrank_discrete},
    {"lexrank_degree", lexrank_degree},
    {"lexrank_biased", lexrank_biased, true, true},
    {"textrank", textrank, false},
    {"textrank_bm25", textrank_bm25, false},
    {"divrank", divrank},
    {"manifold", manifold, true, true},
    {"pacsum", pacsum},
    {"hiporank", hiporank},
    // Strategies of select, which have a method of the same name.
    {"mmr", centroid},
    {"sumbasic", term_frequency, false},
    {"kl", term_frequency, false},
}};

constexpr auto names = [] {
  std::array<std::string_view, table.size() + 1> all{"default"};
  for (std::size_t i = 0; i < table.size(); ++i) all[i + 1] = table[i].name;
  return all;
}();

const Method& method_of(std::string_view name) {
  if (name == names[0]) return table[1];
  std::string known;
  for (const Method& method : table) {
    if (method.name == name) return method;
    known += ", " + std::string(method.name);
  }
  throw Error(ErrorKind::invalid_argument,
              "unknown method '" + std::string(name) + "'; the methods are " + std::string(names[0]) + known);
}

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorKind::invalid_argument, what);
}

void check_rows(const char* what, Eigen::Index found, std::int32_t sentences) {
  if (found != sentences) {
    fail(std::string(what) + " have " + std::to_string(found) + " rows and the documents " +
         std::to_string(sentences) + " sentences");
  }
}

void check(const Method& method, const SentenceRows& rows, const SentenceVectors& vectors,
           const SalienceOptions& options) {
  check_rows("the vectors", vectors.weights.rows(), rows.size());
  check_rows("the counts of the vectors", vectors.counts.rows(), rows.size());
  if (!(options.damping >= 0 && options.damping < 1))
    fail("damping is " + std::to_string(options.damping) + "; it must be 0 or more and below 1");
  if (!(options.threshold > 0 && options.threshold <= 1))
    fail("threshold is " + std::to_string(options.threshold) + "; it must be above 0 and at most 1");
  if (options.max_neighbors < 1 || options.max_postings < 1)
    fail("max_neighbors is " + std::to_string(options.max_neighbors) + " and max_postings " +
         std::to_string(options.max_postings) + "; both must be 1 or more");
  if (!(options.share > 0 && options.share <= 1))
    fail("share is " + std::to_string(options.share) + "; it must be above 0 and at most 1");
  if (!options.vectors) {
    if (!options.query_vector.empty()) fail("a query_vector is given without vectors; give the query alone");
    return;
  }
  if (!method.takes_vectors)
    fail("method '" + std::string(method.name) + "' measures no similarity, so that vectors have no effect");
  check_rows("the vectors of one's own", options.vectors->rows(), rows.size());
  if (!options.query.empty() && options.query_vector.empty())
    fail("a query with vectors of one's own needs a query_vector, its row among them");
  if (!options.query_vector.empty() &&
      static_cast<Eigen::Index>(options.query_vector.size()) != options.vectors->cols()) {
    fail("query_vector has " + std::to_string(options.query_vector.size()) + " entries and the vectors " +
         std::to_string(options.vectors->cols()) + " columns");
  }
  for (std::size_t i = 0; i < options.query_vector.size(); ++i) {
    if (!std::isfinite(options.query_vector[i]))
      fail("entry " + std::to_string(i) + " of query_vector is not finite");
  }
}

/// The query as a row of the matrix; empty where none is given.
std::vector<double> query_row(std::span<const Document> documents, const SentenceVectors& vectors,
                              const SalienceOptions& options) {
  if (!options.query_vector.empty()) return {options.query_vector.begin(), options.query_vector.end()};
  if (options.query.find_first_not_of(" \t\r\n") == std::string::npos) return {};
  std::vector<double> row(static_cast<std::size_t>(vectors.counts.vocabulary.size()));
  const std::string_view lang = documents.empty() ? "" : documents[0].lang();
  const std::string_view line(options.query);
  const Document query = Document::from_sentences({&line, 1}, lang == "und" ? "" : lang);
  WordTerms terms_of({});
  terms_of(
      query,
      [&](const char* buffer, std::span<const Span> terms) {
        std::vector<std::int32_t> ids(terms.size());
        vectors.counts.vocabulary.find(buffer, terms, ids);
        for (const std::int32_t id : ids) {
          if (id >= 0) row[id] += vectors.idf[id];
        }
      },
      [](std::int32_t) {});
  return row;
}

/// Adds what was learned from someone's examples, as a part of its own.
void add_weights(const SentenceWeights& weights, std::vector<double>& scores, const SalienceInput& in) {
  const std::vector<SentenceFeatures> features = sentence_features(in);
  std::vector<double> part(scores.size());
  for (const auto& [name, weight] : weights.weights) {
    const auto at = std::ranges::find(feature_names, name);
    if (at == feature_names.end() || !std::isfinite(weight))
      fail("the weights name '" + name + "', which is no feature of a sentence, or give it no number");
    for (std::size_t r = 0; r < part.size(); ++r)
      part[r] +=
          weight * static_cast<double>(features[r][static_cast<std::size_t>(at - feature_names.begin())]);
  }
  for (std::size_t r = 0; r < part.size(); ++r) scores[r] += part[r];
  in.parts.emplace_back("examples", std::move(part));
}

/// Adds what is like the query to scores that know nothing of it, the last of their parts.
void draw_to_topic(std::vector<double>& scores, const SalienceInput& in) {
  constexpr double weight = 2;
  const double scale = scale_to_one(scores, in.votes);
  for (auto& [name, part] : in.parts) {
    for (double& value : part) value *= scale;
  }
  std::vector<double> likeness(in.topic.begin(), in.topic.end());
  scale_to_one(likeness, in.votes);
  for (std::size_t r = 0; r < scores.size(); ++r) scores[r] += likeness[r] *= weight;
  in.parts.emplace_back("query", std::move(likeness));
}

}  // namespace

double scale_to_one(std::vector<double>& scores, const Votes& votes) {
  double largest = 0;
  for (std::size_t r = 0; r < scores.size(); ++r)
    largest = std::max(largest, votes.has_vote[r] ? scores[r] : 0);
  constexpr double least = 1e-9;  // below it, scaling would blow up rounding
  if (!(largest > least)) return 1;
  for (double& score : scores) score /= largest;
  return 1 / largest;
}

std::vector<double> headlines(const SentenceRows& rows) {
  std::vector<double> titles(static_cast<std::size_t>(rows.size()));
  for (std::int32_t row = 0; row < rows.size(); ++row) {
    const SentenceRef ref = rows.at(row);
    const Document& document = rows.document(ref.document);
    const Role role = document.blocks()[document.block_of_sentence(ref.sentence)].role;
    titles[row] = role == Role::headline || role == Role::standfirst ? 1 : 0;
  }
  return titles;
}

std::span<const std::string_view> methods() noexcept {
  return names;
}

std::span<const std::string_view> sentence_feature_names() noexcept {
  return feature_names;
}

SentenceFeatureTable sentence_features(std::span<const Document> documents, const SentenceVectors& vectors,
                                       double share, const Control& control) {
  const SentenceRows rows(documents);
  const SalienceOptions options{.share = share};
  check(table[1], rows, vectors, options);
  Pacer pacer(control);
  const Votes votes = find_votes(rows);
  const Cosines cosines(vectors.weights);
  bool is_cut = false;
  std::vector<std::pair<std::string_view, std::vector<double>>> parts;
  const std::vector<SentenceFeatures> made = sentence_features({.documents = documents,
                                                                .rows = rows,
                                                                .votes = votes,
                                                                .vectors = vectors,
                                                                .cosines = cosines,
                                                                .topic = {},
                                                                .options = options,
                                                                .pacer = pacer,
                                                                .control = control,
                                                                .is_cut = is_cut,
                                                                .parts = parts});
  SentenceFeatureTable found{.values = {}, .has_vote = votes.has_vote};
  for (const SentenceFeatures& row : made) found.values.insert(found.values.end(), row.begin(), row.end());
  return found;
}

Salience salience(std::span<const Document> documents, const SentenceVectors& vectors,
                  std::string_view method, const SalienceOptions& options, const Control& control) {
  const Method& named = method_of(method);
  const SentenceRows rows(documents);
  check(named, rows, vectors, options);
  Pacer pacer(control);
  const Votes votes = find_votes(rows);
  const Cosines cosines(options.vectors ? *options.vectors : vectors.weights);
  Salience result;
  std::vector<double> topic;
  bool has_query = false;
  if (const std::vector<double> query = query_row(documents, vectors, options); !query.empty()) {
    topic = cosines.to(query);
    has_query = std::ranges::any_of(topic, [](double likeness) { return likeness > 0; });
    result.query_is_unknown = !has_query;
  }
  if (named.takes_topic && !has_query) topic = cosines.times(headlines(rows), pacer);
  for (double& likeness : topic) likeness = std::max(likeness, 0.0);
  if (!std::ranges::any_of(topic, [](double likeness) { return likeness > 0; })) topic.clear();
  std::vector<std::pair<std::string_view, std::vector<double>>> parts;
  const SalienceInput in{.documents = documents,
                         .rows = rows,
                         .votes = votes,
                         .vectors = vectors,
                         .cosines = cosines,
                         .topic = topic,
                         .options = options,
                         .pacer = pacer,
                         .control = control,
                         .is_cut = result.is_cut,
                         .parts = parts};
  const Method& found = method == names[0] && suits_trained(in) ? table[0] : named;
  result.method = found.name;
  std::vector<double> scores = found.compute(in);
  if (parts.empty()) parts.emplace_back(found.name, scores);
  if (options.weights) add_weights(*options.weights, scores, in);
  if (has_query && !found.takes_topic) draw_to_topic(scores, in);
  result.parts.reserve(parts.size());
  for (const auto& [name, part] : parts)
    result.parts.push_back({std::string(name), {part.begin(), part.end()}});
  result.scores.assign(scores.begin(), scores.end());
  return result;
}

}  // namespace nutgraf
