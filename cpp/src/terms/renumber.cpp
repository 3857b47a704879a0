#include "terms/renumber.h"

#include "support/checkpoint.h"

namespace nutgraf {

std::vector<std::int64_t> document_frequencies(const TermCounts& counts, std::int32_t terms) {
  std::vector<std::int64_t> df(static_cast<std::size_t>(terms));
  for (const std::int32_t id : counts.ids) ++df[id];
  return df;
}

void renumber(TermCounts& counts, std::span<const std::int32_t> new_id, std::span<const std::int64_t> df,
              const Control& control) {
  struct Cell {
    std::int32_t row, count;
  };
  std::vector<std::size_t> next(df.size() + 1);
  for (std::size_t id = 0; id < df.size(); ++id) next[id + 1] = next[id] + static_cast<std::size_t>(df[id]);
  std::vector<Cell> by_term(next.back());
  Pacer pacer(control);
  std::int32_t begin = 0, kept = 0;
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    const std::int32_t end = counts.row_begin[r + 1];
    pacer.advance(static_cast<std::size_t>(end - begin));
    for (std::int32_t i = begin; i < end; ++i) {
      const std::int32_t id = new_id[counts.ids[i]];
      if (id < 0) continue;
      by_term[next[id]++] = {r, counts.counts[i]};
      ++kept;
    }
    begin = end;
    counts.row_begin[r + 1] = kept;
  }
  counts.ids.resize(by_term.size());
  counts.counts.resize(by_term.size());
  std::vector<std::int32_t> place(counts.row_begin.begin(), counts.row_begin.end() - 1);
  std::size_t at = 0;
  for (std::size_t id = 0; id < df.size(); ++id) {
    pacer.advance(next[id] - at);
    for (; at < next[id]; ++at) {
      const std::int32_t i = place[by_term[at].row]++;
      counts.ids[i] = static_cast<std::int32_t>(id);
      counts.counts[i] = by_term[at].count;
    }
  }
}

}  // namespace nutgraf
