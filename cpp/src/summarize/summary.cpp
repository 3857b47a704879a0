#include <algorithm>
#include <cmath>
#include <set>

#include "nutgraf/error.h"
#include "nutgraf/summarize.h"
#include "salience/cosines.h"
#include "select/coherence.h"
#include "select/purse.h"
#include "select/shown_text.h"

namespace nutgraf {
namespace {

SummarySentence describe(const SentenceRows& rows, std::int32_t row, std::int32_t rank, float salience,
                         Reason reason) {
  const SentenceRef ref = rows.at(row);
  const Document& document = rows.document(ref.document);
  const std::int32_t block = document.block_of_sentence(ref.sentence);
  return {.document = ref.document,
          .index = ref.sentence,
          .rank = rank,
          .block = block,
          .span = document.sentence_spans()[ref.sentence],
          .role = document.blocks()[block].role,
          .salience = salience,
          .reason = reason};
}

}  // namespace

Summary::Summary(std::vector<Document> documents, std::vector<float> salience, Selection selection,
                 std::string method, std::vector<SaliencePart> parts)
    : documents_(std::move(documents)),
      salience_(std::move(salience)),
      selection_(std::move(selection)),
      method_(std::move(method)),
      parts_(std::move(parts)) {
  const SentenceRows rows(documents_);
  std::int32_t rank = 0;
  for (const std::int32_t row : selection_.chosen) {
    sentences_.push_back(describe(rows, row, rank++, salience_[row], Reason::chosen));
  }
  for (const std::int32_t row : selection_.dangling) {
    const SentenceRef ref = rows.at(row);
    const auto at = std::ranges::find_if(sentences_, [&](const SummarySentence& s) {
      return s.document == ref.document && s.index == ref.sentence;
    });
    at->dangling = true;
    at->flags = find_flags(documents_[ref.document])[ref.sentence];
  }
  std::ranges::sort(sentences_, {}, [](const SummarySentence& s) { return std::pair(s.document, s.index); });
}

Summary Summary::assemble(std::vector<Document> documents, std::vector<float> salience, Selection selection,
                          std::string method, std::vector<SaliencePart> parts) {
  const auto require = [](bool holds, const char* what) {
    if (!holds)
      throw Error(ErrorKind::corrupt_file, std::string("the parts of the summary do not fit: ") + what);
  };
  const auto n = static_cast<std::size_t>(SentenceRows(documents).size());
  const auto is_row = [&](std::int32_t row) { return row >= 0 && static_cast<std::size_t>(row) < n; };
  require(salience.size() == n && std::ranges::all_of(salience, [](float s) { return std::isfinite(s); }),
          "salience");
  for (const SaliencePart& part : parts) require(part.scores.size() == n, "the parts of the salience");
  require(selection.reasons.size() == n, "reasons");
  require(selection.repeats.size() == n, "repeats");
  require(std::ranges::all_of(selection.reasons,
                              [](Reason r) { return static_cast<std::size_t>(r) < reason_names.size(); }),
          "reasons");
  require(std::ranges::all_of(selection.notes,
                              [](Note note) { return static_cast<std::size_t>(note) < note_names.size(); }),
          "notes");
  require(!selection.gap || (*selection.gap >= 0 && *selection.gap <= 1), "gap");
  require(std::ranges::all_of(selection.ranking, is_row), "ranking");
  const std::set<std::int32_t> ranked(selection.ranking.begin(), selection.ranking.end());
  require(selection.ranking.size() == n && ranked.size() == n, "ranking");
  require(selection.chosen.size() <= n &&
              std::equal(selection.chosen.begin(), selection.chosen.end(), selection.ranking.begin()),
          "chosen");
  for (std::size_t rank = 0; rank < n; ++rank) {
    const bool is_chosen = selection.reasons[selection.ranking[rank]] == Reason::chosen;
    require(is_chosen == (rank < selection.chosen.size()), "reasons");
  }
  const auto is_chosen_row = [&](std::int32_t row) {
    return is_row(row) && selection.reasons[row] == Reason::chosen;
  };
  require(std::ranges::all_of(selection.dangling, is_chosen_row), "dangling");
  require(std::ranges::all_of(selection.repeats,
                              [&](std::int32_t row) { return row == -1 || is_chosen_row(row); }),
          "repeats");
  const bool is_method = method == own_method || (method != methods().front() &&
                                                  std::ranges::find(methods(), method) != methods().end());
  require(is_method, "method");
  return Summary(std::move(documents), std::move(salience), std::move(selection), std::move(method),
                 std::move(parts));
}

Summary Summary::resize(const Budget& budget) const {
  if (budget.auto_sentences) {
    throw Error(ErrorKind::invalid_argument,
                "a ranking can be cut at a length, not at auto, which is for a summary of its own");
  }
  const SentenceRows rows(documents_);
  Purse purse(budget, rows, selection_.headings);
  const auto competes = [&](std::int32_t row) {
    switch (selection_.reasons[row]) {
      case Reason::chosen:
      case Reason::salience:
      case Reason::budget:
      case Reason::dangling:
        return true;
      default:
        return false;
    }
  };
  purse.set_words_in_all(selection_.reasons);
  Selection cut{.ranking = selection_.ranking,
                .reasons = selection_.reasons,
                .repeats = selection_.repeats,
                .headings = selection_.headings};
  for (const Note note : selection_.notes) {
    if (note != Note::budget_too_small && note != Note::nothing_left && note != Note::dangling)
      cut.notes.push_back(note);
  }
  // As select() has it, a length is not filled with what does not stand alone.
  const auto is_wanted = [&](std::int32_t row) {
    const bool is_filling = purse.counts_lengths() && !cut.chosen.empty();
    return competes(row) && !(is_filling && selection_.reasons[row] == Reason::dangling);
  };
  bool is_cut = false;
  for (const std::int32_t row : cut.ranking) {
    is_cut = is_cut || !is_wanted(row) || !purse.pay(row);
    if (!is_cut) {
      cut.chosen.push_back(row);
      cut.reasons[row] = Reason::chosen;
    } else if (cut.reasons[row] == Reason::chosen) {
      cut.reasons[row] = Reason::budget;
    }
  }
  if (cut.chosen.empty() && !cut.ranking.empty()) {
    const bool is_any_left = std::ranges::any_of(cut.ranking, competes);
    cut.notes.push_back(is_any_left ? Note::budget_too_small : Note::nothing_left);
  }
  for (std::int32_t& said : cut.repeats) said = said >= 0 && cut.reasons[said] != Reason::chosen ? -1 : said;
  name_dangling(rows, find_flags(rows), cut);
  return Summary(documents_, salience_, std::move(cut), method_, parts_);
}

Explanation Summary::explain(std::int32_t row, const Control& control) const {
  if (row < 0 || static_cast<std::size_t>(row) >= salience_.size()) {
    throw Error(ErrorKind::invalid_argument, "there is no sentence " + std::to_string(row) + "; there are " +
                                                 std::to_string(salience_.size()));
  }
  Explanation found{.sentence = all_sentences()[row]};
  for (const SaliencePart& part : parts_) found.parts.emplace_back(part.name, part.scores[row]);
  constexpr std::size_t most = 5;
  const auto keep_largest = [&](auto& named) {
    std::ranges::stable_sort(named, [](const auto& a, const auto& b) { return a.second > b.second; });
    if (named.size() > most) named.resize(most);
  };
  const SentenceVectors vectors = sentence_vectors(documents_, {}, {}, nullptr, control);
  const SparseMatrix& weights = vectors.weights;
  for (SparseMatrix::InnerIterator entry(weights, row); entry; ++entry)
    found.top_terms.emplace_back(vectors.counts.vocabulary.term(static_cast<std::int32_t>(entry.col())),
                                 entry.value());
  keep_largest(found.top_terms);
  const Cosines cosines(weights);
  Cosines::Sum likeness(cosines);
  likeness.add(static_cast<std::size_t>(row));
  const SentenceRows rows(documents_);
  for (std::int32_t other = 0; other < rows.size(); ++other) {
    const double cosine = likeness.cosine(static_cast<std::size_t>(other));
    if (other != row && cosine > 0) found.nearest.emplace_back(rows.at(other), static_cast<float>(cosine));
  }
  keep_largest(found.nearest);
  return found;
}

std::vector<SummarySentence> Summary::all_sentences() const {
  const SentenceRows rows(documents_);
  std::vector<SummarySentence> all(salience_.size());
  for (std::size_t rank = 0; rank < selection_.ranking.size(); ++rank) {
    const std::int32_t row = selection_.ranking[rank];
    all[row] = describe(rows, row, static_cast<std::int32_t>(rank), salience_[row], selection_.reasons[row]);
  }
  for (const SummarySentence& s : sentences_) {
    all[rows.row({s.document, s.index})].dangling = s.dangling;
    all[rows.row({s.document, s.index})].flags = s.flags;
  }
  return all;
}

std::vector<SentenceRef> Summary::repeats(const SummarySentence& sentence) const {
  std::vector<SentenceRef> found;
  if (sentence.reason != Reason::chosen) return found;
  const SentenceRows rows(documents_);
  const std::int32_t said = rows.row({sentence.document, sentence.index});
  for (std::int32_t row = 0; row < rows.size(); ++row) {
    if (selection_.repeats[row] == said) found.push_back(rows.at(row));
  }
  return found;
}

std::vector<ShownLine> Summary::lines() const {
  std::vector<std::int32_t> chosen = selection_.chosen;
  std::ranges::sort(chosen);
  return shown_lines(SentenceRows(documents_), chosen, selection_.headings);
}

std::string Summary::text() const {
  return joined(lines());
}

}  // namespace nutgraf
