#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/error.h"
#include "nutgraf/span.h"

namespace nutgraf {

/// A phrase that names what a text is about.
struct Keyphrase {
  /// As it stands where it occurs first, line ends and all, without a possessive 's at its end.
  std::string text{};
  /// Above 0, and comparable within one text alone.
  double score = 0;
  /// Every occurrence that was read, in order: bytes of the text. Words are compared by their stems, so that
  /// others than the first may be spelt differently. They overlap where a phrase repeats its own end.
  std::vector<Span> spans{};
  friend bool operator==(const Keyphrase&, const Keyphrase&) = default;
};

struct KeyphraseOptions {
  /// As many phrases at most; 1 or more.
  std::int32_t top = 10;
  /// ISO 639-1 code of the language of a text, see SegmentOptions. A Document has its own.
  std::string lang{};
};

/// The keyphrases of a text, best first; where two score the same, the one that stands first.
///
///     for (const nutgraf::Keyphrase& phrase : nutgraf::keyphrases(text, {.top = 5}))
///       std::cout << phrase.text << '\n';
///
/// A phrase is a run of up to four content words of one sentence with nothing but white space between them;
/// in Romance languages, two link words ("de", "la") may stand inside (cpp/data/link_words.txt). Content
/// words are those that are no stop words (stop_words() in terms.h), and not of the widest meaning ("three",
/// "take", "new": cpp/data/general_words.txt) unless as part of a name, with a capital inside a sentence
/// ("New York"); no phrase is made of such words alone. Words joined by a hyphen are one; a number begins no
/// phrase. Phrases of the same stems are the same.
///
/// The score is exp of the sum of
///
///     + 0.6  ln n                     n: how often the phrase occurs
///     + 0.5  mean ln w                w: how often the stem of a word occurs, over its content words
///     - 0.3  ln(1 + p)                p: words before its first occurrence
///     - 0.6  neighbours               sides, 0 to 2, on which another content word adjoins; mean over its n
///     - 0.2  nested                   occurrences of the most frequent longer phrase around it, by n; 1 at
///                                     most
///     - 0.6  verbs                    sides, 0 to 2, on which a word that tells a verb adjoins
///                                     (cpp/data/verb_cues.txt); mean over its n
///     + 0.6  capitals                 the share of capitals among occurrences that open no sentence, of the
///                                     word where it is least
///     + 0.6  [a word in capitals]     at its first occurrence
///     + 0.1  letters                  of its shortest content word, 8 at most
///     - 0.6  [four content words]
///     - 0.6  [a link word]
///     + [one content word] (5 names - 0.2 ln u)
///
/// where u is the number of words read and `names` the share of capitals among all content words that open no
/// sentence, 0.25 at most, and 0.1 for a script without case: single words are good phrases in short texts
/// full of names, longer ones in papers. Of the ranking, phrases are left out that stand inside a better one,
/// and those around a better one of several words that never occurs without them. See docs/keyphrases.md.
///
/// Captions, bylines, kickers, boilerplate, signatures, code, repeated blocks and datelines are not read,
/// unless there is nothing else. An empty text gives no phrases. Time linear in the text, but for the
/// logarithm of a heap. \throws Error invalid_argument for `top` below 1; as segment() for a text.
std::vector<Keyphrase> keyphrases(const Document& document, const KeyphraseOptions& options = {},
                                  const Control& control = {});
std::vector<Keyphrase> keyphrases(std::string_view text, const KeyphraseOptions& options = {},
                                  const Control& control = {});

/// keyphrases() for each text, over control.threads threads: as many results as texts, in their order, the
/// same bits for any number of threads. A text that fails gives its Error (see of_text). \throws Error
/// invalid_argument for options that suit no text; cancelled.
std::vector<std::variant<std::vector<Keyphrase>, Error>> keyphrases_many(
    std::span<const std::string_view> texts, const KeyphraseOptions& options = {},
    const Control& control = {});

}  // namespace nutgraf
