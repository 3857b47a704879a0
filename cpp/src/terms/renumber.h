#pragma once

#include <span>

#include "nutgraf/control.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// Gives the cells of the counts their new ids, ascending within a row; those whose new id is negative go. By
/// transposing twice, in linear time. `df`: of the new ids.
void renumber(TermCounts& counts, std::span<const std::int32_t> new_id, std::span<const std::int64_t> df,
              const Control& control);

}  // namespace nutgraf
