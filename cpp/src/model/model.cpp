#include "nutgraf/model.h"

#include <algorithm>
#include <array>

#include "model/bytes.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

constexpr std::string_view magic = "nutgraf\x1A";
constexpr std::size_t kind_size = 16;
constexpr std::size_t header_size = magic.size() + 4 + kind_size + 8;
constexpr std::size_t checksum_size = 4;

/// CRC-32 as in IEEE 802.3.
std::uint32_t checksum(std::string_view bytes) {
  static constexpr auto table = [] {
    std::array<std::uint32_t, 256> t{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t c = i;
      for (int k = 0; k < 8; ++k) c = (c & 1) ? 0xEDB88320U ^ (c >> 1) : c >> 1;
      t[i] = c;
    }
    return t;
  }();
  std::uint32_t c = 0xFFFFFFFFU;
  for (const char b : bytes) c = table[(c ^ static_cast<unsigned char>(b)) & 0xFF] ^ (c >> 8);
  return ~c;
}

[[noreturn]] void corrupt(const std::string& what, std::size_t offset) {
  throw Error(ErrorKind::corrupt_file, "this is no whole nutgraf model: " + what,
              static_cast<std::int64_t>(offset));
}

}  // namespace

std::string wrap_model(std::string_view kind, std::string_view payload) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  if (kind.empty() || kind.size() > kind_size || !std::ranges::all_of(kind, is_allowed)) {
    throw Error(ErrorKind::invalid_argument,
                "the kind of a model is '" + std::string(kind) +
                    "'; it must be 1 to 16 ASCII letters, digits, dots and dashes");
  }
  ByteWriter out;
  out.text(magic);
  out.u32(model_version);
  out.text(kind);
  out.text(std::string(kind_size - kind.size(), '\0'));
  out.u64(payload.size());
  out.text(payload);
  out.u32(checksum(out.bytes()));
  return std::move(out).take();
}

std::string_view kind_of_model(std::string_view bytes) noexcept {
  if (!bytes.starts_with(magic) || bytes.size() < header_size) return {};
  const std::string_view padded = bytes.substr(magic.size() + 4, kind_size);
  return padded.substr(0, padded.find('\0'));
}

std::string_view unwrap_model(std::string_view bytes, std::string_view kind) {
  if (!bytes.starts_with(magic)) corrupt("it does not begin with the mark of a nutgraf model", 0);
  if (bytes.size() < header_size + checksum_size) corrupt("it ends inside its header", bytes.size());
  ByteReader header(bytes.substr(magic.size(), header_size - magic.size()), magic.size());
  const std::uint32_t version = header.u32();
  if (version > model_version) {
    throw Error(ErrorKind::newer_file, "the model has format " + std::to_string(version) +
                                           "; this nutgraf reads up to " + std::to_string(model_version) +
                                           ", so install a newer one");
  }
  header.text(kind_size);
  const std::uint64_t length = header.u64();
  if (length != bytes.size() - header_size - checksum_size) {
    corrupt("it says " + std::to_string(length) + " bytes of payload and has " +
                std::to_string(bytes.size() - header_size - checksum_size),
            bytes.size());
  }
  const std::string_view covered = bytes.substr(0, bytes.size() - checksum_size);
  if (ByteReader(bytes.substr(covered.size()), covered.size()).u32() != checksum(covered)) {
    corrupt("its checksum is wrong, so a byte was altered", covered.size());
  }
  const std::string_view found = kind_of_model(bytes);
  if (found != kind)
    corrupt("it holds '" + std::string(found) + "', not '" + std::string(kind) + "'", magic.size() + 4);
  return bytes.substr(header_size, length);
}

}  // namespace nutgraf
