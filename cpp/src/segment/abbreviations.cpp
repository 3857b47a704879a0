#include "segment/abbreviations.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "segment/candidates.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

/// An abbreviation as a candidate meets it, from last to first.
struct AbbreviationKey {
  std::uint64_t lowered;
  std::uint32_t capitals = 0;

  explicit AbbreviationKey(std::string_view text) noexcept {
    CharacterHash hash;
    int length = 0;
    for (std::size_t at = text.size(); at > 0; ++length) {
      const char32_t c = unicode::previous_code_point(text, at);
      hash.add(unicode::rough_lower(c));
      if (length < 32) capitals |= static_cast<std::uint32_t>(unicode::is_upper(c)) << length;
    }
    lowered = hash.value();
  }
};

/// The class of an abbreviation that is known in any case, or in one alone, or in both ways.
struct KnownAbbreviation {
  AbbreviationClass any_case = AbbreviationClass::none, exact = AbbreviationClass::none;
  std::uint32_t capitals = 0;  ///< of the exact one
};

std::string_view last_word_of(std::string_view abbreviation) noexcept {
  return abbreviation.substr(abbreviation.rfind(' ') + 1);
}

/// Notes what a search for the abbreviation looks for first.
void add_last_word(std::string_view abbreviation, HashedTable<bool>& plain, HashedTable<bool>& last_words) {
  const std::string_view word = last_word_of(abbreviation);
  if (const std::uint64_t letters = plain_word(word)) plain[letters] = true;
  if (word.size() < abbreviation.size()) last_words[AbbreviationKey(word).lowered] = true;
}

std::uint64_t hash_of_word(std::string_view word) noexcept {
  CharacterHash hash;
  for (std::size_t at = 0; at < word.size();)
    hash.add(unicode::rough_lower(unicode::next_code_point(word, at)));
  return hash.value();
}

}  // namespace

struct SentenceLanguage::Tables {
  HashedTable<KnownAbbreviation> abbreviations;
  HashedTable<bool> plain;       // the last letters of abbreviations
  HashedTable<bool> last_words;  // of those of several words
  HashedTable<AbbreviationClass> suffixes;
  HashedTable<bool> starters, saying_verbs, time_words;

  /// `certain_only`: leaves out what is dangerous where the language is not known.
  void add(std::string_view lang, bool certain_only) {
    static constexpr std::array<std::string_view, 7> classes = {"none", "title", "number", "month",
                                                                "time", "org",   "inner"};
    for (std::string_view line : data_lines("abbreviations/" + std::string(lang))) {
      if (line.starts_with('~')) {
        if (certain_only) continue;
        line.remove_prefix(1);
      }
      std::string_view type = take_field(line);
      const bool is_exact = type.starts_with('=');
      if (is_exact) type.remove_prefix(1);
      const auto index = static_cast<AbbreviationClass>(std::ranges::find(classes, type) - classes.begin());
      if (line.starts_with('-')) {
        suffixes[AbbreviationKey(line.substr(1)).lowered] = index;
        continue;
      }
      const AbbreviationKey key(line);
      add_last_word(line, plain, last_words);
      KnownAbbreviation& known = abbreviations[key.lowered];
      // What was there first stands: a language's own before those of all.
      if (!is_exact && known.any_case == AbbreviationClass::none) known.any_case = index;
      if (is_exact && known.exact == AbbreviationClass::none) {
        known.exact = index;
        known.capitals = key.capitals;
      }
    }
  }
  /// The words of a file for a language, or of all where that is empty.
  void add_words(std::string_view lang) {
    const auto add_file = [lang](std::string_view file, HashedTable<bool>& words) {
      for (std::string_view line : data_lines(file)) {
        const std::string_view language = take_field(line);
        if (lang.empty() || language == lang) words[hash_of_word(line)] = true;
      }
    };
    add_file("starters", starters);
    add_file("saying_verbs", saying_verbs);
    add_file("time_words", time_words);
  }
};

std::vector<std::string> sentence_languages() {
  std::set<std::string, std::less<>> found;
  for (std::string_view line : data_lines("starters")) found.emplace(take_field(line));
  constexpr std::string_view folder = "abbreviations/";
  for (const std::string_view name : data_names()) {
    if (name.starts_with(folder)) found.emplace(name.substr(folder.size()));
  }
  return {found.begin(), found.end()};
}

namespace {

const SentenceLanguage::Tables& tables_of(std::string_view lang) {
  static const auto all = [] {
    const std::vector<std::string> languages = sentence_languages();
    std::map<std::string, SentenceLanguage::Tables, std::less<>> tables;
    for (const auto& own : languages) {
      SentenceLanguage::Tables& table = tables[own];
      table.add(own, false);
      table.add_words(own);
    }
    SentenceLanguage::Tables& unknown = tables[""];
    unknown.add_words({});
    for (const auto& other : languages) unknown.add(other, true);
    return tables;
  }();
  const auto found = all.find(lang);
  return found == all.end() ? all.find("")->second : found->second;
}

}  // namespace

SentenceLanguage::SentenceLanguage(std::string_view lang, std::span<const std::string> own_abbreviations)
    : tables_(tables_of(lang)) {
  static constexpr std::string_view ordinals[] = {"de", "fi", "hr", "lt", "sl", "sr"};
  writes_ordinals_with_stop_ = std::ranges::find(ordinals, lang) != std::end(ordinals);
  for (std::string_view given : own_abbreviations) {
    if (given.ends_with('.')) given.remove_suffix(1);
    given_[AbbreviationKey(given).lowered] = true;
    add_last_word(given, given_plain_, given_last_words_);
  }
}

AbbreviationClass SentenceLanguage::find(std::uint64_t lowered, std::uint32_t capitals) const noexcept {
  if (given_.find(lowered)) return AbbreviationClass::own;
  const KnownAbbreviation* known = tables_.abbreviations.find(lowered);
  if (!known) return AbbreviationClass::none;
  const bool is_exact = known->exact != AbbreviationClass::none && known->capitals == capitals;
  return is_exact ? known->exact : known->any_case;
}

AbbreviationClass SentenceLanguage::find_suffix(std::uint64_t lowered) const noexcept {
  const AbbreviationClass* const found = tables_.suffixes.find(lowered);
  return found ? *found : AbbreviationClass::none;
}

bool SentenceLanguage::ends_phrase(std::uint64_t lowered) const noexcept {
  return tables_.last_words.find(lowered) || given_last_words_.find(lowered);
}

bool SentenceLanguage::may_abbreviate(std::uint64_t plain_word) const noexcept {
  return tables_.plain.find(plain_word) || given_plain_.find(plain_word);
}

bool SentenceLanguage::is_saying_verb(std::uint64_t lowered) const noexcept {
  return tables_.saying_verbs.find(lowered) != nullptr;
}

bool SentenceLanguage::is_time_word(std::uint64_t lowered) const noexcept {
  return tables_.time_words.find(lowered) != nullptr;
}

bool SentenceLanguage::is_starter(std::uint64_t lowered) const noexcept {
  return tables_.starters.find(lowered) != nullptr;
}

}  // namespace nutgraf
