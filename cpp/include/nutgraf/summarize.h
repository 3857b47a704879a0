#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/error.h"
#include "nutgraf/salience.h"
#include "nutgraf/segment.h"
#include "nutgraf/select.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// The options of summarize(): the budget and the choices that callers make.
/// Names and defaults are those of Python's keywords and of the command line; see summarize_options().
struct SummarizeOptions {
  std::optional<std::int64_t> sentences{};  ///< this and what follows: see Budget
  bool auto_sentences = false;
  std::optional<std::int64_t> words{}, chars{}, bytes{};
  std::optional<double> ratio{}, seconds{};
  std::optional<std::int64_t> tokens{};
  std::function<std::int64_t(std::string_view text)> counter{};  ///< called on any of the threads
  std::string method = "default";                                ///< see salience()
  /// See Strategy; empty: that of the same name as the method ("mmr", "sumbasic", "kl"), else top.
  std::string strategy{};
  std::string query{};        ///< see SalienceOptions
  std::string lang{};         ///< see SegmentOptions
  std::vector<Role> roles{};  ///< this and what follows: see SelectOptions
  std::int64_t min_length = 0, max_length = 0;
  std::vector<std::int32_t> must_include{}, exclude{}, known{};
  bool headings = false;
  /// What the salience of sentences of a role is weighed by, 1 for others; and by their place in the
  /// document: values at equal distances from its first sentence to its last, between which weights change
  /// evenly. 0 or more. A weight w adds (w - 1) |salience|, the part "weights".
  std::vector<std::pair<Role, double>> role_weights{};
  std::vector<double> position_weights{};
  const TfidfModel* background = nullptr;  ///< see sentence_vectors()
  const SparseMatrix* vectors = nullptr;  ///< see SalienceOptions; redundancy is judged by terms all the same
  std::span<const float> query_vector{};  ///< see SalienceOptions
  const SentenceWeights* weights = nullptr;  ///< see SalienceOptions
};

/// A sentence of a summary.
struct SummarySentence {
  std::int32_t document = 0;  ///< index of its document
  std::int32_t index = 0;     ///< among the sentences of its document
  std::int32_t rank = 0;      ///< 0 is the best
  std::int32_t block = 0;     ///< among the blocks of its document
  Span span{};
  Role role = Role::body;
  float salience = 0;
  Reason reason = Reason::chosen;
  bool dangling = false;  ///< see Note::dangling
  Flags flags{};          ///< what it lacks, where it is dangling
};

/// Why a sentence stands where it does.
struct Explanation {
  SummarySentence sentence{};
  /// What its salience adds up from; empty for a salience of the caller's own.
  std::vector<std::pair<std::string, float>> parts{};
  /// Its heaviest terms with their TF-IDF weights, and the sentences most like it with their cosines, at most
  /// five of each.
  std::vector<std::pair<std::string, float>> top_terms{};
  std::vector<std::pair<SentenceRef, float>> nearest{};
};

/// The chosen sentences in the order of the text, and what is known of all others. A value; holds its
/// documents.
class Summary {
 public:
  Summary() = default;
  Summary(std::vector<Document> documents, std::vector<float> salience, Selection selection,
          std::string method, std::vector<SaliencePart> parts = {});

  /// A summary from parts that were taken from another one (a pickle).
  /// \throws Error corrupt_file where a part does not fit the documents or the others.
  static Summary assemble(std::vector<Document> documents, std::vector<float> salience, Selection selection,
                          std::string method, std::vector<SaliencePart> parts = {});

  std::span<const Document> documents() const noexcept { return documents_; }
  /// The chosen sentences, in the order of the text.
  std::span<const SummarySentence> sentences() const noexcept { return sentences_; }
  /// Every sentence of the documents in the order of the text, chosen or not.
  std::vector<SummarySentence> all_sentences() const;
  const Selection& selection() const noexcept { return selection_; }
  std::span<const float> salience() const noexcept { return salience_; }
  std::span<const Note> notes() const noexcept { return selection_.notes; }
  /// The method that was used, never "default".
  const std::string& method() const noexcept { return method_; }

  /// What a person reads of a sentence.
  std::string display(const SummarySentence& sentence) const {
    return documents_[sentence.document].display(sentence.index);
  }
  /// What is shown and what length budgets count: the displayed sentences joined by one space; with
  /// Selection::headings, each below the headings it stands under, a heading on a line of its own.
  std::string text() const;
  /// The same one by one.
  std::vector<ShownLine> lines() const;
  /// The sentences, of any document and role, that say again what a chosen sentence does, in their order;
  /// see Selection::repeats. None for one that was not chosen; linear in the sentences otherwise.
  std::vector<SentenceRef> repeats(const SummarySentence& sentence) const;

  /// The summary of another length that the ranking gives: its first sentences that compete, as many as fit.
  /// Costs no more than counting their lengths; at the budget that was asked for it is this one. Another
  /// length may differ from a summarize() of its own, which is free to choose another set. \throws Error
  /// invalid_argument for a limit out of range, and for an auto_sentences, which is no length.
  Summary resize(const Budget& budget) const;

  /// What the salience adds up from; see Salience::parts.
  std::span<const SaliencePart> parts() const noexcept { return parts_; }
  /// Why a sentence, any one of all documents by its row, is in the summary or not. Weighs the terms of the
  /// documents anew. \throws Error invalid_argument for a row that is not there; cancelled.
  Explanation explain(std::int32_t row, const Control& control = {}) const;

 private:
  std::vector<Document> documents_;
  std::vector<float> salience_;
  Selection selection_;
  std::string method_;
  std::vector<SaliencePart> parts_;
  std::vector<SummarySentence> sentences_;
};

/// The summary of one text or document.
///
///     nutgraf::Summary summary = nutgraf::summarize(text, {.sentences = 2});
///     std::cout << summary.text() << '\n';
///
/// An empty or blank text gives an empty summary with the note no_text. Time linear in the text, for the
/// methods of salience() that say so. \throws Error as segment(), salience() and select() do.
Summary summarize(std::string_view text, const SummarizeOptions& options = {}, const Control& control = {});
Summary summarize(const Document& document, const SummarizeOptions& options = {},
                  const Control& control = {});

/// The summary of a story that several documents tell, in the order in which they are to be read (by date, or
/// by source): one choice from all of them, in which what one document says again after another is folded
/// (see Summary::repeats). SummarySentence::document says whose sentence it is; rows count through all
/// documents. With `lang`, `query` and own vectors as for one. \throws Error as summarize() does.
///
///     std::vector<nutgraf::Document> story = {nutgraf::segment(first), nutgraf::segment(second)};
///     nutgraf::Summary summary = nutgraf::summarize_together(story, {.words = 100});
Summary summarize_together(std::vector<Document> documents, const SummarizeOptions& options = {},
                           const Control& control = {});

/// The summary that a salience of the caller's own gives, an entry a sentence: Summary::method() is
/// own_method, and `method`, `query`, `vectors` and `query_vector` have no effect. \throws Error as select()
/// does.
Summary summarize(const Document& document, std::span<const float> salience,
                  const SummarizeOptions& options = {}, const Control& control = {});
inline constexpr std::string_view own_method = "own";

/// summarize() for each text, over control.threads threads: as many results as texts, in their order, the
/// same bits for any number of threads. A text that fails gives its Error (see of_text); the others are not
/// touched by it. The texts are borrowed: they must outlive the summaries. \throws Error invalid_argument for
/// options that no text could be summarized with; cancelled.
std::vector<std::variant<Summary, Error>> summarize_many(std::span<const std::string_view> texts,
                                                         const SummarizeOptions& options = {},
                                                         const Control& control = {});

/// An option of summarize() as the command line and other languages show it.
struct OptionInfo {
  std::string_view name;  ///< the same in C++, Python and, with a dash for an underscore, on the command line
  std::string_view type;  ///< "integer", "integer or auto", "number", "text", "list", "flag" (true or false),
                          ///< "weights" (name=number,...) or "numbers"
  std::string_view default_value;  ///< as text; empty where nothing is given
  std::string_view help;
};
/// The options of summarize(), in their order.
std::span<const OptionInfo> summarize_options() noexcept;
/// Sets the option of that name from text. \throws Error invalid_argument.
void set_option(SummarizeOptions& options, std::string_view name, std::string_view value);

}  // namespace nutgraf
