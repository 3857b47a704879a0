#include "terms/renumber.h"

#include "support/checkpoint.h"
#include "support/parallel.h"

namespace nutgraf {
namespace {

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

void drop_unnamed(TermParts& counted, std::span<const std::vector<std::int32_t>> new_ids) {
  for (auto& [rows, vocabulary] : counted.parts) drop_unnamed(rows, new_ids[vocabulary]);
}

std::vector<RowPiece> row_pieces(TermParts& counted, std::span<const std::vector<std::int32_t>> new_ids,
                                 int threads) {
  std::vector<RowPiece> pieces;
  for (auto& [rows, vocabulary] : counted.parts) {
    const std::vector<std::int32_t>& ids = new_ids[vocabulary];
    const std::vector<std::size_t> borders = row_pieces(rows.row_begin, threads);
    for (std::size_t i = 0; i + 1 < borders.size(); ++i)
      pieces.push_back({&rows, borders[i], borders[i + 1], &ids});
  }
  return pieces;
}

void renumber(const RowPiece& piece, SumById& sum, const Control& control) {
  TermCounts& rows = *piece.rows;
  Pacer pacer(control);
  for (std::size_t row = piece.first; row < piece.last; ++row) {
    const auto begin = static_cast<std::size_t>(rows.row_begin[row]),
               size = static_cast<std::size_t>(rows.row_begin[row + 1]) - begin;
    const std::span<std::int32_t> ids = std::span(rows.ids).subspan(begin, size);
    for (std::int32_t& id : ids) id = (*piece.new_ids)[id];
    sum.sort(ids, std::span(rows.counts).subspan(begin, size));
    pacer.advance(size);
  }
}

}  // namespace nutgraf
