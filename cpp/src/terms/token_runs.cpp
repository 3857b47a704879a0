#include "terms/token_runs.h"

#include <bit>

#include "support/wide.h"
#include "unicode/byte_masks.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

using unicode::ByteLanes;
using unicode::ByteWindow;

/// Calls set(i, place) with the place of each bit, in order. There are some ten in a window: so many are set
/// without a branch, those beyond `count` in vain.
template <typename Set>
void for_bits(std::uint64_t bits, std::size_t count, Set set) {
  constexpr std::size_t usual = 8;
  for (std::size_t first = 0; first == 0 || first < count; first += usual) {
    for (std::size_t i = first; i < first + usual; ++i) {
      set(i, std::countr_zero(bits));
      bits &= bits - 1;
    }
  }
}

}  // namespace

// Behind the last that may begin, a window writes one for two of its bytes at most, and some in vain.
TokenRuns::TokenRuns() : runs_(most + ByteWindow::size) {}

void TokenRuns::start(const std::string& buffer) noexcept {
  text_ = std::string_view(buffer).substr(0, buffer.size() - padding);
  at_ = begun_ = ended_ = 0;
  is_word_ = is_word_before_ = 0;
}

NUTGRAF_WIDE std::span<Span> TokenRuns::next() noexcept {
  // One that has not ended stays.
  if (begun_ > ended_) runs_[0] = runs_[ended_];
  begun_ -= ended_;
  ended_ = 0;
  // The zeros behind the text end the last one.
  while (at_ <= text_.size() && begun_ < most) {
    const ByteWindow window(text_.data() + at_, padding);
    const auto size = static_cast<std::size_t>(std::countr_zero(window.high()));  // of what is ASCII
    if (size == 0) {
      step();
      continue;
    }
    const std::uint64_t ascii = ~std::uint64_t{0} >> (ByteWindow::size - size);
    const std::uint64_t words = ascii & window.where([](ByteLanes b) {
      return b.with_bits(0x20).in_range('a', 'z') | b.in_range('0', '9') | b.equal('_');
    });
    // A run begins with its second character, so that single ones need no further look.
    const std::uint64_t before = words << 1 | is_word_, two_before = before << 1 | is_word_before_;
    const std::uint64_t begins = words & before & ~two_before, ends = ascii & ~words & before & two_before;
    is_word_ = words >> (size - 1) & 1;
    is_word_before_ = before >> (size - 1) & 1;
    const auto begun = static_cast<std::size_t>(std::popcount(begins));
    const std::size_t ended = begun_ - ended_ + begun - (is_word_ & is_word_before_);
    const auto at = static_cast<std::int32_t>(at_);
    Span* const new_begins = &runs_[begun_];
    for_bits(begins, begun, [&](std::size_t i, int place) { new_begins[i].begin = at + place - 1; });
    if (begins & 1) new_begins[0].begin = before_;
    Span* const new_ends = &runs_[ended_];
    for_bits(ends, ended, [&](std::size_t i, int place) { new_ends[i].end = at + place; });
    begun_ += begun;
    ended_ += ended;
    at_ += size;
    before_ = static_cast<std::int32_t>(at_ - 1);
  }
  return std::span(runs_).first(ended_);
}

void TokenRuns::step() noexcept {
  const auto here = static_cast<std::int32_t>(at_);
  const bool is_word = unicode::is_regex_word(unicode::next_code_point(text_, at_));
  if (is_word && is_word_ && !is_word_before_) runs_[begun_++].begin = before_;
  if (!is_word && is_word_ && is_word_before_) runs_[ended_++].end = here;
  is_word_before_ = is_word_;
  is_word_ = is_word;
  before_ = here;
}

}  // namespace nutgraf
