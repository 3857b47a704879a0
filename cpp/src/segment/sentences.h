#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include "nutgraf/document.h"
#include "nutgraf/span.h"
#include "segment/abbreviations.h"
#include "segment/boundary_context.h"
#include "segment/candidates.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// Finds the sentences of a document's blocks: candidates (candidates.h), certain cases by rule, the rest by
/// a trained classifier (boundary_model.h).
class SentenceFinder {
 public:
  /// A boundary's score must exceed `threshold`. `has_danda`: the document ends sentences with dandas, so a
  /// full stop there belongs to an abbreviation.
  SentenceFinder(SentenceLanguage language, int threshold, bool has_danda)
      : language_(std::move(language)), threshold_(threshold), has_danda_(has_danda) {}

  struct Sentence {
    Span span{};                                ///< in offsets of the whole text
    std::int16_t end_score = certain_boundary;  ///< of the boundary at its end
  };
  using Sink = std::function<void(const Sentence&)>;
  /// Gives the sentences of a block in their order. The block neither begins nor ends in white space.
  void find(std::string_view text, Span block, Pacer& pacer, const Sink& sink) const;

  /// Certain cases, in which no classifier is asked.
  static bool is_never(std::string_view block, const Candidate& candidate, const BoundaryContext& context,
                       const SentenceLanguage& language) noexcept;

 private:
  int score(std::string_view block, const Candidate& candidate, std::int32_t sentence_begin) const noexcept;

  SentenceLanguage language_;
  int threshold_;
  bool has_danda_;
};

/// The dateline or credit at the start of a block's first sentence: "SEOUL -- ", "ALBUQUERQUE, N.M. (AP) --
/// ", "(Reuters) - ", with the dash and the white space after it, or without a dash, "(CNN)", "(CNN) ";
/// empty where there is none.
Span find_dateline(std::string_view text, Span sentence);

}  // namespace nutgraf
