#include <pybind11/stl.h>

#include <map>

#include "call.h"
#include "convert.h"
#include "named.h"
#include "summaries.h"

namespace nutgraf::python {
namespace {

/// A Digest with the Python texts of the articles that are kept, and what they are called.
class PyDigest {
 public:
  explicit PyDigest(std::int32_t pool) : digest_({.pool = pool}) {}

  void add(const py::object& text, MaybeInt<"date"> time, py::object source, py::object date,
           MaybeText<"lang"> lang) {
    const DocumentPtr document = document_of("Digest.add", text, lang_or_empty(lang));
    const std::int64_t number = digest_.size();
    run(document->document().text().size(), 1, py::none(), [&](const Control& control) {
      digest_.add(document->document(), time.value.value_or(number), control);
    });
    articles_[number] = {document, std::move(source), std::move(date)};
    std::map<std::int64_t, Article> kept;
    for (const std::int64_t each : digest_.kept()) kept[each] = std::move(articles_.at(each));
    articles_ = std::move(kept);
  }

  std::int64_t size() const { return digest_.size(); }

  SummaryPtr summarize(const PyOptions& given, MaybeInt<"since"> since) const {
    std::vector<DocumentPtr> documents;
    py::list sources, dates;
    std::size_t size = 0;
    for (const std::int64_t number : digest_.kept()) {
      const Article& article = articles_.at(number);
      documents.push_back(article.document);
      size += article.document->document().text().size();
      sources.append(article.source);
      dates.append(article.date);
    }
    Summary summary;
    run(size, 1, py::none(), [&](const Control& control) {
      summary = since.value ? digest_.update(*since.value, given.options, control)
                            : digest_.summarize(given.options, control);
    });
    return std::make_shared<PySummary>(std::move(documents), std::move(summary), sources, dates);
  }

 private:
  struct Article {
    DocumentPtr document;
    py::object source, date;
  };
  Digest digest_;
  std::map<std::int64_t, Article> articles_;
};

}  // namespace

void register_digest(py::module_& module) {
  py::class_<PyDigest>(module, "Digest")
      .def(py::init([](Named<"pool", std::int32_t> pool) { return std::make_unique<PyDigest>(pool); }),
           py::arg("pool"))
      .def("add", &PyDigest::add, py::arg("text"), py::arg("time"), py::arg("source"), py::arg("date"),
           py::arg("lang"))
      .def("size", &PyDigest::size)
      .def("summarize", &PyDigest::summarize, py::arg("options"), py::arg("since"));
}

}  // namespace nutgraf::python
