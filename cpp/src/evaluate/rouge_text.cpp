#include "evaluate/rouge_text.h"

#include <algorithm>
#include <array>
#include <string>

#include "nutgraf/error.h"
#include "support/checkpoint.h"

namespace nutgraf {

namespace {

constexpr std::size_t usual_words = 200;  // different ones, of a summary with its reference

}  // namespace

RougeReader::RougeReader(const RougeOptions& options)
    : options_(options),
      stop_words_(options.stop_words.begin(), options.stop_words.end()),
      vocabulary_(usual_words),
      walker_(options.words == RougeWords::unicode ? std::make_unique<unicode::WordWalker>() : nullptr) {
  if (options.max_words < 0 || options.max_bytes < 0) {
    throw Error(ErrorKind::invalid_argument, "max_words is " + std::to_string(options.max_words) +
                                                 " and max_bytes " + std::to_string(options.max_bytes) +
                                                 "; neither may be below 0");
  }
}

RougeText RougeReader::read(std::string_view text) {
  const Control control;
  Pacer pacer(control);
  unicode::check_utf8(text, pacer);
  folded_.clear();
  spans_.clear();
  RougeText found;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.empty()) continue;
    found.line_begin.push_back(spans_.size());
    if (options_.words == RougeWords::ascii) {
      read_ascii(line);
    } else {
      read_unicode(line);
    }
  }
  found.words.resize(spans_.size());
  folded_.append(short_term, '\0');  // what Vocabulary may read past a term
  vocabulary_.add(folded_.data(), spans_, found.words);
  return found;
}

// Two letters beyond ASCII have lower case within it: the sign of kelvin, and the capital i with a dot, whose
// dot is left over and parts words.
void RougeReader::read_ascii(std::string_view line) {
  static constexpr auto lowered = [] {
    std::array<char, 256> table{};  // 0 for what is no part of a word
    for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = c;
    for (char c = 'a'; c <= 'z'; ++c) {
      table[static_cast<unsigned char>(c)] = c;
      table[static_cast<unsigned char>(c - 'a' + 'A')] = c;
    }
    return table;
  }();
  constexpr std::string_view kelvin = "\u212A", dotted_i = "\u0130";
  std::size_t word = folded_.size();
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (const char c = lowered[static_cast<unsigned char>(line[at])]; c != 0) {
      folded_ += c;
    } else if (line[at] == kelvin[0] && line.substr(at).starts_with(kelvin)) {
      folded_ += 'k';
      at += kelvin.size() - 1;
    } else {
      if (line[at] == dotted_i[0] && line.substr(at).starts_with(dotted_i)) folded_ += 'i';
      if (folded_.size() > word) add(word);
      word = folded_.size();
    }
  }
  if (folded_.size() > word) add(word);
}

void RougeReader::read_unicode(std::string_view line) {
  walker_->start(line, {0, static_cast<std::int32_t>(line.size())});
  while (!walker_->is_done()) {
    for (const Span span : walker_->next().spans) {
      const std::size_t word = folded_.size();
      folded_ +=
          fold_(line.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size())),
                line.data() + line.size())
              .text;
      add(word);
    }
  }
}

void RougeReader::add(std::size_t begin) {
  const std::string_view word = std::string_view(folded_).substr(begin);
  if (!stop_words_.empty() && stop_words_.contains(std::string(word))) {
    folded_.resize(begin);
    return;
  }
  const auto is_ascii_word = [&] {
    return std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  };
  constexpr std::size_t most_without_stem = 3;
  if (options_.use_stemmer && word.size() > most_without_stem && is_ascii_word())
    folded_.replace(begin, word.size(), porter_stem(word));
  spans_.push_back({static_cast<std::int32_t>(begin), static_cast<std::int32_t>(folded_.size())});
}

std::vector<RougeText> read_references(RougeReader& reader, std::span<const std::string_view> references) {
  if (references.empty()) throw Error(ErrorKind::invalid_argument, "there is no reference to compare with");
  std::vector<RougeText> read;
  for (const std::string_view reference : references) read.push_back(reader.read(reference));
  return read;
}

std::string_view within_limits(std::string_view prediction, const RougeOptions& options) {
  if (options.max_bytes > 0 && prediction.size() > static_cast<std::size_t>(options.max_bytes)) {
    std::size_t end = static_cast<std::size_t>(options.max_bytes);
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    while (end > 0 && continues(prediction[end])) --end;
    prediction = prediction.substr(0, end);
  }
  if (options.max_words == 0) return prediction;
  std::int64_t words = 0;
  bool in_word = false;
  for (std::size_t at = 0; at < prediction.size();) {
    const std::size_t begin = at;
    const bool is_space = unicode::is_space(unicode::next_code_point(prediction, at));
    if (!is_space && !in_word && ++words > options.max_words) return prediction.substr(0, begin);
    in_word = !is_space;
  }
  return prediction;
}

}  // namespace nutgraf
