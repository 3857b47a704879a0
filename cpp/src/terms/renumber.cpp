#include "terms/renumber.h"

#include <algorithm>

#include "support/checkpoint.h"
#include "support/parallel.h"
#include "support/sum_by_id.h"
#include "terms/row_counter.h"

namespace nutgraf {
namespace {

/// Puts the rows from `first` to before `last` into `ids` and `counts`, which may be where they were, sorted
/// by their new ids.
void sort_rows(const TermCounts& part, std::size_t first, std::size_t last,
               std::span<const std::int32_t> new_ids, std::int32_t* ids, std::int32_t* counts,
               const Control& control) {
  SumById sum;
  Pacer pacer(control);
  for (std::size_t row = first; row < last; ++row) {
    const std::int32_t begin = part.row_begin[row], end = part.row_begin[row + 1];
    for (std::int32_t i = begin; i < end; ++i) {
      ids[i] = new_ids[part.ids[i]];
      counts[i] = part.counts[i];
    }
    const auto size = static_cast<std::size_t>(end - begin);
    sum.sort({ids + begin, size}, {counts + begin, size});
    pacer.advance(size);
  }
}

/// Takes out the entries that have no new id.
void drop_unnamed(TermCounts& counts, std::span<const std::int32_t> new_ids) {
  std::int32_t begin = 0, kept = 0;
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    const std::int32_t end = counts.row_begin[r + 1];
    for (std::int32_t i = begin; i < end; ++i) {
      const std::int32_t id = counts.ids[i];
      counts.ids[kept] = id;
      counts.counts[kept] = counts.counts[i];
      kept += new_ids[id] >= 0;
    }
    begin = end;
    counts.row_begin[r + 1] = kept;
  }
  counts.ids.resize(static_cast<std::size_t>(kept));
  counts.counts.resize(static_cast<std::size_t>(kept));
}

}  // namespace

PartPlaces::PartPlaces(std::span<const TermCounts> parts) {
  for (const TermCounts& part : parts) {
    entries.push_back(entries.back() + part.ids.size());
    rows.push_back(rows.back() + static_cast<std::size_t>(part.rows()));
  }
  check_entries(entries.back(), rows.back());
}

TermCounts PartPlaces::make_room() const {
  TermCounts all;
  all.ids.resize(entries.back());
  all.counts.resize(entries.back());
  all.row_begin.resize(rows.back() + 1);
  return all;
}

void PartPlaces::put_row_ends(const TermCounts& part, std::size_t p, std::size_t first, std::size_t last,
                              TermCounts& all) const {
  for (std::size_t row = first; row < last; ++row)
    all.row_begin[rows[p] + row + 1] = part.row_begin[row + 1] + static_cast<std::int32_t>(entries[p]);
}

TermCounts renumber(std::vector<TermCounts> parts, std::span<const std::vector<std::int32_t>> new_ids,
                    const Control& control) {
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (std::ranges::any_of(new_ids[p], [](std::int32_t id) { return id < 0; }))
      drop_unnamed(parts[p], new_ids[p]);
  }
  const PartPlaces places(parts);
  // One part is sorted where it is.
  TermCounts others;
  if (parts.size() > 1) others = places.make_room();
  TermCounts& all = parts.size() > 1 ? others : parts.front();

  struct Piece {
    std::size_t part, first, last;
  };
  std::vector<Piece> pieces;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const std::vector<std::size_t> borders = row_pieces(parts[p].row_begin, control.threads);
    for (std::size_t i = 0; i + 1 < borders.size(); ++i) pieces.push_back({p, borders[i], borders[i + 1]});
  }
  parallel_for(pieces.size(), without_progress(control), [&](std::size_t i, const Control& inner) {
    const auto [p, first, last] = pieces[i];
    const TermCounts& part = parts[p];
    sort_rows(part, first, last, new_ids[p], all.ids.data() + places.entries[p],
              all.counts.data() + places.entries[p], inner);
    if (&part != &all) places.put_row_ends(part, p, first, last, all);
  });
  all.vocabulary = Vocabulary();
  return std::move(all);
}

}  // namespace nutgraf
