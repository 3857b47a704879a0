#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/terms.h"
#include "support/sum_by_id.h"

namespace nutgraf {

/// \throws Error limit for more entries than an int32 index can name.
inline void check_entries(std::size_t entries, std::size_t row) {
  if (entries > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw Error(ErrorKind::limit, "more than 2^31 - 1 entries at row " + std::to_string(row) +
                                      "; split the texts into several matrices");
  }
}

struct PartSizes {
  std::size_t entries = 0, rows = 0;
};
/// What all parts have. \throws Error limit for more entries than an int32 index can name.
inline PartSizes sizes_of(const TermParts& counted) {
  PartSizes all;
  for (const TermParts::Part& part : counted.parts) {
    all.entries += part.rows.ids.size();
    all.rows += static_cast<std::size_t>(part.rows.rows());
    check_entries(all.entries, all.rows);
  }
  return all;
}

/// Appends the ends of the rows of a part that comes behind so many entries.
inline void append_row_ends(const TermCounts& part, std::size_t entries,
                            std::vector<std::int32_t>& row_begin) {
  for (const std::int32_t end : std::span(part.row_begin).subspan(1))
    row_begin.push_back(end + static_cast<std::int32_t>(entries));
}

inline void append_row(TermCounts& counts, std::span<const std::int32_t> ids,
                       std::span<const std::int32_t> repeats) {
  check_entries(counts.ids.size() + ids.size(), static_cast<std::size_t>(counts.rows()));
  counts.ids.insert(counts.ids.end(), ids.begin(), ids.end());
  counts.counts.insert(counts.counts.end(), repeats.begin(), repeats.end());
  counts.row_begin.push_back(static_cast<std::int32_t>(counts.ids.size()));
}

inline std::span<std::int32_t> grow(std::vector<std::int32_t>& row, std::size_t ids) {
  const std::size_t begin = row.size();
  row.resize(begin + ids);
  return std::span(row).subspan(begin);
}

/// Counts the terms of a row after the other by their ids in a vocabulary, which ascend within a row. `sum`
/// grows with the vocabulary and can serve others afterwards.
class OrderedRows {
 public:
  OrderedRows(TermCounts& counts, const Vocabulary& vocabulary, SumById& sum)
      : counts_(counts), vocabulary_(vocabulary), sum_(sum), row_counts_(SumById::few) {
    ids_.reserve(SumById::few);
  }

  void add(std::int32_t id) { ids_.push_back(id); }
  /// Room for so many ids more, that the caller fills.
  std::span<std::int32_t> add(std::size_t ids) { return grow(ids_, ids); }
  /// Takes those below 0 from the last ids.
  void drop_unknown(std::size_t ids) {
    ids_.erase(std::remove_if(ids_.end() - static_cast<std::ptrdiff_t>(ids), ids_.end(),
                              [](std::int32_t id) { return id < 0; }),
               ids_.end());
  }
  void end_row() {
    if (row_counts_.size() < ids_.size()) row_counts_.resize(ids_.size());
    sum_.reserve(static_cast<std::size_t>(vocabulary_.size()));
    const std::size_t size = sum_.count(ids_, std::span(row_counts_).first(ids_.size()));
    append_row(counts_, std::span(ids_).first(size), std::span(row_counts_).first(size));
    ids_.clear();
  }

 private:
  TermCounts& counts_;
  const Vocabulary& vocabulary_;
  SumById& sum_;
  std::vector<std::int32_t> ids_, row_counts_;  ///< of the row
};

/// Counts the ids of a row after the other, which stay as they first came; faster.
class UnorderedRows {
 public:
  explicit UnorderedRows(TermCounts& counts) : counts_(counts) {}

  void add(std::int32_t id) { row_.push_back(id); }
  /// Room for so many ids more, that the caller fills.
  std::span<std::int32_t> add(std::size_t ids) { return grow(row_, ids); }
  void end_row() {
    if (repeats_.size() < row_.size()) repeats_.resize(row_.size());
    std::int32_t most = -1;
    for (const std::int32_t id : row_) most = std::max(most, id);
    if (most >= static_cast<std::int32_t>(places_.size()))
      places_.resize(std::max(2 * places_.size(), static_cast<std::size_t>(most) + 1), -1);
    // Places only grow, so that those of earlier rows lie before this one. Without a branch: whether a term
    // stood in the row before is anybody's guess.
    const std::int32_t begin = counts_.row_begin.back();
    std::int32_t* const ids = row_.data();
    std::int32_t* const counts = repeats_.data();
    std::int32_t* const places = places_.data();
    std::int32_t size = 0;
    for (const std::int32_t id : row_) {
      const std::int32_t before = places[id] - begin;
      const std::int32_t is_new = before >> 31;  // all bits, or none
      const std::int32_t place = (size & is_new) | (before & ~is_new);
      ids[place] = id;
      counts[place] = (counts[place] & ~is_new) + 1;
      places[id] = begin + place;
      size -= is_new;
    }
    append_row(counts_, std::span(ids, static_cast<std::size_t>(size)),
               std::span(counts, static_cast<std::size_t>(size)));
    row_.clear();
  }

 private:
  TermCounts& counts_;
  std::vector<std::int32_t> row_;      ///< the ids of the row, as they came
  std::vector<std::int32_t> repeats_;  ///< how often each term of the row stands there
  std::vector<std::int32_t> places_;   ///< of each term, the last place where it stands in counts_
};

}  // namespace nutgraf
