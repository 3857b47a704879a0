#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/summarize.h"
#include "nutgraf/vocabulary.h"

namespace nutgraf {

struct DigestOptions {
  /// The most sentences that are kept to choose from.
  std::int32_t pool = 500;
};

/// A story told by articles that come one by one, summarized at any time: what summarize_together() says of
/// all of them, nearly, in time and memory that do not grow with their number but for the vocabulary.
///
/// Of each article the sentences that stand alone (see Flag) and have a salience within it are kept; what a
/// kept sentence says already is not kept again, and of too many the least salient go. The weights of their
/// terms (TF-IDF over all sentences so far) and their salience within their article are those of their
/// arrival; their likeness to all that was said is of the time of the answer. An article of which nothing is
/// kept any more is let go.
///
///     nutgraf::Digest digest;
///     digest.add(nutgraf::segment(monday));
///     const std::int64_t seen = digest.size();
///     digest.add(nutgraf::segment(tuesday));
///     nutgraf::Summary story = digest.summarize({.words = 100});
///     nutgraf::Summary news = digest.update(seen, {.sentences = 2});
///
/// A value; const use from many threads is safe.
class Digest {
 public:
  /// \throws Error invalid_argument for a pool below 1.
  explicit Digest(const DigestOptions& options = {});

  /// Takes an article of some date, in any unit; without one, articles are dated 0, 1, 2, ... as they come.
  /// Linear in the article times the pool. When it throws (Error cancelled), nothing was taken.
  void add(const Document& document, const Control& control = {});
  void add(const Document& document, std::int64_t date, const Control& control = {});

  /// The articles taken.
  std::int64_t size() const noexcept { return size_; }
  /// The numbers of those that are kept, from 0, in the order in which summaries show them: by date.
  std::vector<std::int64_t> kept() const;

  /// The summary of all; its documents are those kept. Of the options, those of the budget and of select()
  /// have an effect, without rows. \throws Error as summarize().
  Summary summarize(const SummarizeOptions& options = {}, const Control& control = {}) const;
  /// What the articles of this date and later say that those before do not: a sentence like one of theirs
  /// counts for less, and one that says the same is not chosen.
  Summary update(std::int64_t since, const SummarizeOptions& options = {}, const Control& control = {}) const;

 private:
  struct Article {
    Document document;
    std::int64_t date;
  };
  using Row = std::vector<std::pair<std::int32_t, float>>;  ///< terms and weights, of length 1
  struct PoolSentence {
    std::int64_t article;  ///< its number
    std::int32_t sentence;
    float salience;  ///< 1 for the best of its article
    Row terms;
  };

  /// The sentences of an article that stand alone and say what no kept one does, best first.
  std::vector<PoolSentence> not_said(const Document& document, std::span<const float> scores,
                                     std::span<const std::uint8_t> has_vote, const std::vector<Row>& units,
                                     const Control& control) const;
  std::vector<double> likeness_to_all() const;
  void drop_least();
  Summary answer(const std::int64_t* since, const SummarizeOptions& options, const Control& control) const;

  DigestOptions options_;
  std::int64_t size_ = 0, rows_ = 0;
  Vocabulary vocabulary_;
  std::vector<std::int64_t> row_frequencies_;  ///< of each term, over all sentences so far
  std::vector<double> all_;                    ///< the sum of all rows
  std::map<std::int64_t, Article> articles_;   ///< those that are kept, by number
  std::vector<PoolSentence> pool_;
};

}  // namespace nutgraf
