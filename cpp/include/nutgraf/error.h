#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nutgraf {

enum class ErrorKind : std::uint8_t {
  invalid_text,      ///< the text is not valid UTF-8; offset() is the first wrong byte
  invalid_argument,  ///< an option or argument that cannot be; the message names it and what is allowed
  limit,             ///< more than nutgraf can hold, such as a text over 2 GiB
  not_fitted,        ///< a model is used before it was fitted
  corrupt_file,      ///< a saved model is truncated or altered; offset() is where it shows, when known
  newer_file,        ///< a saved model of a later version of nutgraf
  cancelled,         ///< Control::stop was requested
};

/// The name of a kind, as it stands above: "invalid_text".
std::string_view name(ErrorKind kind) noexcept;

/// The only exception that nutgraf throws of its own accord (std::bad_alloc may pass through).
/// The message says what was wrong, where, and what to do.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message, std::int64_t offset = -1);

  ErrorKind kind() const noexcept { return kind_; }
  /// Byte offset in the text or file concerned; -1 where there is none.
  std::int64_t offset() const noexcept { return offset_; }

 private:
  ErrorKind kind_;
  std::int64_t offset_;
};

/// The error of one text among many: the same, with the text's index in front of the message.
Error of_text(std::size_t index, const Error& error);

}  // namespace nutgraf
