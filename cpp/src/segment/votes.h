#pragma once

#include <cstdint>
#include <vector>

#include "nutgraf/document.h"

namespace nutgraf {

/// Which sentences say what the others are measured by: those of body-like roles whose block repeats no
/// other; all, where there is none.
struct Votes {
  std::vector<std::uint8_t> has_vote{};  ///< one a row
  std::int32_t count = 0;
};
Votes find_votes(const SentenceRows& rows);

}  // namespace nutgraf
