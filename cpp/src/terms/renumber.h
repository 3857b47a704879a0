#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// The number of rows that hold each of the terms 0, 1, ..., terms - 1.
std::vector<std::int64_t> document_frequencies(const TermCounts& counts, std::int32_t terms);

/// Gives the cells of the counts their new ids, ascending within a row; those whose new id is negative go. By
/// transposing twice, in linear time. `df`: of the new ids.
void renumber(TermCounts& counts, std::span<const std::int32_t> new_id, std::span<const std::int64_t> df,
              const Control& control);

}  // namespace nutgraf
