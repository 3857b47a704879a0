#include "nutgraf/select.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <string>
#include <unordered_set>
#include <utility>

#include "nutgraf/error.h"
#include "select/openers.h"
#include "select/shown_length.h"
#include "support/checkpoint.h"
#include "unicode/unicode.h"

namespace nutgraf {

ShownLength shown_length(const Document& document, std::int32_t sentence) {
  const std::string shown = document.display(sentence);
  const IndexRange words = document.words_of_sentence(sentence);
  std::int64_t count = 0;
  for (std::int32_t w = words.first; w < words.last; ++w) {
    count += document.word_spans()[w].begin >= document.dateline(sentence).end;
  }
  // Both ways in which a reader may count: nutgraf's words, and what stands between spaces.
  const auto spaced = static_cast<std::int64_t>(std::ranges::count(shown, ' ')) + (shown.empty() ? 0 : 1);
  return {std::max(count, spaced), static_cast<std::int64_t>(unicode::count_code_points(shown))};
}

namespace {

void check_limit(const char* what, const std::optional<std::int64_t>& limit) {
  if (limit && *limit < 1) {
    throw Error(ErrorKind::invalid_argument,
                std::string(what) + " is " + std::to_string(*limit) + "; a budget must be 1 or more");
  }
}

/// What is left of a budget.
class Purse {
 public:
  explicit Purse(const Budget& budget) : left_(budget) {
    check_limit("sentences", budget.sentences);
    check_limit("words", budget.words);
    check_limit("chars", budget.chars);
    if (!left_.sentences && !left_.words && !left_.chars) left_.sentences = default_sentences;
  }

  bool counts_lengths() const { return left_.words || left_.chars; }
  bool has_sentence_left() const { return !left_.sentences || *left_.sentences > 0; }

  /// Pays for a sentence if there is enough for it.
  bool pay(const Document& document, std::int32_t sentence) {
    const ShownLength length = counts_lengths() ? shown_length(document, sentence) : ShownLength{};
    const std::int64_t chars = length.chars + (is_first_ ? 0 : 1);  // the space before it
    if (!has_sentence_left() || (left_.words && length.words > *left_.words) ||
        (left_.chars && chars > *left_.chars)) {
      return false;
    }
    if (left_.sentences) --*left_.sentences;
    if (left_.words) *left_.words -= length.words;
    if (left_.chars) *left_.chars -= chars;
    is_first_ = false;
    return true;
  }

 private:
  Budget left_;
  bool is_first_ = true;
};

/// The largest cosine of a row to the rows added so far, by an inverted index over these.
class Redundancy {
 public:
  explicit Redundancy(const SparseMatrix& vectors)
      : vectors_(vectors), postings_(static_cast<std::size_t>(vectors.cols())) {}

  bool has_terms(std::int32_t row) const { return SparseMatrix::InnerIterator(vectors_, row); }

  void add(std::int32_t row) {
    const double length = length_of(row);
    for (SparseMatrix::InnerIterator entry(vectors_, row); entry; ++entry) {
      postings_[entry.col()].push_back({added_, static_cast<double>(entry.value()) / length});
    }
    ++added_;
  }

  double largest_cosine(std::int32_t row, Pacer& pacer) {
    products_.assign(static_cast<std::size_t>(added_), 0);
    for (SparseMatrix::InnerIterator entry(vectors_, row); entry; ++entry) {
      for (const auto& [which, weight] : postings_[entry.col()]) {
        products_[which] += weight * static_cast<double>(entry.value());
      }
      pacer.advance(postings_[entry.col()].size() + 1);
    }
    const double length = length_of(row);
    return length > 0 && !products_.empty() ? *std::ranges::max_element(products_) / length : 0;
  }

 private:
  struct Posting {
    std::int32_t which;
    double weight;
  };
  double length_of(std::int32_t row) const {
    double squares = 0;
    for (SparseMatrix::InnerIterator entry(vectors_, row); entry; ++entry) {
      squares += static_cast<double>(entry.value()) * static_cast<double>(entry.value());
    }
    return std::sqrt(squares);
  }

  const SparseMatrix& vectors_;
  std::vector<std::vector<Posting>> postings_;
  std::vector<double> products_;
  std::int32_t added_ = 0;
};

class Selector {
 public:
  Selector(std::span<const Document> documents, std::span<const float> salience,
           const SentenceVectors& vectors, const Budget& budget, const SelectOptions& options,
           const Control& control)
      : rows_(documents),
        salience_(salience),
        purse_(budget),
        options_(options),
        redundancy_(vectors.weights),
        pacer_(control, 0),
        queue_(Later{salience}) {
    check(vectors.weights);
    result_.reasons.assign(salience.size(), Reason::salience);
    previous_.assign(salience.size(), -1);
    next_.assign(salience.size(), -1);
    dangles_.assign(salience.size(), 0);
  }

  Selection run() {
    if (salience_.empty()) {
      result_.notes.push_back(Note::no_text);
      return std::move(result_);
    }
    find_candidates();
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (is_candidate(row) && !dangles_[row]) queue_.push(row);
    }
    choose();
    if (result_.chosen.empty() || (purse_.has_sentence_left() && !purse_.counts_lengths())) choose_dangling();
    if (result_.chosen.empty()) result_.notes.push_back(Note::budget_too_small);
    rank_the_rest();
    return std::move(result_);
  }

 private:
  /// What looking at the opening of a sentence counts for, in the units of Pacer.
  static constexpr std::size_t row_cost = 16;

  /// The better row first: higher salience, then earlier.
  struct Later {
    std::span<const float> salience;
    bool operator()(std::int32_t a, std::int32_t b) const {
      return salience[a] != salience[b] ? salience[a] < salience[b] : a > b;
    }
  };

  void check(const SparseMatrix& vectors) const {
    const auto n = static_cast<std::size_t>(rows_.size());
    if (salience_.size() != n || static_cast<std::size_t>(vectors.rows()) != n) {
      throw Error(ErrorKind::invalid_argument,
                  "there are " + std::to_string(n) + " sentences, " + std::to_string(salience_.size()) +
                      " values of salience and " + std::to_string(vectors.rows()) + " rows of vectors");
    }
    for (std::size_t row = 0; row < n; ++row) {
      if (!std::isfinite(salience_[row])) {
        throw Error(ErrorKind::invalid_argument,
                    "the salience of sentence " + std::to_string(row) + " is not finite");
      }
    }
    if (!(options_.max_similarity > 0)) {
      throw Error(ErrorKind::invalid_argument, "max_similarity is " +
                                                   std::to_string(options_.max_similarity) +
                                                   "; it must be above 0 (1 allows all but equal sentences)");
    }
  }

  bool is_candidate(std::int32_t row) const {
    return result_.reasons[row] != Reason::role && result_.reasons[row] != Reason::duplicate;
  }

  bool competes(Role role) const {
    return options_.roles.empty() ? is_body_like(role)
                                  : std::ranges::find(options_.roles, role) != options_.roles.end();
  }

  void find_candidates() {
    std::int32_t candidates = 0;
    for_each_sentence([&](std::int32_t row, const Block& block) {
      if (block.duplicate_of >= 0) {
        result_.reasons[row] = Reason::duplicate;
      } else if (!competes(block.role)) {
        result_.reasons[row] = Reason::role;
      } else {
        ++candidates;
      }
    });
    if (candidates == 0) {
      result_.notes.push_back(Note::no_body);
      std::ranges::replace(result_.reasons, Reason::role, Reason::salience);
    }
    std::int32_t before = -1;
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      pacer_.advance(row_cost);
      if (!is_candidate(row)) continue;
      const SentenceRef ref = rows_.at(row);
      if (before >= 0 && rows_.at(before).document == ref.document) {
        previous_[row] = before;
        next_[before] = row;
      }
      before = row;
      dangles_[row] = opens_dangling(rows_.document(ref.document), ref.sentence);
    }
  }

  template <typename Use>
  void for_each_sentence(Use use) const {
    std::int32_t row = 0;
    for (std::int32_t d = 0; d < rows_.document_count(); ++d) {
      const Document& document = rows_.document(d);
      for (std::size_t b = 0; b < document.blocks().size(); ++b) {
        const IndexRange range = document.sentences_of_block(static_cast<std::int32_t>(b));
        for (std::int32_t s = range.first; s < range.last; ++s) use(row++, document.blocks()[b]);
      }
    }
  }

  /// Whether a row is too similar to a chosen one. Without terms nothing is similar, so there the text
  /// decides.
  bool says_again(std::int32_t row) {
    pacer_.advance(1);
    if (redundancy_.has_terms(row)) return redundancy_.largest_cosine(row, pacer_) > options_.max_similarity;
    return chosen_without_terms_.contains(shown(row));
  }

  std::string shown(std::int32_t row) const {
    const SentenceRef ref = rows_.at(row);
    return rows_.document(ref.document).display(ref.sentence);
  }

  /// Takes a row if it says something new and can be paid for.
  bool take(std::int32_t row) {
    if (says_again(row)) {
      result_.reasons[row] = Reason::redundant;
      return false;
    }
    const SentenceRef ref = rows_.at(row);
    if (!purse_.pay(rows_.document(ref.document), ref.sentence)) {
      result_.reasons[row] = Reason::budget;
      return false;
    }
    redundancy_.add(row);
    if (!redundancy_.has_terms(row)) chosen_without_terms_.insert(shown(row));
    result_.reasons[row] = Reason::chosen;
    result_.chosen.push_back(row);
    return true;
  }

  /// With a row taken, the sentence after it may follow even if it points back.
  void unlock_next(std::int32_t row) {
    if (next_[row] >= 0 && dangles_[next_[row]]) queue_.push(next_[row]);
  }

  void choose() {
    while (purse_.has_sentence_left() && !queue_.empty()) {
      const std::int32_t row = queue_.top();
      queue_.pop();
      if (take(row)) unlock_next(row);
    }
  }

  void choose_dangling() {
    for (const std::int32_t row :
         best_first([&](std::int32_t r) { return is_candidate(r) && dangles_[r]; })) {
      if (!purse_.has_sentence_left()) break;
      if (result_.reasons[row] != Reason::salience || !take(row)) continue;
      const bool owner_is_shown = previous_[row] >= 0 && result_.reasons[previous_[row]] == Reason::chosen;
      if (!owner_is_shown) result_.dangling.push_back(row);
    }
    // A later choice may have brought the owner along.
    std::erase_if(result_.dangling, [&](std::int32_t row) {
      return previous_[row] >= 0 && result_.reasons[previous_[row]] == Reason::chosen;
    });
    if (!result_.dangling.empty()) result_.notes.push_back(Note::dangling);
  }

  template <typename Keep>
  std::vector<std::int32_t> best_first(Keep keep) {
    std::vector<std::int32_t> found;
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (keep(row)) found.push_back(row);
    }
    std::ranges::sort(found, [&](std::int32_t a, std::int32_t b) {
      pacer_.advance(1);
      return Later{salience_}(b, a);
    });
    return found;
  }

  /// The order in which a larger budget would take the rest: what waits in the queue or was too long, each
  /// followed by what it unlocks; then what points back to nothing ranked, what repeats, and what does not
  /// compete.
  void rank_the_rest() {
    result_.ranking = result_.chosen;
    std::vector<std::uint8_t> ranked(salience_.size());
    for (const std::int32_t row : result_.ranking) ranked[row] = 1;
    const auto rank = [&](std::int32_t row) {
      if (std::exchange(ranked[row], std::uint8_t{1})) return;
      result_.ranking.push_back(row);
    };
    for (const std::int32_t row :
         best_first([&](std::int32_t r) { return result_.reasons[r] == Reason::budget; })) {
      queue_.push(row);
    }
    while (!queue_.empty()) {
      const std::int32_t row = queue_.top();
      queue_.pop();
      if (says_again(row)) {
        result_.reasons[row] = Reason::redundant;
        continue;
      }
      rank(row);
      if (next_[row] >= 0 && dangles_[next_[row]] && !ranked[next_[row]] &&
          result_.reasons[next_[row]] != Reason::redundant) {
        queue_.push(next_[row]);
      }
    }
    const auto is_left = [&](Reason reason) {
      return [this, &ranked, reason](std::int32_t r) { return !ranked[r] && result_.reasons[r] == reason; };
    };
    for (const std::int32_t row : best_first(is_left(Reason::salience))) rank(row);
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      const bool owner_is_missing = previous_[row] < 0 || result_.reasons[previous_[row]] != Reason::chosen;
      if (result_.reasons[row] == Reason::salience && dangles_[row] && owner_is_missing) {
        result_.reasons[row] = Reason::dangling;
      }
    }
    for (const Reason reason : {Reason::redundant, Reason::role, Reason::duplicate}) {
      for (const std::int32_t row : best_first(is_left(reason))) rank(row);
    }
  }

  SentenceRows rows_;
  std::span<const float> salience_;
  Purse purse_;
  const SelectOptions& options_;
  Redundancy redundancy_;
  Pacer pacer_;
  std::priority_queue<std::int32_t, std::vector<std::int32_t>, Later> queue_;
  Selection result_;
  std::vector<std::int32_t> previous_, next_;  ///< the neighbouring candidates in the same document, or -1
  std::vector<std::uint8_t> dangles_;
  std::unordered_set<std::string> chosen_without_terms_;
};

}  // namespace

Selection select(std::span<const Document> documents, std::span<const float> salience,
                 const SentenceVectors& vectors, const Budget& budget, const SelectOptions& options,
                 const Control& control) {
  return Selector(documents, salience, vectors, budget, options, control).run();
}

}  // namespace nutgraf
