#include "nutgraf/render.h"

namespace nutgraf {
namespace {

/// A heading followed by lines of text, each broken at spaces and indented by four.
constexpr std::size_t line_width = 100;

void write_wrapped(std::string_view text, std::string& out) {
  std::size_t column = 4;
  out += "    ";
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (column > 4 && column + 1 + word.size() > line_width) {
      out += "\n    ";
      column = 4;
    } else if (column > 4) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  out += '\n';
}

std::string explain(const Summary& summary, const SummarySentence& s) {
  const Block& block = summary.documents()[s.document].blocks()[s.block];
  switch (s.reason) {
    case Reason::chosen:
      return "chosen";
    case Reason::role:
      return "role " + std::string(name(s.role));
    case Reason::duplicate:
      return "repeats block " + std::to_string(block.duplicate_of + 1) + " (" + std::string(name(s.role)) +
             ")";
    case Reason::redundant:
      return "says again what is chosen";
    case Reason::dangling:
      return "points back to a sentence that is not chosen";
    case Reason::budget:
      return "does not fit the budget";
    case Reason::salience:
      return "less salient, rank " + std::to_string(s.rank + 1);
    case Reason::length:
      return "too short or too long";
    case Reason::excluded:
      return "excluded";
    case Reason::wordless:
      return "has no word";
  }
  return "";
}

}  // namespace

std::string to_report(const Summary& summary) {
  std::string out = "Summary (" + summary.method() + ")\n";
  for (const ShownLine& line : summary.lines()) write_wrapped(line.text, out);
  for (const Note note : summary.notes()) out += "  note: " + std::string(name(note)) + "\n";
  out += "\nLeft out\n";
  for (const SummarySentence& s : summary.all_sentences()) {
    if (s.reason == Reason::chosen) continue;
    out += "  " + explain(summary, s) + "\n";
    write_wrapped(summary.display(s), out);
  }
  return out;
}

}  // namespace nutgraf
