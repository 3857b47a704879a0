#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "nutgraf/document.h"
#include "nutgraf/span.h"

namespace nutgraf::unicode {

/// Walks the segments of a text as ICU's root word iterator finds them, a batch at a time. ASCII and the
/// letters of Latin-1, Latin Extended-A, Cyrillic and Devanagari are decided on bit masks of 64 bytes,
/// everything else by the automaton of ICU's rules (unicode/tables.h). What has words by dictionary is given
/// to ICU, in pieces of up to 2^16 code points. Linear time; nothing is allocated but for dictionary scripts.
class WordWalker {
 public:
  WordWalker();
  ~WordWalker();
  WordWalker(const WordWalker&) = delete;
  WordWalker& operator=(const WordWalker&) = delete;

  /// Begins with text[span]; what is around it does not count. With `with_other`, the segments without a
  /// letter or digit are given too: then they cover the span.
  void start(std::string_view text, Span span, bool with_other = false);

  struct Batch {
    std::span<const Span> spans{};  ///< in offsets of the whole text
    std::span<const WordKind> kinds{};
  };
  bool is_done() const noexcept;
  /// The next segments, valid until the next call. Looks at about 2^16 bytes at most, so it may give none
  /// before the end.
  Batch next();
  /// Where the walk stands, for progress.
  std::int32_t position() const noexcept { return at_; }

 private:
  static constexpr std::size_t batch_size = 256;

  struct RuleSegment {
    std::int32_t end;
    WordKind kind;
    bool is_dictionary;
  };
  RuleSegment match_rules(std::int32_t begin) const noexcept;
  void emit(Span span, WordKind kind) noexcept {
    spans_[count_] = span;
    kinds_[count_] = kind;
    count_ += with_other_ || kind != WordKind::other;
  }
  bool has_room() const noexcept;
  template <bool with_other>
  bool walk_masks(std::int32_t pause) noexcept;
  void walk_rules();
  void walk_dictionary();
  void give_dictionary_words() noexcept;

  std::string_view text_;
  std::int32_t at_ = 0, end_ = 0;
  bool with_other_ = false;
  std::array<Span, batch_size> spans_;
  std::array<WordKind, batch_size> kinds_;
  std::size_t count_ = 0;

  struct Dictionary;
  std::unique_ptr<Dictionary> dictionary_;  ///< made when its first script comes
};

}  // namespace nutgraf::unicode
