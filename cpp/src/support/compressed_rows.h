#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nutgraf/error.h"

namespace nutgraf {

/// \throws Error invalid_argument when compressed rows do not fit so many columns and values.
inline void check_compressed_rows(std::span<const std::int32_t> row_begin, std::size_t columns,
                                  std::size_t values) {
  const bool fit = !row_begin.empty() && row_begin.front() == 0 && columns == values &&
                   static_cast<std::size_t>(row_begin.back()) == values && std::ranges::is_sorted(row_begin);
  if (!fit) throw Error(ErrorKind::invalid_argument, "the rows of the matrix do not fit its entries");
}

}  // namespace nutgraf
