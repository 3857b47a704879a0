#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "nutgraf/span.h"

namespace nutgraf {

/// MurmurHash3 for 32 bits (Austin Appleby, public domain), seed 0: the hash that scikit-learn gives terms
/// their columns by. The same on every machine.
std::uint32_t murmur_hash(std::string_view text) noexcept;
/// The same of each of these terms, of which short_term bytes may be read from the begin; many at a time.
void murmur_hashes(const char* buffer, std::span<const Span> terms, std::span<std::uint32_t> hashes) noexcept;

}  // namespace nutgraf
