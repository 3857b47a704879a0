#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "nutgraf/error.h"

namespace nutgraf {

/// \throws Error limit for a size that a Span cannot hold.
inline void check_text_size(std::size_t bytes) {
  if (bytes > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw Error(ErrorKind::limit,
                "the text has " + std::to_string(bytes) +
                    " bytes; nutgraf takes texts below 2 GiB, so cut it into documents first");
  }
}

}  // namespace nutgraf
