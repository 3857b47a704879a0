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

double number(std::string_view name, std::string_view value) {
  double found = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), found);
  if (error != std::errc() || end != value.data() + value.size()) reject(name, value, "a number");
  return found;
}

bool flag(std::string_view name, std::string_view value) {
  if (value != "true" && value != "false") reject(name, value, "true or false");
  return value == "true";
}

/// Calls use(item) for each of a list that commas separate.
template <typename Use>
void for_items(std::string_view value, Use use) {
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t comma = std::min(value.find(',', begin), value.size());
    use(value.substr(begin, comma - begin));
    begin = comma + 1;
  }
}

std::vector<Role> role_list(std::string_view value) {
  std::vector<Role> roles;
  for_items(value, [&](std::string_view item) { roles.push_back(role_from_name(item)); });
  return roles;
}

std::vector<std::pair<Role, double>> role_weights(std::string_view value) {
  std::vector<std::pair<Role, double>> weights;
  for_items(value, [&](std::string_view item) {
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) reject("role_weights", value, "ROLE=WEIGHT,...");
    weights.emplace_back(role_from_name(item.substr(0, equals)),
                         number("role_weights", item.substr(equals + 1)));
  });
  return weights;
}

std::vector<double> numbers(std::string_view name, std::string_view value) {
  std::vector<double> found;
  for_items(value, [&](std::string_view item) { found.push_back(number(name, item)); });
  return found;
}

struct Option {
  OptionInfo info;
  void (*set)(SummarizeOptions&, std::string_view);
};

constexpr std::array<Option, 16> table = {{
    {{"sentences", "integer or auto", "",
      "the most sentences, or auto: as many as the text needs; 3 when no budget is given"},
     [](SummarizeOptions& o, std::string_view v) {
       o.auto_sentences = v == "auto";
       o.sentences = o.auto_sentences ? std::optional<std::int64_t>() : integer("sentences", v);
     }},
    {{"words", "integer", "", "the most words of the text that is shown"},
     [](SummarizeOptions& o, std::string_view v) { o.words = integer("words", v); }},
    {{"chars", "integer", "", "the most characters (code points) of the text that is shown"},
     [](SummarizeOptions& o, std::string_view v) { o.chars = integer("chars", v); }},
    {{"bytes", "integer", "", "the most bytes of UTF-8 of the text that is shown"},
     [](SummarizeOptions& o, std::string_view v) { o.bytes = integer("bytes", v); }},
    {{"ratio", "number", "", "the most words, as a share of those of the sentences that compete"},
     [](SummarizeOptions& o, std::string_view v) { o.ratio = number("ratio", v); }},
    {{"seconds", "number", "", "the time to read it, at 238 words a minute"},
     [](SummarizeOptions& o, std::string_view v) { o.seconds = number("seconds", v); }},
    {{"method", "text", "default",
      "how sentences are scored: default, trained_2026_11, mix, lead, position, centroid, tf, luhn, "
      "edmundson, lsa, "
      "lsa_topics, "
      "lsa_cross, lexrank, lexrank_discrete, lexrank_degree, lexrank_biased, textrank, textrank_bm25, "
      "divrank, "
      "manifold, pacsum, hiporank, mmr, sumbasic, kl"},
     [](SummarizeOptions& o, std::string_view v) { o.method = v; }},
    {{"strategy", "text", "",
      "how sentences are chosen: top, mmr, coverage, concepts, sumbasic, kl; that of the method when not "
      "given"},
     [](SummarizeOptions& o, std::string_view v) { o.strategy = v; }},
    {{"query", "text", "", "what the sentences are to be about"},
     [](SummarizeOptions& o, std::string_view v) { o.query = v; }},
    {{"lang", "text", "", "ISO 639-1 code of the language; found from the text when not given"},
     [](SummarizeOptions& o, std::string_view v) { o.lang = v; }},
    {{"roles", "list", "", "the roles that compete; body, quote and list_item when not given"},
     [](SummarizeOptions& o, std::string_view v) { o.roles = role_list(v); }},
    {{"min_length", "integer", "0", "the least words of a sentence"},
     [](SummarizeOptions& o, std::string_view v) { o.min_length = integer("min_length", v); }},
    {{"max_length", "integer", "0", "the most words of a sentence; 0: no limit"},
     [](SummarizeOptions& o, std::string_view v) { o.max_length = integer("max_length", v); }},
    {{"headings", "flag", "false", "show the headings that the sentences stand under"},
     [](SummarizeOptions& o, std::string_view v) { o.headings = flag("headings", v); }},
    {{"role_weights", "weights", "", "what salience is weighed by, as quote=0.5,body=1"},
     [](SummarizeOptions& o, std::string_view v) { o.role_weights = role_weights(v); }},
    {{"position_weights", "numbers", "", "weights from the first sentence to the last, as 2,1,1"},
     [](SummarizeOptions& o, std::string_view v) { o.position_weights = numbers("position_weights", v); }},
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
