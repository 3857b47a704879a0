#include "nutgraf/digest.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <set>

#include "nutgraf/error.h"
#include "nutgraf/salience.h"
#include "nutgraf/vectors.h"
#include "segment/votes.h"
#include "select/coherence.h"
#include "summarize/summarize_by.h"
#include "support/checkpoint.h"
#include "terms/marked_rows.h"

namespace nutgraf {
namespace {

// What likeness to all that was said counts beside the salience within the article, each 1 at most.
constexpr double likeness_weight = 0.5;

using Terms = std::vector<std::pair<std::int32_t, float>>;

/// The product with a row that stands in an array by term.
double product(const Terms& terms, std::span<const double> row) {
  double sum = 0;
  for (const auto& [term, weight] : terms) sum += static_cast<double>(weight) * row[term];
  return sum;
}

/// Products with one row after the other, which stands in an array by term meanwhile.
class Products {
 public:
  explicit Products(std::size_t terms, const Control& control) : dense_(terms), pacer_(control) {}

  /// The largest product of a row with those of some sentences that are to be looked at.
  template <typename Sentences, typename Wanted>
  double largest(const Terms& row, const Sentences& sentences, Wanted is_wanted) {
    for (const auto& [term, weight] : row) dense_[term] = static_cast<double>(weight);
    double most = 0;
    for (const auto& sentence : sentences) {
      if (!is_wanted(sentence)) continue;
      most = std::max(most, product(sentence.terms, dense_));
      pacer_.advance(sentence.terms.size());
    }
    for (const auto& [term, weight] : row) dense_[term] = 0;
    return most;
  }

 private:
  std::vector<double> dense_;
  Pacer pacer_;
};

/// Rows of length 1 of the sentences of an article, by TF-IDF; `ids` are those of its terms in all.
std::vector<Terms> unit_rows(const TermCounts& counts, std::span<const std::int32_t> ids,
                             std::span<const double> idf) {
  std::vector<Terms> rows(static_cast<std::size_t>(counts.rows()));
  for (std::int32_t row = 0; row < counts.rows(); ++row) {
    double squares = 0;
    for_terms(counts, row, [&](std::int32_t term, std::int32_t count) {
      const double weight = count * idf[term];
      rows[row].emplace_back(ids[term], static_cast<float>(weight));
      squares += weight * weight;
    });
    for (auto& [term, weight] : rows[row])
      weight = static_cast<float>(static_cast<double>(weight) / std::sqrt(squares));
  }
  return rows;
}

}  // namespace

Digest::Digest(const DigestOptions& options) : options_(options) {
  if (options.pool < 1) {
    throw Error(ErrorKind::invalid_argument,
                "pool is " + std::to_string(options.pool) + "; it must be 1 or more");
  }
}

void Digest::add(const Document& document, const Control& control) {
  add(document, size_, control);
}

void Digest::add(const Document& document, std::int64_t date, const Control& control) {
  // What can be cancelled comes before the first change; terms in the vocabulary alone change no answer.
  const std::span<const Document> alone(&document, 1);
  const SentenceVectors vectors = sentence_vectors(alone, {}, {}, nullptr, control);
  const Salience found = salience(alone, vectors, "mix", {.of_story = true}, control);
  const Votes votes = find_votes(SentenceRows(alone));
  const std::vector<std::int32_t> ids = vocabulary_.add(vectors.counts.vocabulary);
  row_frequencies_.resize(static_cast<std::size_t>(vocabulary_.size()));
  all_.resize(row_frequencies_.size());
  const std::vector<std::int64_t> here = row_frequencies(vectors.counts, votes.has_vote);
  std::vector<std::int64_t> in_all(here.size());
  for (std::size_t term = 0; term < here.size(); ++term)
    in_all[term] = std::max<std::int64_t>(row_frequencies_[ids[term]] + here[term], 1);
  std::vector<Terms> units =
      unit_rows(vectors.counts, ids, inverse_document_frequencies(in_all, rows_ + votes.count, true));
  std::vector<PoolSentence> news = not_said(document, found.scores, votes.has_vote, units, control);

  for (std::size_t term = 0; term < here.size(); ++term) row_frequencies_[ids[term]] += here[term];
  rows_ += votes.count;
  for (std::size_t row = 0; row < units.size(); ++row) {
    for (const auto& [term, weight] : units[row])
      all_[term] += votes.has_vote[row] ? static_cast<double>(weight) : 0;
  }
  std::ranges::move(news, std::back_inserter(pool_));
  articles_.emplace(size_++, Article{document, date});
  drop_least();
}

std::vector<Digest::PoolSentence> Digest::not_said(const Document& document, std::span<const float> scores,
                                                   std::span<const std::uint8_t> has_vote,
                                                   const std::vector<Terms>& units,
                                                   const Control& control) const {
  // Best first, so that of two sentences that say the same the better one is kept.
  const std::vector<Flags> flags = find_flags(document);
  std::vector<std::int32_t> best;
  for (std::size_t row = 0; row < units.size(); ++row) {
    if (has_vote[row] && !flags[row].any() && scores[row] > 0) best.push_back(static_cast<std::int32_t>(row));
  }
  std::ranges::stable_sort(best, std::greater<>(), [&](std::int32_t row) { return scores[row]; });
  const double max_similarity = SelectOptions().max_similarity;
  Products products(all_.size(), control);
  std::vector<PoolSentence> news;
  const auto every = [](const PoolSentence&) { return true; };
  for (const std::int32_t row : best) {
    const double said =
        std::max(products.largest(units[row], pool_, every), products.largest(units[row], news, every));
    if (said > max_similarity) continue;
    news.push_back({.article = size_,
                    .sentence = row,
                    .salience = scores[row] / scores[best.front()],
                    .terms = units[row]});
  }
  return news;
}

std::vector<double> Digest::likeness_to_all() const {
  std::vector<double> found;
  double largest = 0;
  for (const PoolSentence& kept : pool_) {
    found.push_back(product(kept.terms, all_));
    largest = std::max(largest, found.back());
  }
  for (double& likeness : found) likeness = largest > 0 ? likeness_weight * likeness / largest : 0;
  return found;
}

void Digest::drop_least() {
  if (pool_.size() > static_cast<std::size_t>(options_.pool)) {
    const std::vector<double> likeness = likeness_to_all();
    std::vector<std::size_t> order(pool_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) {
      return static_cast<double>(pool_[i].salience) + likeness[i];
    });
    order.resize(static_cast<std::size_t>(options_.pool));
    std::ranges::sort(order);
    std::vector<PoolSentence> left;
    for (const std::size_t i : order) left.push_back(std::move(pool_[i]));
    pool_ = std::move(left);
  }
  std::set<std::int64_t> named;
  for (const PoolSentence& kept : pool_) named.insert(kept.article);
  std::erase_if(articles_, [&](const auto& article) { return !named.contains(article.first); });
}

std::vector<std::int64_t> Digest::kept() const {
  std::vector<std::int64_t> numbers;
  for (const auto& [number, article] : articles_) numbers.push_back(number);
  std::ranges::stable_sort(numbers, {}, [&](std::int64_t number) { return articles_.at(number).date; });
  return numbers;
}

Summary Digest::summarize(const SummarizeOptions& options, const Control& control) const {
  return answer(nullptr, options, control);
}

Summary Digest::update(std::int64_t since, const SummarizeOptions& options, const Control& control) const {
  return answer(&since, options, control);
}

Summary Digest::answer(const std::int64_t* since, const SummarizeOptions& options,
                       const Control& control) const {
  std::vector<Document> documents;
  std::map<std::int64_t, std::int32_t> place;
  for (const std::int64_t number : kept()) {
    place[number] = static_cast<std::int32_t>(documents.size());
    documents.push_back(articles_.at(number).document);
  }
  const SentenceRows rows(documents);
  const auto is_old = [&](const PoolSentence& s) { return since && articles_.at(s.article).date < *since; };
  const auto n = static_cast<std::size_t>(rows.size());
  const SentenceVectors vectors = sentence_vectors(documents, {}, {}, nullptr, control);
  std::vector<SaliencePart> parts = {{"in its article", std::vector<float>(n)},
                                     {"likeness to all", std::vector<float>(n)}};
  SummarizeOptions chosen_by = options;
  std::vector<std::uint8_t> competes(n);
  const std::vector<double> likeness = likeness_to_all();
  Products products(all_.size(), control);
  for (std::size_t i = 0; i < pool_.size(); ++i) {
    const PoolSentence& kept = pool_[i];
    const std::int32_t row = rows.row({place.at(kept.article), kept.sentence});
    if (is_old(kept)) {
      chosen_by.known.push_back(row);
      continue;
    }
    const double novelty = since ? 1 - products.largest(kept.terms, pool_, is_old) : 1;
    competes[row] = 1;
    parts[0].scores[row] = static_cast<float>(static_cast<double>(kept.salience) * novelty);
    parts[1].scores[row] = static_cast<float>(likeness[i] * novelty);
  }
  for (std::int32_t row = 0; row < rows.size(); ++row) {
    if (!competes[row]) chosen_by.exclude.push_back(row);
  }
  Salience found{.scores = parts[0].scores, .parts = parts};
  for (std::size_t row = 0; row < n; ++row) found.scores[row] += parts[1].scores[row];
  return summarize_by(std::move(documents), std::move(found), vectors, chosen_by, "mix", control);
}

}  // namespace nutgraf
