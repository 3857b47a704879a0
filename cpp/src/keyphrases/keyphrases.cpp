#include "nutgraf/keyphrases.h"

#include <algorithm>
#include <cstddef>

#include "keyphrases/phrase_words.h"
#include "nutgraf/segment.h"
#include "segment/language.h"
#include "support/checkpoint.h"
#include "support/hashed_table.h"
#include "support/natural_exp.h"
#include "support/natural_log.h"
#include "support/parallel.h"

namespace nutgraf {
namespace {

constexpr int most_content = 4, most_links = 2;
constexpr std::int32_t least_letters = 2;  ///< of the first word, and of the last that is no number

// What each measure weighs; see keyphrases().
constexpr double weight_of_count = 0.6;
constexpr double weight_of_words = 0.5;
constexpr double weight_of_position = -0.3;
constexpr double weight_of_neighbours = -0.6;
constexpr double weight_of_nesting = -0.2;
constexpr double weight_of_verbs = -0.6;
constexpr double weight_of_capitals = 0.6;
constexpr double weight_of_acronym = 0.6;
constexpr double weight_of_letter = 0.1;
constexpr double weight_of_full_length = -0.6;
constexpr double weight_of_link = -0.6;
constexpr double weight_of_names = 5.0;    ///< in the score of a single word
constexpr double weight_of_length = -0.2;  ///< of the text, in the score of a single word
constexpr std::int32_t most_letters = 8;
constexpr double most_names = 0.25;     ///< a text full of names, as news are
constexpr double caseless_names = 0.1;  ///< where no capitals tell

/// Phrases and what begins them, by their stems: each is the one that it goes on by one stem.
class PhraseTree {
 public:
  static constexpr std::int32_t root = 0;
  std::int32_t add(std::int32_t phrase, std::int32_t stem) {
    std::int32_t& next = next_[key(phrase, stem)];
    if (next == root) next = ++last_;
    return next;
  }
  /// The phrase that goes on with a stem; root where there is none.
  std::int32_t find(std::int32_t phrase, std::int32_t stem) const noexcept {
    const std::int32_t* const next = next_.find(key(phrase, stem));
    return next ? *next : root;
  }
  std::int32_t size() const noexcept { return last_ + 1; }

 private:
  static std::uint64_t key(std::int32_t phrase, std::int32_t stem) noexcept {
    return static_cast<std::uint64_t>(phrase) << 32 | (static_cast<std::uint64_t>(stem) + 1);
  }
  HashedTable<std::int32_t> next_;
  std::int32_t last_ = root;
};

/// What is counted of a phrase. Nothing of what only begins phrases: its count is 0.
struct Candidate {
  std::int32_t count = 0;
  IndexRange first{};  ///< the words of its first occurrence
  std::int32_t content = 0;
  bool has_link = false;
  std::int64_t neighbours = 0, verbs = 0;  ///< over all occurrences
  std::int32_t around = 0;                 ///< occurrences of the most frequent longer phrase
  bool is_covered = false;                 ///< stands inside a phrase that was taken
  bool is_taken = false;
};

struct Occurrence {
  std::int32_t phrase;
  Span span;
};

/// What is counted of the words.
struct Counts {
  std::vector<std::int32_t> content{};   ///< occurrences of a stem as a content word
  std::vector<std::int32_t> inside{};    ///< those of them that open no sentence
  std::vector<std::int32_t> capitals{};  ///< those of these with a capital
  double names = 0;
};

Counts count_words(const PhraseWords& read, Pacer& pacer) {
  const auto stems = static_cast<std::size_t>(read.stems);
  Counts counts{.content = std::vector<std::int32_t>(stems),
                .inside = std::vector<std::int32_t>(stems),
                .capitals = std::vector<std::int32_t>(stems)};
  std::int64_t inside = 0, capitals = 0, letters = 0, cased = 0;
  for (const PhraseWord& word : read.words) {
    pacer.advance(1);
    if (!word.is_content) continue;
    ++counts.content[word.stem];
    if (word.opens) continue;
    ++counts.inside[word.stem];
    counts.capitals[word.stem] += word.is_capital;
    ++inside;
    capitals += word.is_capital;
    letters += !word.is_number;
    cased += word.is_cased;
  }
  const bool is_caseless = letters > 0 && 2 * cased < letters;
  const double share = inside > 0 ? static_cast<double>(capitals) / static_cast<double>(inside) : 0;
  counts.names = is_caseless ? caseless_names : std::min(share, most_names);
  return counts;
}

class Ranking {
 public:
  Ranking(const PhraseWords& read, const Control& control)
      : words_(read.words), pacer_(control), counts_(count_words(read, pacer_)) {
    const auto size = static_cast<std::int32_t>(words_.size());
    single_ = weight_of_names * counts_.names + weight_of_length * natural_log(std::max(2, size));
    for (std::int32_t i = 0; i < size; ++i) find_from(i);
    candidates_.resize(static_cast<std::size_t>(tree_.size()));
    for (std::int32_t p = 0; p < tree_.size(); ++p) {
      if (candidates_[p].count > 0) find_around(p);
    }
  }

  std::vector<Keyphrase> take(const Document& document, std::int32_t top) {
    struct Scored {
      double score;
      std::int32_t phrase;
    };
    std::vector<Scored> heap;
    for (std::int32_t p = 0; p < tree_.size(); ++p) {
      pacer_.advance(1);
      if (candidates_[p].count > 0) heap.push_back({score(candidates_[p]), p});
    }
    const auto is_worse = [&](const Scored& a, const Scored& b) {
      if (a.score != b.score) return a.score < b.score;
      const std::int32_t first = candidates_[a.phrase].first.first,
                         second = candidates_[b.phrase].first.first;
      return first != second ? first > second : a.phrase > b.phrase;
    };
    std::ranges::make_heap(heap, is_worse);
    std::vector<Keyphrase> taken;
    std::vector<std::int32_t> place(static_cast<std::size_t>(tree_.size()), -1);
    while (!heap.empty() && taken.size() < static_cast<std::size_t>(top)) {
      pacer_.advance(1);
      std::ranges::pop_heap(heap, is_worse);
      const Scored best = heap.back();
      heap.pop_back();
      if (!cover(best.phrase)) continue;
      place[best.phrase] = static_cast<std::int32_t>(taken.size());
      taken.push_back({.score = natural_exp(best.score)});
    }
    for (const Occurrence& o : occurrences_) {
      if (place[o.phrase] >= 0) taken[place[o.phrase]].spans.push_back(o.span);
    }
    for (Keyphrase& phrase : taken) phrase.text = document.slice(phrase.spans.front());
    return taken;
  }

 private:
  /// Counts the phrases that begin with a word.
  void find_from(std::int32_t begin) {
    const PhraseWord& first = words_[begin];
    if (!first.is_content || first.is_number || first.letters < least_letters) return;
    std::int32_t phrase = PhraseTree::root;
    int content = 0, links = 0;
    bool has_term = false;
    for (auto at = static_cast<std::size_t>(begin); at < words_.size(); ++at) {
      const PhraseWord& word = words_[at];
      if (at > static_cast<std::size_t>(begin) && !word.adjoins) break;
      if (word.is_content ? ++content > most_content : !word.is_link || ++links > most_links) break;
      phrase = tree_.add(phrase, word.stem);
      pacer_.advance(1);
      has_term = has_term || (word.is_content && !word.is_general);
      if (has_term && word.is_content && (word.letters >= least_letters || word.is_number))
        count(phrase, {begin, static_cast<std::int32_t>(at) + 1}, content, links > 0);
    }
  }

  void count(std::int32_t phrase, IndexRange words, std::int32_t content, bool has_link) {
    if (candidates_.size() <= static_cast<std::size_t>(phrase)) candidates_.resize(phrase + 1);
    Candidate& c = candidates_[phrase];
    if (c.count++ == 0) {
      c.first = words;
      c.content = content;
      c.has_link = has_link;
    }
    if (words.first > 0 && words_[words.first].adjoins) {
      const PhraseWord& before = words_[words.first - 1];
      c.neighbours += before.is_content;
      c.verbs += before.is_before_verb;
    }
    if (static_cast<std::size_t>(words.last) < words_.size() && words_[words.last].adjoins) {
      const PhraseWord& after = words_[words.last];
      c.neighbours += after.is_content;
      c.verbs += after.is_after_verb;
    }
    occurrences_.push_back({phrase, {words_[words.first].span.begin, words_[words.last - 1].span.end}});
  }

  /// Calls use(part) for each phrase that is a part of a phrase, the phrase itself included.
  template <typename Use>
  void for_each_part(std::int32_t phrase, Use use) {
    const IndexRange words = candidates_[phrase].first;
    for (std::int32_t first = words.first; first < words.last; ++first) {
      std::int32_t part = PhraseTree::root;
      for (std::int32_t w = first; w < words.last; ++w) {
        pacer_.advance(1);
        part = tree_.find(part, words_[w].stem);
        if (part == PhraseTree::root) break;
        if (candidates_[part].count > 0) use(candidates_[part]);
      }
    }
  }

  void find_around(std::int32_t phrase) {
    const Candidate& whole = candidates_[phrase];
    for_each_part(phrase, [&](Candidate& part) {
      if (&part != &whole) part.around = std::max(part.around, whole.count);
    });
  }

  /// Takes a phrase, unless it stands inside one that was taken, or only ever around one of several words.
  bool cover(std::int32_t phrase) {
    Candidate& whole = candidates_[phrase];
    if (whole.is_covered) return false;
    bool is_around = false;
    for_each_part(phrase, [&](const Candidate& part) {
      is_around = is_around || (part.is_taken && part.content > 1 && part.count == whole.count);
    });
    if (is_around) return false;
    whole.is_taken = true;
    for_each_part(phrase, [](Candidate& part) { part.is_covered = true; });
    return true;
  }

  double score(const Candidate& c) const {
    double logarithms = 0, capitals = 1;
    std::int32_t letters = most_letters;
    bool has_acronym = false;
    for (std::int32_t w = c.first.first; w < c.first.last; ++w) {
      const PhraseWord& word = words_[w];
      if (!word.is_content) continue;
      logarithms += natural_log_of_count(counts_.content[word.stem]);
      capitals = std::min(capitals, static_cast<double>(counts_.capitals[word.stem]) /
                                        std::max(1, counts_.inside[word.stem]));
      letters = std::min(letters, word.letters);
      has_acronym = has_acronym || word.is_all_capitals;
    }
    const double n = c.count;
    return weight_of_count * natural_log_of_count(c.count) + weight_of_words * logarithms / c.content +
           weight_of_position * natural_log_of_count(1 + c.first.first) +
           weight_of_neighbours * static_cast<double>(c.neighbours) / n +
           weight_of_nesting * std::min(1.0, c.around / n) +
           weight_of_verbs * static_cast<double>(c.verbs) / n + weight_of_capitals * capitals +
           weight_of_acronym * has_acronym + weight_of_letter * letters + weight_of_link * c.has_link +
           (c.content == 1 ? single_ : weight_of_full_length * (c.content == most_content));
  }

  const std::vector<PhraseWord>& words_;
  Pacer pacer_;
  Counts counts_;
  double single_ = 0;
  PhraseTree tree_;
  std::vector<Candidate> candidates_;  ///< by the numbers of the tree
  std::vector<Occurrence> occurrences_;
};

void check_options(const KeyphraseOptions& options) {
  if (options.top < 1) {
    throw Error(ErrorKind::invalid_argument,
                "top is " + std::to_string(options.top) + "; it must be 1 or more");
  }
}

}  // namespace

std::vector<Keyphrase> keyphrases(const Document& document, const KeyphraseOptions& options,
                                  const Control& control) {
  check_options(options);
  const PhraseWords read = find_phrase_words(document, control);
  return Ranking(read, control).take(document, options.top);
}

std::vector<Keyphrase> keyphrases(std::string_view text, const KeyphraseOptions& options,
                                  const Control& control) {
  check_options(options);
  return keyphrases(segment_borrowed(text, {.lang = options.lang}, control), options, control);
}

std::vector<std::variant<std::vector<Keyphrase>, Error>> keyphrases_many(
    std::span<const std::string_view> texts, const KeyphraseOptions& options, const Control& control) {
  check_options(options);
  check_language(options.lang);
  return map_texts<std::vector<Keyphrase>>(texts, control, [&](std::string_view text, const Control& inner) {
    return keyphrases(text, options, inner);
  });
}

}  // namespace nutgraf
