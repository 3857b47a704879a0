#include "segment/language.h"

#include <algorithm>
#include <array>
#include <bit>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/segment.h"
#include "segment/abbreviations.h"
#include "support/data_tables.h"
#include "support/term_key.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

// Of the words of running text, a third to a half are function words; names and titles have fewer.
constexpr double least_share = 0.08;
constexpr std::string_view stop_words_folder = "stop_words/";

/// Cyrillic letters of one language.
constexpr std::pair<std::u32string_view, std::string_view> telling_letters[] = {
    {U"\u0406\u0456\u0407\u0457\u0404\u0454\u0490\u0491", "uk"},
    {U"\u040E\u045E", "be"},
    {U"\u0409\u0459\u040A\u045A\u040B\u045B\u0402\u0452\u0408\u0458", "sr"},
    {U"\u040C\u045C\u0403\u0453\u0405\u0455", "mk"},
    {U"\u049A\u049B\u04D8\u04D9\u04B0\u04B1\u0492\u0493", "kk"},
};

bool is_telling(char32_t c) noexcept {
  return std::ranges::any_of(telling_letters, [c](const auto& t) { return t.first.find(c) != t.first.npos; });
}

std::string_view language_of_cyrillic(char32_t c) noexcept {
  for (const auto& [letters, lang] : telling_letters) {
    if (letters.find(c) != letters.npos) return lang;
  }
  return "ru";
}

/// The language of a letter whose script or block serves one language above all; "" for another.
std::string_view language_of_letter(char32_t c) noexcept {
  const auto is_in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  switch (unicode::class_of(c).script) {
    case unicode::Script::greek:
      return "el";
    case unicode::Script::cyrillic:
      return language_of_cyrillic(c);
    case unicode::Script::armenian:
      return "hy";
    case unicode::Script::georgian:
      return "ka";
    case unicode::Script::hebrew:
      return "he";
    case unicode::Script::arabic:
      return "ar";
    case unicode::Script::thai:
      return "th";
    case unicode::Script::han:
      return "zh";
    case unicode::Script::kana:
      return "ja";
    case unicode::Script::hangul:
      return "ko";
    case unicode::Script::ethiopic:
      return "am";
    case unicode::Script::indic:
      return is_in(0x0900, 0x097F)   ? "hi"
             : is_in(0x0980, 0x09FF) ? "bn"
             : is_in(0x0B80, 0x0BFF) ? "ta"
             : is_in(0x0C00, 0x0C7F) ? "te"
             : is_in(0x0D00, 0x0D7F) ? "ml"
                                     : "";
    case unicode::Script::southeast_asian:
      return is_in(0x1000, 0x109F) ? "my" : is_in(0x1780, 0x17FF) ? "km" : is_in(0x0E80, 0x0EFF) ? "lo" : "";
    default:
      return "";
  }
}

std::string_view language_of_script(std::string_view text, std::span<const Span> words) noexcept {
  std::string_view found;
  for (const Span word : words) {
    for (auto at = static_cast<std::size_t>(word.begin); at < static_cast<std::size_t>(word.end);) {
      const char32_t c = unicode::next_code_point(text, at);
      const std::string_view lang = language_of_letter(c);
      // Japanese is written with Chinese characters too, Ukrainian with those of Russian.
      if (lang == "ja" || is_telling(c)) return lang;
      if (found.empty()) found = lang;
    }
  }
  return found.empty() ? "und" : found;
}

/// The script of the first letter; common where there is none.
unicode::Script script_of(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CharClass& found = unicode::class_of(unicode::next_code_point(text, at));
    if (found.has(unicode::Property::letter)) return found.script;
  }
  return unicode::Script::common;
}

template <typename Visit>
void for_each_field(std::string_view fields, Visit visit) {
  while (!fields.empty()) {
    const std::size_t space = std::min(fields.find(' '), fields.size());
    if (space > 0) visit(fields.substr(0, space));
    fields.remove_prefix(std::min(space + 1, fields.size()));
  }
}

/// The languages in which a word of a text is frequent; none for one too long to be, as a paragraph without
/// spaces is.
FrequentWords::Bits bits_of(std::string_view text, Span word, unicode::Folder& fold) {
  constexpr std::int32_t longest_frequent = 64;  // bytes
  if (word.size() > longest_frequent) return {};
  return frequent_words().find(fold(text.substr(word.begin, word.size()), text.data() + text.size()));
}

/// The same for words in the order of the text; all at once where they are ASCII and stand close together, as
/// most do.
std::vector<FrequentWords::Bits> bits_of(std::string_view text, std::span<const Span> words) {
  constexpr std::size_t most_bytes = 4096;
  if (words.empty()) return {};
  const std::int32_t from = words.front().begin;
  const std::string_view here = text.substr(from, words.back().end - from);
  std::array<char, most_bytes + short_term> folded;
  if (here.size() <= most_bytes && unicode::copy_lower_ascii(here, folded.data())) {
    std::vector<Span> places(words.begin(), words.end());
    for (Span& place : places) place = {place.begin - from, place.end - from};
    std::fill_n(folded.data() + here.size(), short_term, '\0');
    return frequent_words().find(folded.data(), places);
  }
  unicode::Folder fold;
  std::vector<FrequentWords::Bits> found;
  found.reserve(words.size());
  for (const Span word : words) found.push_back(bits_of(text, word, fold));
  return found;
}

struct FrequentLanguage {
  std::string_view lang{};        ///< empty where no language has enough, "und" where two have as many
  int words = 0;                  ///< how many of the words are frequent in it
  std::int64_t weight = 0;        ///< of these words together: the more, the fewer languages have them
  std::int64_t other_weight = 0;  ///< of those that are frequent in the other language
};

/// The language in which the most of these words are frequent. `other`: a language to compare with, or 0.
FrequentLanguage frequent_language(std::span<const FrequentWords::Bits> words, LanguageBits other) {
  std::array<std::int64_t, sizeof(LanguageBits) * 8> weights{};
  std::array<int, sizeof(LanguageBits) * 8> hits{};
  for (const FrequentWords::Bits& bits : words) {
    for (LanguageBits found = bits.languages; found; found &= found - 1) {
      const int language = std::countr_zero(found);
      weights[language] += bits.weight;
      ++hits[language];
    }
  }
  const auto best = std::max_element(weights.begin(), weights.end());
  const auto place = static_cast<std::size_t>(best - weights.begin());
  if (hits[place] == 0 || hits[place] < least_share * static_cast<double>(words.size())) return {};
  if (std::count(weights.begin(), weights.end(), *best) > 1) return {.lang = "und"};
  return {languages()[place], hits[place], *best,
          other ? weights[static_cast<std::size_t>(std::countr_zero(other))] : 0};
}

}  // namespace

FrequentWords::FrequentWords() {
  unicode::Folder fold;
  for (std::string_view line : data_lines("function_words")) {
    const std::string_view lang = take_field(line);
    const LanguageBits bit = bit_of(lang);
    const auto add = [&](std::string_view word) { bits_of(fold(word)).languages |= bit; };
    if (line.empty()) std::ranges::for_each(data_lines(std::string(stop_words_folder) += lang), add);
    for_each_field(line, add);
  }
  // Divisible by every number of languages up to 16.
  constexpr std::int32_t whole = 720720;
  for (Bits& bits : bits_) bits.weight = whole / std::popcount(bits.languages);
}

FrequentWords::Bits& FrequentWords::bits_of(const TermKey& word) {
  const auto id = static_cast<std::size_t>(words_.add(word));
  if (id == bits_.size()) bits_.emplace_back();
  return bits_[id];
}

std::vector<FrequentWords::Bits> FrequentWords::find(const char* buffer, std::span<const Span> words) const {
  std::vector<std::int32_t> ids(words.size());
  words_.find(buffer, words, ids);
  std::vector<Bits> found;
  found.reserve(words.size());
  for (const std::int32_t id : ids) found.push_back(bits_of(id));
  return found;
}

LanguageBits FrequentWords::bit_of(std::string_view lang) noexcept {
  const auto& all = nutgraf::languages();
  const auto at = std::ranges::find(all, lang);
  return at == all.end() ? 0 : LanguageBits{1} << (at - all.begin());
}

const FrequentWords& frequent_words() {
  static const FrequentWords table;
  return table;
}

std::vector<std::string> stop_word_languages() {
  std::vector<std::string> found;
  for (const std::string_view name : data_names()) {
    if (name.starts_with(stop_words_folder)) found.emplace_back(name.substr(stop_words_folder.size()));
  }
  return found;
}

const std::vector<std::string>& languages() {
  static const std::vector<std::string> codes = [] {
    std::set<std::string> found = {"bn", "km", "ko", "lo", "ml", "my", "ja", "th", "zh"};
    for (auto& lang : stop_word_languages()) found.insert(std::move(lang));
    for (auto& lang : sentence_languages()) found.insert(std::move(lang));
    for (std::string_view line : data_lines("function_words")) found.emplace(take_field(line));
    return std::vector<std::string>(found.begin(), found.end());
  }();
  return codes;
}

void check_language(std::string_view lang) {
  if (lang.empty() || lang == "und" || std::ranges::find(languages(), lang) != languages().end()) return;
  std::string known;
  for (const auto& code : languages()) known += code + ", ";
  throw Error(ErrorKind::invalid_argument,
              "unknown language '" + std::string(lang) + "'; known are " + known + "and und for any other");
}

std::string_view identify_language(std::string_view text, std::span<const Span> words) {
  const auto sample = words.first(std::min(words.size(), language_sample));
  const FrequentLanguage found = frequent_language(bits_of(text, sample), 0);
  return found.lang.empty() ? language_of_script(text, sample) : found.lang;
}

BlockLanguages::BlockLanguages(std::string_view text, std::string_view document_lang)
    : text_(text),
      lang_(document_lang),
      bit_(FrequentWords::bit_of(document_lang)),
      script_(script_of(text)) {}

std::string_view BlockLanguages::operator()(Span block) const {
  constexpr std::int32_t shortest = 80;  // bytes
  constexpr std::size_t most_words = 32;
  constexpr int least_frequent_words = 4, least_ratio = 3;
  if (block.size() < shortest) return lang_;
  std::array<Span, most_words> words;
  std::array<FrequentWords::Bits, most_words> bits;
  std::size_t count = 0;
  unicode::Folder fold;
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  const std::string_view text = text_.substr(0, static_cast<std::size_t>(block.end));
  for (auto at = static_cast<std::size_t>(block.begin); count < most_words && at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    if (end > at) {
      const Span word{static_cast<std::int32_t>(at), static_cast<std::int32_t>(end)};
      const FrequentWords::Bits found = bits_of(text_, word, fold);
      if (found.languages != 0 && found.languages == bit_) return lang_;
      // Single letters do not count where there is a language: the initials of a team are no words of
      // another.
      bits[count] = word.size() > 1 || bit_ == 0 ? found : FrequentWords::Bits{};
      words[count++] = word;
    }
    at = end + 1;
  }
  const auto first_words = std::span(words).first(count);
  const FrequentLanguage found = frequent_language(std::span(bits).first(count), bit_);
  if (found.words >= least_frequent_words && found.weight >= least_ratio * found.other_weight)
    return found.lang;
  if (found.words > 0 || script_of(text.substr(static_cast<std::size_t>(block.begin))) == script_)
    return lang_;
  const std::string_view by_script = language_of_script(text_, first_words);
  return by_script == "und" ? lang_ : by_script;
}

}  // namespace nutgraf
