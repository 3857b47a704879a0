#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nutgraf/error.h"

namespace nutgraf {

/// Writes little-endian numbers, whatever the machine.
class ByteWriter {
 public:
  void u32(std::uint32_t value) { number(value, 4); }
  void u64(std::uint64_t value) { number(value, 8); }
  void text(std::string_view bytes) { bytes_.append(bytes); }
  std::string_view bytes() const noexcept { return bytes_; }
  std::string take() && { return std::move(bytes_); }

 private:
  void number(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) bytes_ += static_cast<char>(value >> (8 * i));
  }
  std::string bytes_;
};

/// Reads what ByteWriter wrote. Past the end: Error corrupt_file with the offset, counted from `offset`.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes, std::size_t offset = 0) : bytes_(bytes), offset_(offset) {}
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }
  std::string_view text(std::uint64_t size) {
    if (size > bytes_.size() - at_) {
      throw Error(ErrorKind::corrupt_file, "a nutgraf model ends in the middle of a value",
                  static_cast<std::int64_t>(offset_ + at_));
    }
    const std::string_view found = bytes_.substr(at_, size);
    at_ += size;
    return found;
  }
  bool at_end() const noexcept { return at_ == bytes_.size(); }
  std::size_t left() const noexcept { return bytes_.size() - at_; }

 private:
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    int shift = 0;
    for (const char b : text(size)) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(b)) << shift;
      shift += 8;
    }
    return value;
  }
  std::string_view bytes_;
  std::size_t offset_, at_ = 0;
};

}  // namespace nutgraf
