#include <charconv>

#include "nutgraf/render.h"

namespace nutgraf {
namespace {

// Colours are mixed from the page's own text colour, so that light and dark notebooks both can be read.
constexpr std::string_view style = R"(<style>
.nutgraf{font:15px/1.55 system-ui,sans-serif;max-width:46em;color:inherit}
.nutgraf .ng-summary{border-left:3px solid #2f7d4f;padding:.2em 0 .2em 1em;margin:0 0 1em}
.nutgraf .ng-summary p{margin:.3em 0}
.nutgraf .ng-about{font-size:12px;opacity:.7;margin:.2em 0 .8em}
.nutgraf .ng-note{border-left:3px solid #b7791f;padding-left:1em}
.nutgraf .ng-article{border-top:1px solid rgba(128,128,128,.4);padding-top:.6em}
.nutgraf .ng-block{margin:.5em 0;white-space:pre-line;padding-left:8.4em;position:relative}
.nutgraf .ng-role{position:absolute;left:0;width:11em;font-size:11px;line-height:1.9;opacity:.6}
.nutgraf .ng-aside{opacity:.55}
.nutgraf .ng-headline,.nutgraf .ng-subhead,.nutgraf .ng-heading{font-weight:600}
.nutgraf mark{background:rgba(255,205,60,.45);color:inherit;padding:.05em 0}
.nutgraf sup{font-size:10px;opacity:.7;margin-right:.15em}
</style>
)";

std::string number(double value) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 3).ptr};
}

std::string_view explain(Note note) {
  switch (note) {
    case Note::no_text:
      return "The text is empty.";
    case Note::no_body:
      return "No part of the page is body text; this is the best of what is there.";
    case Note::budget_too_small:
      return "No sentence fits the budget.";
    case Note::dangling:
      return "A sentence points to one that is not shown.";
    case Note::query_unknown:
      return "Nothing of the query stands in the text.";
    case Note::graph_cut:
      return "Of many like sentences only the most similar ones were compared.";
    case Note::must_include:
      return "What must be included does not fit the budget whole.";
    case Note::nothing_left:
      return "No sentence is left: each is excluded, or says what is known.";
  }
  return "";
}

void write_block(const Document& document, std::int32_t block, std::span<const SummarySentence> sentences,
                 std::string& html) {
  const Block& b = document.blocks()[block];
  const bool is_aside = !is_body_like(b.role) && b.role != Role::headline && b.role != Role::subhead;
  const std::string role(name(b.role));
  html += "<div class=\"ng-block ng-" + role + (is_aside || b.duplicate_of >= 0 ? " ng-aside" : "") +
          "\" dir=\"auto\"><span class=\"ng-role\" dir=\"ltr\">" + (b.duplicate_of >= 0 ? "repeated " : "") +
          role + "</span>";
  std::int32_t at = b.span.begin;
  for (const SummarySentence& s : sentences) {
    if (s.block != block) continue;
    const bool is_chosen = s.reason == Reason::chosen;
    html += escape_html(document.slice({at, s.span.begin}));
    html += is_chosen ? "<mark" : "<span";
    html += " title=\"salience " + number(s.salience) + ": " + std::string(name(s.reason)) + "\">";
    if (is_chosen) html += "<sup>" + std::to_string(s.rank + 1) + "</sup>";
    html += escape_html(document.slice(s.span)) + (is_chosen ? "</mark>" : "</span>");
    at = s.span.end;
  }
  html += escape_html(document.slice({at, b.span.end})) + "</div>\n";
}

}  // namespace

std::string to_html(const Summary& summary, std::span<const std::string> names) {
  std::string html = "<div class=\"nutgraf\">\n" + std::string(style) + "<div class=\"ng-summary\">\n";
  for (const ShownLine& line : summary.lines()) {
    html += line.is_heading ? "<p class=\"ng-heading\" dir=\"auto\">" : "<p dir=\"auto\">";
    html += escape_html(line.text) + "</p>\n";
  }
  for (const Note note : summary.notes())
    html += "<p class=\"ng-note\">" + std::string(explain(note)) + "</p>\n";
  html += "</div>\n";
  const std::vector<SummarySentence> all = summary.all_sentences();
  html += "<div class=\"ng-about\">" + std::to_string(summary.sentences().size()) + " of " +
          std::to_string(all.size()) + " sentences, method " + escape_html(summary.method()) + "</div>\n";
  std::size_t first = 0;
  for (std::size_t d = 0; d < summary.documents().size(); ++d) {
    const Document& document = summary.documents()[d];
    const auto count = static_cast<std::size_t>(document.sentence_count());
    html += "<div class=\"ng-article\">\n";
    if (d < names.size())
      html += "<div class=\"ng-about\" dir=\"auto\">" + escape_html(names[d]) + "</div>\n";
    for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
      const IndexRange range = document.sentences_of_block(b);
      write_block(document, b, std::span(all).subspan(first + range.first, range.size()), html);
    }
    html += "</div>\n";
    first += count;
  }
  return html + "</div>\n";
}

}  // namespace nutgraf
