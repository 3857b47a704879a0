#include "keyphrases/phrase_words.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "nutgraf/terms.h"
#include "segment/language_tables.h"
#include "support/checkpoint.h"
#include "support/data_tables.h"
#include "terms/word_folding.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

enum WordUse : std::uint8_t {
  stop_word = 1 << 0,
  general_word = 1 << 1,
  link_word = 1 << 2,
  before_verb = 1 << 3,
  after_verb = 1 << 4,
};

/// The words of a language that are of some use here, folded, and which.
class WordUses {
 public:
  explicit WordUses(std::string_view lang) {
    for (const std::string_view word : stop_words(lang)) add(word, stop_word);
    add_lines("link_words", lang, [](std::string_view&) { return link_word; });
    add_lines("general_words", lang, [](std::string_view& line) { return take_field(line), general_word; });
    add_lines("verb_cues", lang,
              [](std::string_view& line) { return take_field(line) == "before" ? before_verb : after_verb; });
  }
  std::uint8_t find(const TermKey& word) const noexcept {
    const std::int32_t id = words_.find(word);
    return id < 0 ? std::uint8_t{0} : uses_[static_cast<std::size_t>(id)];
  }

 private:
  template <typename TakeUse>
  void add_lines(std::string_view file, std::string_view lang, TakeUse take_use) {
    for (std::string_view line : data_lines(file)) {
      if (take_field(line) != lang) continue;
      const WordUse use = take_use(line);
      while (!line.empty()) add(take_word(line), use);
    }
  }
  void add(std::string_view word, WordUse use) {
    const auto id = static_cast<std::size_t>(words_.add(fold_(word)));
    if (id == uses_.size()) uses_.push_back(0);
    uses_[id] |= use;
  }

  unicode::Folder fold_;
  Vocabulary words_;
  std::vector<std::uint8_t> uses_;
};

/// Those of a language, made when they are first asked for; of none of a language without stop words.
const WordUses& word_uses(std::string_view lang) {
  static LanguageTables<WordUses> tables;
  static const WordUses none{""};
  const WordUses* const uses = tables.find(lang, [](std::string_view of) { return WordUses(of); });
  return uses ? *uses : none;
}

bool is_dictionary(char32_t c) noexcept {
  return unicode::class_of(c).is_dictionary;
}

/// Whether nothing but white space with at most one line end lies between two words. In scripts written
/// without spaces, a space separates.
bool adjoin(std::string_view text, std::int32_t end, std::int32_t begin) noexcept {
  const std::string_view between = text.substr(end, begin - end);
  bool has_space = false, has_line_end = false;
  for (std::size_t at = 0; at < between.size();) {
    if (const std::size_t size = unicode::line_end_size(between, at)) {
      if (has_line_end) return false;
      has_line_end = true;
      at += size;
    } else if (unicode::is_space(unicode::next_code_point(between, at))) {
      has_space = true;
    } else {
      return false;
    }
  }
  if (!has_space) return true;
  std::size_t before = end, after = begin;
  return !is_dictionary(unicode::previous_code_point(text, before)) ||
         !is_dictionary(unicode::next_code_point(text, after));
}

bool is_hyphen(std::string_view between) noexcept {
  return between == "-" || between == "\u2010" || between == "\u2011";
}

bool is_in_capitals(std::string_view word) noexcept {
  std::size_t at = 0, size = 0;
  bool has_upper = false;
  for (; at < word.size(); ++size) {
    const char32_t c = unicode::next_code_point(word, at);
    if (unicode::is_lower(c)) return false;
    has_upper = has_upper || unicode::is_upper(c);
  }
  return has_upper && size >= 2;
}

/// The size of a word up to its first apostrophe, and with it.
std::int32_t size_to_apostrophe(std::string_view word) noexcept {
  const std::size_t plain = word.find('\''), typographic = word.find(typographic_apostrophe);
  if (plain < typographic) return static_cast<std::int32_t>(plain + 1);
  if (typographic == std::string_view::npos) return 0;
  return static_cast<std::int32_t>(typographic + typographic_apostrophe.size());
}

class Reader {
 public:
  Reader(const Document& document, const Control& control)
      : document_(document), pacer_(control), stems_(document.word_spans().size() / words_of_one_stem) {}

  void read_block(std::int32_t block) {
    begin_language(document_.block_lang(block));
    const IndexRange sentences = document_.sentences_of_block(block);
    for (std::int32_t s = sentences.first; s < sentences.last; ++s) read_sentence(s);
  }
  bool is_empty() const noexcept { return result_.words.empty(); }
  PhraseWords take() && {
    result_.stems = stems_.size();
    return std::move(result_);
  }

 private:
  /// Bytes. Longer ones are neither joined nor cut: a chain of a million parts takes no longer than as many
  /// words.
  static constexpr std::size_t longest_word = 200;
  /// About as many words of a short text, more of a long one.
  static constexpr std::size_t words_of_one_stem = 2;

  /// What is known of a folded word.
  struct Entry {
    std::int32_t stem = 0, letters = 0;
    std::uint8_t uses = 0;
    std::int32_t elided = -1, rest = -1;  ///< the entries of "l'" and "\u00E9t\u00E9"
  };
  struct Language {
    Language(std::string_view lang, std::size_t expected_words)
        : uses(&word_uses(lang)), elisions(elisions_of(lang)), stemmer(lang), words(expected_words) {}
    const WordUses* uses;
    std::vector<std::string_view> elisions;
    Stemmer stemmer;
    Vocabulary words;
    std::vector<Entry> entries{};
  };

  void begin_language(std::string_view lang) {
    if (language_ && lang == lang_) return;
    const std::size_t expected = languages_.empty() ? document_.word_spans().size() / words_of_one_stem : 0;
    const auto place = languages_.try_emplace(std::string(lang), lang, expected).first;
    lang_ = place->first;
    language_ = &place->second;
  }

  void read_sentence(std::int32_t sentence) {
    const auto spans = document_.word_spans();
    const auto kinds = document_.word_kinds();
    const std::int32_t shown_from = document_.dateline(sentence).end;
    const IndexRange words = document_.words_of_sentence(sentence);
    end_of_last_ = -1;
    for (std::int32_t w = words.first; w < words.last; ++w) {
      pacer_.advance(static_cast<std::size_t>(spans[w].size()));
      if (spans[w].begin >= shown_from) read_word(spans[w], kinds[w]);
    }
  }

  void read_word(Span span, WordKind kind) {
    const std::int32_t end = span.end;
    span.end = span.begin + static_cast<std::int32_t>(size_without_possessive(document_.slice(span)));
    std::size_t entry = entry_of(fold(document_.slice(span)));
    if (const std::int32_t elided = language_->entries[entry].elided; elided >= 0) {
      const std::int32_t cut = span.begin + size_to_apostrophe(document_.slice(span));
      if (cut > span.begin && cut < span.end) {
        add({span.begin, cut}, language_->entries[elided], kind);
        end_of_last_ = cut;
        span.begin = cut;
        entry = language_->entries[entry].rest;
      }
    }
    const std::string_view text = document_.text();
    if (end_of_last_ >= 0 && is_hyphen(text.substr(end_of_last_, span.begin - end_of_last_)) &&
        stems_.term(result_.words.back().stem).size() < longest_word) {
      join(span, language_->entries[entry], kind);
    } else {
      add(span, language_->entries[entry], kind);
    }
    end_of_last_ = end;
  }

  TermKey fold(std::string_view word) {
    if (word.find(typographic_apostrophe) != std::string_view::npos)
      word = with_plain_apostrophes(word, plain_);
    return fold_(word);
  }

  std::size_t entry_of(const TermKey& folded) {
    const auto id = static_cast<std::size_t>(language_->words.add(folded));
    if (id < language_->entries.size()) return id;
    const std::uint8_t uses = language_->uses->find(folded);
    // Of a stop word it is enough to know it again.
    const std::string_view stem = (uses & stop_word) ? folded.text : language_->stemmer(folded.text);
    Entry made{.stem = stems_.add(stem),
               .letters = static_cast<std::int32_t>(unicode::count_code_points(folded.text)),
               .uses = uses};
    if (folded.text.starts_with('\'')) made.uses |= stop_word;  // "'s" of words that came ready
    language_->entries.push_back(made);
    if (const std::size_t elided = elision_size(folded.text, language_->elisions);
        elided > 0 && folded.text.size() < longest_word && !(made.uses & stop_word)) {
      const std::string word(folded.text);  // the folded word ends with the next one
      made.elided = static_cast<std::int32_t>(entry_of(key_of(std::string_view(word).substr(0, elided))));
      made.rest = static_cast<std::int32_t>(entry_of(key_of(std::string_view(word).substr(elided))));
      language_->entries[made.elided].uses |= stop_word;
      language_->entries[id] = made;
    }
    return id;
  }

  void add(Span span, const Entry& entry, WordKind kind) {
    const std::string_view word = document_.slice(span);
    std::size_t at = 0;
    const char32_t first = unicode::next_code_point(word, at);
    PhraseWord made{.span = span,
                    .stem = entry.stem,
                    .letters = entry.letters,
                    .is_general = (entry.uses & general_word) != 0,
                    .is_number = kind == WordKind::number,
                    .is_cased = unicode::is_upper(first) || unicode::is_lower(first),
                    .is_capital = unicode::is_upper(first),
                    .is_all_capitals = is_in_capitals(word),
                    .opens = end_of_last_ < 0,
                    .is_link = (entry.uses & link_word) != 0,
                    .is_before_verb = (entry.uses & before_verb) != 0,
                    .is_after_verb = (entry.uses & after_verb) != 0};
    made.adjoins = !made.opens && adjoin(document_.text(), end_of_last_, span.begin);
    // With a capital inside a sentence it is part of a name.
    const bool is_name = made.is_capital && !made.opens;
    made.is_content = !(entry.uses & stop_word) && (!made.is_general || is_name);
    result_.words.push_back(made);
  }

  /// Appends to the last word what a hyphen joins to it.
  void join(Span span, const Entry& entry, WordKind kind) {
    PhraseWord& last = result_.words.back();
    joined_.assign(stems_.term(last.stem)).append("-").append(stems_.term(entry.stem));
    last.stem = stems_.add(joined_);
    last.span.end = span.end;
    last.letters += 1 + entry.letters;
    last.is_content = true;
    last.is_general = false;
    last.is_number = last.is_number && kind == WordKind::number;
    last.is_all_capitals = is_in_capitals(document_.slice(last.span));
    last.is_link = last.is_before_verb = last.is_after_verb = false;
  }

  const Document& document_;
  Pacer pacer_;
  std::map<std::string, Language, std::less<>> languages_;
  std::string_view lang_;  ///< of most blocks it is that of the one before
  Language* language_ = nullptr;
  unicode::Folder fold_;
  std::string plain_, joined_;
  Vocabulary stems_;
  std::int32_t end_of_last_ = -1;  ///< of the word before in the sentence, a possessive 's included
  PhraseWords result_;
};

/// Whether a block belongs to what the text says; the rest is furniture, or says it again.
bool is_read(const Block& block) noexcept {
  constexpr std::array unread = {Role::kicker,      Role::byline,    Role::caption,
                                 Role::boilerplate, Role::signature, Role::code};
  return block.duplicate_of < 0 && std::ranges::find(unread, block.role) == unread.end();
}

}  // namespace

PhraseWords find_phrase_words(const Document& document, const Control& control) {
  const auto blocks = static_cast<std::int32_t>(document.blocks().size());
  Reader reader(document, control);
  for (std::int32_t b = 0; b < blocks; ++b) {
    if (is_read(document.blocks()[b])) reader.read_block(b);
  }
  if (reader.is_empty()) {
    for (std::int32_t b = 0; b < blocks; ++b) reader.read_block(b);
  }
  return std::move(reader).take();
}

}  // namespace nutgraf
