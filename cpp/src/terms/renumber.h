#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/terms.h"
#include "support/sum_by_id.h"

namespace nutgraf {

/// Some rows of a part, and the new ids of its terms.
struct RowPiece {
  TermCounts* rows;
  std::size_t first, last;
  const std::vector<std::int32_t>* new_ids;
};
/// Takes out the entries whose new id is negative; new_ids[v] are for the terms of vocabulary v.
void drop_unnamed(TermParts& counted, std::span<const std::vector<std::int32_t>> new_ids);
/// The rows of all parts in pieces for so many threads.
std::vector<RowPiece> row_pieces(TermParts& counted, std::span<const std::vector<std::int32_t>> new_ids,
                                 int threads);
/// The entries get their new ids, none of them negative, ascending within a row. `sum` has
/// room for the new ids, and serves one piece after the other.
void renumber(const RowPiece& piece, SumById& sum, const Control& control);

}  // namespace nutgraf
