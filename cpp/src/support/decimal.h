#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace nutgraf {

/// A number with so many digits behind the point; the same in every locale.
inline std::string decimal(double value, int digits) {
  std::array<char, 400> text{};  // the largest double has 309 digits before the point
  return {text.data(),
          std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits).ptr};
}

/// With its sign, a plus included.
inline std::string signed_decimal(double value, int digits) {
  std::string text = decimal(value, digits);
  if (!std::signbit(value)) text.insert(text.begin(), '+');
  return text;
}

}  // namespace nutgraf
