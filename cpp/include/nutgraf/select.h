#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/vectors.h"

namespace nutgraf {

/// The longest a summary may be. Each limit given is a ceiling; with none given, three sentences.
/// Words and characters (code points) are those of the text that is shown, Summary::text().
struct Budget {
  std::optional<std::int64_t> sentences{};
  std::optional<std::int64_t> words{};
  std::optional<std::int64_t> chars{};
};

/// The number of sentences when no budget is given.
inline constexpr std::int64_t default_sentences = 3;

struct SelectOptions {
  /// The roles whose sentences compete; empty: body, quote and list_item. If there is no such sentence, all
  /// compete, and the result has the note no_body.
  std::vector<Role> roles{};
  /// A sentence whose cosine to a chosen one is above this says the same again and is passed over.
  double max_similarity = 0.6;
};

/// Why a sentence is not in the summary.
enum class Reason : std::uint8_t {
  chosen,     ///< it is
  role,       ///< its role does not compete
  duplicate,  ///< its block repeats an earlier one
  redundant,  ///< too similar to a chosen sentence
  dangling,   ///< it opens with a word that points to a sentence that was not chosen
  budget,     ///< it does not fit into what is left
  salience,   ///< others are more salient
};
inline constexpr std::array<std::string_view, 7> reason_names = {
    "chosen", "role", "duplicate", "redundant", "dangling", "budget", "salience"};
constexpr std::string_view name(Reason reason) noexcept {
  return reason_names[static_cast<std::size_t>(reason)];
}

/// What a caller should know of a result that is not what was asked for.
enum class Note : std::uint8_t {
  no_text,           ///< the text is empty or blank, or has no sentence
  no_body,           ///< no sentence has a role that competes: these are the best of what is there
  budget_too_small,  ///< no sentence fits the budget
  dangling,          ///< a chosen sentence points to one that was not chosen; nothing else was left
};
inline constexpr std::array<std::string_view, 4> note_names = {"no_text", "no_body", "budget_too_small",
                                                               "dangling"};
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
  /// Rows that open with a pronoun or connective whose antecedent was not chosen.
  std::vector<std::int32_t> dangling{};
  std::vector<Note> notes{};
};

/// Chooses sentences: greedily by salience, ties by position. A sentence that opens with a pronoun or a
/// connective
/// ("They held", "But") is taken only next to the sentence before it; if all that is left is such, it is
/// taken and noted. Near-duplicates are never chosen twice. The budget is never exceeded. `salience` and
/// `vectors` have a row a sentence of the documents. \throws Error invalid_argument for a limit below 1,
/// salience that is not finite (with its row), or sizes that do not fit; cancelled.
Selection select(std::span<const Document> documents, std::span<const float> salience,
                 const SentenceVectors& vectors, const Budget& budget = {}, const SelectOptions& options = {},
                 const Control& control = {});

}  // namespace nutgraf
