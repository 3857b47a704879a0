#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/span.h"
#include "unicode/byte_masks.h"

namespace nutgraf {

/// The runs of two or more characters of a text that Python's \w matches: scikit-learn's tokens. Made once,
/// it serves one text after the other.
class TokenRuns {
 public:
  /// Zeros that a buffer has behind its text.
  static constexpr std::size_t padding = unicode::ByteWindow::size + unicode::ByteWindow::furthest;
  static constexpr std::size_t most = 512;  ///< that next() gives, but for a few

  TokenRuns();
  /// Starts with a text in a buffer with the padding, which stays as it is until the last call of next().
  void start(const std::string& buffer) noexcept;
  /// Some of the runs, in order, and none at the end; valid until the next call, and changed at will.
  std::span<Span> next() noexcept;

 private:
  /// Over a character.
  void step() noexcept;

  std::string_view text_;
  std::vector<Span> runs_;
  std::size_t at_ = 0;
  std::size_t begun_ = 0, ended_ = 0;  ///< of runs_; all have begun that have ended, and one more at most
  std::int32_t before_ = 0;            ///< the begin of the character before at_
  std::uint64_t is_word_ = 0;          ///< whether \w matches the character before at_ ...
  std::uint64_t is_word_before_ = 0;   ///< ... and the one before that
};

}  // namespace nutgraf
