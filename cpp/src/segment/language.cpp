#include "segment/language.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/segment.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::size_t sampled_words = 200;
// Of the words of running text, a third to a half are function words; names and titles have fewer.
constexpr double least_share = 0.12;

}  // namespace

StopWords::StopWords() {
  for (const std::string& lang : nutgraf::languages()) {
    const LanguageBits bit = bit_of(lang);
    for (const auto word : data_lines("stop_words/" + lang)) {
      const auto id = static_cast<std::size_t>(words_.add(word));
      if (id == languages_.size()) languages_.push_back(0);
      languages_[id] |= bit;
    }
  }
}

LanguageBits StopWords::bit_of(std::string_view lang) noexcept {
  const auto& all = nutgraf::languages();
  const auto at = std::ranges::find(all, lang);
  return at == all.end() ? 0 : LanguageBits{1} << (at - all.begin());
}

const StopWords& all_stop_words() {
  static const StopWords table;
  return table;
}

const std::vector<std::string>& languages() {
  static const std::vector<std::string> codes = {"de", "en", "es", "fr", "it", "nl", "pt", "ru"};
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
  std::array<int, sizeof(LanguageBits) * 8> hits{};
  const auto sample = words.first(std::min(words.size(), sampled_words));
  unicode::Folder fold;
  const StopWords& known = all_stop_words();
  const char* const readable_end = text.data() + text.size();
  for (const Span word : sample) {
    LanguageBits found = known.languages(fold(text.substr(word.begin, word.size()), readable_end));
    for (; found; found &= found - 1) ++hits[std::countr_zero(found)];
  }
  const auto best = std::max_element(hits.begin(), hits.end());
  if (*best == 0 || *best < least_share * static_cast<double>(sample.size())) return "und";
  return languages()[static_cast<std::size_t>(best - hits.begin())];
}

}  // namespace nutgraf
