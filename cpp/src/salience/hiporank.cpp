#include <algorithm>
#include <cmath>
#include <map>

#include "salience/methods.h"

namespace nutgraf {
namespace {

constexpr double section_weight = 0.5;  // of the paper: mu, of the likeness to other sections

/// Calls use(group) with the indexes below n that stand as far from the nearer end, the farthest first.
template <typename Use>
void deepest_first(std::size_t n, Use use) {
  for (std::size_t d = (n + 1) / 2; d-- > 0;) {
    std::vector<std::size_t> group = {d};
    if (n - 1 - d != d) group.push_back(n - 1 - d);
    use(group);
  }
}

}  // namespace

// An edge counts for the end that stands nearer to a border, of the section or of the document: lambda is 1
// there, and 0 for the other. So each adds up its likeness to what lies deeper.
std::vector<double> hiporank(const SalienceInput& in) {
  std::vector<double> scores(in.size());
  Cosines::Sum inside(in.cosines), deeper_sections(in.cosines);
  for (std::int32_t d = 0; d < in.rows.document_count(); ++d) {
    const Document& document = in.rows.document(d);
    std::map<std::int32_t, std::vector<std::int32_t>> by_heading;  // the voters of each section
    std::vector<std::int32_t> all;
    for (std::int32_t s = 0; s < document.sentence_count(); ++s) {
      const std::int32_t row = in.rows.row({d, s}), block = document.block_of_sentence(s);
      all.push_back(row);
      if (in.has_vote(static_cast<std::size_t>(row)))
        by_heading[document.blocks()[block].section].push_back(row);
    }
    std::vector<std::vector<std::int32_t>> sections;
    for (auto& [heading, voters] : by_heading) sections.push_back(std::move(voters));
    for (const std::vector<std::int32_t>& voters : sections) {
      deepest_first(voters.size(), [&](const std::vector<std::size_t>& group) {
        for (const std::size_t i : group)
          scores[voters[i]] =
              inside.cosine(static_cast<std::size_t>(voters[i])) / static_cast<double>(voters.size());
        for (const std::size_t i : group) inside.add(static_cast<std::size_t>(voters[i]));
        in.pacer.advance(group.size());
      });
      inside.clear(voters);
    }
    deepest_first(sections.size(), [&](const std::vector<std::size_t>& group) {
      for (const std::size_t s : group) {
        for (const std::int32_t row : sections[s]) {
          scores[row] += section_weight * deeper_sections.cosine(static_cast<std::size_t>(row)) /
                         static_cast<double>(sections.size());
        }
      }
      for (const std::size_t s : group) {
        const std::vector<std::int32_t>& voters = sections[s];
        for (const std::int32_t row : voters) inside.add(static_cast<std::size_t>(row));
        double squares = 0;
        for (const std::int32_t row : voters) squares += inside.cosine(static_cast<std::size_t>(row));
        inside.clear(voters);
        if (!(squares > 0)) continue;
        for (const std::int32_t row : voters)
          deeper_sections.add(static_cast<std::size_t>(row), 1 / std::sqrt(squares));
      }
    });
    deeper_sections.clear(all);
  }
  return scores;
}

}  // namespace nutgraf
