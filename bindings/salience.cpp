#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"

namespace nutgraf::python {

void register_salience(py::module_& module) {
  module.def(
      "salience",
      [](const py::object& text, const std::string& method, double damping,
         const std::optional<std::string>& lang) {
        const DocumentPtr document = document_of("salience", text, lang_or_empty(lang));
        std::vector<float> scores;
        run(document->document().text().size(), 1, py::none(), [&](const Control& control) {
          const std::span<const Document> one(&document->document(), 1);
          scores =
              salience(one, sentence_vectors(one, {}, {}, control), method, {.damping = damping}, control);
        });
        return take_array(std::move(scores));
      },
      py::arg("text"), py::arg("method"), py::arg("damping"), py::arg("lang"));
  py::list names;
  for (const auto method : methods()) names.append(method);
  module.attr("METHODS") = py::tuple(names);
}

}  // namespace nutgraf::python
