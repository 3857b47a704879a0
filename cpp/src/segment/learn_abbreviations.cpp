#include <algorithm>
#include <string>
#include <unordered_map>

#include "blocks/text_size.h"
#include "nutgraf/segment.h"
#include "support/checkpoint.h"
#include "support/natural_log.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

// Kiss and Strunk (2006), section 4.1: the scaled likelihood of an abbreviation, and the least that counts.
constexpr double least_score = 0.3;
constexpr double stop_after_abbreviation = 0.99;
constexpr std::size_t longest_abbreviation = 32;  // bytes
constexpr std::string_view marks = "\"'()[]{},;:!?";

struct TypeCounts {
  std::int64_t with_stop = 0, without_stop = 0;
  bool goes_on = false;  ///< a small letter or a comma followed the stop once
};

/// The logarithm of the probability of k successes in n trials, but for the binomial coefficient.
double log_likelihood(double k, double n, double p) noexcept {
  const auto times_log = [](double count, double x) { return count > 0 ? count * natural_log(x) : 0; };
  return times_log(k, p) + times_log(n - k, 1 - p);
}

/// Equations 4 to 8: how much likelier the stops after a type are if it is an abbreviation, made smaller for
/// letters and for occurrences without a stop, larger for stops inside.
double score(std::string_view type, const TypeCounts& counts, double stops, double tokens) noexcept {
  const auto with_stop = static_cast<double>(counts.with_stop);
  const double all = with_stop + static_cast<double>(counts.without_stop);
  const double ratio = -2 * (log_likelihood(with_stop, all, stops / tokens) -
                             log_likelihood(with_stop, all, stop_after_abbreviation));
  int inner_stops = 0, letters = 0;
  for (std::size_t at = 0; at < type.size();) {
    const bool is_stop = unicode::next_code_point(type, at) == '.';
    inner_stops += is_stop;
    letters += !is_stop;
  }
  constexpr double e = 2.718281828459045;
  double scaled = ratio * (inner_stops + 1);
  for (int i = 0; i < letters; ++i) scaled /= e;
  for (std::int64_t i = 0; i < counts.without_stop && scaled >= least_score; ++i) scaled /= letters;
  return scaled;
}

}  // namespace

std::vector<std::string> learn_abbreviations(std::span<const std::string_view> texts,
                                             const Control& control) {
  std::size_t size = 0;
  for (const std::string_view text : texts) size += text.size();
  Pacer pacer(control, size);
  std::unordered_map<std::string, TypeCounts> types;
  double tokens = 0, stops = 0;
  for (std::size_t t = 0; t < texts.size(); ++t) {
    const std::string_view text = texts[t];
    try {
      check_text_size(text.size());
      unicode::check_utf8(text, pacer);
    } catch (const Error& error) {
      throw of_text(t, error);
    }
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      bool has_letter = false, has_digit = false;
      for (std::size_t after = end; after < text.size(); end = after) {
        const char32_t c = unicode::next_code_point(text, after);
        if (unicode::is_space(c)) break;
        has_letter |= unicode::is_letter(c);
        has_digit |= unicode::is_digit(c);
      }
      const std::string_view run = text.substr(at, end - at);
      at = end;
      while (at < text.size()) {
        std::size_t after = at;
        if (!unicode::is_space(unicode::next_code_point(text, after))) break;
        at = after;
      }
      if (run.empty()) continue;
      tokens += 1;
      const std::size_t first = run.find_first_not_of(marks), last = run.find_last_not_of(marks);
      if (first == std::string_view::npos) continue;
      std::string_view token = run.substr(first, last + 1 - first);
      const bool has_stop = token.ends_with('.');
      stops += has_stop;
      if (has_stop) token.remove_suffix(1);
      const bool is_word = has_letter && !has_digit && !token.empty() &&
                           token.size() <= longest_abbreviation &&
                           marks.find(token.back()) == std::string_view::npos && token.back() != '.';
      if (!is_word) continue;
      TypeCounts& counts = types[unicode::lower(token)];
      ++(has_stop ? counts.with_stop : counts.without_stop);
      std::size_t next = at;
      const bool is_lower_next =
          next < text.size() && unicode::is_lower(unicode::next_code_point(text, next));
      counts.goes_on |= has_stop && (is_lower_next || run.ends_with(','));
    }
  }
  std::vector<std::string> found;
  for (const auto& [type, counts] : types) {
    if (counts.goes_on && score(type, counts, stops, tokens) >= least_score) found.push_back(type);
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace nutgraf
