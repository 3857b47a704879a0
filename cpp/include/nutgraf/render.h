#pragma once

#include <span>
#include <string>

#include "nutgraf/document.h"
#include "nutgraf/evaluation.h"
#include "nutgraf/summarize.h"

namespace nutgraf {

/// Text with &, <, >, ", ' and NUL replaced, safe in HTML content and attributes.
std::string escape_html(std::string_view text);

/// The article with the chosen sentences marked, as one HTML element with its own style, for a notebook or a
/// page. Nothing of the text is taken for markup. A page of its own is `<!doctype html>` before it. `names`:
/// what each document is called, or nothing.
std::string to_html(const Summary& summary, std::span<const std::string> names = {});

struct JsonOptions {
  bool all_sentences = false;  ///< those that were not chosen too
};
/// A JSON object: method, notes, text, and sentences with index, rank, begin, end, text, salience, block,
/// role, chosen, reason, dangling, flags, and repeats ([document, begin, end] of what says it again); gap
/// where one is known. Offsets are in bytes.
std::string to_json(const Summary& summary, const JsonOptions& options = {});
/// A JSON object: lang, and blocks with role, begin, end, duplicate_of, section and their sentences.
std::string to_json(const Document& document);

/// The chosen sentences, then every other with the reason why it was left out; for a terminal.
std::string to_report(const Summary& summary);

/// The rows in columns, with a small picture of where in its texts each system chooses, and the verdict; for
/// a terminal, and as a table of HTML.
std::string to_table(const Evaluation& evaluation);
std::string to_html(const Evaluation& evaluation);

}  // namespace nutgraf
