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

/// The part of a line before its first tab, which is cut off together with the tab.
constexpr std::string_view take_field(std::string_view& line) noexcept {
  const auto tab = line.find('\t');
  const std::string_view field = line.substr(0, tab);
  line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  return field;
}

}  // namespace nutgraf
