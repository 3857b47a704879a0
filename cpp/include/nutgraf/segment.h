#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/error.h"

namespace nutgraf {

struct SegmentOptions {
  /// ISO 639-1 code of the language; empty: found from the words of the text. See languages().
  std::string lang{};
  /// The caller's abbreviations, with or without their last full stop, in any case: "approx", "z. T.". No
  /// sentence ends after one, unless the next word is one that begins sentences.
  std::vector<std::string> abbreviations{};
  /// What the log-odds of a boundary must exceed where the classifier decides: above 0 joins more, below 0
  /// splits more. See Document::boundary_log_odds.
  double boundary_threshold = 0;
};

/// The language codes that nutgraf knows, sorted. Another one given as `lang` is an Error that lists these.
const std::vector<std::string>& languages();
/// Those of them that have stop words (see stop_words in terms.h), sorted.
std::vector<std::string> stop_word_languages();

/// Splits a text into blocks (see find_blocks), the blocks into sentences, the sentences into words. Copies
/// the text once. Time linear in the text.
///
/// Words are the segments of Unicode's word boundaries (UAX #29 as ICU tailors it) that hold a letter or a
/// digit; punctuation, symbols and emoji are none. Where a mark may end a sentence, rules decide the certain
/// cases and a trained classifier the rest: titles ("Mr. Abe"), initials ("N. Korea"), numbers ("No. 5",
/// German "3. Oktober"), quotations ("Why?" he asked), lists. A sentence never crosses a block. Sentences
/// with no word (a row of dots) are kept.
///
/// \throws Error invalid_text with the byte offset, limit for 2 GiB or more, invalid_argument for an unknown
/// language, cancelled.
Document segment(std::string_view text, const SegmentOptions& options = {}, const Control& control = {});
/// The same; takes the text instead of copying it.
Document segment(std::string&& text, const SegmentOptions& options = {}, const Control& control = {});
Document segment(const char* text, const SegmentOptions& options = {}, const Control& control = {});
/// The same over bytes that the caller keeps alive and unchanged as long as any handle on the document lives.
Document segment_borrowed(std::string_view text, const SegmentOptions& options = {},
                          const Control& control = {});

/// Sentences and words of a text that come ready: from another splitter, a corpus, an annotator. Spans in
/// order that do not overlap; white space at the ends of sentences is taken off, and one of nothing else is
/// left out.
struct ReadySpans {
  std::optional<std::span<const Span>> sentences{};
  std::optional<std::span<const Span>> words{};
};

/// segment() with the caller's spans in place of its own; what is not given is found. Text outside the given
/// sentences belongs to none. Blocks that one sentence runs over become one. Each given word must lie inside
/// a sentence; those without a letter or digit are left out, as everywhere. \throws Error as segment(), and
/// invalid_argument that names a span which does not fit.
Document segment_ready(std::string_view text, const ReadySpans& ready, const SegmentOptions& options = {},
                       const Control& control = {});

/// segment() for each text, over control.threads threads: as many results as texts, in their order, the same
/// for any number of threads. A text that fails gives its Error (see of_text). The texts are borrowed: they
/// must outlive the documents. \throws Error invalid_argument for options that suit no text; cancelled.
std::vector<std::variant<Document, Error>> segment_many(std::span<const std::string_view> texts,
                                                        const SegmentOptions& options = {},
                                                        const Control& control = {});

/// The abbreviations of a collection of texts, in lower case without their last full stop, sorted: words that
/// stand with a full stop more often than chance allows (Kiss and Strunk 2006, "Unsupervised multilingual
/// sentence boundary detection", section 4.1), and at least once before a small letter or a comma. For
/// SegmentOptions::abbreviations; some ten thousand words and more give good lists. Linear in the texts.
/// \throws Error invalid_text that names the text; cancelled.
std::vector<std::string> learn_abbreviations(std::span<const std::string_view> texts,
                                             const Control& control = {});

namespace detail {
void walk_words(std::string_view text, void* context, void (*visit)(void*, Span, WordKind));
void walk_sentences(std::string_view paragraph, const SegmentOptions& options, void* context,
                    void (*visit)(void*, Span));
}  // namespace detail

/// Calls visit(span, kind) for every segment of a text between Unicode's word boundaries, those of
/// WordKind::other too. Makes no document, and allocates only for the scripts whose words ICU finds by
/// dictionary (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese).
///
///     nutgraf::for_each_word(text, [&](nutgraf::Span span, nutgraf::WordKind kind) { ... });
///
/// \throws Error invalid_text, limit.
template <typename Visit>
void for_each_word(std::string_view text, Visit visit) {
  detail::walk_words(text, &visit, [](void* context, Span span, WordKind kind) {
    (*static_cast<Visit*>(context))(span, kind);
  });
}

/// Calls visit(span) for every sentence of a text that is taken for one paragraph: line ends are spaces.
/// \throws Error as segment().
template <typename Visit>
void for_each_sentence(std::string_view paragraph, Visit visit, const SegmentOptions& options = {}) {
  detail::walk_sentences(paragraph, options, &visit,
                         [](void* context, Span span) { (*static_cast<Visit*>(context))(span); });
}

}  // namespace nutgraf
