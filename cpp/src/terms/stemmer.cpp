#include <libstemmer.h>

#include <algorithm>
#include <array>

#include "nutgraf/error.h"
#include "nutgraf/terms.h"

namespace nutgraf {
namespace {

struct Algorithm {
  std::string_view lang;
  const char* name;
};

// The languages of libstemmer 2.2 by their codes; a later library may have more. "porter" is no language.
constexpr std::array<Algorithm, 28> algorithms = {{
    {"ar", "arabic"},     {"ca", "catalan"},    {"da", "danish"},    {"de", "german"},   {"el", "greek"},
    {"en", "english"},    {"es", "spanish"},    {"eu", "basque"},    {"fi", "finnish"},  {"fr", "french"},
    {"ga", "irish"},      {"hi", "hindi"},      {"hu", "hungarian"}, {"hy", "armenian"}, {"id", "indonesian"},
    {"it", "italian"},    {"lt", "lithuanian"}, {"ne", "nepali"},    {"nl", "dutch"},    {"no", "norwegian"},
    {"pt", "portuguese"}, {"ro", "romanian"},   {"ru", "russian"},   {"sr", "serbian"},  {"sv", "swedish"},
    {"ta", "tamil"},      {"tr", "turkish"},    {"yi", "yiddish"},
}};

const char* algorithm_of(std::string_view lang) noexcept {
  const auto found = std::ranges::find(algorithms, lang, &Algorithm::lang);
  return found == algorithms.end() ? nullptr : found->name;
}

}  // namespace

Stemmer::Stemmer(std::string_view lang) {
  if (const char* name = algorithm_of(lang)) stemmer_ = sb_stemmer_new(name, nullptr);
}

Stemmer::~Stemmer() {
  sb_stemmer_delete(stemmer_);
}

std::string_view Stemmer::operator()(std::string_view word) {
  constexpr std::size_t longest = 1 << 10;  // bytes; what is longer is no word of a language
  if (!stemmer_ || word.size() > longest) return word;
  const sb_symbol* stem = sb_stemmer_stem(stemmer_, reinterpret_cast<const sb_symbol*>(word.data()),
                                          static_cast<int>(word.size()));
  if (!stem) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer_))};
}

std::vector<std::string> stemmer_languages() {
  std::vector<std::string> found;
  for (const Algorithm& algorithm : algorithms) {
    if (Stemmer(algorithm.lang).is_known()) found.emplace_back(algorithm.lang);
  }
  return found;
}

}  // namespace nutgraf
