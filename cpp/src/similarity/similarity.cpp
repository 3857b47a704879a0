#include "nutgraf/similarity.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>

#include "nutgraf/error.h"
#include "similarity/inverted_index.h"
#include "support/checkpoint.h"
#include "support/parallel.h"

namespace nutgraf {
namespace {

// Bounds are sums in double, in another order than the product: this much is given to their rounding.
constexpr double slack = 1e-9;
// The cosine of equal rows may come out so much below 1.
constexpr double rounding = 1e-12;
// Columns that are not looked up may make up this share of the threshold: the less, the more are looked up,
// and the fewer candidates are left to work out. Measured on sentences of news.
constexpr double share_left = 0.85;
// Leaving columns out must save this part of all look-ups to be worth working out candidates.
constexpr std::size_t worth_saving = 2;

struct Found {
  std::int32_t row;
  double value;
};

bool is_better(const Found& a, const Found& b) noexcept {
  return a.value != b.value ? a.value > b.value : a.row < b.row;
}

/// Finds the rows of y that are similar to one row of x after the other. One a thread.
class Search {
 public:
  Search(const WeightedRows& x, const WeightedRows& y, const InvertedIndex& index, std::int32_t columns,
         const SimilarityOptions& options, bool looks_back)
      : x_(x),
        y_(y),
        index_(index),
        options_(options),
        looks_back_(looks_back),
        row_of_x_(static_cast<std::size_t>(columns)),
        sums_(static_cast<std::size_t>(y.rows())),
        is_touched_(static_cast<std::size_t>(y.rows())) {
    for (const double size : y.sizes) {
      largest_ = std::max(largest_, size);
      if (size > 0) smallest_ = std::min(smallest_, size);
    }
  }

  /// The similar rows, ascending. With looks_back, only those up to the row itself.
  const std::vector<Found>& operator()(std::int32_t row, Pacer& pacer) {
    row_ = row;
    end_row_ = looks_back_ ? row + 1 : y_.rows();
    begin_ = x_.row_begin[row];
    size_ = static_cast<std::size_t>(x_.row_begin[row + 1] - begin_);
    found_.clear();
    order_columns();
    const double threshold =
        options_.top_k > 0 ? std::max(options_.threshold, threshold_of_best(pacer)) : options_.threshold;
    find(threshold, pacer);
    const auto most = static_cast<std::size_t>(options_.top_k);
    if (most > 0 && found_.size() > most) {
      std::ranges::nth_element(found_, found_.begin() + static_cast<std::ptrdiff_t>(most), is_better);
      found_.resize(most);
    }
    std::ranges::sort(found_, {}, &Found::row);
    return found_;
  }

 private:
  double score(double sum, std::int32_t other) const noexcept {
    switch (options_.metric) {
      case Metric::cosine:
        return std::min(sum, 1.0);
      case Metric::jaccard:
        return sum / (x_.sizes[row_] + y_.sizes[other] - sum);
      case Metric::overlap:
        return sum / std::min(x_.sizes[row_], y_.sizes[other]);
      default:
        return sum;
    }
  }
  /// The most that a pair can score whose rows share no more than these columns of x.
  double most_score(double squares, std::size_t columns) const noexcept {
    switch (options_.metric) {
      case Metric::jaccard:
        return static_cast<double>(columns) / x_.sizes[row_];
      case Metric::overlap:
        return static_cast<double>(columns) / std::min(x_.sizes[row_], smallest_);
      case Metric::cosine:
        return std::sqrt(squares);
      default:
        return std::sqrt(squares) * largest_;
    }
  }
  /// The most that these columns of x add to a sum.
  double most_sum(double squares, std::size_t columns) const noexcept {
    const bool are_sets = options_.metric == Metric::jaccard || options_.metric == Metric::overlap;
    return are_sets ? static_cast<double>(columns) : most_score(squares, columns);
  }

  std::size_t frequency(std::size_t i) const noexcept {
    return index_.postings(x_.columns[static_cast<std::size_t>(begin_) + i]).size();
  }

  /// Sorts the columns of the row into order_, those of the fewest rows first.
  void order_columns() {
    order_.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) order_[i] = {frequency(i), i};
    std::ranges::sort(order_);
  }

  /// How many columns are looked up, the rarest first, so that a row with none of them is below the
  /// threshold.
  std::size_t columns_needed(double threshold, double& squares_left) const {
    std::size_t needed = size_;
    double squares = 0;
    while (needed > 0) {
      const double value = x_.values[static_cast<std::size_t>(begin_) + order_[needed - 1].second];
      const double more = squares + value * value;
      if (most_score(more, size_ - needed + 1) >= share_left * threshold - slack) break;
      squares = more;
      --needed;
    }
    squares_left = squares;
    return needed;
  }

  /// Adds the products of one column of x to the sums.
  void add_column(std::size_t i, Pacer& pacer) {
    const std::size_t at = static_cast<std::size_t>(begin_) + i;
    const double value = x_.values[at];
    const auto postings = index_.postings(x_.columns[at]);
    pacer.advance(postings.size());
    for (const InvertedIndex::Posting& posting : postings) {
      if (posting.row >= end_row_) break;
      if (!is_touched_[posting.row]) {
        is_touched_[posting.row] = 1;
        touched_.push_back(posting.row);
      }
      sums_[posting.row] += value * posting.value;
    }
  }

  void forget_touched() {
    for (const std::int32_t other : touched_) {
      sums_[other] = 0;
      is_touched_[other] = 0;
    }
    touched_.clear();
  }

  /// The product written out, in the order of the columns.
  double product(std::int32_t other) const noexcept {
    double sum = 0;
    for (std::int32_t i = y_.row_begin[other]; i < y_.row_begin[other + 1]; ++i)
      sum += row_of_x_[y_.columns[i]] * y_.values[i];
    return sum;
  }
  void spread_row(bool clear) {
    for (std::size_t i = 0; i < size_; ++i) {
      const std::size_t at = static_cast<std::size_t>(begin_) + i;
      row_of_x_[x_.columns[at]] = clear ? 0 : x_.values[at];
    }
  }

  /// A score that at least top_k rows reach, if that many share a column; else one that all reach.
  double threshold_of_best(Pacer& pacer) {
    const auto wanted = static_cast<std::size_t>(options_.top_k);
    for (const auto& [frequency, i] : order_) {
      add_column(i, pacer);
      if (touched_.size() >= wanted) break;
    }
    double threshold = -std::numeric_limits<double>::infinity();
    if (touched_.size() >= wanted) {
      std::vector<double> scores;
      // The best by what was summed up are likely to be the best.
      const std::size_t looked_at = std::min(touched_.size(), 4 * wanted);
      std::ranges::nth_element(
          touched_, touched_.begin() + static_cast<std::ptrdiff_t>(looked_at - 1),
          [&](std::int32_t a, std::int32_t b) { return sums_[a] != sums_[b] ? sums_[a] > sums_[b] : a < b; });
      spread_row(false);
      for (std::size_t i = 0; i < looked_at; ++i) scores.push_back(score(product(touched_[i]), touched_[i]));
      spread_row(true);
      std::ranges::nth_element(scores, scores.begin() + static_cast<std::ptrdiff_t>(wanted - 1),
                               std::greater());
      threshold = scores[wanted - 1];
    }
    forget_touched();
    return threshold;
  }

  void find(double threshold, Pacer& pacer) {
    double squares_left = 0;
    std::size_t needed = columns_needed(threshold, squares_left);
    std::size_t looked_up = 0, all = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      all += order_[i].first;
      if (i < needed) looked_up += order_[i].first;
    }
    // Where little is saved, all columns are summed up, and the sums are the products.
    if (looked_up * worth_saving > all) needed = size_;
    if (needed == size_) {
      for (std::size_t i = 0; i < size_; ++i) add_column(i, pacer);
      for (const std::int32_t other : touched_) keep(other, sums_[other], threshold);
    } else {
      for (std::size_t i = 0; i < needed; ++i) add_column(order_[i].second, pacer);
      const double rest = most_sum(squares_left, size_ - needed);
      spread_row(false);
      for (const std::int32_t other : touched_) {
        if (score(sums_[other] + rest, other) < threshold - slack) continue;
        pacer.advance(static_cast<std::size_t>(y_.row_begin[other + 1] - y_.row_begin[other]));
        keep(other, product(other), threshold);
      }
      spread_row(true);
    }
    forget_touched();
  }

  void keep(std::int32_t other, double sum, double threshold) {
    const double value = score(sum, other);
    if (value >= threshold - rounding * std::abs(threshold)) found_.push_back({other, value});
  }

  const WeightedRows &x_, &y_;
  const InvertedIndex& index_;
  const SimilarityOptions& options_;
  bool looks_back_;
  double largest_ = 0, smallest_ = std::numeric_limits<double>::infinity();  ///< sizes of rows of y
  std::int32_t row_ = 0, end_row_ = 0, begin_ = 0;
  std::size_t size_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> order_;  ///< how many rows have a column, and which it is
  std::vector<double> row_of_x_;                            ///< by column
  std::vector<double> sums_;
  std::vector<char> is_touched_;
  std::vector<std::int32_t> touched_;
  std::vector<Found> found_;
};

/// The pairs of rows [first, last), as they were found.
struct Piece {
  std::vector<std::int32_t> counts;
  std::vector<Found> found;
};

SimilarPairs joined(const std::vector<Piece>& pieces) {
  SimilarPairs pairs;
  std::size_t total = 0;
  for (const Piece& piece : pieces) total += piece.found.size();
  pairs.columns.reserve(total);
  pairs.values.reserve(total);
  for (const Piece& piece : pieces) {
    for (const std::int32_t count : piece.counts) pairs.row_begin.push_back(pairs.row_begin.back() + count);
    for (const Found& found : piece.found) {
      pairs.columns.push_back(found.row);
      pairs.values.push_back(found.value);
    }
  }
  return pairs;
}

/// Pairs of rows with rows before them, and themselves, as pairs of both.
SimilarPairs mirrored(const SimilarPairs& half) {
  const std::size_t rows = half.row_begin.size() - 1;
  SimilarPairs whole;
  whole.row_begin.assign(rows + 1, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::int32_t i = half.row_begin[r]; i < half.row_begin[r + 1]; ++i) {
      const auto other = static_cast<std::size_t>(half.columns[i]);
      ++whole.row_begin[r + 1];
      if (other != r) ++whole.row_begin[other + 1];
    }
  }
  for (std::size_t r = 0; r < rows; ++r) whole.row_begin[r + 1] += whole.row_begin[r];
  whole.columns.resize(static_cast<std::size_t>(whole.row_begin.back()));
  whole.values.resize(whole.columns.size());
  std::vector<std::int32_t> next(whole.row_begin.begin(), whole.row_begin.end() - 1);
  const auto put = [&](std::size_t row, std::size_t column, double value) {
    whole.columns[next[row]] = static_cast<std::int32_t>(column);
    whole.values[next[row]++] = value;
  };
  // Row by row, so that what a row has from those before it stands first, and what it gives to them comes
  // last and ascending.
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::int32_t i = half.row_begin[r]; i < half.row_begin[r + 1]; ++i) {
      const auto other = static_cast<std::size_t>(half.columns[i]);
      put(r, other, half.values[i]);
      if (other != r) put(other, r, half.values[i]);
    }
  }
  return whole;
}

}  // namespace

template <typename Scalar>
SimilarPairs similar_rows(const SparseRows<Scalar>& x, const SparseRows<Scalar>& y,
                          const SimilarityOptions& options, const Control& control) {
  if (x.column_count != y.column_count) {
    throw Error(ErrorKind::invalid_argument, "the matrices have " + std::to_string(x.column_count) + " and " +
                                                 std::to_string(y.column_count) + " columns");
  }
  if (options.top_k < 0 || std::isnan(options.threshold) || options.most_pairs < 0 ||
      options.most_pairs > std::numeric_limits<std::int32_t>::max()) {
    throw Error(ErrorKind::invalid_argument,
                "top_k must be 1 or more, threshold a number, and the most pairs from 0 to 2^31 - 1");
  }
  const bool is_self = x.columns.data() == y.columns.data() && x.values.data() == y.values.data() &&
                       x.row_begin.data() == y.row_begin.data() && x.rows() == y.rows();
  const bool looks_back = is_self && options.top_k == 0;
  const WeightedRows weighted_x = weighted_rows(x, options.metric);
  const WeightedRows other = is_self ? WeightedRows() : weighted_rows(y, options.metric);
  const WeightedRows& weighted_y = is_self ? weighted_x : other;
  const InvertedIndex index(weighted_y, y.column_count);

  constexpr std::int32_t rows_of_piece = 256;
  const std::size_t pieces = static_cast<std::size_t>((x.rows() + rows_of_piece - 1) / rows_of_piece);
  const auto workers = static_cast<std::size_t>(std::max(control.threads, 1));
  std::vector<Piece> found(pieces);
  std::atomic<std::int64_t> pairs{0};
  std::atomic<std::size_t> next{0};
  // A worker keeps its sums from piece to piece.
  parallel_for(std::min(workers, std::max<std::size_t>(pieces, 1)), without_progress(control),
               [&](std::size_t, const Control& inner) {
                 Search search(weighted_x, weighted_y, index, x.column_count, options, looks_back);
                 Pacer pacer(inner);
                 for (std::size_t p = next++; p < pieces; p = next++) {
                   const auto first = static_cast<std::int32_t>(p) * rows_of_piece;
                   for (std::int32_t r = first; r < std::min(first + rows_of_piece, x.rows()); ++r) {
                     const std::vector<Found>& of_row = search(r, pacer);
                     const auto more = static_cast<std::int64_t>(of_row.size()) * (looks_back ? 2 : 1) -
                                       (looks_back && !of_row.empty() && of_row.back().row == r ? 1 : 0);
                     if ((pairs += more) > options.most_pairs) {
                       throw Error(ErrorKind::limit,
                                   "more than " + std::to_string(options.most_pairs) +
                                       " pairs are similar; use a higher threshold, or top_k");
                     }
                     found[p].counts.push_back(static_cast<std::int32_t>(of_row.size()));
                     found[p].found.insert(found[p].found.end(), of_row.begin(), of_row.end());
                   }
                 }
               });
  const SimilarPairs all = joined(found);
  return looks_back ? mirrored(all) : all;
}

template SimilarPairs similar_rows<float>(const SparseRows<float>&, const SparseRows<float>&,
                                          const SimilarityOptions&, const Control&);
template SimilarPairs similar_rows<double>(const SparseRows<double>&, const SparseRows<double>&,
                                           const SimilarityOptions&, const Control&);

}  // namespace nutgraf
