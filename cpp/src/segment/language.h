#pragma once

#include <span>
#include <string_view>

#include "nutgraf/span.h"

namespace nutgraf {

/// The language whose function words are the most frequent among the first words, "und" where none is
/// frequent.
std::string_view identify_language(std::string_view text, std::span<const Span> words);

/// \throws Error invalid_argument that lists the known codes.
void check_language(std::string_view lang);

}  // namespace nutgraf
