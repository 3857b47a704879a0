#pragma once

#include <string>
#include <vector>

#include "nutgraf/summarize.h"

namespace nutgraf {

Budget budget_of(const SummarizeOptions& options);

/// The summary of documents by a salience that is known; it is not weighed.
Summary summarize_by(std::vector<Document> documents, Salience found, const SentenceVectors& vectors,
                     const SummarizeOptions& options, std::string method, const Control& control);

}  // namespace nutgraf
