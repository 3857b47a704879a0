#include "unicode/unicode.h"

#include <unicode/normalizer2.h>

#include "icu_reference.h"
#include "nutgraf/vocabulary.h"
#include "unicode/words.h"

namespace nutgraf::test {
namespace {

/// The size of the code point that bytes begin with, 0 where none does: by the definition, without tables.
std::size_t code_point_size(std::string_view bytes) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(bytes[k]); };
  if (byte(0) < 0x80) return 1;
  const std::size_t size = byte(0) >> 5 == 6 ? 2 : byte(0) >> 4 == 14 ? 3 : byte(0) >> 3 == 30 ? 4 : 0;
  if (size == 0 || size > bytes.size()) return 0;
  char32_t value = byte(0) & (0x7FU >> size);
  for (std::size_t k = 1; k < size; ++k) {
    if (byte(k) >> 6 != 2) return 0;
    value = value << 6 | (byte(k) & 0x3F);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value >= least[size] && value <= 0x10FFFF && !is_surrogate ? size : 0;
}

/// The offset of the first byte that is not UTF-8, or -1.
std::int64_t first_wrong_byte(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t size = code_point_size(bytes.substr(i));
    if (size == 0) return static_cast<std::int64_t>(i);
    i += size;
  }
  return -1;
}

std::int64_t found_wrong_byte(std::string_view bytes) {
  static const Control control;
  static Pacer pacer(control);
  try {
    unicode::check_utf8(bytes, pacer);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_text);
    return error.offset();
  }
  return -1;
}

TEST(Unicode, CheckUtf8OfShortSequences) {
  // Every first and second byte; after these, every byte that may continue, and those
  // at which table 3-7 of the Unicode Standard changes what may follow, on both sides.
  static constexpr unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                            0xBF, 0xC0, 0xC2, 0xE0, 0xF0, 0xF5, 0xFF};
  std::size_t wrong = 0;
  const auto compare = [&](std::string_view bytes) {
    const std::int64_t expected = first_wrong_byte(bytes);
    wrong += found_wrong_byte(bytes) != expected;
  };
  char bytes[4];
  for (int a = 0; a < 256; ++a) {
    bytes[0] = static_cast<char>(a);
    compare({bytes, 1});
    for (int b = 0; b < 256; ++b) {
      bytes[1] = static_cast<char>(b);
      compare({bytes, 2});
      for (const unsigned char c : edges) {
        bytes[2] = static_cast<char>(c);
        compare({bytes, 3});
        bytes[3] = static_cast<char>(edges[static_cast<std::size_t>(a + b + c) % std::size(edges)]);
        if (a >= 0xEE) compare({bytes, 4});
      }
      for (int c = 0x80; b >> 6 == 2 && a >= 0xE0 && c < 0xC0; ++c) {
        bytes[2] = static_cast<char>(c);
        compare({bytes, 3});
      }
    }
  }
  EXPECT_EQ(wrong, 0U);
}

TEST(Unicode, CheckUtf8NamesTheOffsetInLongText) {
  static constexpr std::string_view wrong[] = {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                               "\xE2\x82", "\x80",         "\xFF"};
  for (std::size_t before = 0; before < 140; ++before) {
    for (const std::string_view bytes : wrong) {
      const std::string text = std::string(before, 'x') + "\u00E9" + std::string(bytes) + "yyyyyyyyyyyy";
      EXPECT_EQ(found_wrong_byte(text), static_cast<std::int64_t>(before + 2)) << text;
      EXPECT_EQ(found_wrong_byte(text.substr(0, before + 2 + bytes.size())),
                static_cast<std::int64_t>(before + 2));
    }
  }
}

TEST(Unicode, PropertiesAreThoseOfIcu) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const auto code = static_cast<UChar32>(c);
    ASSERT_EQ(unicode::is_space(c), is_white(c)) << code;
    ASSERT_EQ(unicode::is_letter(c), u_isUAlphabetic(code) != 0) << code;
    ASSERT_EQ(unicode::is_upper(c), u_isUUppercase(code) || u_istitle(code)) << code;
    ASSERT_EQ(unicode::is_lower(c), u_isULowercase(code) != 0) << code;
    ASSERT_EQ(unicode::is_digit(c), u_isdigit(code) != 0) << code;
    ASSERT_EQ(unicode::is_closer(c),
              u_charType(code) == U_END_PUNCTUATION || u_hasBinaryProperty(code, UCHAR_QUOTATION_MARK) != 0)
        << code;
    ASSERT_EQ(unicode::is_terminator(c), c == 0x2026 || u_hasBinaryProperty(code, UCHAR_S_TERM) != 0) << code;
  }
}

TEST(Unicode, CodePointsInBothDirections) {
  Rng rng(1);
  for (int round = 0; round < 500; ++round) {
    const std::string text = nasty_text(rng);
    const std::vector<CodePoint> expected = code_points(text);
    std::size_t at = 0;
    for (const CodePoint& c : expected) {
      ASSERT_EQ(unicode::next_code_point(text, at), c.value);
      ASSERT_EQ(at, static_cast<std::size_t>(c.end));
    }
    for (std::size_t i = expected.size(); i-- > 0;) {
      ASSERT_EQ(unicode::previous_code_point(text, at), expected[i].value);
      ASSERT_EQ(at, static_cast<std::size_t>(expected[i].begin));
    }
    EXPECT_EQ(unicode::count_code_points(text), expected.size());
    EXPECT_EQ(unicode::is_ascii(text),
              std::ranges::all_of(expected, [](const CodePoint& c) { return c.value < 0x80; }));
  }
}

TEST(Unicode, FoldAndLowerAgreeWithIcu) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  Rng rng(2);
  for (int round = 0; round < 500; ++round) {
    const std::string text = below(rng, 2) ? nasty_text(rng) : nasty_ascii(rng);
    const auto wide = icu::UnicodeString::fromUTF8(text);
    EXPECT_EQ(unicode::fold(text), utf8_of(nfkc->normalize(wide, status)));
    EXPECT_EQ(unicode::lower(text), utf8_of(icu::UnicodeString(wide).toLower(icu::Locale::getRoot())));
  }
  ASSERT_TRUE(U_SUCCESS(status));
}

TEST(Unicode, MoreMarksThanAnyScriptHasAreKept) {
  const std::string pair = "\u0301\u0323";
  for (const int pairs : {10, 100, 1000, 30000}) {
    std::string text = "E";
    for (int i = 0; i < pairs; ++i) text += pair;
    EXPECT_EQ(unicode::without_accents(text + "A", false), "EA");
    const std::string folded = unicode::fold(text + "A");
    EXPECT_EQ(folded.back(), 'a');
    EXPECT_GE(folded.size(), text.size() - 8);  // one that is composed
  }
}

TEST(Unicode, Trim) {
  const std::string text = "\u00A0\t a b\u3000 ";
  EXPECT_EQ(unicode::trim(text, {0, static_cast<std::int32_t>(text.size())}), (Span{4, 7}));
  EXPECT_TRUE(unicode::trim(" \n\u2028", {0, 5}).empty());
}

TEST(Unicode, LineEndsAreFoundWhereverTheyStand) {
  Rng rng(5);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (const std::size_t least = below(rng, 300); text.size() < least;) {
      text += nasty_text(rng);
      if (below(rng, 2)) text += std::string(below(rng, 90), 'a');
    }
    const std::size_t from = below(rng, static_cast<std::uint32_t>(text.size()) + 1);
    std::size_t expected = from;
    while (expected < text.size() && unicode::line_end_size(text, expected) == 0) ++expected;
    ASSERT_EQ(unicode::find_line_end(text, from), expected) << text;
  }
}

TEST(Unicode, FolderFoldsAndHashesLikeItsParts) {
  Rng rng(6);
  unicode::Folder fold;
  for (int round = 0; round < 5000; ++round) {
    const std::string text = below(rng, 3) ? nasty_ascii(rng) : nasty_text(rng);
    // A word that other bytes of the text follow, cut between code points.
    std::size_t end = below(rng, static_cast<std::uint32_t>(text.size()) + 1);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    const std::string_view word = std::string_view(text).substr(0, end);
    const TermKey folded = fold(word, text.data() + text.size());
    ASSERT_EQ(folded.text, unicode::fold(word));
    ASSERT_EQ(folded.hash, key_of(folded.text).hash);
    ASSERT_EQ(fold(word).text, unicode::fold(word));
  }
}

Words words_of(unicode::WordWalker& walker, std::string_view text, Span part, bool with_other) {
  Words words;
  walker.start(text, part, with_other);
  while (!walker.is_done()) {
    const auto [spans, kinds] = walker.next();
    words.spans.insert(words.spans.end(), spans.begin(), spans.end());
    words.kinds.insert(words.kinds.end(), kinds.begin(), kinds.end());
  }
  return words;
}

void expect_words_of_icu(unicode::WordWalker& walker, const std::string& text, Span part) {
  for (const bool with_other : {true, false}) {
    const Words words = words_of(walker, text, part, with_other),
                expected = icu_words(text, part, with_other);
    ASSERT_EQ(words.spans, expected.spans) << text;
    ASSERT_EQ(words.kinds, expected.kinds) << text;
  }
}

/// Text in runs of one kind, so that all ways of finding words meet.
std::string mixed_text(Rng& rng) {
  std::string text;
  for (const std::size_t least = below(rng, 400); text.size() < least;) {
    text += below(rng, 4) == 0 ? nasty_text(rng) : nasty_ascii(rng);
    if (below(rng, 4) == 0) text += std::string(below(rng, 140), "aZ0_@ .-"[below(rng, 8)]);
  }
  return text;
}

TEST(Unicode, WordsOfAPartAreThoseOfThePartAlone) {
  Rng rng(7);
  unicode::WordWalker walker;
  for (int round = 0; round < 3000; ++round) {
    const std::string text = mixed_text(rng);
    const auto border = [&] {
      auto at = below(rng, static_cast<std::uint32_t>(text.size()) + 1);
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
      return static_cast<std::int32_t>(at);
    };
    const std::int32_t one = border(), other = border();
    ASSERT_NO_FATAL_FAILURE(expect_words_of_icu(walker, text, {std::min(one, other), std::max(one, other)}));
  }
}

TEST(Unicode, WordsAreThoseOfIcu) {
  Rng rng(3);
  unicode::WordWalker walker;
  for (int round = 0; round < 10000; ++round) {
    const std::string text = round % 4 == 0 ? nasty_ascii(rng) : nasty_text(rng);
    ASSERT_NO_FATAL_FAILURE(expect_words_of_icu(walker, text, {0, static_cast<std::int32_t>(text.size())}));
  }
}

/// The lines of Unicode's WordBreakTest.txt (version 14) that ICU breaks in another way: a colon joins no
/// letters there. Each with its words.
TEST(Unicode, LinesThatIcuTailors) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> lines{
      {"a:A", {"a", ":", "A"}},
      {"a:\u0308A", {"a", ":\u0308", "A"}},
      {"a:\u05D0", {"a", ":", "\u05D0"}},
      {"a:\u0308\u05D0", {"a", ":\u0308", "\u05D0"}},
      {"a:a\u2060", {"a", ":", "a\u2060"}},
      {"a:\u0308a\u2060", {"a", ":\u0308", "a\u2060"}},
      {"a:a:", {"a", ":", "a", ":"}},
      {"a:\u0308a:", {"a", ":\u0308", "a", ":"}},
      {"a:a'", {"a", ":", "a", "'"}},
      {"a:\u0308a'", {"a", ":\u0308", "a", "'"}},
      {"a:a'\u2060", {"a", ":", "a", "'\u2060"}},
      {"a:\u0308a'\u2060", {"a", ":\u0308", "a", "'\u2060"}},
      {"a:a,", {"a", ":", "a", ","}},
      {"a:\u0308a,", {"a", ":\u0308", "a", ","}},
      {"A:A", {"A", ":", "A"}}};
  unicode::WordWalker walker;
  for (const auto& [text, expected] : lines) {
    const Span whole{0, static_cast<std::int32_t>(text.size())};
    std::vector<std::string> found;
    for (const Span word : words_of(walker, text, whole, true).spans)
      found.push_back(
          text.substr(static_cast<std::size_t>(word.begin), static_cast<std::size_t>(word.size())));
    EXPECT_EQ(found, expected);
    ASSERT_NO_FATAL_FAILURE(expect_words_of_icu(walker, text, whole));
  }
}

TEST(Unicode, WordsWithLettersBeyondAsciiAreThoseOfIcu) {
  unicode::WordWalker walker;
  const std::vector<std::string> marks{"",       " ",      "'",      ".",      ",", "-",
                                       "1",      "\u0301", "\u00D7", "\u00A0", "_", "\u0416",
                                       "\u0915", "\u093E", "\u094D", "\u0964"};
  for (char32_t c = 0xA0; c < 0x980; ++c) {
    if (c == 0x530) c = 0x8F0;  // to Devanagari
    const std::string letter = utf8_of(icu::UnicodeString(static_cast<UChar32>(c)));
    for (std::size_t m = 0; m < marks.size(); ++m) {
      // Wherever it stands in a window.
      std::string text((static_cast<std::size_t>(c) * 7 + m) % 130, 'x');
      for (int k = 0; k < 9; ++k)
        text += letter + marks[m] + (k % 3 ? letter : "b") + marks[(m + 5) % marks.size()];
      ASSERT_NO_FATAL_FAILURE(expect_words_of_icu(walker, text, {0, static_cast<std::int32_t>(text.size())}));
    }
  }
}

TEST(Unicode, ManySegmentsInAFewBytesFillBatchAfterBatch) {
  unicode::WordWalker walker;
  for (const std::string_view piece :
       {"-", "-\u00E9", "\u2014", "---------------------------------\u2014\u2014"}) {
    for (std::size_t count = 100; count < 700; count += 37) {
      std::string text;
      for (std::size_t i = 0; i < count; ++i) text += piece;
      ASSERT_NO_FATAL_FAILURE(expect_words_of_icu(walker, text, {0, static_cast<std::int32_t>(text.size())}));
    }
  }
}

TEST(Unicode, LongRunsOfDictionaryScriptsAreCutAtCodePoints) {
  std::string text;
  while (text.size() < 3 * 200'000) text += "\u4e2d\u6587\u5b57\u5178";
  unicode::WordWalker walker;
  const Span whole{0, static_cast<std::int32_t>(text.size())};
  const Words words = words_of(walker, text, whole, true);
  std::int32_t at = 0;
  for (const Span word : words.spans) {
    ASSERT_EQ(word.begin, at);
    at = word.end;
    ASSERT_TRUE(at == whole.end ||
                (static_cast<unsigned char>(text[static_cast<std::size_t>(at)]) & 0xC0) != 0x80);
  }
  ASSERT_EQ(at, whole.end);
  // Up to the cut they are ICU's.
  const Span first{0, 3 * (1 << 16)};
  const Words expected = icu_words(text, first, true);
  ASSERT_TRUE(std::equal(expected.spans.begin(), expected.spans.end(), words.spans.begin()));
}

}  // namespace
}  // namespace nutgraf::test
