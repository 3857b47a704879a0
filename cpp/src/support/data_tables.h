#pragma once

#include <span>
#include <string_view>

namespace nutgraf {

/// The lines of a file of cpp/data without its comments, such as "stop_words/en"; empty where there is none.
/// Built into the library by tools/embed_data.py.
std::span<const std::string_view> data_lines(std::string_view file) noexcept;

/// The bytes of a file of cpp/data whose name ends in ".bin"; empty where there is none.
std::string_view data_bytes(std::string_view file) noexcept;

/// The names that data_lines knows, sorted.
std::span<const std::string_view> data_names() noexcept;

/// The part of a line before its first `separator`, which is cut off together with that.
constexpr std::string_view take_until(char separator, std::string_view& line) noexcept {
  const auto end = line.find(separator);
  const std::string_view part = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return part;
}
/// The next of the fields of a line, which tabs separate.
constexpr std::string_view take_field(std::string_view& line) noexcept {
  return take_until('\t', line);
}
/// The next of words that spaces separate.
constexpr std::string_view take_word(std::string_view& words) noexcept {
  return take_until(' ', words);
}

}  // namespace nutgraf
