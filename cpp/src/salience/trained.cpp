#include <algorithm>

#include "salience/methods.h"
#include "salience/sentence_model.h"

namespace nutgraf {

// Less what the least of the voters has, which counts for the text as a whole, so that no score of theirs is
// below 0.
std::vector<double> trained(const SalienceInput& in) {
  const SentenceModel& model = sentence_model();
  const std::vector<SentenceModel::Parts> parts = model(sentence_features(in));
  std::vector<double> scores(in.size());
  double least = 0;
  bool is_first = true;
  for (std::size_t r = 0; r < scores.size(); ++r) {
    for (const std::int16_t part : parts[r]) scores[r] += part / SentenceModel::unit;
    if (!in.has_vote(r)) continue;
    least = is_first ? scores[r] : std::min(least, scores[r]);
    is_first = false;
  }
  for (double& score : scores) score -= least;
  in.parts.reserve(model.groups().size() + 2);  // the query's, and that of someone's own examples
  for (std::size_t g = 0; g < model.groups().size(); ++g) {
    std::vector<double> of_group(scores.size());
    for (std::size_t r = 0; r < scores.size(); ++r)
      of_group[r] = parts[r][g] / SentenceModel::unit - (g + 1 == model.groups().size() ? least : 0);
    in.parts.emplace_back(model.groups()[g], std::move(of_group));
  }
  return scores;
}

// The languages of the articles that the weights come from, but for Arabic, for which mix is better.
bool suits_trained(const SalienceInput& in) {
  constexpr std::string_view languages[] = {"bn", "en", "id", "no", "ru"};
  constexpr double fewest_words = 6;  // of the mean sentence: chats and lists of names have fewer
  if (in.rows.document_count() != 1 || in.options.vectors) return false;
  const Document& document = in.documents[0];
  if (std::ranges::find(languages, document.lang()) == std::end(languages)) return false;
  double prose = 0, voters = 0, words = 0;
  for (std::int32_t row = 0; row < in.rows.size(); ++row) {
    if (!in.has_vote(static_cast<std::size_t>(row))) continue;
    ++voters;
    prose += document.blocks()[document.block_of_sentence(row)].role == Role::body;
    words += document.words_of_sentence(row).size();
  }
  return 2 * prose > voters && words >= fewest_words * voters;
}

}  // namespace nutgraf
