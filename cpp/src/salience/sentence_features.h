#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "salience/methods.h"

namespace nutgraf {

/// What a trained salience knows of a sentence; most are from 0 to 1. None names a word. "Likeness" is the
/// cosine.
enum class SentenceFeature : std::uint8_t {
  lead,            ///< 1 / (1 + i) where i voting sentences of its document come before it
  place,           ///< i / n
  depth,           ///< ln(1 + i) / 5
  opens_block,     ///< it is the first of its block
  size,            ///< ln(1 + words) / 4
  size_to_mean,    ///< words as a share of twice the mean, 1 at most
  frequency,       ///< see mix; this and the next three as a share of the largest
  term_frequency,  ///< see the method tf
  centroid,
  headline,       ///< likeness to headlines and standfirst
  forward,        ///< mean likeness to the voting sentences behind it
  backward,       ///< and before it
  to_first,       ///< likeness to the first voting sentence
  to_lead,        ///< mean likeness to the first three
  rarity,         ///< mean idf of its terms, as a share of the largest idf
  stop_share,     ///< words that are no terms
  capital_share,  ///< words after the first that open with a capital
  number_share,   ///< words that are numbers
  is_quoting,     ///< it holds a quotation mark
  is_question,    ///< it ends in a question mark
  share,          ///< ln of the share of the text that is wanted
  sentences,      ///< ln(1 + n)
};
inline constexpr std::array<std::string_view, 22> feature_names = {
    "lead",       "place",          "depth",    "opens_block", "size",          "size_to_mean",
    "frequency",  "term_frequency", "centroid", "headline",    "forward",       "backward",
    "to_first",   "to_lead",        "rarity",   "stop_share",  "capital_share", "number_share",
    "is_quoting", "is_question",    "share",    "sentences"};
inline constexpr std::size_t feature_count = feature_names.size();

using SentenceFeatures = std::array<float, feature_count>;

/// One a row. Linear in the entries of the rows.
std::vector<SentenceFeatures> sentence_features(const SalienceInput& in);

}  // namespace nutgraf
