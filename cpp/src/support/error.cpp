#include "nutgraf/error.h"

namespace nutgraf {

std::string_view name(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::invalid_text:
      return "invalid_text";
    case ErrorKind::invalid_argument:
      return "invalid_argument";
    case ErrorKind::limit:
      return "limit";
    case ErrorKind::not_fitted:
      return "not_fitted";
    case ErrorKind::corrupt_file:
      return "corrupt_file";
    case ErrorKind::newer_file:
      return "newer_file";
    case ErrorKind::cancelled:
      return "cancelled";
  }
  return "";
}

Error::Error(ErrorKind kind, const std::string& message, std::int64_t offset)
    : std::runtime_error(message), kind_(kind), offset_(offset) {}

Error of_text(std::size_t index, const Error& error) {
  return Error(error.kind(), "text " + std::to_string(index) + ": " + error.what(), error.offset());
}

}  // namespace nutgraf
