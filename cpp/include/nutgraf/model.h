#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nutgraf {

/// The one container of everything trained or fitted: 8 bytes of magic ("nutgraf" and 0x1A), then
/// little-endian u32 version, 16 bytes kind (ASCII, zero-padded), u64 length of the payload, the payload, u32
/// CRC-32 of all before it. Reading runs no code and believes no length before it is checked.
inline constexpr std::uint32_t model_version = 1;

/// Wraps a payload. `kind` says what it is, such as "tfidf"; 1 to 16 ASCII letters, digits, dots and dashes,
/// else Error invalid_argument.
std::string wrap_model(std::string_view kind, std::string_view payload);

/// The kind that the header of a container names, before anything of it is checked; empty where there is no
/// header.
std::string_view kind_of_model(std::string_view bytes) noexcept;

/// The payload of a container of that kind, as a view into `bytes`.
/// \throws Error corrupt_file (with the byte offset) for bytes that are no container, are truncated, altered
/// or of another kind; newer_file for a version above model_version.
std::string_view unwrap_model(std::string_view bytes, std::string_view kind);

}  // namespace nutgraf
