#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/render.h"
#include "support/decimal.h"

namespace nutgraf {
namespace {

/// A bar for each tenth of the texts, of eighths of the highest.
std::string bars(std::span<const double> places) {
  constexpr std::array<std::string_view, 9> heights = {" ",      "\u2581", "\u2582", "\u2583", "\u2584",
                                                       "\u2585", "\u2586", "\u2587", "\u2588"};
  const double most = std::ranges::max(places);
  std::string found;
  for (const double place : places) {
    const double height = most > 0 ? place / most * 8 : 0;
    found += heights[static_cast<std::size_t>(height + 0.5)];
  }
  return found;
}

constexpr std::size_t columns = 9;
using Cells = std::array<std::string, columns>;

std::vector<Cells> cells_of(const Evaluation& evaluation) {
  std::vector<Cells> rows = {
      {"system", "R1", "R2", "RLsum", "R1 over lead", "95 %", "dangling %", "said again %", "where"}};
  for (const EvaluationRow& row : evaluation.rows) {
    std::string interval = signed_decimal(row.interval.low, 2);
    interval.append(" to ").append(signed_decimal(row.interval.high, 2));
    rows.push_back({row.system, decimal(row.rouge1, 2), decimal(row.rouge2, 2), decimal(row.rouge_lsum, 2),
                    signed_decimal(row.gain, 2), interval, decimal(row.dangling, 1),
                    decimal(row.redundancy, 1), bars(row.places)});
  }
  return rows;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string to_table(const Evaluation& evaluation) {
  const std::vector<Cells> rows = cells_of(evaluation);
  std::array<std::size_t, columns> widths{};
  for (const Cells& row : rows) {
    for (std::size_t c = 0; c < columns; ++c) widths[c] = std::max(widths[c], width_of(row[c]));
  }
  std::string out;
  for (const Cells& row : rows) {
    for (std::size_t c = 0; c < columns; ++c) {
      const std::string gap(widths[c] - width_of(row[c]), ' ');
      if (c == 0) {
        out.append(row[c]).append(gap);
      } else if (c + 1 < columns) {
        out.append("  ").append(gap).append(row[c]);
      } else {
        out.append("  ").append(row[c]);
      }
    }
    out += '\n';
  }
  return out.append("\n").append(evaluation.verdict()).append("\n");
}

std::string to_html(const Evaluation& evaluation) {
  std::string html = "<table><thead>";
  bool is_head = true;
  for (const Cells& row : cells_of(evaluation)) {
    const std::string_view tag = is_head ? "th" : "td";
    html += "<tr>";
    for (std::size_t c = 0; c < columns; ++c) {
      html.append("<").append(tag);
      // The spaces of the bars count.
      if (c + 1 == columns) html += " style=\"white-space:pre;font-family:monospace;text-align:left\"";
      html.append(">").append(escape_html(row[c])).append("</").append(tag).append(">");
    }
    html += is_head ? "</tr></thead><tbody>" : "</tr>";
    is_head = false;
  }
  return html.append("</tbody></table><p>").append(escape_html(evaluation.verdict())).append("</p>");
}

}  // namespace nutgraf
