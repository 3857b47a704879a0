#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "salience/walk.h"
#include "support/natural_log.h"
#include "terms/marked_rows.h"

namespace nutgraf {
namespace {

/// Products with the matrix of |shared terms| / (ln |u| + ln |v|), 0 on the diagonal, which is never made:
/// sentences of one length share the divisor, so that each term adds up what its sentences of each length
/// have.
class SharedTerms {
 public:
  explicit SharedTerms(const SalienceInput& in) : in_(in), counts_(in.vectors.counts) {
    std::map<std::int64_t, std::int32_t> classes;
    std::vector<std::int64_t> lengths;
    for (std::int32_t r = 0; r < counts_.rows(); ++r) {
      std::int64_t length = 0;
      for (std::int32_t i = counts_.row_begin[r]; i < counts_.row_begin[r + 1]; ++i)
        length += counts_.counts[i];
      lengths.push_back(length);
      classes.emplace(length, 0);
    }
    std::vector<double> logs;
    for (auto& [length, number] : classes) {
      number = static_cast<std::int32_t>(logs.size());
      logs.push_back(length > 0 ? natural_log(static_cast<double>(length)) : 0);
    }
    classes_ = logs.size();
    for (const std::int64_t length : lengths) class_of_.push_back(classes[length]);
    for (const double a : logs) {
      // Two sentences of a word have no divisor, and no edge.
      for (const double b : logs) inverse_.push_back(a + b > 0 ? 1 / (a + b) : 0);
    }
    find_places();
  }

  /// For each row u the sum over the voters v of weight(u, v) · weights(v).
  std::vector<double> times(const std::vector<double>& weights) {
    std::ranges::fill(sums_, 0);
    std::vector<double> out(weights.size());
    for (std::int32_t r = 0; r < counts_.rows(); ++r) {
      if (!in_.has_vote(static_cast<std::size_t>(r))) continue;
      for (std::int32_t i = counts_.row_begin[r]; i < counts_.row_begin[r + 1]; ++i)
        sums_[place_[i]] += weights[r];
    }
    for (std::int32_t r = 0; r < counts_.rows(); ++r) {
      const double* const inverse = inverse_.data() + static_cast<std::size_t>(class_of_[r]) * classes_;
      const std::int32_t begin = counts_.row_begin[r], end = counts_.row_begin[r + 1];
      std::size_t looked_at = 1;
      for (std::int32_t i = begin; i < end; ++i) {
        const std::int32_t term = counts_.ids[i];
        for (std::size_t at = term_begin_[term]; at < term_begin_[term + 1]; ++at)
          out[r] += sums_[at] * inverse[length_class_[at]];
        looked_at += term_begin_[term + 1] - term_begin_[term];
      }
      in_.pacer.advance(looked_at);
      if (in_.has_vote(static_cast<std::size_t>(r)))
        out[r] = without_own(out[r], weights[r] * (end - begin) * inverse[class_of_[r]]);
    }
    return out;
  }

 private:
  /// Gives each term the lengths of its voting sentences, and each entry its place among these.
  void find_places() {
    const auto terms = static_cast<std::size_t>(counts_.vocabulary.size());
    std::vector<std::vector<std::int32_t>> lengths(terms);
    const auto for_each_entry = [&](auto use) {
      for (std::int32_t r = 0; r < counts_.rows(); ++r) {
        if (!in_.has_vote(static_cast<std::size_t>(r))) continue;
        for (std::int32_t i = counts_.row_begin[r]; i < counts_.row_begin[r + 1]; ++i) use(r, i);
      }
    };
    for_each_entry([&](std::int32_t r, std::int32_t i) { lengths[counts_.ids[i]].push_back(class_of_[r]); });
    term_begin_.push_back(0);
    for (std::vector<std::int32_t>& of_term : lengths) {
      std::ranges::sort(of_term);
      of_term.erase(std::unique(of_term.begin(), of_term.end()), of_term.end());
      length_class_.insert(length_class_.end(), of_term.begin(), of_term.end());
      term_begin_.push_back(length_class_.size());
    }
    place_.resize(counts_.ids.size());
    for_each_entry([&](std::int32_t r, std::int32_t i) {
      const std::vector<std::int32_t>& of_term = lengths[counts_.ids[i]];
      place_[i] = term_begin_[counts_.ids[i]] +
                  static_cast<std::size_t>(std::ranges::lower_bound(of_term, class_of_[r]) - of_term.begin());
    });
    sums_.resize(length_class_.size());
  }

  const SalienceInput& in_;
  const TermCounts& counts_;
  std::size_t classes_ = 0;
  std::vector<std::int32_t> class_of_;  ///< of each row, among the different lengths
  std::vector<double> inverse_;         ///< 1 / (ln a + ln b) for two of them
  std::vector<std::size_t> term_begin_;
  std::vector<std::int32_t> length_class_;  ///< of each term, the lengths of its sentences
  std::vector<std::size_t> place_;          ///< of each entry, in these
  std::vector<double> sums_;
};

/// Products with the matrix of BM25(u; terms of v), 0 on the diagonal: v's counts times u's weights.
class Bm25Edges {
 public:
  explicit Bm25Edges(const SalienceInput& in)
      : in_(in), counts_(in.vectors.counts), weights_(counts_.counts.begin(), counts_.counts.end()) {
    const std::vector<double> frequencies = term_frequencies(counts_, in.votes.has_vote);
    const double total = std::accumulate(frequencies.begin(), frequencies.end(), 0.0);
    if (!(total > 0)) {
      std::ranges::fill(weights_, 0);
      return;
    }
    weigh_bm25<double>(counts_.row_begin, counts_.ids, weights_, idf(), total / in.votes.count, {},
                       in.control);
    self_.resize(in.size());
    for (std::int32_t r = 0; r < counts_.rows(); ++r) {
      for (std::int32_t i = counts_.row_begin[r]; i < counts_.row_begin[r + 1]; ++i)
        self_[r] += counts_.counts[i] * weights_[i];
    }
  }

  /// For each row u the sum over the voters v of BM25(u; v) · given(v).
  std::vector<double> flow(const std::vector<double>& given) const {
    return product(given, counts_.counts, weights_);
  }
  /// For each row v the sum over the voters u of BM25(u; v).
  std::vector<double> out_weights() const { return product(in_.voters(), weights_, counts_.counts); }

 private:
  /// Barrios et al.: log((n - df + 0.5) / (df + 0.5)), a quarter of the mean where it is below 0. With a
  /// background, its idf, which never is.
  std::vector<double> idf() const {
    if (in_.vectors.has_background) return in_.vectors.idf;
    constexpr double epsilon = 0.25;
    const double n = in_.votes.count;
    std::vector<double> idf;
    double sum = 0, present = 0;
    for (const std::int64_t count : row_frequencies(counts_, in_.votes.has_vote)) {
      const auto with = static_cast<double>(count);
      idf.push_back(natural_log((n - with + 0.5) / (with + 0.5)));
      if (count > 0) sum += idf.back(), ++present;
    }
    const double least = present > 0 ? std::max(0.0, epsilon * sum / present) : 0;
    for (double& value : idf) value = value < 0 ? least : value;
    return idf;
  }

  template <typename From, typename To>
  std::vector<double> product(const std::vector<double>& given, const std::vector<From>& from,
                              const std::vector<To>& to) const {
    std::vector<double> by_term(static_cast<std::size_t>(counts_.vocabulary.size())), out(given.size());
    for (std::int32_t r = 0; r < counts_.rows(); ++r) {
      if (!in_.has_vote(static_cast<std::size_t>(r))) continue;
      for (std::int32_t i = counts_.row_begin[r]; i < counts_.row_begin[r + 1]; ++i)
        by_term[counts_.ids[i]] += given[r] * static_cast<double>(from[i]);
    }
    for (std::int32_t r = 0; r < counts_.rows(); ++r) {
      for (std::int32_t i = counts_.row_begin[r]; i < counts_.row_begin[r + 1]; ++i)
        out[r] += by_term[counts_.ids[i]] * static_cast<double>(to[i]);
      if (in_.has_vote(static_cast<std::size_t>(r)) && !self_.empty())
        out[r] = without_own(out[r], given[r] * self_[r]);
      in_.pacer.advance(2 * static_cast<std::size_t>(counts_.row_begin[r + 1] - counts_.row_begin[r]) + 1);
    }
    return out;
  }

  const SalienceInput& in_;
  const TermCounts& counts_;
  std::vector<double> weights_;  ///< BM25 of each entry
  std::vector<double> self_;     ///< BM25(u; u)
};

}  // namespace

std::vector<double> textrank(const SalienceInput& in) {
  SharedTerms edges(in);
  const auto flow = [&](const std::vector<double>& w) { return edges.times(w); };
  return stationary(in, flow(in.voters()), {}, flow);
}

std::vector<double> textrank_bm25(const SalienceInput& in) {
  const Bm25Edges edges(in);
  return stationary(in, edges.out_weights(), {}, [&](const std::vector<double>& w) { return edges.flow(w); });
}

}  // namespace nutgraf
