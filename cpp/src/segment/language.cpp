#include "segment/language.h"

#include <algorithm>
#include <string>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/segment.h"
#include "nutgraf/vocabulary.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::size_t sampled_words = 200;
// Of the words of running text, a third to a half are function words; names and titles have fewer.
constexpr double least_share = 0.12;

using LanguageBits = std::uint32_t;

struct FunctionWords {
  Vocabulary words;
  std::vector<LanguageBits> languages;  ///< one a word: bit i for the i-th of languages()
};

const FunctionWords& function_words() {
  static const auto table = [] {
    FunctionWords found;
    for (std::size_t i = 0; i < languages().size(); ++i) {
      for (const auto word : data_lines("stop_words/" + languages()[i])) {
        const auto id = static_cast<std::size_t>(found.words.add(word));
        if (id == found.languages.size()) found.languages.push_back(0);
        found.languages[id] |= LanguageBits{1} << i;
      }
    }
    return found;
  }();
  return table;
}

}  // namespace

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
  std::vector<int> hits(languages().size());
  const auto sample = words.first(std::min(words.size(), sampled_words));
  unicode::Folder fold;
  const FunctionWords& known = function_words();
  for (const Span word : sample) {
    const std::int32_t id = known.words.find(fold(text.substr(word.begin, word.size())));
    if (id < 0) continue;
    for (std::size_t i = 0; i < hits.size(); ++i) hits[i] += (known.languages[id] >> i) & 1;
  }
  const auto best = std::max_element(hits.begin(), hits.end());
  if (*best == 0 || *best < least_share * static_cast<double>(sample.size())) return "und";
  return languages()[static_cast<std::size_t>(best - hits.begin())];
}

}  // namespace nutgraf
