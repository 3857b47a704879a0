// Writes what nutgraf needs of Unicode as constant tables, taken from the ICU that it is built with: the
// properties of each code point, and the automaton of ICU's root word rules.
//
// usage: unicode_tables OUTPUT.cpp OUTPUT.h

#include <unicode/rbbi.h>
#include <unicode/uchar.h>
#include <unicode/ucptrie.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "unicode/tables.h"

namespace {

using nutgraf::unicode::Property;
using nutgraf::unicode::Script;
using nutgraf::unicode::word_accepts;

constexpr UChar32 code_points = 0x110000;
constexpr UChar32 block_size = 128;

void require(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error("unicode_tables: " + what);
}

/// The rules of ICU's root word iterator as compiled data (icu4c/source/common/rbbidata.h): a table of states
/// and a trie from code points to columns.
class WordRules {
 public:
  WordRules() {
    UErrorCode status = U_ZERO_ERROR;
    iterator_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    const auto* rules = dynamic_cast<icu::RuleBasedBreakIterator*>(iterator_.get());
    require(U_SUCCESS(status) && rules, std::string("ICU has no word rules: ") + u_errorName(status));
    std::uint32_t size = 0;
    const std::uint8_t* data = const_cast<icu::RuleBasedBreakIterator*>(rules)->getBinaryRules(size);
    const auto field = [&](std::size_t i) { return read<std::uint32_t>(data + 4 * i); };
    require(size > 80 && field(0) == 0xB1A0, "the compiled rules do not begin as they should");
    require(data[4] == 6,
            "ICU's compiled rules have format " + std::to_string(data[4]) + "; this program reads format 6");
    const std::uint8_t* table = data + field(4);
    states_ = read<std::uint32_t>(table);
    row_size_ = read<std::uint32_t>(table + 4);
    first_dictionary_category_ = read<std::uint32_t>(table + 8);
    const auto flags = read<std::uint32_t>(table + 16);
    require((flags & 3) == 0, "the word rules need what is before the text");
    is_narrow_ = (flags & 4) != 0;
    rows_ = table + 20;
    trie_.reset(ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, data + field(8),
                                       static_cast<std::int32_t>(field(9)), nullptr, &status));
    require(U_SUCCESS(status), std::string("the trie of the word rules: ") + u_errorName(status));
    require(states_ <= word_accepts, "the word rules have more than 128 states");
    for (std::uint32_t s = 0; s < states_; ++s) {
      require(cell(s, 0) <= 1 && cell(s, 1) == 0, "the word rules look ahead");
    }
  }

  std::uint32_t states() const { return states_; }
  std::uint32_t category(UChar32 c) const { return ucptrie_get(trie_.get(), c); }
  bool is_dictionary(std::uint32_t category) const { return category >= first_dictionary_category_; }
  bool accepts(std::uint32_t state) const { return cell(state, 0) == 1; }
  std::uint32_t next(std::uint32_t state, std::uint32_t category) const { return cell(state, 3 + category); }

  static constexpr std::uint32_t stop = nutgraf::unicode::word_stop, start = nutgraf::unicode::word_start;

  /// The length of the segment that a text begins with.
  std::size_t segment(const std::u32string& text) const {
    std::size_t end = 1;
    std::uint32_t state = start;
    for (std::size_t i = 0; i < text.size() && state != stop; ++i) {
      state = next(state, category(static_cast<UChar32>(text[i])));
      if (accepts(state)) end = i + 1;
    }
    return end;
  }

 private:
  template <typename T>
  static T read(const std::uint8_t* bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
  }
  std::uint32_t cell(std::uint32_t state, std::uint32_t column) const {
    const std::uint8_t* row = rows_ + state * row_size_;
    return is_narrow_ ? row[column] : read<std::uint16_t>(row + 2 * column);
  }

  struct CloseTrie {
    void operator()(UCPTrie* trie) const { ucptrie_close(trie); }
  };
  std::unique_ptr<icu::BreakIterator> iterator_;
  std::unique_ptr<UCPTrie, CloseTrie> trie_;
  const std::uint8_t* rows_ = nullptr;
  std::uint32_t states_ = 0, row_size_ = 0, first_dictionary_category_ = 0;
  bool is_narrow_ = false;
};

std::uint32_t properties(UChar32 c) {
  const auto type = u_charType(c);
  const auto sentence_class = u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK);
  std::uint32_t found = 0;
  const auto set = [&](Property property, bool holds) {
    if (holds) found |= static_cast<std::uint32_t>(property);
  };
  set(Property::letter, u_isUAlphabetic(c));
  set(Property::upper, u_isUUppercase(c) || type == U_TITLECASE_LETTER);
  set(Property::lower, u_isULowercase(c));
  set(Property::digit, u_isdigit(c));
  set(Property::space, u_isUWhiteSpace(c));
  set(Property::quote, u_hasBinaryProperty(c, UCHAR_QUOTATION_MARK));
  set(Property::opener, type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION);
  set(Property::closer, type == U_END_PUNCTUATION || u_hasBinaryProperty(c, UCHAR_QUOTATION_MARK));
  set(Property::terminator, c == 0x2026 || u_hasBinaryProperty(c, UCHAR_S_TERM));
  set(Property::regex_word,
      u_isalpha(c) || u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) != U_NT_NONE || c == '_');
  set(Property::ignorable, sentence_class == U_SB_EXTEND || sentence_class == U_SB_FORMAT);
  set(Property::dash, type == U_DASH_PUNCTUATION);
  set(Property::pictograph, c >= 0x80 && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC));
  return found;
}

Script script(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
      return Script::common;
    case USCRIPT_LATIN:
      return Script::latin;
    case USCRIPT_GREEK:
      return Script::greek;
    case USCRIPT_CYRILLIC:
      return Script::cyrillic;
    case USCRIPT_ARMENIAN:
      return Script::armenian;
    case USCRIPT_GEORGIAN:
      return Script::georgian;
    case USCRIPT_HEBREW:
      return Script::hebrew;
    case USCRIPT_ARABIC:
      return Script::arabic;
    case USCRIPT_DEVANAGARI:
    case USCRIPT_BENGALI:
    case USCRIPT_GURMUKHI:
    case USCRIPT_GUJARATI:
    case USCRIPT_ORIYA:
    case USCRIPT_TAMIL:
    case USCRIPT_TELUGU:
    case USCRIPT_KANNADA:
    case USCRIPT_MALAYALAM:
    case USCRIPT_SINHALA:
      return Script::indic;
    case USCRIPT_THAI:
      return Script::thai;
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TIBETAN:
      return Script::southeast_asian;
    case USCRIPT_HAN:
    case USCRIPT_BOPOMOFO:
      return Script::han;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kana;
    case USCRIPT_HANGUL:
      return Script::hangul;
    case USCRIPT_ETHIOPIC:
      return Script::ethiopic;
    default:
      return Script::other;
  }
}

/// What one class of code points has in common.
struct Class {
  std::uint32_t properties, category;
  Script script;
  friend auto operator<=>(const Class&, const Class&) = default;
};

template <typename Numbers>
void write_array(std::ostream& out, const Numbers& numbers) {
  std::size_t column = 0;
  for (const auto n : numbers) out << static_cast<std::uint32_t>(n) << (++column % 32 ? "," : ",\n");
  out << "};\n\n";
}

void write_tables(const WordRules& rules, std::ostream& out) {
  std::map<Class, std::uint8_t> ids;
  std::vector<Class> classes;
  std::map<std::vector<std::uint8_t>, std::size_t> known_blocks;
  std::vector<std::uint8_t> blocks;
  std::vector<std::size_t> block_of;
  for (UChar32 first = 0; first < code_points; first += block_size) {
    std::vector<std::uint8_t> block;
    for (UChar32 c = first; c < first + block_size; ++c) {
      const Class wanted{properties(c), rules.category(c), script(c)};
      const auto [at, is_new] = ids.try_emplace(wanted, static_cast<std::uint8_t>(classes.size()));
      if (is_new) classes.push_back(wanted);
      require(classes.size() <= 256, "there are more than 256 classes of code points");
      block.push_back(at->second);
    }
    // Below U+0800 a code point is its own place.
    const std::size_t place = blocks.size() / block_size;
    const bool is_new = first < 0x800 || !known_blocks.contains(block);
    if (is_new) blocks.insert(blocks.end(), block.begin(), block.end());
    block_of.push_back(is_new ? place : known_blocks[block]);
    known_blocks.try_emplace(std::move(block), place);
  }
  require(blocks.size() / block_size <= 65536, "there are more than 65536 blocks of code points");

  out << "// Made by tools/unicode_tables.cpp from ICU " U_ICU_VERSION ".\n#include \"unicode/tables.h\"\n\n"
      << "namespace nutgraf::unicode {\n\n";
  out << "const std::uint16_t class_blocks[" << block_of.size() << "] = {";
  write_array(out, block_of);
  out << "const std::uint8_t block_classes[" << blocks.size() << "] = {";
  write_array(out, blocks);
  out << "const CharClass char_classes[" << classes.size() << "] = {";
  for (const Class& c : classes) {
    out << '{' << c.properties << ",Script{" << static_cast<int>(c.script) << "},"
        << (rules.is_dictionary(c.category) ? "true" : "false") << "},\n";
  }
  out << "};\nconst std::size_t class_count = " << classes.size() << ";\n\nconst std::uint8_t word_states["
      << rules.states() << "][256] = {";
  for (std::uint32_t s = 0; s < rules.states(); ++s) {
    out << '{';
    for (const Class& c : classes) {
      const std::uint32_t next = rules.next(s, c.category);
      out << (rules.accepts(next) ? next | word_accepts : next) << ',';
    }
    out << "},\n";
  }
  out << "};\n\n}  // namespace nutgraf::unicode\n";
}

/// A C++ literal of the ASCII characters that a condition holds for.
template <typename Condition>
std::string ascii_literal(Condition holds) {
  std::string literal = "\"";
  for (char32_t c = 0x20; c < 0x7F; ++c) {
    if (!holds(c)) continue;
    if (c == '"' || c == '\\') literal += '\\';
    literal += static_cast<char>(c);
  }
  return literal + '"';
}

/// What ends a sentence beyond ASCII, in UTF-8: the first bytes, and for each of them the second ones.
struct TerminatorBytes {
  std::map<std::uint8_t, std::uint64_t> seconds;  // bit i: the second byte 0x80 + i

  TerminatorBytes() {
    for (UChar32 c = 0x80; c < code_points; ++c) {
      if (!(properties(c) & static_cast<std::uint32_t>(Property::terminator))) continue;
      std::uint8_t bytes[U8_MAX_LENGTH];
      std::int32_t size = 0;
      U8_APPEND_UNSAFE(bytes, size, c);
      seconds[bytes[0]] |= std::uint64_t{1} << (bytes[1] & 0x3F);
    }
  }
  std::string table() const {
    std::ostringstream rows;
    for (int lead = 0xC0; lead < 0x100; ++lead) {
      const auto found = seconds.find(static_cast<std::uint8_t>(lead));
      rows << (found == seconds.end() ? 0 : found->second) << "ULL,";
    }
    return '{' + rows.str() + '}';
  }
};

void write_header(const WordRules& rules, std::ostream& out) {
  const TerminatorBytes terminators;
  const auto category = [&](char32_t c) { return rules.category(static_cast<UChar32>(c)); };
  const auto is_like = [&](char32_t model) {
    return [&, model](char32_t c) { return category(c) == category(model); };
  };
  const auto is_ascii_letter = [](char32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  const auto is_ascii_digit = [](char32_t c) { return c >= '0' && c <= '9'; };
  for (char32_t c = 'a'; c <= 'z'; ++c) {
    require(is_like('a')(c) && is_like('a')(c - 0x20), "the letters of ASCII differ in the word rules");
  }
  for (char32_t c = '0'; c <= '9'; ++c) require(is_like('0')(c), "the digits of ASCII differ");
  // What words.cpp takes for letters, or for marks that extend them, by their bytes.
  const auto require_like = [&](char32_t c, char32_t model) {
    require(is_like(model)(c),
            "a letter of Latin, Cyrillic or Devanagari is of another class in the word rules");
  };
  const auto require_letter = [&](char32_t c) {
    require_like(c, 'a');
    require((properties(static_cast<UChar32>(c)) & static_cast<std::uint32_t>(Property::letter)) != 0,
            "a letter of the word rules is not alphabetic");
  };
  for (char32_t c = 0xC0; c <= 0x17F; ++c) {
    if (c != 0xD7 && c != 0xF7) require_letter(c);
  }
  for (char32_t c = 0x400; c <= 0x47F; ++c) require_letter(c);
  constexpr char32_t acute = 0x301;
  for (char32_t c = 0x900; c <= 0x97F; ++c) {
    const bool is_mark = c <= 0x903 || (c >= 0x93A && c <= 0x93C) || (c >= 0x93E && c <= 0x94F) ||
                         (c >= 0x951 && c <= 0x957) || c == 0x962 || c == 0x963;
    if (c >= 0x964 && c <= 0x970) continue;
    if (is_mark) {
      require_like(c, acute);
    } else {
      require_letter(c);
    }
  }
  const auto joins = [&](char32_t side) {
    return [&, side](char32_t c) {
      const bool stands_itself = is_like('a')(c) || is_like('0')(c) || is_like('_')(c);
      return !stands_itself && rules.segment({side, c, side}) == 3;
    };
  };
  out << "// Made by tools/unicode_tables.cpp from ICU " U_ICU_VERSION ".\n#pragma once\n\n"
      << "#include <cstdint>\n#include <string_view>\n\nnamespace nutgraf::unicode {\n\n"
      << "/// ASCII that the word rules take for letters, beside A to Z.\n"
      << "inline constexpr std::string_view ascii_like_letters = "
      << ascii_literal([&](char32_t c) { return is_like('a')(c) && !is_ascii_letter(c); }) << ";\n"
      << "/// ASCII that joins what stands on either side.\n"
      << "inline constexpr std::string_view ascii_extenders = "
      << ascii_literal([&](char32_t c) { return is_like('_')(c) && !is_ascii_digit(c); }) << ";\n"
      << "/// ASCII that joins two letters, and two digits.\n"
      << "inline constexpr std::string_view ascii_between_letters = " << ascii_literal(joins('a')) << ";\n"
      << "inline constexpr std::string_view ascii_between_digits = " << ascii_literal(joins('0')) << ";\n"
      << "/// For each first byte in UTF-8 from 0xC0 on, the second bytes of terminators: bit i for 0x80 + "
         "i.\n"
      << "inline constexpr std::uint64_t terminator_seconds[64] = " << terminators.table() << ";\n"
      << "\n}  // namespace nutgraf::unicode\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: unicode_tables OUTPUT.cpp OUTPUT.h\n";
    return 2;
  }
  try {
    const WordRules rules;
    std::ofstream tables(arguments[1]), header(arguments[2]);
    write_tables(rules, tables);
    write_header(rules, header);
    require(tables.flush().good() && header.flush().good(), "the files cannot be written");
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
