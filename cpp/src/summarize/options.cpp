#include <array>
#include <charconv>

#include "nutgraf/error.h"
#include "nutgraf/summarize.h"

namespace nutgraf {
namespace {

[[noreturn]] void reject(std::string_view name, std::string_view value, const char* wanted) {
  throw Error(ErrorKind::invalid_argument,
              std::string(name) + " is '" + std::string(value) + "'; it must be " + wanted);
}

std::int64_t integer(std::string_view name, std::string_view value) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) reject(name, value, "a whole number");
  return number;
}

std::vector<Role> role_list(std::string_view value) {
  std::vector<Role> roles;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t comma = std::min(value.find(',', begin), value.size());
    roles.push_back(role_from_name(value.substr(begin, comma - begin)));
    begin = comma + 1;
  }
  return roles;
}

struct Option {
  OptionInfo info;
  void (*set)(SummarizeOptions&, std::string_view);
};

constexpr std::array<Option, 6> table = {{
    {{"sentences", "integer", "", "the most sentences; 3 when no budget is given"},
     [](SummarizeOptions& o, std::string_view v) { o.sentences = integer("sentences", v); }},
    {{"words", "integer", "", "the most words of the text that is shown"},
     [](SummarizeOptions& o, std::string_view v) { o.words = integer("words", v); }},
    {{"chars", "integer", "", "the most characters (code points) of the text that is shown"},
     [](SummarizeOptions& o, std::string_view v) { o.chars = integer("chars", v); }},
    {{"method", "text", "default",
      "how sentences are scored: default, mix, lead, position, centroid, tf, luhn, edmundson, lsa, "
      "lsa_topics, "
      "lsa_cross, lexrank, lexrank_discrete, lexrank_degree, lexrank_biased, textrank, textrank_bm25, "
      "divrank, "
      "manifold, pacsum, hiporank"},
     [](SummarizeOptions& o, std::string_view v) { o.method = v; }},
    {{"lang", "text", "", "ISO 639-1 code of the language; found from the text when not given"},
     [](SummarizeOptions& o, std::string_view v) { o.lang = v; }},
    {{"roles", "list", "", "the roles that compete; body, quote and list_item when not given"},
     [](SummarizeOptions& o, std::string_view v) { o.roles = role_list(v); }},
}};

constexpr auto infos = [] {
  std::array<OptionInfo, table.size()> all{};
  for (std::size_t i = 0; i < table.size(); ++i) all[i] = table[i].info;
  return all;
}();

}  // namespace

std::span<const OptionInfo> summarize_options() noexcept {
  return infos;
}

void set_option(SummarizeOptions& options, std::string_view name, std::string_view value) {
  for (const Option& option : table) {
    if (option.info.name == name) return option.set(options, value);
  }
  throw Error(ErrorKind::invalid_argument, "there is no option '" + std::string(name) + "'");
}

}  // namespace nutgraf
