#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/vectors.h"

namespace nutgraf {

/// The longest a summary may be. Each limit given is a ceiling; with none given, three sentences. All are
/// counted on the text that is shown, Summary::text().
struct Budget {
  std::optional<std::int64_t> sentences{};
  std::optional<std::int64_t> words{};  ///< nutgraf's words or what stands between spaces, whichever are more
  std::optional<std::int64_t> chars{};  ///< code points
  std::optional<std::int64_t> bytes{};  ///< of UTF-8
  std::optional<std::int64_t> tokens{};  ///< as `counter` counts them
  /// The words of the sentences that compete, times this; in (0, 1].
  std::optional<double> ratio{};
  /// The time to read it silently, at 238 words a minute.
  std::optional<double> seconds{};
  /// As many sentences as the text needs: see AutoLength. Below the other ceilings.
  bool auto_sentences = false;
  /// The tokens of a text, called on the text of the summary as it would be; what it throws comes out. No
  /// fewer for a longer text.
  std::function<std::int64_t(std::string_view text)> counter{};
};

/// How long a summary is where that is left to the text: sentences are taken until the next would stand for
/// the most part past `least` words, and from there to `most` words only if it is nearly as salient as the
/// best one (0.84 of it, above the least salient). Those of the highlights of news articles, 44 and 72, and
/// for texts of more than 640 words more by the root of their length.
struct AutoLength {
  double least = 0, most = 0;
};
AutoLength auto_length(double words_in_all) noexcept;

/// A sentence or a heading as it is shown.
struct ShownLine {
  std::string text{};
  bool is_heading = false;
};

/// The number of sentences when no budget is given.
inline constexpr std::int64_t default_sentences = 3;

/// What a sentence adds to those chosen before it. All are greedy but for top, where a length is the only
/// ceiling, and concepts: the one that adds most comes next, of equal ones the first.
enum class Strategy : std::uint8_t {
  /// Its salience. Where the only ceiling is one of words, characters or bytes, the set whose salience above
  /// that of the least candidate, times length, sums to the most, by dynamic programming: exact where the
  /// candidates times the ceiling are 2^20 at most, else greedy.
  top,
  /// Maximal marginal relevance (Carbonell and Goldstein 1998): (1 - d) salience - d · the largest cosine to
  /// a chosen sentence, d = SelectOptions::diversity, salience scaled to [0, 1].
  mmr,
  /// Submodular coverage and diversity (Lin and Bilmes 2011): how well each sentence is
  /// covered by like ones, and a reward, its salience, that falls off within a part of the text. See
  /// strategies.cpp.
  coverage,
  /// Concept coverage (Gillick and Favre 2009): pairs of neighbouring terms, each worth the number of
  /// sentences that have it, counted once. Where at most 200 sentences compete and the budget is one of
  /// words, characters, bytes or sentences, the best set is sought by branch and bound; see Selection::gap.
  concepts,
  /// SumBasic (Nenkova and Vanderwende 2005): the mean probability of its terms, which is squared for those
  /// of a chosen sentence.
  sumbasic,
  /// KL-Sum (Haghighi and Vanderwende 2009): less the divergence of the terms of the summary from those of
  /// the text, 0.01 added to each count.
  kl,
};
inline constexpr std::array<std::string_view, 6> strategy_names = {"top",      "mmr",      "coverage",
                                                                   "concepts", "sumbasic", "kl"};
constexpr std::string_view name(Strategy strategy) noexcept {
  return strategy_names[static_cast<std::size_t>(strategy)];
}
/// \throws Error invalid_argument that lists the names.
Strategy strategy_from_name(std::string_view strategy_name);

struct SelectOptions {
  /// The roles whose sentences compete; empty: body, quote and list_item. If there is no such sentence, all
  /// compete, and the result has the note no_body.
  std::vector<Role> roles{};
  Strategy strategy = Strategy::top;
  /// mmr: how much redundancy counts against salience, in [0, 1].
  double diversity = 0.3;
  /// A sentence whose cosine to a chosen one is above this says the same again and is passed over.
  double max_similarity = 0.6;
  /// Sentences of fewer or more words are passed over; 0: no limit.
  std::int64_t min_length = 0, max_length = 0;
  /// Rows that are chosen first, in this order, whatever their role, as far as the budget goes; and rows that
  /// are never chosen.
  std::vector<std::int32_t> must_include{}, exclude{};
  /// Rows that the reader knows: never chosen, and what says them again is redundant.
  std::vector<std::int32_t> known{};
  /// Whether headings are shown beside the sentences and counted: see Summary::text().
  bool headings = false;
};

/// What a sentence lacks when it stands alone.
enum class Flag : std::uint8_t {
  opener,     ///< it opens with a pronoun or connective that points to the sentence before it ("They held")
  continued,  ///< it begins inside a quotation
  unclosed,   ///< it opens a quotation that a later sentence closes
  speaker,    ///< it is a quotation and nothing else: who says so stands elsewhere
};
inline constexpr std::array<std::string_view, 4> flag_names = {"opener", "continued", "unclosed", "speaker"};
/// Some of them.
struct Flags {
  std::uint8_t bits = 0;
  constexpr bool has(Flag flag) const noexcept { return (bits >> static_cast<unsigned>(flag) & 1) != 0; }
  constexpr void set(Flag flag) noexcept {
    bits = static_cast<std::uint8_t>(bits | 1U << static_cast<unsigned>(flag));
  }
  constexpr bool any() const noexcept { return bits != 0; }
  friend constexpr bool operator==(Flags, Flags) = default;
};

/// Why a sentence is not in the summary.
enum class Reason : std::uint8_t {
  chosen,     ///< it is
  role,       ///< its role does not compete
  duplicate,  ///< its block repeats an earlier one
  redundant,  ///< too similar to a chosen sentence
  dangling,   ///< it lacks something when it stands alone (see Flag), and what it lacks was not chosen
  budget,     ///< it does not fit into what is left
  salience,   ///< others add more
  length,     ///< it is shorter than min_length, or longer than max_length
  excluded,   ///< the caller excluded it
  wordless,   ///< it has no word: "___", "* * *"
};
inline constexpr std::array<std::string_view, 10> reason_names = {
    "chosen", "role",     "duplicate", "redundant", "dangling",
    "budget", "salience", "length",    "excluded",  "wordless"};
/// Whether sentences of this reason are looked past: those before and behind one stand side by side.
constexpr bool is_passed_over(Reason reason) noexcept {
  return reason == Reason::role || reason == Reason::duplicate || reason == Reason::wordless;
}
constexpr std::string_view name(Reason reason) noexcept {
  return reason_names[static_cast<std::size_t>(reason)];
}

/// What a caller should know of a result that is not what was asked for.
enum class Note : std::uint8_t {
  no_text,           ///< the text is empty or blank, or has no sentence
  no_body,           ///< no sentence has a role that competes: these are the best of what is there
  budget_too_small,  ///< no sentence fits the budget
  dangling,          ///< a chosen sentence lacks what was not chosen (see Flag); nothing else was left
  query_unknown,     ///< nothing of the query stands in the text: as without it
  graph_cut,         ///< see Salience::is_cut
  must_include,      ///< what must be included does not fit the budget whole
  nothing_left,      ///< every sentence is excluded, too short or long, or says what is known
};
inline constexpr std::array<std::string_view, 8> note_names = {
    "no_text",       "no_body",   "budget_too_small", "dangling",
    "query_unknown", "graph_cut", "must_include",     "nothing_left"};
constexpr std::string_view name(Note note) noexcept {
  return note_names[static_cast<std::size_t>(note)];
}

struct Selection {
  /// Rows of the chosen sentences, best first.
  std::vector<std::int32_t> chosen{};
  /// Every row, best first: the chosen ones, then the rest in the order in which a larger budget would take
  /// them (what they say again of each other aside), then what repeats a chosen one or does not compete.
  std::vector<std::int32_t> ranking{};
  /// One a row.
  std::vector<Reason> reasons{};
  /// The chosen row that a row says again, by SelectOptions::max_similarity and whatever its role, else -1;
  /// one a row.
  std::vector<std::int32_t> repeats{};
  /// Chosen rows that lack something (see Flag) that was not chosen.
  std::vector<std::int32_t> dangling{};
  std::vector<Note> notes{};
  bool headings = false;  ///< see SelectOptions
  /// Of a search for the best set, the share of its worth that this set may lack: 0 where none is better.
  std::optional<double> gap{};
};

/// Chooses sentences, one after the other, by the strategy; ties by position. A sentence that does not stand
/// alone (see Flag) is taken only behind the sentence before it, one that leaves a quotation open not at all;
/// if all that is left is such, it is taken and noted. Near-duplicates are never chosen twice, nor beside one
/// that must be included. With a budget of length, coverage and concepts weigh what a sentence adds by its
/// words, and a single sentence that is worth more than all of these takes their place: that is worth
/// 1 - 1/√e of the best set at least (Khuller, Moss and Naor 1999), of those that no other rule keeps out.
/// The budget is never exceeded. `salience` and `vectors` have a row a sentence of the documents.
/// \throws Error invalid_argument for a limit below 1, salience that is not finite (with its row), or sizes
/// that do not fit; cancelled.
Selection select(std::span<const Document> documents, std::span<const float> salience,
                 const SentenceVectors& vectors, const Budget& budget = {}, const SelectOptions& options = {},
                 const Control& control = {});

}  // namespace nutgraf
