// Porter's algorithm (An algorithm for suffix stripping, 1980) with the changes of NLTK, which rouge-score
// uses: a pool of irregular words, "ies" and "ied" of four letters, y after a consonant, "alli" applied
// before others, "bli", "fulli", "logi", and *o of two letters.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "nutgraf/evaluate.h"

namespace nutgraf {
namespace {

using Irregular = std::pair<std::string_view, std::string_view>;
constexpr std::array<Irregular, 16> pool = {{{"sky", "sky"},
                                             {"skies", "sky"},
                                             {"dying", "die"},
                                             {"lying", "lie"},
                                             {"tying", "tie"},
                                             {"news", "news"},
                                             {"innings", "inning"},
                                             {"inning", "inning"},
                                             {"outings", "outing"},
                                             {"outing", "outing"},
                                             {"cannings", "canning"},
                                             {"canning", "canning"},
                                             {"howe", "howe"},
                                             {"proceed", "proceed"},
                                             {"exceed", "exceed"},
                                             {"succeed", "succeed"}}};

struct Rule {
  std::string_view suffix, replacement;
};
constexpr std::array<Rule, 21> rules_of_step_2 = {
    {{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
     {"bli", "ble"},     {"alli", "al"},     {"entli", "ent"}, {"eli", "e"},     {"ousli", "ous"},
     {"ization", "ize"}, {"ation", "ate"},   {"ator", "ate"},  {"alism", "al"},  {"iveness", "ive"},
     {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},  {"iviti", "ive"}, {"biliti", "ble"},
     {"fulli", "ful"}}};
constexpr std::array<Rule, 7> rules_of_step_3 = {{{"icate", "ic"},
                                                  {"ative", ""},
                                                  {"alize", "al"},
                                                  {"iciti", "ic"},
                                                  {"ical", "ic"},
                                                  {"ful", ""},
                                                  {"ness", ""}}};
constexpr std::array<std::string_view, 18> suffixes_of_step_4 = {
    "al",   "ance", "ence", "er",  "ic",  "able", "ible", "ant", "ement",
    "ment", "ent",  "ou",   "ism", "ate", "iti",  "ous",  "ive", "ize"};

constexpr bool is_vowel_letter(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

/// Which letters are consonants, and how often a vowel is followed by one.
struct Shape {
  explicit Shape(std::string_view word) {
    bool before = false;  // a consonant
    for (std::size_t i = 0; i < word.size(); ++i) {
      const bool is_consonant = word[i] == 'y' ? i == 0 || !before : !is_vowel_letter(word[i]);
      if (is_consonant && i > 0 && !before) ++measure;
      has_vowel = has_vowel || !is_consonant;
      third_last = second_last;
      second_last = last;
      last = before = is_consonant;
    }
    size = word.size();
    end = word.empty() ? '\0' : word.back();
  }
  /// Consonant, vowel, consonant other than w, x and y; or of two letters vowel and consonant.
  bool ends_in_o() const {
    if (size == 2) return !second_last && last;
    return size >= 3 && third_last && !second_last && last && end != 'w' && end != 'x' && end != 'y';
  }
  int measure = 0;
  bool has_vowel = false, last = false, second_last = false, third_last = false;
  std::size_t size = 0;
  char end = '\0';
};

int measure(std::string_view stem) {
  return Shape(stem).measure;
}

std::string_view without(std::string_view word, std::size_t suffix) {
  return word.substr(0, word.size() - suffix);
}

void step_1a(std::string& word) {
  if (word.ends_with("ies")) {
    word.erase(word.size() - (word.size() == 4 ? 1 : 2));
  } else if (word.ends_with("sses")) {
    word.erase(word.size() - 2);
  } else if (word.ends_with('s') && !word.ends_with("ss")) {
    word.pop_back();
  }
}

void step_1b(std::string& word) {
  if (word.ends_with("ied")) {
    word.erase(word.size() - (word.size() == 4 ? 1 : 2));
    return;
  }
  if (word.ends_with("eed")) {
    if (measure(without(word, 3)) > 0) word.pop_back();
    return;
  }
  const std::size_t suffix = word.ends_with("ed") ? 2 : word.ends_with("ing") ? 3 : 0;
  if (suffix == 0 || !Shape(without(word, suffix)).has_vowel) return;
  word.erase(word.size() - suffix);
  const Shape shape(word);
  const bool is_double = word.size() >= 2 && word[word.size() - 2] == word.back() && shape.last;
  if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz")) {
    word += 'e';
  } else if (is_double) {
    if (word.back() != 'l' && word.back() != 's' && word.back() != 'z') word.pop_back();
  } else if (shape.measure == 1 && shape.ends_in_o()) {
    word += 'e';
  }
}

void step_1c(std::string& word) {
  if (word.size() > 2 && word.back() == 'y' && Shape(without(word, 1)).last) word.back() = 'i';
}

/// The first rule whose suffix the word has is applied if a vowel and a consonant come before it.
template <typename Rules>
bool apply(std::string& word, const Rules& rules) {
  for (const auto& [suffix, replacement] : rules) {
    if (!word.ends_with(suffix)) continue;
    if (measure(without(word, suffix.size())) == 0) return true;
    word.erase(word.size() - suffix.size());
    word += replacement;
    return true;
  }
  return false;
}

void step_2(std::string& word) {
  while (word.ends_with("alli") && measure(without(word, 4)) > 0) word.erase(word.size() - 2);
  if (apply(word, rules_of_step_2)) return;
  if (word.ends_with("logi") && measure(without(word, 3)) > 0) word.pop_back();
}

void step_4(std::string& word) {
  for (const std::string_view suffix : suffixes_of_step_4) {
    if (!word.ends_with(suffix)) continue;
    if (measure(without(word, suffix.size())) > 1) word.erase(word.size() - suffix.size());
    return;
  }
  if (!word.ends_with("ion")) return;
  const std::string_view stem = without(word, 3);
  if (measure(stem) > 1 && (stem.back() == 's' || stem.back() == 't')) word.erase(stem.size());
}

void step_5(std::string& word) {
  if (word.ends_with('e')) {
    const Shape stem(without(word, 1));
    if (stem.measure > 1 || (stem.measure == 1 && !stem.ends_in_o())) word.pop_back();
  }
  if (word.ends_with("ll") && measure(without(word, 1)) > 1) word.pop_back();
}

}  // namespace

std::string porter_stem(std::string_view word) {
  const auto irregular = std::ranges::find(pool, word, &Irregular::first);
  if (irregular != pool.end()) return std::string(irregular->second);
  std::string stem(word);
  if (stem.size() <= 2) return stem;
  step_1a(stem);
  step_1b(stem);
  step_1c(stem);
  step_2(stem);
  apply(stem, rules_of_step_3);
  step_4(stem);
  step_5(stem);
  return stem;
}

}  // namespace nutgraf
