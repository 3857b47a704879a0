#include "nutgraf/evaluation.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

#include "evaluate/comparison.h"
#include "nutgraf/error.h"
#include "support/decimal.h"
#include "support/parallel.h"

namespace nutgraf {

bool operator==(const EvaluationRow& a, const EvaluationRow& b) {
  const auto fields = [](const EvaluationRow& r) {
    return std::tie(r.system, r.rouge1, r.rouge2, r.rouge_lsum, r.gain, r.interval.low, r.interval.high,
                    r.dangling, r.redundancy, r.places);
  };
  return fields(a) == fields(b);
}

namespace {

constexpr std::int64_t fewest_for_verdict = 10;

bool competes(const EvaluationRow& row) {
  return row.system != random_system && row.system != oracle_system;
}

/// The scores of summaries, a row an example: ROUGE-1, 2 and Lsum.
struct Scores {
  std::vector<std::array<double, 3>> fmeasures{};

  double mean(std::size_t type) const {
    double sum = 0;
    for (const auto& row : fmeasures) sum += row[type];
    return 100 * sum / static_cast<double>(fmeasures.size());
  }
};

Scores score(const std::vector<std::string>& texts, std::span<const std::vector<std::string>> lines,
             const RougeOptions& rouge, const Control& control) {
  constexpr std::array<std::string_view, 3> types = {"rouge1", "rouge2", "rougeLsum"};
  std::vector<std::vector<std::string_view>> references;
  for (const std::vector<std::string>& some : lines) references.push_back(views(some));
  Scores found;
  for (const std::vector<RougeScore>& row :
       rouge_many(views(texts), references, types, rouge, without_progress(control)))
    found.fmeasures.push_back({row[0].fmeasure, row[1].fmeasure, row[2].fmeasure});
  return found;
}

/// Counts sentences of a document by the tenth of its body that they stand in.
void count_places(const Document& document, std::span<const std::int32_t> sentences, EvaluationRow& row) {
  std::vector<std::size_t> before;
  std::size_t body = 0;
  for (std::int32_t s = 0; s < document.sentence_count(); ++s) {
    before.push_back(body);
    body += is_body_like(document.blocks()[document.block_of_sentence(s)].role) ? 1 : 0;
  }
  const std::size_t tenths = row.places.size();
  for (const std::int32_t s : sentences)
    ++row.places[std::min(before[s] * tenths / std::max<std::size_t>(body, 1), tenths - 1)];
}

/// The sentences that a system chooses of each example.
using Chosen = std::vector<std::vector<std::int32_t>>;

/// Rows of an evaluation, the first one of lead.
class Comparison {
 public:
  Evaluation found{};

  Comparison(std::span<const Example> examples, std::span<const std::vector<std::string>> lines,
             const RougeOptions& rouge, const Control& control)
      : examples_(examples), lines_(lines), rouge_(rouge), control_(control) {
    found.texts = static_cast<std::int64_t>(examples.size());
  }

  /// `dangling`: how many of the summaries do.
  void add(std::string_view system, const Chosen& chosen, double dangling) {
    const auto n = static_cast<double>(examples_.size());
    EvaluationRow row{.system = std::string(system), .dangling = 100 * dangling / n};
    std::vector<std::string> texts;
    double sentences = 0;
    for (std::size_t i = 0; i < examples_.size(); ++i) {
      texts.push_back(lines_of(examples_[i].document, chosen[i]));
      row.redundancy += 100 * redundancy(texts[i], rouge_) / n;
      count_places(examples_[i].document, chosen[i], row);
      sentences += static_cast<double>(chosen[i].size());
    }
    for (double& place : row.places) place /= std::max(sentences, 1.0);
    const Scores scores = score(texts, lines_, rouge_, control_);
    if (found.rows.empty()) lead_ = scores;
    row.rouge1 = scores.mean(0);
    row.rouge2 = scores.mean(1);
    row.rouge_lsum = scores.mean(2);
    std::vector<double> gains;
    for (std::size_t i = 0; i < scores.fmeasures.size(); ++i)
      gains.push_back(100 * (scores.fmeasures[i][0] - lead_.fmeasures[i][0]));
    row.gain = std::accumulate(gains.begin(), gains.end(), 0.0) / n;
    row.interval = bootstrap_interval(gains);
    found.rows.push_back(std::move(row));
  }

 private:
  std::span<const Example> examples_;
  std::span<const std::vector<std::string>> lines_;
  const RougeOptions& rouge_;
  const Control& control_;
  Scores lead_;
};

}  // namespace

std::string Evaluation::best() const {
  const EvaluationRow* found = nullptr;
  for (const EvaluationRow& row : rows) {
    if (competes(row) && (!found || row.rouge1 > found->rouge1)) found = &row;
  }
  return found ? found->system : std::string();
}

std::string Evaluation::verdict() const {
  std::string said = std::to_string(texts);
  if (texts < fewest_for_verdict) {
    return said.append(" texts are too few to tell systems apart; it takes ")
        .append(std::to_string(fewest_for_verdict))
        .append(" or more.");
  }
  const EvaluationRow* best = nullptr;
  for (const EvaluationRow& row : rows) {
    if (row.interval.low > 0 && competes(row) && (!best || row.rouge1 > best->rouge1)) best = &row;
  }
  said = "On these " + said;
  if (!best)
    return said.append(" texts the first sentences are enough: no method is above them by more than chance.");
  return said.append(" texts ")
      .append(best->system)
      .append(" is above the first sentences by ")
      .append(decimal(best->gain, 1))
      .append(" of ROUGE-1 (95 % interval ")
      .append(decimal(best->interval.low, 1))
      .append(" to ")
      .append(decimal(best->interval.high, 1))
      .append(").");
}

RougeOptions rouge_options_of(const Document& document) {
  const bool is_english = document.lang() == "en";
  return {.use_stemmer = is_english, .words = is_english ? RougeWords::ascii : RougeWords::unicode};
}

std::string lines_of(const Document& document, std::span<const std::int32_t> sentences) {
  std::string lines;
  for (const std::int32_t s : sentences) {
    if (!lines.empty()) lines += '\n';
    lines += document.display(s);
  }
  return lines;
}

std::vector<std::int32_t> sentences_of(const Summary& summary) {
  std::vector<std::int32_t> found;
  for (const SummarySentence& s : summary.sentences()) found.push_back(s.index);
  return found;
}

std::vector<std::vector<std::string>> reference_lines(std::span<const Example> examples) {
  if (examples.empty()) throw Error(ErrorKind::invalid_argument, "there are no texts to compare on");
  std::vector<std::vector<std::string>> found;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (examples[i].references.empty())
      throw Error(ErrorKind::invalid_argument, "text " + std::to_string(i) + " has no reference");
    std::vector<std::string>& lines = found.emplace_back();
    for (const std::string& reference : examples[i].references) {
      const Document document = segment(std::string_view(reference));
      std::vector<std::int32_t> all(static_cast<std::size_t>(document.sentence_count()));
      std::iota(all.begin(), all.end(), 0);
      lines.push_back(lines_of(document, all));
    }
  }
  return found;
}

System by_method(std::span<const Example> examples, std::string_view method, const SummarizeOptions& options,
                 const Control& control) {
  SummarizeOptions with = options;
  with.method = method;
  System system{.name = std::string(method), .summaries = std::vector<Summary>(examples.size())};
  parallel_for(examples.size(), without_progress(control), [&](std::size_t i, const Control& inner) {
    system.summaries[i] = summarize(examples[i].document, with, inner);
  });
  return system;
}

System by_chance(std::span<const Example> examples, const SummarizeOptions& options, const Control& control) {
  std::mt19937_64 draw;  // whose numbers the standard fixes
  std::vector<std::vector<float>> salience;
  for (const Example& example : examples) {
    std::vector<float>& scores = salience.emplace_back();
    for (std::int32_t s = 0; s < example.document.sentence_count(); ++s)
      scores.push_back(static_cast<float>(draw() >> 40) * 0x1p-24F);
  }
  System system{.name = std::string(random_system), .summaries = std::vector<Summary>(examples.size())};
  parallel_for(examples.size(), without_progress(control), [&](std::size_t i, const Control& inner) {
    system.summaries[i] = summarize(examples[i].document, salience[i], options, inner);
  });
  return system;
}

Evaluation compare(std::span<const Example> examples, std::span<const std::vector<std::string>> lines,
                   std::span<const System> systems, std::optional<std::int64_t> sentences,
                   const Control& control) {
  const RougeOptions rouge = rouge_options_of(examples[0].document);
  Comparison comparison(examples, lines, rouge, control);
  std::size_t most = 1;
  for (const System& system : systems) {
    Chosen chosen;
    double dangling = 0;
    for (const Summary& summary : system.summaries) {
      chosen.push_back(sentences_of(summary));
      dangling += summary.selection().dangling.empty() ? 0 : 1;
      if (system.name == lead_system) most = std::max(most, chosen.back().size());
    }
    comparison.add(system.name, chosen, dangling);
  }
  Chosen best(examples.size());
  const auto limit = static_cast<std::int32_t>(sentences.value_or(static_cast<std::int64_t>(most)));
  parallel_for(examples.size(), without_progress(control), [&](std::size_t i, const Control& inner) {
    best[i] = oracle(examples[i].document, views(lines[i]), {.sentences = limit, .rouge = rouge}, inner);
  });
  comparison.add(oracle_system, best, 0);
  return std::move(comparison.found);
}

Evaluation evaluate(std::span<const Example> examples, std::span<const std::string_view> methods,
                    const SummarizeOptions& options, const Control& control) {
  const auto lines = reference_lines(examples);
  const std::size_t steps = methods.size() + 3;
  std::size_t done = 0;
  const auto report = [&] {
    if (control.progress) control.progress(++done, steps);
  };
  SummarizeOptions plain = options;
  plain.weights = nullptr;
  std::vector<System> systems = {by_method(examples, lead_system, plain, control)};
  report();
  systems.push_back(by_chance(examples, options, control));
  report();
  for (const std::string_view method : methods) {
    if (std::ranges::find(systems, method, &System::name) == systems.end())
      systems.push_back(by_method(examples, method, options, control));
    report();
  }
  Evaluation found = compare(examples, lines, systems, options.sentences, control);
  report();
  return found;
}

}  // namespace nutgraf
