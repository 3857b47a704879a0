#include "nutgraf/select.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "nutgraf/error.h"
#include "select/best_cover.h"
#include "select/best_fill.h"
#include "select/coherence.h"
#include "select/purse.h"
#include "select/redundancy.h"
#include "select/strategies.h"
#include "support/checkpoint.h"
#include "terms/marked_rows.h"

namespace nutgraf {

Strategy strategy_from_name(std::string_view strategy_name) {
  const auto at = std::ranges::find(strategy_names, strategy_name);
  if (at != strategy_names.end()) return static_cast<Strategy>(at - strategy_names.begin());
  std::string known;
  for (const std::string_view each : strategy_names) known += (known.empty() ? "" : ", ") + std::string(each);
  throw Error(ErrorKind::invalid_argument,
              "unknown strategy '" + std::string(strategy_name) + "'; the strategies are " + known);
}

namespace {

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorKind::invalid_argument, what);
}

class Selector {
 public:
  Selector(std::span<const Document> documents, std::span<const float> salience,
           const SentenceVectors& vectors, const Budget& budget, const SelectOptions& options,
           const Control& control)
      : documents_(documents),
        rows_(documents),
        salience_(salience),
        vectors_(vectors),
        purse_(budget, rows_, options.headings),
        full_purse_(purse_),
        options_(options),
        said_(rows_, vectors.weights, options.max_similarity),
        pacer_(control, 0) {
    check();
    result_.reasons.assign(salience.size(), Reason::salience);
    result_.repeats.assign(salience.size(), -1);
    result_.headings = options.headings;
    next_.assign(salience.size(), -1);
    before_ = next_;
  }

  /// `first`: rows to begin with.
  Selection run(std::vector<std::int32_t> first = {}) {
    if (salience_.empty()) {
      result_.notes.push_back(Note::no_text);
      return std::move(result_);
    }
    find_candidates();
    gains_ = make_gains(options_.strategy, documents_, salience_, vectors_, competes_, options_, pacer_);
    weighs_length_ = gains_->is_coverage() && purse_.counts_lengths();
    std::vector<Candidate> candidates;
    candidates.reserve(salience_.size());
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (is_candidate(row) && !flags_[row].any()) candidates.push_back(candidate(row));
    }
    queue_ = Queue(std::move(candidates));
    for (const std::int32_t row : options_.known) learn(row);
    take_included();
    take_first(options_.strategy == Strategy::top ? most_salient_set() : std::move(first));
    choose();
    if (result_.chosen.empty() || (!purse_.is_full() && !purse_.counts_lengths() && !purse_.is_auto()))
      choose_dangling();
    name_dangling(rows_, flags_, result_);
    if (result_.chosen.empty()) {
      const bool was_too_long = std::ranges::find(result_.reasons, Reason::budget) != result_.reasons.end();
      result_.notes.push_back(was_too_long ? Note::budget_too_small : Note::nothing_left);
    }
    rank_the_rest();
    return std::move(result_);
  }

  /// Of concepts, the set that is worth more than the one that was chosen, with what it may lack of the best;
  /// no rows where that one is the best known; and no gap where none was sought.
  struct Better {
    std::vector<std::int32_t> rows{};
    std::optional<double> gap{};
  };
  Better better_cover(const Selection& found) {
    const auto limits = full_purse_.limits();
    const auto competing = std::ranges::count(competes_, std::uint8_t{1});
    if (options_.strategy != Strategy::concepts || !limits || competing > most_to_search || salience_.empty())
      return {};
    if (std::ranges::find(found.notes, Note::must_include) != found.notes.end()) return {};
    CoverProblem problem{.limits = *limits};
    std::vector<std::int32_t> rows;
    const TermCounts concepts = cover_problem(problem, rows);
    std::vector<std::uint8_t> covered(problem.worth.size());
    std::int64_t known = 0;
    for (const std::int32_t row : found.chosen) {
      for_terms(concepts, row, [&](std::int32_t each, std::int32_t) {
        if (!std::exchange(covered[each], std::uint8_t{1})) known += problem.worth[each];
      });
    }
    const Cover best = best_cover(problem, known, most_nodes, pacer_);
    Better better{.gap = best.bound > 0
                             ? static_cast<double>(best.bound - best.worth) / static_cast<double>(best.bound)
                             : 0};
    for (const std::int32_t item : best.items) better.rows.push_back(rows[item]);
    return better;
  }

  /// Where gains are weighed by length, the sentence that alone is worth more than all that were chosen, or
  /// -1.
  std::int32_t better_alone() {
    if (!weighs_length_ || !options_.must_include.empty()) return -1;
    const auto gains =
        make_gains(options_.strategy, documents_, salience_, vectors_, competes_, options_, pacer_);
    for (const std::int32_t row : options_.known) gains->add(row);
    std::int32_t best = -1;
    double most = worth_of_chosen_ * (1 + 1e-12);
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (!is_candidate(row) || flags_[row].any() || gains->bound(row) <= most) continue;
      const double gain = gains->gain(row);
      if (gain <= most || !Purse(full_purse_).pay(row)) continue;
      most = gain;
      best = row;
    }
    return best;
  }

 private:
  // Of the search for the best set: the most sentences, and the most sets that are looked at.
  static constexpr std::int64_t most_to_search = 200, most_nodes = 20000;
  static constexpr int most_rounds = 16;  ///< of the search for the most salient set

  /// What looking at the opening of a sentence counts for, in the units of Pacer.
  static constexpr std::size_t row_cost = 16;

  /// A row that may be chosen, with what it adds to the first `step` chosen ones: as a float, so that what
  /// differs by rounding alone is a tie.
  struct Candidate {
    float gain;
    std::int32_t row, step;
    bool operator<(const Candidate& other) const {
      return gain != other.gain ? gain < other.gain : row > other.row;
    }
  };

  /// Candidates, the best on top; std::priority_queue gives none of the others.
  class Queue {
   public:
    Queue() = default;
    explicit Queue(std::vector<Candidate> all) : heap_(std::move(all)) {
      std::make_heap(heap_.begin(), heap_.end());
    }
    bool empty() const { return heap_.empty(); }
    const Candidate& top() const { return heap_.front(); }
    void push(Candidate one) {
      heap_.push_back(one);
      std::push_heap(heap_.begin(), heap_.end());
    }
    Candidate pop() {
      std::pop_heap(heap_.begin(), heap_.end());
      const Candidate best = heap_.back();
      heap_.pop_back();
      return best;
    }
    /// All, in no order.
    std::vector<Candidate> take() { return std::exchange(heap_, {}); }

   private:
    std::vector<Candidate> heap_;
  };

  std::int32_t step() const { return static_cast<std::int32_t>(result_.chosen.size()); }

  float weighed(double gain, std::int32_t row) const {
    return static_cast<float>(
        weighs_length_ ? gain / static_cast<double>(std::max<std::int64_t>(purse_.words_of(row), 1)) : gain);
  }
  Candidate candidate(std::int32_t row) {
    // The salience itself never changes.
    if (options_.strategy == Strategy::top) return {salience_[row], row, 0};
    return {weighed(gains_->bound(row), row), row, -1};
  }

  void check_rows(const char* what, std::span<const std::int32_t> rows) const {
    for (const std::int32_t row : rows) {
      if (row < 0 || row >= rows_.size())
        fail(std::string(what) + " names sentence " + std::to_string(row) + "; there are " +
             std::to_string(rows_.size()));
    }
  }

  void check() const {
    const auto n = static_cast<std::size_t>(rows_.size());
    if (salience_.size() != n || static_cast<std::size_t>(vectors_.weights.rows()) != n ||
        static_cast<std::size_t>(vectors_.counts.rows()) != n) {
      fail("there are " + std::to_string(n) + " sentences, " + std::to_string(salience_.size()) +
           " values of salience and " + std::to_string(vectors_.weights.rows()) + " rows of vectors");
    }
    for (std::size_t row = 0; row < n; ++row) {
      if (!std::isfinite(salience_[row]))
        fail("the salience of sentence " + std::to_string(row) + " is not finite");
    }
    if (!(options_.max_similarity > 0)) {
      fail("max_similarity is " + std::to_string(options_.max_similarity) +
           "; it must be above 0 (1 allows all but equal sentences)");
    }
    if (!(options_.diversity >= 0 && options_.diversity <= 1))
      fail("diversity is " + std::to_string(options_.diversity) + "; it must be from 0 to 1");
    if (options_.min_length < 0 || options_.max_length < 0 ||
        (options_.max_length > 0 && options_.max_length < options_.min_length)) {
      fail("min_length is " + std::to_string(options_.min_length) + " and max_length " +
           std::to_string(options_.max_length) + "; neither may be below 0, nor the last below the first");
    }
    check_rows("must_include", options_.must_include);
    check_rows("exclude", options_.exclude);
    check_rows("known", options_.known);
    for (const std::int32_t row : options_.must_include) {
      if (std::ranges::find(options_.exclude, row) != options_.exclude.end())
        fail("sentence " + std::to_string(row) + " is both in must_include and in exclude");
    }
  }

  /// Whether nothing about the row itself keeps it out.
  bool is_candidate(std::int32_t row) const { return competes_[row] != 0; }

  bool competes(Role role) const {
    return options_.roles.empty() ? is_body_like(role)
                                  : std::ranges::find(options_.roles, role) != options_.roles.end();
  }

  bool is_wordless(std::int32_t row) const {
    const SentenceRef ref = rows_.at(row);
    return rows_.document(ref.document).words_of_sentence(ref.sentence).empty();
  }

  /// In a text of nothing but marks, they compete.
  void pass_over_wordless() {
    const auto may_compete = [&](std::int32_t row) { return result_.reasons[row] == Reason::salience; };
    bool has_words = false;
    for (std::int32_t row = 0; row < rows_.size() && !has_words; ++row)
      has_words = may_compete(row) && !is_wordless(row);
    for (std::int32_t row = 0; row < rows_.size() && has_words; ++row) {
      if (may_compete(row) && is_wordless(row)) result_.reasons[row] = Reason::wordless;
    }
  }

  void find_candidates() {
    std::int32_t candidates = 0;
    bool has_others = false;
    for_each_sentence([&](std::int32_t row, const Block& block) {
      if (block.duplicate_of >= 0) {
        result_.reasons[row] = Reason::duplicate;
      } else if (!competes(block.role)) {
        result_.reasons[row] = Reason::role;
        has_others = true;
      } else {
        candidates += !is_wordless(row);
      }
    });
    if (candidates == 0 && has_others) {
      result_.notes.push_back(Note::no_body);
      std::ranges::replace(result_.reasons, Reason::role, Reason::salience);
    }
    pass_over_wordless();
    competes_.resize(salience_.size());
    for (std::size_t row = 0; row < competes_.size(); ++row)
      competes_[row] = result_.reasons[row] == Reason::salience;
    for (const std::int32_t row : options_.must_include)
      result_.reasons[row] = Reason::budget;  // until it is paid
    purse_.set_words_in_all(result_.reasons);
    full_purse_ = purse_;
    keep_out();
    flags_ = find_flags(rows_);
    std::int32_t before = -1;
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      pacer_.advance(row_cost);
      // A sentence does not follow over one that was left out.
      if (result_.reasons[row] == Reason::excluded || result_.reasons[row] == Reason::length) before = -1;
      if (!is_candidate(row)) continue;
      const SentenceRef ref = rows_.at(row);
      if (before >= 0 && rows_.at(before).document == ref.document) {
        next_[before] = row;
        before_[row] = before;
      }
      before = row;
    }
  }

  /// Leaves out what the caller does not want.
  void keep_out() {
    const auto leave_out = [&](std::int32_t row, Reason reason) {
      if (!competes_[row]) return;
      competes_[row] = 0;
      result_.reasons[row] = reason;
    };
    for (const std::int32_t row : options_.exclude) leave_out(row, Reason::excluded);
    for (const std::int32_t row : options_.known) leave_out(row, Reason::excluded);
    if (options_.min_length == 0 && options_.max_length == 0) return;
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      const std::int64_t words = purse_.words_of(row);
      if (words < options_.min_length || (options_.max_length > 0 && words > options_.max_length))
        leave_out(row, Reason::length);
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

  /// The row, chosen or known, that a row says again, or -1.
  std::int32_t said_by(std::int32_t row) { return said_.by(row, pacer_); }

  bool is_chosen(std::int32_t row) const { return result_.reasons[row] == Reason::chosen; }

  /// What a row says is known from now on.
  void learn(std::int32_t row) {
    said_.add(row);
    gains_->add(row);
  }

  /// Takes a row if it can be paid for.
  bool pay_for(std::int32_t row) {
    if (!purse_.pay(row)) return false;
    if (weighs_length_) worth_of_chosen_ += gains_->gain(row);
    learn(row);
    result_.reasons[row] = Reason::chosen;
    result_.chosen.push_back(row);
    return true;
  }

  /// Takes a row if it says something new and can be paid for.
  bool take(std::int32_t row) {
    if (is_chosen(row)) return false;
    if (said_by(row) >= 0) {
      result_.reasons[row] = Reason::redundant;
      return false;
    }
    if (pay_for(row)) return true;
    result_.reasons[row] = Reason::budget;
    return false;
  }

  void take_included() {
    bool fits = true;
    for (const std::int32_t row : options_.must_include) {
      if (is_chosen(row)) continue;
      if (pay_for(row)) {
        unlock_next(row);
      } else {
        fits = false;
        result_.reasons[row] = Reason::budget;
      }
    }
    if (!fits) result_.notes.push_back(Note::must_include);
  }

  /// Whether a row is nearly as salient as the best; see AutoLength.
  bool is_salient(std::int32_t row) const {
    constexpr double nearly = 0.84;
    double least = static_cast<double>(salience_[row]), most = least;
    for (std::int32_t other = 0; other < rows_.size(); ++other) {
      if (!is_candidate(other)) continue;
      least = std::min(least, static_cast<double>(salience_[other]));
      most = std::max(most, static_cast<double>(salience_[other]));
    }
    return static_cast<double>(salience_[row]) - least >= nearly * (most - least);
  }

  /// Takes rows in the order of what each adds, one that needs another behind it.
  void take_first(std::vector<std::int32_t> first) {
    while (!first.empty()) {
      const auto is_free = [&](std::int32_t row) {
        return !needs_previous(flags_[row]) || (before_[row] >= 0 && is_chosen(before_[row]));
      };
      auto best = first.end();
      float most = 0;
      for (auto at = first.begin(); at != first.end(); ++at) {
        if (!is_free(*at)) continue;
        const float gain = weighed(gains_->gain(*at), *at);
        if (best != first.end() && gain <= most) continue;
        best = at;
        most = gain;
      }
      if (best == first.end()) return;
      if (take(*best)) unlock_next(*best);
      first.erase(best);
    }
  }

  /// Where the only ceiling is one of length, the rows whose salience, above that of the least and times
  /// their lengths, sums to the most: of which none lacks anything, and none says another again. Nothing
  /// where the budget is another one, and where it is too large for so many rows. A number of sentences is
  /// taken row by row, so that each summary begins as the smaller ones.
  std::vector<std::int32_t> most_salient_set() {
    const std::optional<Ceiling> ceiling = only_ceiling();
    if (!ceiling) return {};
    std::vector<std::int32_t> rows;
    std::vector<FillItem> items = fill_items(*ceiling, rows);
    for (int round = 0; round < most_rounds; ++round) {
      std::vector<std::int32_t> found = best_fill(items, ceiling->limit, pacer_);
      if (!bar_repeats(found, rows, items)) {
        for (std::int32_t& item : found) item = rows[item];
        std::erase_if(found, [&](std::int32_t row) { return is_chosen(row); });
        return found;
      }
    }
    return {};
  }

  struct Ceiling {
    std::size_t kind;  ///< of Purse::Costs
    std::int64_t limit;
  };
  std::optional<Ceiling> only_ceiling() const {
    const auto limits = purse_.limits();
    if (!limits) return {};
    constexpr std::size_t sentences = std::tuple_size_v<Purse::Costs> - 1;
    if ((*limits)[sentences] != Purse::most_of_nothing) return {};
    std::optional<Ceiling> only;
    for (std::size_t kind = 0; kind < sentences; ++kind) {
      if ((*limits)[kind] == Purse::most_of_nothing) continue;
      if (only) return {};
      only = Ceiling{kind, (*limits)[kind]};
    }
    const auto n = std::max<std::int64_t>(std::ranges::count(competes_, std::uint8_t{1}), 1);
    if (!only || only->limit < 1 || only->limit > most_fill_cells / n - 1) return {};
    return only;
  }

  /// An item for each row that competes; `rows` names them.
  std::vector<FillItem> fill_items(const Ceiling& ceiling, std::vector<std::int32_t>& rows) {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (!is_candidate(row)) continue;
      rows.push_back(row);
      least = std::min(least, static_cast<double>(salience_[row]));
      most = std::max(most, static_cast<double>(salience_[row]));
    }
    std::vector<FillItem> items;
    for (const std::int32_t row : rows) {
      constexpr double steps = 0x1p30;
      const double share = most > least ? (static_cast<double>(salience_[row]) - least) / (most - least) : 0;
      const bool is_forced = is_chosen(row);
      const std::int64_t cost = purse_.costs(row)[ceiling.kind];
      items.push_back({.value = is_forced ? 0 : (1 + std::llround(share * steps)) * cost,
                       .cost = is_forced ? 0 : cost,
                       .needs_previous = needs_previous(flags_[row]),
                       .needs_next = flags_[row].has(Flag::unclosed),
                       .begins_run = before_[row] < 0,
                       .is_barred = !is_forced && said_by(row) >= 0,
                       .is_forced = is_forced});
    }
    return items;
  }

  /// Bars the items of a set that say more salient ones of it again, and tells whether there are some.
  bool bar_repeats(std::vector<std::int32_t> found, std::span<const std::int32_t> rows,
                   std::span<FillItem> items) {
    std::ranges::stable_sort(found, std::greater<>(), [&](std::int32_t i) { return salience_[rows[i]]; });
    Said kept(rows_, vectors_.weights, options_.max_similarity);
    bool any = false;
    for (const std::int32_t item : found) {
      if (items[item].is_forced) continue;
      if (kept.by(rows[item], pacer_) >= 0) {
        items[item].is_barred = any = true;
      } else {
        kept.add(rows[item]);
      }
    }
    return any;
  }

  /// What may be chosen as a problem of covering concepts, an item for each of `rows`; gives the concepts of
  /// all sentences.
  TermCounts cover_problem(CoverProblem& problem, std::vector<std::int32_t>& rows) {
    auto [concepts, worth] = concept_worth(documents_, competes_);
    problem.worth = std::move(worth);
    for (const std::int32_t row : options_.known)
      for_terms(concepts, row, [&](std::int32_t each, std::int32_t) { problem.worth[each] = 0; });
    Said known(rows_, vectors_.weights, options_.max_similarity);
    for (const std::int32_t row : options_.known) known.add(row);
    std::vector<std::int32_t> item_of(salience_.size(), -1);
    const auto is_included = [&](std::int32_t row) {
      return std::ranges::find(options_.must_include, row) != options_.must_include.end();
    };
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      const bool may_follow =
          flags_[row].any() && follows(row) && before_[row] >= 0 && item_of[before_[row]] >= 0;
      const bool is_known = known.by(row, pacer_) >= 0;
      const bool may_be_taken = is_candidate(row) && (!flags_[row].any() || may_follow) && !is_known;
      if (!may_be_taken && !is_included(row)) continue;
      item_of[row] = static_cast<std::int32_t>(rows.size());
      rows.push_back(row);
      CoverProblem::Item item{.cost = full_purse_.costs(row), .is_forced = is_included(row)};
      if (may_follow && !item.is_forced) item.needs = item_of[before_[row]];
      for_terms(concepts, row, [&](std::int32_t each, std::int32_t) { item.concepts.push_back(each); });
      problem.items.push_back(std::move(item));
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Said one(rows_, vectors_.weights, options_.max_similarity);
      one.add(rows[i]);
      for (std::size_t j = 0; j < rows.size(); ++j) {
        if (i != j && one.by(rows[j], pacer_) >= 0)
          problem.items[i].conflicts.push_back(static_cast<std::int32_t>(j));
      }
    }
    return std::move(concepts);
  }
  /// Whether a row may be chosen once the one before it is, and only then.
  bool follows(std::int32_t row) const {
    return row >= 0 && needs_previous(flags_[row]) && !flags_[row].has(Flag::unclosed);
  }
  /// With a row taken, the sentence after it may follow even if it does not stand alone.
  void unlock_next(std::int32_t row) {
    if (follows(next_[row])) queue_.push(candidate(next_[row]));
  }
  /// The candidate that adds most to what is chosen.
  Candidate pop_best() {
    if (!gains_->only_fall() && queue_.top().step != step()) {
      // Old gains bound nothing: all are worked out again, once for each sentence that is chosen.
      std::vector<Candidate> all = queue_.take();
      for (Candidate& each : all) {
        each = {weighed(gains_->gain(each.row), each.row), each.row, step()};
        pacer_.advance(row_cost);
      }
      queue_ = Queue(std::move(all));
    }
    while (true) {
      Candidate best = queue_.pop();
      if (best.step == step() || options_.strategy == Strategy::top) return best;
      best = {weighed(gains_->gain(best.row), best.row), best.row, step()};
      if (queue_.empty() || !(best < queue_.top())) return best;
      queue_.push(best);
    }
  }

  void choose() {
    while (!purse_.is_full() && !queue_.empty()) {
      const Candidate best = pop_best();
      if (purse_.is_auto() && !result_.chosen.empty() && !is_chosen(best.row) &&
          !purse_.needs(best.row, is_salient(best.row))) {
        queue_.push(best);
        break;
      }
      if (take(best.row)) unlock_next(best.row);
    }
  }

  void choose_dangling() {
    for (const std::int32_t row :
         best_first([&](std::int32_t r) { return is_candidate(r) && flags_[r].any(); })) {
      if (purse_.is_full()) break;
      if (result_.reasons[row] == Reason::salience) take(row);
    }
  }

  /// Until the next call.
  template <typename Keep>
  std::span<const std::int32_t> best_first(Keep keep) {
    best_first_.clear();
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (keep(row)) best_first_.push_back(row);
    }
    std::ranges::sort(best_first_, [&](std::int32_t a, std::int32_t b) {
      pacer_.advance(1);
      return salience_[a] != salience_[b] ? salience_[a] > salience_[b] : a < b;
    });
    return best_first_;
  }

  /// The order in which a larger budget would take the rest: what waits in the queue or was too long, by
  /// salience, each followed by what it unlocks; then what points back to nothing ranked, what repeats, and
  /// what does not compete.
  void rank_the_rest() {
    std::vector<std::int32_t> said(salience_.size(), -1);  // by a row that is chosen or known
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (!is_chosen(row)) said[row] = said_by(row);
    }
    result_.ranking.reserve(salience_.size());
    result_.ranking = result_.chosen;
    std::vector<std::uint8_t> ranked(salience_.size());
    for (const std::int32_t row : result_.ranking) ranked[row] = 1;
    std::vector<Candidate> left = queue_.take();
    std::erase_if(left, [&](const Candidate& each) { return is_chosen(each.row); });
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (result_.reasons[row] == Reason::budget) left.push_back({0, row, 0});
    }
    for (Candidate& each : left) each = {salience_[each.row], each.row, 0};
    Queue waiting(std::move(left));
    const auto rank = [&](std::int32_t row) {
      if (std::exchange(ranked[row], std::uint8_t{1})) return;
      result_.ranking.push_back(row);
    };
    while (!waiting.empty()) {
      const std::int32_t row = waiting.pop().row;
      if (ranked[row]) continue;
      if (said[row] >= 0) {
        result_.reasons[row] = Reason::redundant;
        continue;
      }
      rank(row);
      if (follows(next_[row]) && !ranked[next_[row]] && result_.reasons[next_[row]] != Reason::redundant) {
        waiting.push({salience_[next_[row]], next_[row], 0});
      }
    }
    const auto is_left = [&](Reason reason) {
      return [this, &ranked, reason](std::int32_t r) { return !ranked[r] && result_.reasons[r] == reason; };
    };
    for (const std::int32_t row : best_first(is_left(Reason::salience))) rank(row);
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (result_.reasons[row] == Reason::salience && lacks(rows_, result_.reasons, row, flags_[row]))
        result_.reasons[row] = Reason::dangling;
    }
    for (const Reason reason : {Reason::redundant, Reason::length, Reason::role, Reason::duplicate,
                                Reason::excluded, Reason::wordless}) {
      for (const std::int32_t row : best_first(is_left(reason))) rank(row);
    }
    for (std::int32_t row = 0; row < rows_.size(); ++row) {
      if (said[row] >= 0 && is_chosen(said[row])) result_.repeats[row] = said[row];
    }
  }

  std::span<const Document> documents_;
  SentenceRows rows_;
  std::span<const float> salience_;
  const SentenceVectors& vectors_;
  Purse purse_, full_purse_;
  const SelectOptions& options_;
  Said said_;
  Pacer pacer_;
  std::unique_ptr<Gains> gains_;
  Queue queue_;
  Selection result_;
  std::vector<std::int32_t> next_, before_;  ///< the neighbouring candidate of the same document, or -1
  std::vector<std::int32_t> best_first_;
  std::vector<std::uint8_t> competes_;
  std::vector<Flags> flags_;
  bool weighs_length_ = false;
  double worth_of_chosen_ = 0;
};

}  // namespace

Selection select(std::span<const Document> documents, std::span<const float> salience,
                 const SentenceVectors& vectors, const Budget& budget, const SelectOptions& options,
                 const Control& control) {
  Selector selector(documents, salience, vectors, budget, options, control);
  Selection found = selector.run();
  const Selector::Better better = selector.better_cover(found);
  const std::int32_t alone = better.gap ? -1 : selector.better_alone();
  if (!better.rows.empty() || alone >= 0) {
    found = Selector(documents, salience, vectors, budget, options, control)
                .run(alone >= 0 ? std::vector{alone} : better.rows);
  }
  found.gap = better.gap;
  return found;
}

}  // namespace nutgraf
