#include <pybind11/stl.h>

#include <utility>

#include "call.h"
#include "named.h"
#include "rows.h"

namespace nutgraf::python {
namespace {

Analyzer analyzer_of(const std::string& name) {
  return name == "word"      ? Analyzer::word
         : name == "char"    ? Analyzer::character
         : name == "char_wb" ? Analyzer::character_in_words
                             : Analyzer::segment;
}

Accents accents_of(const std::optional<std::string>& name) {
  return !name ? Accents::keep : *name == "ascii" ? Accents::strip_ascii : Accents::strip_unicode;
}

/// Runs work(control) over some rows; an error names the row among all.
template <typename Work>
void count_batch(const RowReader& reader, const Rows& rows, int threads, Work work) {
  try {
    run(rows.bytes, threads, py::none(), work);
  } catch (const Error& error) {
    reader.fail(rows, error);
  }
}

/// Counted rows, as they are read: in parts, until a model is fitted to them or they become a matrix.
class TermRows {
 public:
  static TermRows hash(const py::object& given, const RowOptions& row_options, const AnalyzerOptions& options,
                       Named<"n_features", std::int32_t> columns, bool alternate_sign,
                       Named<"threads", int> threads) {
    const HashingOptions hashing{columns, alternate_sign};
    return read(given, row_options, threads,
                [&](const RowReader& reader, const Rows& rows, const Control& control, TermParts before) {
                  return reader.has_terms()
                             ? hash_term_parts(rows.terms, options.binary, hashing, control,
                                               std::move(before))
                             : hash_term_parts(rows.texts, options, hashing, control, std::move(before));
                });
  }
  static TermRows count(const py::object& given, const RowOptions& row_options,
                        const AnalyzerOptions& options, const TfidfModel* model,
                        Named<"threads", int> threads) {
    const Vocabulary* const terms = model ? &model->vocabulary() : nullptr;
    return read(given, row_options, threads,
                [&](const RowReader& reader, const Rows& rows, const Control& control, TermParts before) {
                  return reader.has_terms()
                             ? count_term_parts(rows.terms, options.binary, terms, control, std::move(before))
                             : count_term_parts(rows.texts, options, terms, control, std::move(before));
                });
  }

  std::int64_t rows() const {
    std::int64_t rows = 0;
    for (const TermParts::Part& part : counted_.parts) rows += part.rows.rows();
    return rows;
  }

  TfidfModel fit(double min_df, double max_df, Named<"max_features", std::int32_t> max_features,
                 Named<"threads", int> threads) {
    TfidfModel model;
    run(entries() * sizeof(std::int32_t), threads, py::none(), [&](const Control& control) {
      model = TfidfModel::fit(counted_, {min_df, max_df, max_features}, control);
    });
    return model;
  }

  /// The statistics of rows counted with a vocabulary that is given.
  void add_to(TermStatistics& statistics) {
    for (const TermParts::Part& part : counted_.parts) statistics.add(part.rows);
  }

  /// The counts as the arrays of a csr_matrix, which take their memory.
  template <typename Scalar>
  py::tuple take_matrix(std::int32_t columns, int threads) {
    return take<Scalar>(columns, threads, [](TermParts counted, const Control& control) {
      return compressed_rows<Scalar>(std::move(counted), control);
    });
  }
  /// Hashed counts as rows of that norm.
  template <typename Scalar>
  py::tuple take_normed(std::int32_t columns, Norm norm, int threads) {
    return take_weighed<Scalar>(columns, {}, {.norm = norm}, threads);
  }
  template <typename Scalar>
  py::tuple take_tfidf(const TfidfModel& model, const TfidfOptions& options, int threads) {
    return take_weighed<Scalar>(model.vocabulary().size(),
                                options.use_idf ? model.idf(options.smooth_idf) : std::vector<double>(),
                                options, threads);
  }

 private:
  /// Counts all rows: count(reader, rows, control, before) adds some of them.
  template <typename Count>
  static TermRows read(const py::object& given, const RowOptions& row_options, int threads, Count count) {
    constexpr std::size_t batch_bytes = std::size_t{1} << 22;
    TermRows counted;
    RowReader reader(given, row_options, batch_bytes);
    while (const std::optional<Rows> rows = reader.next()) {
      count_batch(reader, *rows, threads, [&](const Control& control) {
        counted.counted_ = count(reader, *rows, control, std::move(counted.counted_));
      });
    }
    return counted;
  }
  std::size_t entries() const {
    std::size_t entries = 0;
    for (const TermParts::Part& part : counted_.parts) entries += part.rows.ids.size();
    return entries;
  }
  template <typename Scalar>
  py::tuple take_weighed(std::int32_t columns, const std::vector<double>& idf, const TfidfOptions& options,
                         int threads) {
    return take<Scalar>(columns, threads, [&](TermParts counted, const Control& control) {
      return weighed_rows<Scalar>(std::move(counted), idf, options, control);
    });
  }
  template <typename Scalar, typename Make>
  py::tuple take(std::int32_t columns, int threads, Make make) {
    auto rows = std::make_unique<CompressedRows<Scalar>>();
    run(entries() * sizeof(Scalar), threads, py::none(),
        [&](const Control& control) { *rows = make(std::move(counted_), control); });
    auto* const arrays = rows.release();
    const py::capsule owner(arrays, [](void* p) { delete static_cast<CompressedRows<Scalar>*>(p); });
    const auto array = [&](auto& entries) {
      using Entry = typename std::remove_reference_t<decltype(entries)>::value_type;
      return py::array_t<Entry>(static_cast<py::ssize_t>(entries.size()), entries.data(), owner);
    };
    const auto size = static_cast<std::int32_t>(arrays->row_begin.size()) - 1;
    return py::make_tuple(array(arrays->values), array(arrays->columns), array(arrays->row_begin),
                          py::make_tuple(size, columns));
  }

  TermParts counted_;
};

TermStatistics count_statistics(const py::object& given, const RowOptions& row_options,
                                const AnalyzerOptions& options, const TfidfModel* model,
                                Named<"max_terms", std::int32_t> most_terms, Named<"threads", int> threads) {
  // The rows of a batch are forgotten, and are what is held beside the terms.
  constexpr std::size_t batch_bytes = std::size_t{1} << 20;
  TermStatisticsBuilder builder = model ? TermStatisticsBuilder(options, model->vocabulary())
                                        : TermStatisticsBuilder(options, most_terms);
  RowReader reader(given, row_options, batch_bytes);
  while (const std::optional<Rows> rows = reader.next()) {
    count_batch(reader, *rows, threads, [&](const Control& control) {
      if (reader.has_terms()) {
        builder.add(rows->terms, control);
      } else {
        builder.add(rows->texts, control);
      }
    });
  }
  return std::move(builder).take();
}

}  // namespace

void register_terms(py::module_& module) {
  py::class_<TermOptions>(module, "TermOptions")
      .def(
          py::init([](bool stop_words, std::vector<std::string> own_stop_words, bool stem, bool strip_accents,
                      bool numbers, int least_length, bool bigrams, std::pair<int, int> ngram_range) {
            return TermOptions{stop_words,
                               std::move(own_stop_words),
                               stem,
                               strip_accents,
                               numbers,
                               least_length,
                               bigrams,
                               ngram_range.first,
                               ngram_range.second};
          }),
          py::arg("stop_words"), py::arg("own_stop_words"), py::arg("stem"), py::arg("strip_accents"),
          py::arg("numbers"), py::arg("least_length"), py::arg("bigrams"), py::arg("ngram_range"));
  py::class_<AnalyzerOptions>(module, "AnalyzerOptions")
      .def(py::init([](const std::string& analyzer, std::pair<int, int> ngram_range, bool lowercase,
                       const std::optional<std::string>& strip_accents, std::vector<std::string> stop_words,
                       bool binary, TermOptions words, std::string lang) {
             return AnalyzerOptions{analyzer_of(analyzer),
                                    ngram_range.first,
                                    ngram_range.second,
                                    lowercase,
                                    accents_of(strip_accents),
                                    std::move(stop_words),
                                    binary,
                                    std::move(words),
                                    std::move(lang)};
           }),
           py::arg("analyzer"), py::arg("ngram_range"), py::arg("lowercase"), py::arg("strip_accents"),
           py::arg("stop_words"), py::arg("binary"), py::arg("words"), py::arg("lang"));
  py::class_<RowOptions>(module, "RowOptions")
      .def(py::init([](py::object analyze, py::object decode, bool skip_null) {
             return RowOptions{std::move(analyze), std::move(decode), skip_null};
           }),
           py::arg("analyze"), py::arg("decode"), py::arg("skip_null"));
  py::class_<TermRows>(module, "TermRows")
      .def_static("count", &TermRows::count, py::arg("given"), py::arg("rows"), py::arg("options"),
                  py::arg("model"), py::arg("threads"))
      .def_static("hash", &TermRows::hash, py::arg("given"), py::arg("rows"), py::arg("options"),
                  py::arg("columns"), py::arg("alternate_sign"), py::arg("threads"))
      .def(
          "take_normed",
          [](TermRows& rows, std::int32_t columns, const TfidfOptions& options, bool single, int threads) {
            return single ? rows.take_normed<float>(columns, options.norm, threads)
                          : rows.take_normed<double>(columns, options.norm, threads);
          },
          py::arg("columns"), py::arg("options"), py::arg("single"), py::arg("threads"))
      .def_property_readonly("rows", &TermRows::rows)
      .def("fit", &TermRows::fit, py::arg("min_df"), py::arg("max_df"), py::arg("max_features"),
           py::arg("threads"))
      .def("add_to", &TermRows::add_to, py::arg("statistics"))
      .def(
          "take_matrix",
          [](TermRows& rows, std::int32_t columns, const std::string& dtype, int threads) -> py::tuple {
            if (dtype == "float32") return rows.take_matrix<float>(columns, threads);
            if (dtype == "float64") return rows.take_matrix<double>(columns, threads);
            if (dtype == "int32") return rows.take_matrix<std::int32_t>(columns, threads);
            return rows.take_matrix<std::int64_t>(columns, threads);
          },
          py::arg("columns"), py::arg("dtype"), py::arg("threads"))
      .def(
          "take_tfidf",
          [](TermRows& rows, const TfidfModel& model, const TfidfOptions& options, bool single, int threads) {
            return single ? rows.take_tfidf<float>(model, options, threads)
                          : rows.take_tfidf<double>(model, options, threads);
          },
          py::arg("model"), py::arg("options"), py::arg("single"), py::arg("threads"));
  py::class_<TermStatistics>(module, "TermStatistics")
      .def_static("count", &count_statistics, py::arg("given"), py::arg("rows"), py::arg("options"),
                  py::arg("model"), py::arg("most_terms"), py::arg("threads"))
      .def_static(
          "of_terms", [](const TfidfModel& model) { return TermStatistics::of_terms(model.vocabulary()); },
          py::arg("model"))
      .def_property_readonly("rows", &TermStatistics::rows)
      .def_property_readonly("complete", &TermStatistics::complete)
      .def_property_readonly("given", &TermStatistics::given)
      .def_property_readonly("undercount", &TermStatistics::undercount)
      .def("merge", &TermStatistics::merge, py::arg("other"))
      .def("append", py::overload_cast<const TermStatistics&>(&TermStatistics::append), py::arg("later"))
      .def(
          "freeze",  // without `keep`, the statistics are those of no rows afterwards
          [](TermStatistics& statistics, double min_df, double max_df,
             Named<"max_features", std::int32_t> max_features, bool keep) {
            TfidfModel model;
            run(statistics.totals().size_bytes(), 1, py::none(), [&](const Control& control) {
              model = TfidfModel::fit(keep ? statistics : std::exchange(statistics, TermStatistics()),
                                      {min_df, max_df, max_features}, control);
            });
            return model;
          },
          py::arg("min_df"), py::arg("max_df"), py::arg("max_features"), py::arg("keep"))
      .def("to_bytes", [](const TermStatistics& statistics) { return py::bytes(statistics.to_bytes()); })
      .def_static("from_bytes",
                  [](const py::bytes& bytes) { return TermStatistics::from_bytes(std::string_view(bytes)); });
  module.def(
      "terms_of_text",
      [](const py::str& text, const AnalyzerOptions& options) {
        const std::string_view utf8 = utf8_of(text);
        std::vector<std::string> terms;
        run(utf8.size(), 1, py::none(),
            [&](const Control& control) { terms = terms_of_text(utf8, options, control); });
        return terms;
      },
      py::arg("text"), py::arg("options"));
  module.def("stemmer_languages", &stemmer_languages);
  module.def(
      "stem_words",
      [](const std::vector<py::str>& words, const std::string& lang) {
        Stemmer stem(lang);
        if (!stem.is_known())
          throw Error(ErrorKind::invalid_argument, "there is no stemmer for '" + lang + "'");
        std::vector<std::string> stems;
        for (const py::str& word : words) stems.emplace_back(stem(utf8_of(word)));
        return stems;
      },
      py::arg("words"), py::arg("lang"));
  module.def("kind_of_model",
             [](const py::bytes& bytes) { return py::bytes(kind_of_model(std::string_view(bytes))); });
  module.def("stop_words", [](const std::string& lang) {
    std::vector<std::string> words;
    for (const auto word : stop_words(lang)) words.emplace_back(word);
    return words;
  });
}

}  // namespace nutgraf::python
