#include "select/coherence.h"

#include <algorithm>
#include <bit>
#include <span>
#include <string_view>

#include "select/openers.h"
#include "unicode/byte_masks.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

struct QuoteMark {
  std::int32_t begin, end;
};

/// The size of a double quotation mark at a place, of any style, or 0.
std::int32_t quote_size(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  if (rest[0] == '"') return 1;
  for (const std::string_view mark : {"\u00AB", "\u00BB"}) {
    if (rest.starts_with(mark)) return 2;
  }
  for (const std::string_view mark : {"\u201C", "\u201D", "\u201E", "\u201F"}) {
    if (rest.starts_with(mark)) return 3;
  }
  return 0;
}

/// The double quotation marks of a text, in order.
std::vector<QuoteMark> quote_marks(std::string_view text) {
  std::vector<QuoteMark> marks;
  constexpr char lead_of_guillemets = '\xC2', lead_of_quotes = '\xE2';
  for (std::size_t at = 0; at < text.size(); at += unicode::ByteWindow::size) {
    const unicode::ByteWindow window(text.data() + at, text.size() - at);
    std::uint64_t found = window.where([](unicode::ByteLanes b) {
      return b.equal('"') | b.equal(lead_of_guillemets) | b.equal(lead_of_quotes);
    });
    for (; found; found &= found - 1) {
      const std::size_t here = at + static_cast<std::size_t>(std::countr_zero(found));
      const std::int32_t size = quote_size(text, here);
      if (size > 0)
        marks.push_back({static_cast<std::int32_t>(here), static_cast<std::int32_t>(here) + size});
    }
  }
  return marks;
}

enum class Side { opens, closes, either };

/// Which side of a quotation a mark stands on, by the space around it.
Side side_of(std::string_view text, QuoteMark mark) {
  auto begin = static_cast<std::size_t>(mark.begin), end = static_cast<std::size_t>(mark.end);
  const char32_t before = begin == 0 ? U' ' : unicode::previous_code_point(text, begin);
  const char32_t after = end == text.size() ? U' ' : unicode::next_code_point(text, end);
  const bool may_open =
      unicode::is_space(before) || before == '(' || before == '[' || before == '-' || before == U'\u2014';
  const bool may_close = unicode::is_space(after) || unicode::is_terminator(after) ||
                         unicode::is_closer(after) || after == ',' || after == ';' || after == ':';
  return may_open == may_close ? Side::either : may_open ? Side::opens : Side::closes;
}

/// Of marks of which one has no other end, those that have. A quotation that opens again close by, as it does
/// with a new paragraph, ends before. `runs_on`: the next block goes on with it, so that the last may be
/// open.
std::vector<QuoteMark> paired_marks(std::string_view text, std::span<const QuoteMark> marks, bool runs_on) {
  constexpr std::int32_t farthest = 600;  // bytes; from a mark that means something else, a text may go on
  std::vector<QuoteMark> paired;
  bool is_open = false;
  for (const QuoteMark mark : marks) {
    const Side side = side_of(text, mark);
    if (side == Side::closes || (side == Side::either && is_open)) {
      if (is_open) paired.push_back(mark);
      is_open = false;
      continue;
    }
    if (is_open && mark.begin - paired.back().end <= farthest) {
      paired.push_back({mark.begin - 1, mark.begin - 1});
    } else if (is_open) {
      paired.pop_back();
    }
    paired.push_back(mark);
    is_open = true;
  }
  if (is_open && !runs_on) paired.pop_back();
  return paired;
}

}  // namespace

// Styles differ in which mark opens and which closes, so that each mark is taken for the other end of the one
// before it. Only where one has none does it count on which side of a word it stands.
std::vector<Flags> find_flags(const Document& document) {
  std::vector<Flags> flags(static_cast<std::size_t>(document.sentence_count()));
  const std::vector<QuoteMark> all = quote_marks(document.text());
  std::span<const QuoteMark> left = all;
  const auto before = [](std::span<const QuoteMark> marks, std::int32_t end) {
    std::size_t size = 0;
    while (size < marks.size() && marks[size].begin < end) ++size;
    return size;
  };
  std::string_view lang;
  const Openers* openers = nullptr;  // of the language
  for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
    const IndexRange range = document.sentences_of_block(b);
    if (document.block_lang(b) != lang) {
      lang = document.block_lang(b);
      openers = Openers::of(lang);
    }
    left = left.subspan(before(left, document.blocks()[b].span.begin));
    std::span<const QuoteMark> marks = left.first(before(left, document.blocks()[b].span.end));
    left = left.subspan(marks.size());
    std::vector<QuoteMark> paired;
    if (marks.size() % 2 != 0) {
      const bool runs_on = b + 1 < static_cast<std::int32_t>(document.blocks().size()) && !left.empty() &&
                           left.front().begin == document.blocks()[b + 1].span.begin;
      marks = paired = paired_marks(document.text(), marks, runs_on);
    }
    std::size_t next = 0;
    for (std::int32_t s = range.first; s < range.last; ++s) {
      if (openers && openers->opens(document, s)) flags[s].set(Flag::opener);
      if (marks.empty()) continue;
      const Span span = document.sentence_spans()[s];
      const std::size_t first = next + before(marks.subspan(next), span.begin);
      next = first + before(marks.subspan(first), span.end);
      if (first % 2 != 0) {
        flags[s].set(Flag::continued);
      } else if (next % 2 != 0) {
        flags[s].set(Flag::unclosed);
      } else if (next == first + 2 && marks[first].begin == std::max(span.begin, document.dateline(s).end) &&
                 marks[first + 1].end == span.end) {
        flags[s].set(Flag::speaker);
      }
    }
  }
  return flags;
}

std::vector<Flags> find_flags(const SentenceRows& rows) {
  std::vector<Flags> flags;
  flags.reserve(static_cast<std::size_t>(rows.size()));
  for (std::int32_t d = 0; d < rows.document_count(); ++d) {
    const std::vector<Flags> here = find_flags(rows.document(d));
    flags.insert(flags.end(), here.begin(), here.end());
  }
  return flags;
}

bool lacks(const SentenceRows& rows, std::span<const Reason> reasons, std::int32_t row, Flags flags) {
  const std::int32_t document = rows.at(row).document;
  const auto neighbour_is_chosen = [&](std::int32_t step) {
    std::int32_t other = row + step;
    const auto is_here = [&] {
      return other >= 0 && other < rows.size() && rows.at(other).document == document;
    };
    while (is_here() && is_passed_over(reasons[static_cast<std::size_t>(other)])) other += step;
    return is_here() && reasons[static_cast<std::size_t>(other)] == Reason::chosen;
  };
  return (needs_previous(flags) && !neighbour_is_chosen(-1)) ||
         (flags.has(Flag::unclosed) && !neighbour_is_chosen(1));
}

void name_dangling(const SentenceRows& rows, std::span<const Flags> flags, Selection& selection) {
  for (const std::int32_t row : selection.chosen) {
    if (lacks(rows, selection.reasons, row, flags[static_cast<std::size_t>(row)]))
      selection.dangling.push_back(row);
  }
  if (!selection.dangling.empty()) selection.notes.push_back(Note::dangling);
}

}  // namespace nutgraf
