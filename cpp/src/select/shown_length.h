#pragma once

#include <cstdint>

#include "nutgraf/document.h"

namespace nutgraf {

struct ShownLength {
  std::int64_t words = 0;
  std::int64_t chars = 0;
  std::int64_t bytes = 0;
};

/// The length of a sentence as displayed; see Budget.
ShownLength shown_length(const Document& document, std::int32_t sentence);

}  // namespace nutgraf
