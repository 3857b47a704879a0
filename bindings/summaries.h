#pragma once

// A Summary and the options of summarize() as Python holds them.

#include <memory>
#include <vector>

#include "convert.h"

namespace nutgraf::python {

/// A Summary with its Python documents, and what their texts are called and of when, where the caller said
/// so.
struct PySummary : std::enable_shared_from_this<PySummary> {
  PySummary(std::vector<DocumentPtr> its_documents, Summary its_summary, py::object its_sources = py::none(),
            py::object its_dates = py::none())
      : documents(std::move(its_documents)),
        summary(std::move(its_summary)),
        sources(std::move(its_sources)),
        dates(std::move(its_dates)) {}
  PySummary(DocumentPtr document, Summary its_summary)
      : PySummary(std::vector<DocumentPtr>{std::move(document)}, std::move(its_summary)) {}

  std::vector<DocumentPtr> documents;
  Summary summary;
  py::object sources, dates;  ///< lists, an entry a document, or None
};
using SummaryPtr = std::shared_ptr<PySummary>;

/// Options, and what they look at.
struct PyOptions {
  SummarizeOptions options;
  SparseMatrix vectors;
  std::vector<float> query_vector;
  SentenceWeights weights;
  py::object background = py::none();
};

}  // namespace nutgraf::python
