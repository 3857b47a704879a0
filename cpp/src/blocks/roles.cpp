#include "blocks/roles.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "blocks/body_model.h"
#include "blocks/headings.h"
#include "blocks/lines.h"
#include "blocks/phrases.h"
#include "blocks/said_words.h"
#include "support/term_key.h"
#include "unicode/byte_masks.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

// A line of page furniture is short; longer ones are judged by their place alone.
constexpr int longest_prompt = 14;
constexpr int longest_notice = 60;
constexpr int longest_byline = 14;
constexpr int longest_title = 24;
constexpr int longest_subhead = 10;
constexpr int longest_kicker = 4;
constexpr int longest_greeting = 5;
constexpr int longest_standfirst = 70;
constexpr int longest_caption = 80;
// A paragraph of so many words is prose even without a full stop at its end.
constexpr int least_prose = 25;
// Headline, standfirst, captions and byline stand within so many blocks.
constexpr std::size_t head_blocks = 12;
constexpr std::size_t longest_tail = 3;
// Where most blocks of a short text are prose, it is an article with little around it, which the rules know
// and no model needs to be asked about; a text of more lines than the most is no page.
constexpr std::size_t fewest_page_blocks = 30;
constexpr std::size_t fewest_mixed_blocks = 16;
constexpr std::size_t most_page_blocks = 8192;

struct Features {
  int words = 0;  ///< runs between white space
  bool has_letter = false;
  bool ends_sentence = false;  ///< ends in a terminator, closing marks and a sign-off aside
  bool is_signed = false;      ///< ends in a sign-off
  bool begins_upper = false;   ///< its first letter is a capital or of a script without case
  std::uint8_t phrases = 0;    ///< see leading_phrases

  bool is_prose() const { return (ends_sentence && words >= 4) || words >= least_prose; }
  bool is_title_like() const { return has_letter && !ends_sentence && words <= longest_title; }
};

int count_words(std::string_view block) {
  int words = 0;
  if (unicode::is_ascii(block)) {
    std::uint64_t in_word = 0;
    for (std::size_t at = 0; at < block.size(); at += unicode::ByteWindow::size) {
      const std::uint64_t shown =
          unicode::ByteWindow(block.data() + at, block.size() - at).in_range(' ' + 1, 0x7F);
      words += std::popcount(shown & ~(shown << 1 | in_word));
      in_word = shown >> 63;
    }
    return words;
  }
  bool in_word = false;
  for (std::size_t at = 0; at < block.size();) {
    const bool is_space = unicode::is_space(unicode::next_code_point(block, at));
    words += !is_space && !in_word;
    in_word = !is_space;
  }
  return words;
}

/// The last `size` bytes, cut between code points.
std::string_view tail_of(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  std::size_t begin = text.size() - size;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
  return text.substr(begin);
}

/// Whether a terminator ends a text, closing marks aside.
bool ends_with_terminator(std::string_view text) noexcept {
  bool found = false;
  for (std::size_t at = text.size(); at > 0;) {
    const char32_t c = unicode::previous_code_point(text, at);
    found |= unicode::is_terminator(c);
    if (!unicode::is_closer(c) && !unicode::is_space(c)) break;
  }
  return found;
}

/// Whether a text ends in the sign of an agency or of who wrote it: "... on Monday. (dpa)", "... [AFP]".
bool has_sign_off(std::string_view block) noexcept {
  constexpr std::size_t longest_sign = 16;
  const char last = block.back();
  if (last != ')' && last != ']') return false;
  const auto open = block.rfind(last == ')' ? '(' : '[');
  if (open == std::string_view::npos || block.size() - open > longest_sign) return false;
  const std::string_view sign = block.substr(open + 1, block.size() - open - 2);
  const auto is_of_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || (c & 0x80) != 0;
  };
  return !sign.empty() && std::ranges::all_of(sign, is_of_name) &&
         ends_with_terminator(block.substr(0, open));
}

Features features_of(std::string_view block) {
  Features f;
  f.words = count_words(block);
  for (std::size_t at = 0; at < block.size() && !f.has_letter;) {
    const char32_t c = unicode::next_code_point(block, at);
    f.has_letter = unicode::is_letter(c);
    f.begins_upper = f.has_letter && !unicode::is_lower(c);
  }
  f.is_signed = has_sign_off(block);
  f.ends_sentence = f.is_signed || ends_with_terminator(block);
  f.phrases = leading_phrases(block);
  return f;
}

/// A credit at the end: "[A. Name/AFP]", "(Photo: A. Name)", "/Getty Images", or a line that opens with one,
/// or with what announces a picture.
bool is_caption(std::string_view block, const Features& f) {
  constexpr std::size_t longest_credit = 80, longest_agency = 40;
  if (f.phrases & phrase_caption) return true;
  const bool is_credited = (f.phrases & phrase_credit) != 0;
  if (is_credited && (!f.ends_sentence || f.words <= 8 || block.starts_with('|'))) return f.words <= 40;
  if (f.words > longest_caption) return false;
  const char last = block.back();
  if (last == ']' || last == ')') {
    const auto open = block.rfind(last == ']' ? '[' : '(');
    if (open == std::string_view::npos || open == 0 || block.size() - open > longest_credit) return false;
    const std::string_view inside = block.substr(open + 1, block.size() - open - 2);
    const auto slash = inside.find('/');
    const bool is_name_slash_agency = last == ']' && slash != std::string_view::npos && slash > 0 &&
                                      inside.find(' ') != std::string_view::npos;
    return is_name_slash_agency || contains_credit(fold_line(inside));
  }
  const std::string_view tail = tail_of(block, longest_agency);
  const auto slash = tail.rfind('/');
  return slash != std::string_view::npos && block.find("://") == std::string_view::npos &&
         contains_credit(fold_line(tail.substr(slash + 1)));
}

bool is_byline(std::string_view block, const Features& f) {
  if (f.words > longest_byline) return false;
  if (block.ends_with('|')) return true;
  if (!(f.phrases & phrase_byline) || f.ends_sentence) return false;
  // "By AFP", not "by the time": a capital or a digit follows the phrase.
  const auto space = block.find_first_of(" \t:");
  if (space == std::string_view::npos) return false;
  auto next = block.find_first_not_of(" \t:", space);
  if (next == std::string_view::npos) return false;
  const char32_t c = unicode::next_code_point(block, next);
  return unicode::is_upper(c) || unicode::is_digit(c) || f.words <= 6;
}

/// Whether tabs part what stands in the lines of a block. Those at the beginning of a line only indent it.
bool has_columns(std::string_view block) {
  if (block.find('\t') == std::string_view::npos) return false;
  int tabs = 0;
  bool is_indent = true;
  for (const char c : block) {
    if (c == '\n' || c == '\r') {
      is_indent = true;
    } else if (c == '\t') {
      tabs += !is_indent;
    } else if (c != ' ') {
      is_indent = false;
    }
  }
  return tabs >= 2;
}

Role role_by_itself(std::string_view block, const Features& f) {
  if (has_columns(block)) return Role::table;
  if (f.words <= longest_prompt && (f.phrases & (phrase_prompt | phrase_end | phrase_label)))
    return Role::boilerplate;
  if (f.words <= longest_notice && (f.phrases & phrase_notice)) return Role::boilerplate;
  if (is_byline(block, f)) return Role::byline;
  if (is_caption(block, f)) return Role::caption;
  if (begins_list_item(block)) return Role::list_item;
  return Role::body;
}

/// A number that blocks share which are equal but for ASCII case.
std::uint64_t caseless_hash(std::string_view block) {
  std::uint64_t hash = block.size(), word = 0;
  std::size_t at = 0;
  for (; at + 8 <= block.size(); at += 8) {
    std::memcpy(&word, block.data() + at, 8);
    hash = mix_hash(hash, unicode::lower_ascii(word));
  }
  word = 0;
  std::memcpy(&word, block.data() + at, block.size() - at);
  return mix_hash(hash, unicode::lower_ascii(word));
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

class Page {
 public:
  Page(std::string_view text, std::vector<Block>& blocks, TextFormat format, Pacer& pacer)
      : text_(text), blocks_(blocks), format_(format), pacer_(pacer) {
    features_.reserve(blocks.size());
    for (const Block& b : blocks) {
      pace(b);
      features_.push_back(features_of(view(b)));
    }
  }

  void assign() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      pace(blocks_[i]);
      if (is_open(i)) blocks_[i].role = role_by_itself(view(blocks_[i]), features_[i]);
    }
    find_duplicates();
    const bool is_page = is_web_page();
    if (is_page) {
      ask_model();
    } else {
      find_end();
    }
    number_headings(
        text_, blocks_, [&](std::size_t i) { return is_short_title(i); },
        [&](std::size_t i) { return features_[i].is_prose(); });
    if (format_ == TextFormat::marked_up || format_ == TextFormat::mail) find_title();
    if (format_ != TextFormat::mail && !find_head(0) && is_page && format_ == TextFormat::plain) {
      if (const auto title = find_page_title()) {
        blocks_[*title].role = Role::headline;
        find_head(*title);
      }
    }
    find_subheads();
    if (format_ == TextFormat::mail) {
      find_greetings();
    } else if (!is_page) {
      find_tail();
    }
    find_sign_off();
    copy_to_duplicates();
    find_sections(blocks_);
    if (format_ != TextFormat::plain) find_sources();
  }

 private:
  std::string_view view(const Block& b) const { return text_.substr(b.span.begin, b.span.size()); }
  void pace(const Block& b) { pacer_.advance(static_cast<std::size_t>(b.span.size())); }
  bool is_open(std::size_t i) const { return blocks_[i].role == Role::body; }

  bool is_short_title(std::size_t i) const {
    const bool is_text = is_open(i) || blocks_[i].role == Role::list_item;
    return is_text && features_[i].is_title_like() && features_[i].words <= longest_subhead;
  }

  void find_duplicates() {
    std::vector<std::pair<std::uint64_t, std::int32_t>> by_hash;
    by_hash.reserve(blocks_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      pace(blocks_[i]);
      by_hash.emplace_back(caseless_hash(view(blocks_[i])), static_cast<std::int32_t>(i));
    }
    std::ranges::sort(by_hash, [&](const auto& a, const auto& b) {
      pacer_.advance(1);
      return a < b;
    });
    std::size_t first = 0;  // of those with the same hash
    for (std::size_t i = 1; i < by_hash.size(); ++i) {
      pace(blocks_[by_hash[i].second]);
      if (by_hash[i].first != by_hash[first].first) {
        first = i;
      } else if (equal_but_for_case(view(blocks_[by_hash[first].second]), view(blocks_[by_hash[i].second]))) {
        blocks_[by_hash[i].second].duplicate_of = by_hash[first].second;
      }
    }
  }

  /// Whether furniture may stand around the article that the rules do not know. Repeats count once.
  bool is_web_page() const {
    if (blocks_.size() > most_page_blocks || format_ == TextFormat::marked_up || format_ == TextFormat::mail)
      return false;
    std::size_t single = 0, prose = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].duplicate_of >= 0 || blocks_[i].level > 0) continue;
      ++single;
      prose += features_[i].is_prose();
    }
    const bool is_mixed = 2 * prose < single;
    if (format_ == TextFormat::paper) return single >= fewest_mixed_blocks && is_mixed;
    return single >= fewest_page_blocks || (single >= fewest_mixed_blocks && is_mixed);
  }

  /// What the model takes for no part of the article is furniture, unless it shows itself to be something
  /// else.
  void ask_model() {
    std::vector<Span> lines;
    lines.reserve(blocks_.size());
    for (const Block& b : blocks_) lines.push_back(b.span);
    const BodyLines found = body_model()(text_, lines, pacer_);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Role role = blocks_[i].role;
      const bool is_article = is_body_like(role) || role == Role::subhead || role == Role::table;
      if (!found.is_body[i] && is_article) blocks_[i].role = Role::boilerplate;
    }
  }

  /// From the first sign of forms and comments on, all is boilerplate, if more of the prose stands before it.
  void find_end() {
    int all = 0, before = 0;
    for (const Features& f : features_) all += f.is_prose() ? f.words : 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const bool is_sign = blocks_[i].role == Role::boilerplate && (features_[i].phrases & phrase_end);
      if (is_sign && before > all / 2) {
        for (std::size_t k = i; k < blocks_.size(); ++k) {
          if (blocks_[k].role != Role::signature) blocks_[k].role = Role::boilerplate;
        }
        return;
      }
      before += features_[i].is_prose() ? features_[i].words : 0;
    }
  }

  /// The first heading that has marks is the title of the text if no prose stands above it and none ranks
  /// higher.
  void find_title() {
    const auto first = std::ranges::find_if(blocks_, [](const Block& b) { return b.level > 0; });
    if (first == blocks_.end()) return;
    const auto at = static_cast<std::size_t>(first - blocks_.begin());
    for (std::size_t i = 0; i < at; ++i) {
      if (is_open(i) && features_[i].is_prose()) return;
    }
    const bool is_highest =
        std::ranges::all_of(blocks_, [&](const Block& b) { return b.level == 0 || b.level >= first->level; });
    if (is_highest) first->role = Role::headline;
  }

  /// On a page, the line above the first prose that names most of what the article says: the model, which
  /// knows no words, takes it for furniture as it does the lines around it.
  std::optional<std::size_t> find_page_title() {
    constexpr std::size_t title_zone = 14, most_read = 8192;
    constexpr int fewest_said = 3, most_counted = 6;
    SaidWords article;
    std::size_t first_prose = blocks_.size(), read = 0;
    for (std::size_t i = 0; i < blocks_.size() && read < most_read; ++i) {
      if (!is_open(i) || !features_[i].is_prose()) continue;
      const std::string_view prose = view(blocks_[i]);
      first_prose = std::min(first_prose, i);
      article.add(unicode::head_of(prose, most_read - read));
      read += prose.size();
    }
    if (first_prose == blocks_.size()) return std::nullopt;
    std::optional<std::size_t> title;
    double best = 0;
    for (std::size_t i = first_prose - std::min(first_prose, title_zone); i < first_prose; ++i) {
      const Features& f = features_[i];
      const Role role = blocks_[i].role;
      const bool may_be = role == Role::boilerplate && (f.phrases & ~phrase_byline) == 0;
      const char last = view(blocks_[i]).back();
      if (!may_be || f.words > longest_title || last == '.' || last == ':') continue;
      const auto [words, said] = article.count(view(blocks_[i]));
      const double score = static_cast<double>(std::min(said, most_counted)) * said / std::max(words, 1);
      if (said < fewest_said || 2 * said < words || score <= best) continue;
      best = score;
      title = blocks_[i].duplicate_of < 0 ? i : static_cast<std::size_t>(blocks_[i].duplicate_of);
    }
    return title;
  }

  /// Finds the headline from a block on, and what stands around it; false where there is none.
  bool find_head(std::size_t begin) {
    // The title-like lines above the first prose or byline.
    std::vector<std::size_t> titles;
    std::size_t i = begin;
    bool has_prose = false;
    for (; i < std::min(blocks_.size(), begin + head_blocks); ++i) {
      const Role role = blocks_[i].role;
      if (role == Role::boilerplate || role == Role::caption) continue;
      if (role == Role::headline) {
        titles.assign(1, i);
        continue;
      }
      if (role != Role::body) break;
      const Features& f = features_[i];
      const bool asks = i < begin + 2 && f.words <= longest_title && view(blocks_[i]).ends_with('?');
      const bool opens_code = view(blocks_[i]).ends_with("::");
      if ((!f.is_title_like() && !asks) || opens_code) break;
      titles.push_back(i);
    }
    for (std::size_t k = i; k < blocks_.size() && !has_prose; ++k)
      has_prose = is_open(k) && features_[k].is_prose();
    if (titles.empty() || !has_prose) return false;
    std::size_t headline = titles[0];
    for (const std::size_t t : titles) {
      if (blocks_[t].role == Role::headline) headline = t;
    }
    const bool may_have_kicker =
        format_ == TextFormat::plain && titles.size() > 1 && blocks_[titles[0]].role != Role::headline;
    if (may_have_kicker && features_[titles[0]].words <= longest_kicker &&
        features_[titles[1]].words > features_[titles[0]].words) {
      headline = titles[1];
    }
    const Role below = format_ == TextFormat::paper ? Role::byline : Role::standfirst;
    for (const std::size_t t : titles) {
      blocks_[t].role = t < headline ? Role::kicker : t == headline ? Role::headline : below;
    }
    // Prose between headline and byline is the standfirst; a repeated paragraph there is a caption without
    // credit.
    std::size_t byline = headline + 1;
    while (byline < std::min(blocks_.size(), headline + head_blocks) && blocks_[byline].role != Role::byline)
      ++byline;
    if (byline >= blocks_.size() || blocks_[byline].role != Role::byline) return true;
    std::size_t standfirsts = 0;
    for (std::size_t k = headline + 1; k < byline; ++k) {
      standfirsts += is_open(k) && features_[k].words <= longest_standfirst;
    }
    if (standfirsts > 2) return true;
    for (std::size_t k = headline + 1; k < byline; ++k) {
      if (!is_open(k) || features_[k].words > longest_standfirst) continue;
      const bool repeated = k + 1 < byline && blocks_[k + 1].duplicate_of == static_cast<std::int32_t>(k);
      blocks_[k].role = repeated ? Role::caption : Role::standfirst;
    }
    return true;
  }

  void find_subheads() {
    if (format_ == TextFormat::mail) return;
    bool seen_prose = false;
    for (std::size_t i = 0; i + 1 < blocks_.size(); ++i) {
      if (!is_open(i)) continue;
      // Beside headings with marks, a line that opens a paragraph is its first words, unless it is bold.
      const bool may_be_heading = format_ != TextFormat::marked_up || view(blocks_[i]).starts_with("**");
      if (features_[i].is_prose()) {
        seen_prose = true;
      } else if (seen_prose && may_be_heading && is_short_title(i) && features_[i].begins_upper) {
        const bool opens_list = blocks_[i + 1].role == Role::list_item && view(blocks_[i]).ends_with(':');
        if (is_body_like(blocks_[i + 1].role) && features_[i + 1].is_prose() && !opens_list)
          blocks_[i].role = Role::subhead;
      }
    }
  }

  /// A list of works is no text of a paper.
  void find_sources() {
    std::vector<bool> is_source(blocks_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Block& b = blocks_[i];
      const bool is_below = b.section >= 0 && is_source[static_cast<std::size_t>(b.section)];
      if (b.level > 0) {
        is_source[i] = is_below || names_sources(view(b));
      } else if (is_below && is_body_like(b.role)) {
        blocks_[i].role = Role::boilerplate;
      }
    }
  }

  /// What opens and closes a mail: "Dear all,", "Best regards,", the name below.
  void find_greetings() {
    bool seen_body = false;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Features& f = features_[i];
      if (!is_open(i)) continue;
      if (!seen_body && f.is_title_like() && f.words <= longest_greeting) blocks_[i].role = Role::boilerplate;
      seen_body = true;
    }
    for (std::size_t i = blocks_.size(); i-- > 0;) {
      // The end of a message is the end of the text, or stands before what it quotes.
      const bool is_last =
          i + 1 == blocks_.size() || !is_body_like(blocks_[i + 1].role) || blocks_[i + 1].role == Role::quote;
      if (!is_open(i) || !is_last) continue;
      for (std::size_t k = i + 1; k-- > 0 && i - k < longest_tail;) {
        if (!is_open(k) || !features_[k].is_title_like() || features_[k].words > longest_greeting) break;
        blocks_[k].role = Role::signature;
      }
    }
  }

  /// Short lines without a full stop after the last paragraph of an article: links, buttons, labels.
  void find_tail() {
    const auto prose =
        std::count_if(features_.begin(), features_.end(), [](const Features& f) { return f.is_prose(); });
    if (prose < 3) return;
    std::vector<std::size_t> tail;
    for (std::size_t i = blocks_.size(); i-- > 0;) {
      if (blocks_[i].role == Role::boilerplate || blocks_[i].role == Role::signature) continue;
      if (!is_open(i) || !features_[i].is_title_like() || features_[i].words > longest_subhead) break;
      tail.push_back(i);
    }
    // More of them are a list: results, names, dates.
    if (tail.size() > longest_tail) return;
    for (const std::size_t i : tail) blocks_[i].role = Role::boilerplate;
  }

  /// What looks like a credit at the end of the last paragraph says who wrote the article.
  void find_sign_off() {
    for (std::size_t i = blocks_.size(); i-- > 1;) {
      const Role role = blocks_[i].role;
      if (role == Role::boilerplate || role == Role::signature) continue;
      const bool ends_article = role == Role::caption && features_[i].is_signed && is_open(i - 1) &&
                                features_[i - 1].is_prose() && blocks_[i].duplicate_of < 0;
      if (ends_article) blocks_[i].role = Role::body;
      return;
    }
  }

  void copy_to_duplicates() {
    for (Block& b : blocks_) {
      if (b.duplicate_of >= 0 && b.level == 0 && b.role != Role::boilerplate)
        b.role = blocks_[b.duplicate_of].role;
    }
  }

  std::string_view text_;
  std::vector<Block>& blocks_;
  TextFormat format_;
  Pacer& pacer_;
  std::vector<Features> features_;
};

}  // namespace

void assign_roles(std::string_view text, std::vector<Block>& blocks, TextFormat format, Pacer& pacer) {
  Page(text, blocks, format, pacer).assign();
}

}  // namespace nutgraf
