#include "terms/renumber.h"

#include <algorithm>
#include <bit>

#include "support/checkpoint.h"
#include "support/parallel.h"
#include "support/radix_sort.h"
#include "terms/row_counter.h"

namespace nutgraf {
namespace {

/// The entries of some rows, in any order.
struct Rows {
  std::span<const std::int32_t> row_begin;
  const std::int32_t *ids, *counts;
};

// Some rows are sorted at a time: by the id, then, which keeps that order, by the row. Enough of them to make
// up for the tables of counts, few enough to stay in the nearest cache.
/// Sorts the rows from `first_row` to before `last_row` by new_id(id), a number of so many bits, into `ids`
/// and `counts`, which may be where they were.
template <typename NewId>
void sort_rows(Rows rows, std::size_t first_row, std::size_t last_row, NewId new_id, int bits,
               std::int32_t* ids, std::int32_t* counts, const Control& control) {
  struct Cell {
    std::int32_t id, count, row;
  };
  constexpr std::int32_t usual_group = 1024;  // cells
  std::vector<Cell> cells, scratch;
  std::vector<std::int32_t> places;
  Pacer pacer(control);
  for (std::size_t first = first_row, last; first < last_row; first = last) {
    places.clear();
    const std::int32_t begin = rows.row_begin[first];
    for (last = first; last < last_row && (last == first || rows.row_begin[last] - begin < usual_group);
         ++last)
      places.push_back(rows.row_begin[last]);
    const auto size = static_cast<std::size_t>(rows.row_begin[last] - begin);
    pacer.advance(size);
    if (size > cells.size()) {
      cells.resize(size);
      scratch.resize(size);
    }
    for (std::size_t row = first, i = 0; row < last; ++row) {
      for (std::int32_t at = rows.row_begin[row]; at < rows.row_begin[row + 1]; ++at)
        cells[i++] = {new_id(rows.ids[at]), rows.counts[at], static_cast<std::int32_t>(row - first)};
    }
    const auto group = std::span(cells).first(size);
    radix_sort(group, std::span(scratch).first(size), bits,
               [](const Cell& cell) { return static_cast<std::uint64_t>(cell.id); });
    for (const Cell& cell : group) {
      const std::int32_t place = places[static_cast<std::size_t>(cell.row)]++;
      ids[place] = cell.id;
      counts[place] = cell.count;
    }
  }
}

int bits_of(std::int32_t most) {
  return std::bit_width(static_cast<std::uint32_t>(std::max(most, 0)));
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

void sort_rows(TermCounts& counts, std::int32_t most, const Control& control) {
  const Rows rows{counts.row_begin, counts.ids.data(), counts.counts.data()};
  parallel_rows(counts.row_begin, control, [&](std::size_t first, std::size_t last, const Control& inner) {
    sort_rows(
        rows, first, last, [](std::int32_t id) { return id; }, bits_of(most), counts.ids.data(),
        counts.counts.data(), inner);
  });
}

TermCounts renumber(std::vector<TermCounts> parts, std::span<const std::vector<std::int32_t>> new_ids,
                    const Control& control) {
  std::int32_t most = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    bool drops = false;
    for (const std::int32_t id : new_ids[p]) {
      most = std::max(most, id);
      drops |= id < 0;
    }
    if (drops) drop_unnamed(parts[p], new_ids[p]);
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
    const std::int32_t* const new_id = new_ids[p].data();
    sort_rows(
        {part.row_begin, part.ids.data(), part.counts.data()}, first, last,
        [&](std::int32_t id) { return new_id[id]; }, bits_of(most), all.ids.data() + places.entries[p],
        all.counts.data() + places.entries[p], inner);
    if (&part != &all) places.put_row_ends(part, p, first, last, all);
  });
  all.vocabulary = Vocabulary();
  return std::move(all);
}

}  // namespace nutgraf
