#include <charconv>
#include <cstdio>

#include "nutgraf/render.h"

namespace nutgraf {
namespace {

std::string quoted(std::string_view text) {
  std::string json(1, '"');
  for (const char c : text) {
    switch (c) {
      case '"':
        json += "\\\"";
        break;
      case '\\':
        json += "\\\\";
        break;
      case '\n':
        json += "\\n";
        break;
      case '\r':
        json += "\\r";
        break;
      case '\t':
        json += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          char escape[8];
          std::snprintf(escape, sizeof escape, "\\u%04x",
                        static_cast<unsigned>(static_cast<unsigned char>(c)));
          json += escape;
        } else {
          json += c;
        }
    }
  }
  return json + '"';
}

/// The fewest digits that give a float back exactly, with a point in every locale.
std::string number(float value) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

std::string boolean(bool value) {
  return value ? "true" : "false";
}

/// Joins the members of an object or array.
class Items {
 public:
  explicit Items(char open) : json_(1, open), close_(open == '{' ? '}' : ']') {}
  void add(const std::string& item) {
    if (json_.size() > 1) json_ += ", ";
    json_ += item;
  }
  void add(std::string_view key, const std::string& value) { add(quoted(key).append(": ").append(value)); }
  std::string close() && { return std::move(json_) + close_; }

 private:
  std::string json_;
  char close_;
};

std::string flags_json(Flags flags) {
  Items names('[');
  for (std::size_t i = 0; i < flag_names.size(); ++i) {
    if (flags.has(static_cast<Flag>(i))) names.add(quoted(flag_names[i]));
  }
  return std::move(names).close();
}

/// The places of what says a chosen sentence again: document, begin, end.
std::string repeats_json(const Summary& summary, const SummarySentence& s) {
  Items places('[');
  for (const SentenceRef& ref : summary.repeats(s)) {
    const Span span = summary.documents()[ref.document].sentence_spans()[ref.sentence];
    Items place('[');
    for (const std::int32_t value : {ref.document, span.begin, span.end}) place.add(std::to_string(value));
    places.add(std::move(place).close());
  }
  return std::move(places).close();
}

std::string sentence_json(const Summary& summary, const SummarySentence& s) {
  Items object('{');
  object.add("document", std::to_string(s.document));
  object.add("index", std::to_string(s.index));
  object.add("rank", std::to_string(s.rank));
  object.add("begin", std::to_string(s.span.begin));
  object.add("end", std::to_string(s.span.end));
  object.add("text", quoted(summary.documents()[s.document].slice(s.span)));
  object.add("salience", number(s.salience));
  object.add("block", std::to_string(s.block));
  object.add("role", quoted(name(s.role)));
  object.add("chosen", boolean(s.reason == Reason::chosen));
  object.add("reason", quoted(name(s.reason)));
  object.add("dangling", boolean(s.dangling));
  object.add("flags", flags_json(s.flags));
  object.add("repeats", repeats_json(summary, s));
  return std::move(object).close();
}

}  // namespace

std::string to_json(const Summary& summary, const JsonOptions& options) {
  Items notes('['), sentences('['), object('{');
  for (const Note note : summary.notes()) notes.add(quoted(name(note)));
  if (options.all_sentences) {
    for (const SummarySentence& s : summary.all_sentences())
      sentences.add("\n  " + sentence_json(summary, s));
  } else {
    for (const SummarySentence& s : summary.sentences()) sentences.add("\n  " + sentence_json(summary, s));
  }
  object.add("method", quoted(summary.method()));
  object.add("notes", std::move(notes).close());
  if (summary.selection().gap) object.add("gap", number(static_cast<float>(*summary.selection().gap)));
  object.add("text", quoted(summary.text()));
  object.add("sentences", std::move(sentences).close());
  return std::move(object).close() + "\n";
}

std::string to_json(const Document& document) {
  Items blocks('['), object('{');
  for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
    const Block& block = document.blocks()[b];
    Items sentences('['), fields('{');
    const IndexRange range = document.sentences_of_block(b);
    for (std::int32_t s = range.first; s < range.last; ++s) {
      const Span span = document.sentence_spans()[s];
      Items words('['), sentence('{');
      const IndexRange word_range = document.words_of_sentence(s);
      for (std::int32_t w = word_range.first; w < word_range.last; ++w) {
        const Span word = document.word_spans()[w];
        Items pair('[');
        pair.add(std::to_string(word.begin));
        pair.add(std::to_string(word.end));
        words.add(std::move(pair).close());
      }
      sentence.add("begin", std::to_string(span.begin));
      sentence.add("end", std::to_string(span.end));
      sentence.add("text", quoted(document.slice(span)));
      sentence.add("words", std::move(words).close());
      sentences.add("\n    " + std::move(sentence).close());
    }
    fields.add("role", quoted(name(block.role)));
    fields.add("lang", quoted(document.block_lang(b)));
    fields.add("begin", std::to_string(block.span.begin));
    fields.add("end", std::to_string(block.span.end));
    fields.add("duplicate_of", std::to_string(block.duplicate_of));
    fields.add("section", std::to_string(block.section));
    fields.add("level", std::to_string(block.level));
    fields.add("sentences", std::move(sentences).close());
    blocks.add("\n  " + std::move(fields).close());
  }
  object.add("lang", quoted(document.lang()));
  object.add("blocks", std::move(blocks).close());
  return std::move(object).close() + "\n";
}

}  // namespace nutgraf
