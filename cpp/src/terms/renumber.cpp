#include "terms/renumber.h"

#include <algorithm>

#include "support/checkpoint.h"
#include "support/parallel.h"
#include "support/sum_by_id.h"

namespace nutgraf {
namespace {

/// Gives the rows from `first` to before `last` their new ids, and sorts them.
void renumber_rows(TermCounts& part, std::size_t first, std::size_t last,
                   std::span<const std::int32_t> new_ids, const Control& control) {
  SumById sum;
  Pacer pacer(control);
  for (std::size_t row = first; row < last; ++row) {
    const auto begin = static_cast<std::size_t>(part.row_begin[row]),
               size = static_cast<std::size_t>(part.row_begin[row + 1]) - begin;
    const std::span<std::int32_t> ids = std::span(part.ids).subspan(begin, size);
    for (std::int32_t& id : ids) id = new_ids[id];
    sum.sort(ids, std::span(part.counts).subspan(begin, size));
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

void renumber(std::span<TermCounts> parts, std::span<const std::vector<std::int32_t>> new_ids,
              const Control& control) {
  struct Piece {
    std::size_t part, first, last;
  };
  std::vector<Piece> pieces;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (std::ranges::any_of(new_ids[p], [](std::int32_t id) { return id < 0; }))
      drop_unnamed(parts[p], new_ids[p]);
    const std::vector<std::size_t> borders = row_pieces(parts[p].row_begin, control.threads);
    for (std::size_t i = 0; i + 1 < borders.size(); ++i) pieces.push_back({p, borders[i], borders[i + 1]});
  }
  parallel_for(pieces.size(), without_progress(control), [&](std::size_t i, const Control& inner) {
    const auto [p, first, last] = pieces[i];
    renumber_rows(parts[p], first, last, new_ids[p], inner);
  });
}

}  // namespace nutgraf
