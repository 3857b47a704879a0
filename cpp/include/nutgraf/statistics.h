#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nutgraf/terms.h"
#include "nutgraf/vocabulary.h"

namespace nutgraf {

/// Which terms of a corpus are kept.
struct TermLimits {
  /// The least and the largest number of rows that hold a term.
  double min_df = 1;
  double max_df = std::numeric_limits<double>::infinity();
  /// The most frequent terms over all rows, of equally frequent ones those first in byte order; 0: all.
  std::int32_t max_features = 0;
};

struct TermSelection;

/// What a corpus says of its terms: in how many rows each stands, and how often in all. Grows by rows and by
/// merging; whole numbers, so that the order of neither matters. Memory depends on the vocabulary alone.
///
///     nutgraf::TermStatistics all, more;
///     all.add(nutgraf::count_terms(texts));
///     more.add(nutgraf::count_terms(other_texts));
///     all.merge(more);
///     const nutgraf::TfidfModel model = nutgraf::TfidfModel::fit(all);
class TermStatistics {
 public:
  /// Of no rows. With `most_terms` above 0 no more terms are kept than that: when there are more, half as
  /// many stay, the most frequent, of equally frequent ones those first in byte order. The rows of the others
  /// are forgotten; undercount() says how many at most.
  explicit TermStatistics(std::int32_t most_terms = 0) : most_terms_(most_terms) {}
  /// Of no rows, for terms that are given: they keep their ids, and no others are added.
  static TermStatistics of_terms(Vocabulary terms);

  const Vocabulary& vocabulary() const noexcept { return vocabulary_; }
  std::int64_t rows() const noexcept { return rows_; }
  /// The number of rows that hold each term.
  std::span<const std::int64_t> document_frequencies() const noexcept { return document_frequencies_; }
  /// How often each term stands in all rows.
  std::span<const std::int64_t> totals() const noexcept { return totals_; }
  /// Whether the terms were given.
  bool given() const noexcept { return given_; }
  /// Whether all terms of all rows are here, so that more rows can be counted exactly.
  bool complete() const noexcept { return complete_; }
  /// By how many rows a document frequency may be too low because of `most_terms`; that of a term which is
  /// not here is at most this.
  std::int64_t undercount() const noexcept { return undercount_; }

  /// Adds rows. When it throws, nothing was added.
  /// \throws Error invalid_argument when terms were left out, or rows counted with another vocabulary are
  /// added to terms that are given, or an id is none of theirs.
  void add(TermCounts counts);
  /// Adds the rows of another part of the corpus. When it throws, nothing was added.
  /// \throws Error invalid_argument as add does, when the given terms differ, and when one of the two has an
  /// undercount, or this one would get one: the sum would depend on the order.
  void merge(const TermStatistics& other);
  /// As merge, for rows that came later in the same corpus: undercounts add up.
  void append(const TermStatistics& later);
  void append(TermStatistics&& later);

  /// The statistics as bytes of a container (see model.h), terms in byte order, and back.
  /// \throws Error corrupt_file or newer_file.
  std::string to_bytes() const;
  static TermStatistics from_bytes(std::string_view bytes);

 private:
  friend class TfidfModel;
  friend class TermStatisticsBuilder;
  std::string payload() const;
  static TermStatistics read_payload(std::string_view payload, bool given);
  /// The statistics of counted rows, one for each vocabulary, which it takes; `before` are those of rows with
  /// the same vocabularies as they were then, which they gave up.
  static std::vector<TermStatistics> of_parts(TermParts& counted, const Control& control,
                                              std::vector<TermStatistics> before = {});
  void count(const TermCounts& rows);
  void check_grows(const TermStatistics& other) const;
  void add_up(const TermStatistics& later);
  static TermSelection select(std::span<TermStatistics> parts, const TermLimits& limits,
                              const Control& control);
  static TermStatistics of_selected(std::vector<TermStatistics> parts, TermSelection selection);
  void keep_bound();

  Vocabulary vocabulary_;
  std::vector<std::int64_t> document_frequencies_, totals_;
  std::int64_t rows_ = 0, undercount_ = 0;
  std::int32_t most_terms_ = 0;
  bool given_ = false, complete_ = true;
};

/// Counts a corpus that comes in batches. Threads go on with vocabularies of their own, so that a batch costs
/// what its texts do, whatever came before.
///
///     nutgraf::TermStatisticsBuilder builder({.least_n = 1, .most_n = 2});
///     while (read_more(texts)) builder.add(texts, {.threads = 2});
///     const nutgraf::TermStatistics all = std::move(builder).take();
class TermStatisticsBuilder {
 public:
  /// With `most_terms` above 0 as TermStatistics has it: which terms go depends on the batches, and not on
  /// the threads.
  explicit TermStatisticsBuilder(AnalyzerOptions options = {}, std::int32_t most_terms = 0)
      : options_(std::move(options)), sum_(most_terms) {}
  /// For terms that are given.
  TermStatisticsBuilder(AnalyzerOptions options, Vocabulary terms)
      : options_(std::move(options)), sum_(TermStatistics::of_terms(std::move(terms))) {}

  /// Counts texts, or rows of terms. When it throws, the builder is of no use any more.
  /// \throws Error as count_terms.
  void add(std::span<const std::string_view> texts, const Control& control = {});
  void add(std::span<const std::vector<std::string_view>> rows, const Control& control = {});
  /// All that was counted.
  TermStatistics take() &&;

 private:
  template <typename CountParts>
  void add_parts(const Control& control, CountParts count_parts);

  AnalyzerOptions options_;
  TermStatistics sum_;                 ///< where terms are given, or bounded
  std::vector<TermStatistics> parts_;  ///< else, one a vocabulary
};

}  // namespace nutgraf
