#include "blocks/line_features.h"

#include <algorithm>
#include <array>
#include <utility>

#include "blocks/segment_sums.h"
#include "support/data_tables.h"
#include "support/hashed_table.h"
#include "support/term_key.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

using unicode::Property;

// ---- the words of cpp/data/page_words.txt

constexpr std::string_view word_classes[] = {"comment", "related", "nav",   "social", "legal", "ad",
                                             "form",    "site",    "photo", "date",   "ago"};
enum WordClass : int { comment, related, nav, social, legal, ad, form, site, photo, date, ago };
constexpr WordClass link_classes[] = {comment, related, nav, social, legal, ad, form};

/// A count for each word class in one number, five bits a class.
using ClassCounts = std::uint64_t;
constexpr int class_bits = 5;
// Only so many words and signs of a line are counted, so that no count runs over.
constexpr int listed_words = 24, listed_marks = 7;

constexpr ClassCounts one_of(int word_class) noexcept {
  return ClassCounts{1} << class_bits * word_class;
}
constexpr int count_of(ClassCounts counts, int word_class) noexcept {
  return static_cast<int>(counts >> class_bits * word_class & ((1 << class_bits) - 1));
}

constexpr std::uint64_t empty_word = 0x51ED270B7F4A7C15ULL;

std::uint64_t hash_of(std::string_view word) noexcept {
  std::uint64_t hash = empty_word;
  for (std::size_t at = 0; at < word.size();)
    hash = mix_hash(hash, unicode::rough_lower(unicode::next_code_point(word, at)));
  return hash;
}

/// Words are known by their hashes of 64 bits alone.
class PageWords {
 public:
  PageWords() {
    for (std::string_view line : data_lines("page_words")) {
      const std::string_view name = take_field(line);
      const auto word_class = std::ranges::find(word_classes, name) - std::begin(word_classes);
      while (!line.empty()) {
        const auto space = std::min(line.find(' '), line.size());
        classes_[hash_of(line.substr(0, space))] |= one_of(static_cast<int>(word_class));
        line.remove_prefix(std::min(space + 1, line.size()));
      }
    }
  }
  ClassCounts operator()(std::uint64_t hash) const noexcept {
    const ClassCounts* const found = classes_.find(hash);
    return found ? *found : 0;
  }

 private:
  HashedTable<ClassCounts> classes_;
};

const PageWords& page_words() {
  static const PageWords words;
  return words;
}

// ---- one pass over a line

/// What a line shows by itself.
struct LineCounts {
  int tokens = 0, words = 0, characters = 0;
  int digits = 0;
  int long_tokens = 0, capital_tokens = 0;  // of four characters and more; of these, with a capital first
  int commas = 0, parentheses = 0, separators = 0;
  int inner_ends = 0;
  bool ends_letter = false, ends_sentence = false;
  bool has_date = false;
  ClassCounts classes = 0;
  // Lines with equal keys are taken for equal. Runs of digits count as one digit.
  std::uint64_t text_key = 0;  // of all words
  std::uint64_t ends_key = 0;  // of the first and the last word; 0 unless 2 to 15 words
  std::uint64_t shape_key =
      0;  // of kinds of words; 0 unless at most 12 words, one of them a number or a date word
};

bool is_cjk(unicode::Script script) noexcept {
  using unicode::Script;
  return script == Script::han || script == Script::kana || script == Script::hangul ||
         script == Script::thai;
}

/// Recognises "12:30" and "3/11/2009", fed with all characters and once with 0 at the end.
class DateFinder {
 public:
  bool found() const noexcept { return found_; }
  void take_digits(int count) noexcept {
    run_ += count;
    if (run_ >= 2 && after_time_mark_) found_ = true;
  }
  void take_other(char32_t c) noexcept {
    if (run_ == 0) {
      groups_ = 0;
      after_time_mark_ = false;
      return;
    }
    groups_ = groups_ + 1;
    if (groups_ >= 3 && first_ <= 4 && second_ <= 2 && run_ <= 4) found_ = true;
    first_ = second_;
    second_ = run_;
    run_ = 0;
    if (c != '.' && c != '/' && c != '-') groups_ = 0;
    after_time_mark_ = c == ':' || c == '.' || c == 'h';
  }

 private:
  int run_ = 0, groups_ = 0, first_ = 0, second_ = 0;
  bool after_time_mark_ = false, found_ = false;
};

LineCounts count_line(std::string_view line) {
  LineCounts n;
  const PageWords& list = page_words();
  DateFinder dates;
  enum { inside, ended, spaced } state = inside;  // of the search for a sentence's end
  enum : std::uint64_t { shape_mark = 1, shape_lower, shape_upper, shape_number, shape_date };
  std::uint64_t first_word = 0, last_word = 0, shape = 0;
  bool has_shape = false;
  int cjk = 0, copyright_marks = 0;
  bool ended_cjk = false;  // the character before ends a sentence and needs no space after it
  char32_t last = 0, before_last = 0, before_that = 0;  // closing marks aside
  const unicode::CharClass* last_class = &unicode::class_of(' ');

  for (std::size_t at = 0; at < line.size();) {
    // A run between white space.
    std::uint64_t running = empty_word, word = empty_word;  // with and without marks at its end
    int size = 0;
    bool has_digit = false, after_digit = false, begins_upper = false, begins_letter = false,
         is_begun = false;
    while (at < line.size()) {
      const char32_t c = unicode::next_code_point(line, at);
      const unicode::CharClass& known = unicode::class_of(c);
      ++n.characters;
      const bool is_digit = known.has(Property::digit);
      if (is_digit) {
        dates.take_digits(1);
      } else {
        dates.take_other(c);
      }
      if (known.has(Property::space)) {
        if (state == ended) state = spaced;
        break;
      }
      ++size;
      n.inner_ends += ended_cjk;
      ended_cjk = false;
      const bool is_letter = known.has(Property::letter);
      if (is_letter || is_digit) {
        const bool is_upper = known.has(Property::upper);
        n.inner_ends += state == spaced;
        state = inside;
        n.digits += is_digit;
        cjk += c >= 0xE00 && is_cjk(known.script);
        if (!is_begun) {
          is_begun = true;
          begins_upper = is_upper;
          begins_letter = is_letter;
        }
        if (!(is_digit && after_digit))
          running = mix_hash(running, is_digit ? U'9' : unicode::rough_lower(c));
        has_digit |= is_digit;
        after_digit = is_digit;
        before_that = before_last, before_last = last, last = c, last_class = &known;
        // Most characters are small letters after a letter, or digits after a digit, and change little.
        const std::size_t begin = at;
        if (is_digit) {
          while (at < line.size() && line[at] >= '0' && line[at] <= '9') ++at;
        } else if (is_letter) {
          while (at < line.size() && line[at] >= 'a' && line[at] <= 'z')
            running = mix_hash(running, static_cast<unsigned char>(line[at++]));
        }
        if (at > begin) {
          const int more = static_cast<int>(at - begin);
          n.characters += more;
          size += more;
          before_last = last = is_digit ? '0' : 'a';  // as good as any
          last_class = &unicode::class_of(last);
          if (is_digit) {
            n.digits += more;
            dates.take_digits(more);
          } else {
            dates.take_other(last);
          }
        }
        word = running;
        continue;
      }
      after_digit = false;
      if (is_begun) running = mix_hash(running, c);
      if (known.has(Property::terminator)) {
        state = ended;
        ended_cjk = c >= 0x2E80;
      } else if (!(state == ended && known.has(Property::closer)) &&
                 !(state == spaced && (known.has(Property::opener) || known.has(Property::quote)))) {
        state = inside;
      }
      switch (c) {
        case ',':
        case U'\u060C':
        case U'\u3001':
        case U'\uFF0C':
          ++n.commas;
          break;
        case '(':
          ++n.parentheses;
          break;
        case '|':
        case '/':
        case '>':
        case U'\u00B7':
        case U'\u2022':
        case U'\u00BB':
        case U'\u203A':
          ++n.separators;
          break;
        case U'\u00A9':
          n.classes += one_of(legal) * (copyright_marks++ < listed_marks);
          break;
        default:
          break;
      }
      if (!known.has(Property::closer) && c != '*') {
        before_that = before_last, before_last = last, last = c, last_class = &known;
      }
    }
    if (size == 0) continue;
    // The word.
    ++n.tokens;
    if (size >= 4) {
      ++n.long_tokens;
      n.capital_tokens += begins_upper;
    }
    ClassCounts classes = 0;
    if (n.tokens <= listed_words && is_begun) classes = list(word);
    n.classes += classes;
    if (n.tokens == 1) first_word = word;
    last_word = word;
    n.text_key = mix_hash(n.text_key, word);
    if (n.tokens <= 10) {
      const bool is_date = count_of(classes, date) > 0;
      has_shape |= is_date || has_digit;
      shape = shape << 3 | (is_date         ? shape_date
                            : has_digit     ? shape_number
                            : begins_upper  ? shape_upper
                            : begins_letter ? shape_lower
                                            : shape_mark);
    }
  }
  dates.take_other(0);
  n.words = n.tokens + 2 * cjk / 5;
  const bool is_ellipsis = last == U'\u2026' || (last == '.' && before_last == '.' && before_that == '.');
  n.ends_sentence = last_class->has(Property::terminator) && !is_ellipsis;
  n.ends_letter = last_class->has(Property::letter);
  n.has_date =
      dates.found() || (n.digits > 0 && (count_of(n.classes, date) > 0 || count_of(n.classes, ago) > 0));
  if (n.tokens >= 2 && n.tokens <= 15) n.ends_key = mix_hash(first_word, last_word) | 1;
  if (n.tokens <= 12 && has_shape) n.shape_key = shape;
  n.text_key |= 1;
  return n;
}

// ---- over the lines

constexpr int farthest = 500;            // lines to the next prose
constexpr int no_sign = -10000;          // stands before all distances in lines
constexpr int prose_before_signs = 150;  // characters

int per_mille(std::int64_t part, std::int64_t whole) noexcept {
  return static_cast<int>(1000 * part / std::max<std::int64_t>(1, whole));
}

class Page {
 public:
  Page(std::string_view text, std::span<const Span> lines, Pacer& pacer)
      : features_(line_feature_count, lines.size()), size_(static_cast<int>(lines.size())) {
    lines_.reserve(lines.size());
    for (const Span& line : lines) {
      lines_.push_back(count_line(text.substr(line.begin, line.size())));
      pacer.advance(static_cast<std::size_t>(line.size()));
    }
  }

  FeatureTable take() {
    count_lines();
    find_prose();
    find_repeats();
    find_threads();
    count_around();
    find_signs();
    find_clusters();
    return std::move(features_);
  }

 private:
  template <typename F>
  void fill(LineFeature feature, F value) {
    const auto column = features_.column(static_cast<int>(feature));
    for (int i = 0; i < size_; ++i) column[i] = value(i);
  }
  /// A number for each line.
  template <typename F>
  std::vector<int> each(F value) const {
    std::vector<int> all(lines_.size());
    for (int i = 0; i < size_; ++i) all[i] = value(i);
    return all;
  }
  template <typename F>
  SegmentSums sums(F value) const {
    return SegmentSums(size_, value);
  }
  int count(int i, WordClass word_class) const { return count_of(lines_[i].classes, word_class); }

  void count_lines() {
    using enum LineFeature;
    links_ = each([&](int i) {
      int all = 0;
      for (const WordClass c : link_classes) all += count(i, c);
      return all;
    });
    fill(words, [&](int i) { return lines_[i].words; });
    fill(characters, [&](int i) { return lines_[i].characters; });
    fill(inner_ends, [&](int i) { return lines_[i].inner_ends; });
    fill(comma_share, [&](int i) { return per_mille(lines_[i].commas, lines_[i].words); });
    fill(ends_letter, [&](int i) { return lines_[i].ends_letter; });
    fill(capital_share, [&](int i) {
      return lines_[i].long_tokens == 0 ? 500 : per_mille(lines_[i].capital_tokens, lines_[i].long_tokens);
    });
    fill(digit_share, [&](int i) { return per_mille(lines_[i].digits, lines_[i].characters); });
    fill(parentheses, [&](int i) { return lines_[i].parentheses; });
    fill(separators, [&](int i) { return lines_[i].separators; });
    fill(link_word_share, [&](int i) { return per_mille(links_[i], lines_[i].words); });
    fill(legal_word_share, [&](int i) { return per_mille(count(i, legal), lines_[i].words); });
    fill(site_word_share, [&](int i) { return per_mille(count(i, site), lines_[i].words); });
    fill(photo_word_share, [&](int i) { return per_mille(count(i, photo), lines_[i].words); });
  }

  void find_prose() {
    using enum LineFeature;
    prose_ = each([&](int i) { return lines_[i].words >= 10 && lines_[i].ends_sentence; });
    prose_characters_ = sums([&](int i) { return prose_[i] * std::min(lines_[i].characters, 600); });
    const SegmentSums characters_sums = sums([&](int i) { return lines_[i].characters; });
    const SegmentSums prose_sums = sums([&](int i) { return prose_[i]; });
    const int total = prose_characters_.all();
    fill(page_lines, [&](int) { return size_; });
    fill(place, [](int i) { return i; });
    fill(place_share, [&](int i) { return per_mille(2 * i + 1, 2 * size_); });
    fill(LineFeature::prose_before, [&](int i) { return per_mille(prose_characters_.before(i), total); });
    fill(prose_lines, [&](int) { return per_mille(prose_sums.all(), size_); });
    fill(prose_characters, [&](int) { return per_mille(total, characters_sums.all()); });

    const auto runs = features_.column(static_cast<int>(prose_run));
    for (int i = 0, end = 0; i < size_; i = std::max(end, i + 1)) {
      end = i;
      while (end < size_ && prose_[end]) ++end;
      for (int k = i; k < end; ++k) runs[k] = end - i;
    }
    const SegmentSums begin_sums = sums([&](int i) { return prose_[i] && (i == 0 || !prose_[i - 1]); });
    fill(prose_near, [&](int i) { return prose_sums(i - 9, i + 9); });
    fill(prose_breaks,
         [&](int i) { return per_mille(begin_sums(i - 12, i + 12), prose_sums(i - 12, i + 12)); });
    const auto next = features_.column(static_cast<int>(to_next_prose));
    for (int i = size_ - 1, at = size_ + farthest; i >= 0; --i) {
      next[i] = std::min(farthest, at - i);
      if (prose_[i]) at = i;
    }
    fill(prose_around30, [&](int i) { return prose_characters_(i - 30, i + 30); });
  }

  void find_repeats() {
    using enum LineFeature;
    HashedTable<int> counts;
    repeated_ = each([&](int i) { return counts[lines_[i].text_key]++ > 0; });
    fill(repeats, [&](int i) { return counts[lines_[i].text_key] - 1; });
    fill(repeated, [&](int i) { return repeated_[i]; });
  }

  /// Names, dates and links that recur beside prose make a thread: of each line, 0 to 5.
  void find_threads() {
    const auto touches_prose = each(
        [&](int i) { return !prose_[i] && ((i + 1 < size_ && prose_[i + 1]) || (i > 0 && prose_[i - 1])); });
    thread_.assign(lines_.size(), 0);
    for (const auto key : {&LineCounts::text_key, &LineCounts::ends_key, &LineCounts::shape_key}) {
      HashedTable<int> counts;
      for (int i = 0; i < size_; ++i) {
        if (touches_prose[i] && lines_[i].*key) ++counts[lines_[i].*key];
      }
      for (int i = 0; i < size_; ++i) {
        if (!prose_[i] && lines_[i].*key)
          thread_[i] = std::max(thread_[i], std::min(counts[lines_[i].*key] - 1, 5));
      }
    }
  }

  void count_around() {
    using enum LineFeature;
    const auto column = [&](LineFeature f) { return features_.column(static_cast<int>(f)); };
    const auto text_words = column(words), capitals = column(capital_share);
    const SegmentSums word_sums = sums([&](int i) { return std::min(text_words[i], 60); });
    fill(words_before10, [&](int i) { return word_sums(i - 10, i - 1); });
    fill(words_after10, [&](int i) { return word_sums(i + 1, i + 10); });
    fill(words_before3, [&](int i) { return word_sums(i - 3, i - 1); });
    fill(words_after3, [&](int i) { return word_sums(i + 1, i + 3); });
    fill(ends_sentence_before1, [&](int i) { return i > 0 && lines_[i - 1].ends_sentence; });
    fill(ends_sentence_after1, [&](int i) { return i + 1 < size_ && lines_[i + 1].ends_sentence; });

    const SegmentSums short_sums = sums([&](int i) { return text_words[i] <= 4; });
    fill(short_around30, [&](int i) { return short_sums(i - 30, i + 30); });
    fill(short_before10, [&](int i) { return short_sums(i - 10, i - 1); });
    fill(short_before3, [&](int i) { return short_sums(i - 3, i - 1); });
    const SegmentSums title_sums =
        sums([&](int i) { return capitals[i] >= 700 && text_words[i] >= 3 && !prose_[i]; });
    fill(titles_around30, [&](int i) { return title_sums(i - 30, i + 30); });

    comments_ = each([&](int i) { return count(i, comment) > 0 && text_words[i] <= 15; });
    const SegmentSums comment_sums = sums([&](int i) { return comments_[i]; });
    fill(comments_before10, [&](int i) { return comment_sums(i - 10, i - 1); });
    fill(comments_around30, [&](int i) { return comment_sums(i - 30, i + 30); });
    fill(comments_so_far, [&](int i) { return comment_sums.before(i); });

    const SegmentSums date_sums = sums([&](int i) { return lines_[i].has_date && text_words[i] <= 15; });
    fill(dates_before3, [&](int i) { return date_sums(i - 3, i - 1); });
    fill(dates_after3, [&](int i) { return date_sums(i + 1, i + 3); });
    fill(dates_in_page, [&](int) { return date_sums.all(); });
    const SegmentSums site_sums = sums([&](int i) { return count(i, site) > 0; });
    fill(site_before10, [&](int i) { return site_sums(i - 10, i - 1); });
    const SegmentSums link_sums = sums([&](int i) { return links_[i] > 0 && text_words[i] <= 12; });
    fill(links_so_far, [&](int i) { return link_sums.before(i); });
    fill(links_in_page, [&](int) { return link_sums.all(); });
    const SegmentSums repeat_sums = sums([&](int i) { return repeated_[i]; });
    fill(repeated_so_far, [&](int i) { return repeat_sums.before(i); });
    fill(repeated_in_page, [&](int) { return repeat_sums.all(); });
    const SegmentSums thread_sums = sums([&](int i) { return thread_[i]; });
    fill(thread_so_far, [&](int i) { return thread_sums.before(i); });
    fill(thread_in_page, [&](int) { return thread_sums.all(); });
    fill(thread_near,
         [&](int i) { return std::max(thread_sums(i - 15, i - 1), thread_sums(i + 1, i + 15)); });
  }

  /// Lines from the first sign on that stands after some prose.
  template <typename F>
  int fill_since(LineFeature feature, F is_sign) {
    int first = 0;
    while (first < size_ && !(is_sign(first) && prose_characters_.before(first) >= prose_before_signs))
      ++first;
    fill(feature, [&](int i) { return first < size_ ? i - first : no_sign; });
    return first;
  }

  void find_signs() {
    using enum LineFeature;
    fill_since(since_heading, [&](int i) { return count(i, comment) > 0 && lines_[i].words <= 5; });
    fill_since(since_comment, [&](int i) { return comments_[i] > 0; });
    fill_since(since_related, [&](int i) { return count(i, related) > 0 && lines_[i].words <= 8; });
    const int thread = fill_since(since_thread, [&](int i) { return thread_[i] >= 2; });
    const int share =
        thread < size_ ? per_mille(prose_characters_.before(thread), prose_characters_.all()) : 1500;
    fill(prose_before_thread, [&](int) { return share; });
  }

  void find_clusters() {
    using enum LineFeature;
    const auto cluster = [&](int cost, LineFeature in) {
      const IndexRange found = best_segment(size_, [&](int i) {
        return (prose_[i] ? std::min(lines_[i].words, 80) : -cost) -
               5 * std::min(5, 5 * comments_[i] + thread_[i]);
      });
      fill(in, [&](int i) { return i >= found.first && i < found.last; });
      return found;
    };
    const SegmentSums word_sums = sums([&](int i) { return lines_[i].words; });
    const auto describe = [&](IndexRange c, LineFeature begin, LineFeature end, LineFeature share,
                              LineFeature size) {
      const int part = per_mille(prose_characters_(c.first, c.last - 1), prose_characters_.all());
      const int cluster_words = word_sums(c.first, c.last - 1);
      fill(begin, [&](int i) { return i - c.first; });
      fill(end, [&](int i) { return i - (c.last - 1); });
      fill(share, [&](int) { return part; });
      fill(size, [&](int) { return cluster_words; });
    };
    cluster(6, in_cluster6);
    describe(cluster(15, in_cluster15), since_begin15, since_end15, cluster_share15, cluster_words15);
    describe(cluster(30, in_cluster30), since_begin30, since_end30, cluster_share30, cluster_words30);
  }

  FeatureTable features_;
  int size_;
  std::vector<LineCounts> lines_;
  std::vector<int> links_, prose_, repeated_, thread_, comments_;
  SegmentSums prose_characters_;
};

}  // namespace

FeatureTable line_features(std::string_view text, std::span<const Span> lines, Pacer& pacer) {
  if (lines.empty()) return FeatureTable(line_feature_count, 0);
  return Page(text, lines, pacer).take();
}

}  // namespace nutgraf
