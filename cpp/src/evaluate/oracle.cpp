#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "evaluate/rouge_text.h"
#include "nutgraf/error.h"
#include "nutgraf/evaluate.h"
#include "support/checkpoint.h"

namespace nutgraf {
namespace {

class Oracle {
 public:
  Oracle(const Document& document, std::span<const std::string_view> references, const OracleOptions& options,
         const Control& control)
      : options_(options), reader_(options.rouge), pacer_(control) {
    if (options.sentences < 1 || options.types.empty()) {
      throw Error(ErrorKind::invalid_argument, "an oracle of " + std::to_string(options.sentences) +
                                                   " sentences by " + std::to_string(options.types.size()) +
                                                   " types; both must be 1 or more");
    }
    for (const std::string& type : options.types) types_.push_back(rouge_type(type));
    references_ = read_references(reader_, references);
    for (std::int32_t s = 0; s < document.sentence_count(); ++s)
      sentences_.push_back(reader_.read(document.display(s)));
  }

  std::vector<std::int32_t> greedy() {
    std::vector<std::int32_t> chosen;
    double best = 0;
    while (static_cast<std::int32_t>(chosen.size()) < options_.sentences) {
      std::int32_t added = -1;
      for (std::int32_t s = 0; s < size(); ++s) {
        if (std::ranges::binary_search(chosen, s)) continue;
        std::vector<std::int32_t> with = chosen;
        with.insert(std::ranges::lower_bound(with, s), s);
        if (const double worth = worth_of(with); worth > best) {
          best = worth;
          added = s;
        }
      }
      if (added < 0) break;
      chosen.insert(std::ranges::lower_bound(chosen, added), added);
    }
    return chosen;
  }

  std::vector<std::int32_t> exact() {
    check_size();
    std::vector<std::int32_t> set, best;
    double most = 0;
    try_sets(0, set, best, most);
    return best;
  }

 private:
  std::int32_t size() const { return static_cast<std::int32_t>(sentences_.size()); }

  double worth_of(std::span<const std::int32_t> set) {
    RougeText text;
    for (const std::int32_t s : set) text.add_line(sentences_[static_cast<std::size_t>(s)].words);
    double sum = 0;
    std::vector<RougeScore> of_each(references_.size());
    for (const RougeType type : types_) {
      for (std::size_t i = 0; i < references_.size(); ++i) {
        of_each[i] = rouge_score(text, references_[i], type);
        pacer_.advance(text.words.size() + references_[i].words.size() + 1);
      }
      sum += of_references(of_each, options_.rouge.references).fmeasure;
    }
    return sum;
  }

  void check_size() const {
    constexpr double most_sets = 2e6;
    double sets = 0, of_size = 1;
    for (std::int32_t k = 1; k <= std::min(options_.sentences, size()); ++k) {
      of_size *= static_cast<double>(size() - k + 1) / k;
      sets += of_size;
    }
    if (sets > most_sets) {
      throw Error(ErrorKind::invalid_argument, "an exact oracle of " + std::to_string(options_.sentences) +
                                                   " of " + std::to_string(size()) +
                                                   " sentences looks at too many sets; take greedy search");
    }
  }

  /// All sets that begin with `set` and go on from a sentence.
  void try_sets(std::int32_t from, std::vector<std::int32_t>& set, std::vector<std::int32_t>& best,
                double& most) {
    if (static_cast<std::int32_t>(set.size()) == options_.sentences) return;
    for (std::int32_t s = from; s < size(); ++s) {
      set.push_back(s);
      if (const double worth = worth_of(set); worth > most) {
        most = worth;
        best = set;
      }
      try_sets(s + 1, set, best, most);
      set.pop_back();
    }
  }

  const OracleOptions& options_;
  RougeReader reader_;
  Pacer pacer_;
  std::vector<RougeType> types_;
  std::vector<RougeText> references_, sentences_;
};

}  // namespace

std::vector<std::int32_t> oracle(const Document& document, std::span<const std::string_view> references,
                                 const OracleOptions& options, const Control& control) {
  Oracle seeker(document, references, options, control);
  return options.search == OracleSearch::greedy ? seeker.greedy() : seeker.exact();
}

Extractiveness extractiveness(std::string_view text, std::string_view summary, const RougeOptions& options) {
  RougeReader reader(options);
  const std::vector<std::int32_t> source = reader.read(text).words;
  const std::vector<std::int32_t> words = reader.read(summary).words;
  std::vector<std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (places.size() <= static_cast<std::size_t>(source[i]))
      places.resize(static_cast<std::size_t>(source[i]) + 1);
    places[static_cast<std::size_t>(source[i])].push_back(i);
  }
  const auto longest_at = [&](std::size_t at) {
    std::size_t longest = 0;
    if (static_cast<std::size_t>(words[at]) >= places.size()) return longest;
    for (const std::size_t place : places[static_cast<std::size_t>(words[at])]) {
      std::size_t size = 1;
      while (at + size < words.size() && place + size < source.size() &&
             words[at + size] == source[place + size])
        ++size;
      longest = std::max(longest, size);
    }
    return longest;
  };
  Extractiveness found;
  if (words.empty()) return found;
  const auto n = static_cast<double>(words.size());
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t size = longest_at(at);
    found.coverage += static_cast<double>(size) / n;
    found.density += static_cast<double>(size * size) / n;
    at += std::max<std::size_t>(size, 1);
  }
  found.compression = static_cast<double>(source.size()) / n;
  std::size_t new_pairs = 0;
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    if (longest_at(at) < 2) ++new_pairs;
  }
  if (words.size() > 1) found.novelty = static_cast<double>(new_pairs) / (n - 1);
  return found;
}

double redundancy(std::string_view summary, const RougeOptions& options) {
  const std::vector<std::int32_t> words = RougeReader(options).read(summary).words;
  if (words.size() < 2) return 0;
  std::set<std::pair<std::int32_t, std::int32_t>> pairs;
  for (std::size_t at = 0; at + 1 < words.size(); ++at) pairs.emplace(words[at], words[at + 1]);
  const auto all = static_cast<double>(words.size() - 1);
  return (all - static_cast<double>(pairs.size())) / all;
}

}  // namespace nutgraf
