#include "convert.h"

PYBIND11_MODULE(_core, module) {
  using namespace nutgraf::python;
  module.doc() = "The C++ core of nutgraf; its public face is the package nutgraf.";
  module.attr("__version__") = NUTGRAF_VERSION;
  register_errors(module);
  register_segment(module);
  register_terms(module);
  register_vectors(module);
  register_similarity(module);
  register_salience(module);
  register_keyphrases(module);
  register_summarize(module);
  register_digest(module);
  register_evaluate(module);
  register_evaluation(module);
}
