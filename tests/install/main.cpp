// A program of somebody who uses nutgraf: the status is 0 if all is as the manual says.

#include <nutgraf/nutgraf.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

int failures = 0;

void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "failed: %s\n", what);
  ++failures;
}

constexpr std::string_view text =
    "Harbour town votes to keep its only ferry\n\n"
    "The council of Port Alder voted on Tuesday to keep the ferry running for three more years. "
    "It will pay for new engines.\n\n"
    "Islanders had feared that the ferry would stop when the bridge opens. "
    "The bridge cannot carry farm trucks, Mr. D. Lund said.\n\n"
    "Tickets for the ferry will cost 5 p.c. more from Nov. 1. "
    "A second vote on the winter timetable is planned for March.\n";

}  // namespace

int main() {
  const nutgraf::Summary summary = nutgraf::summarize(text, {.sentences = 2});
  check(summary.sentences().size() == 2, "two sentences are chosen");
  for (const nutgraf::SummarySentence& s : summary.sentences()) {
    check(s.role == nutgraf::Role::body, "the headline is not chosen");
    check(text.substr(s.span.begin, s.span.size()) == summary.display(s), "a sentence stands in the text");
  }
  check(summary.text().find("The council of Port Alder") == 0, "the news comes first");

  // A matrix that nutgraf made is freed here, with the allocator of this program.
  const std::vector<nutgraf::Document> documents(summary.documents().begin(), summary.documents().end());
  {
    nutgraf::SentenceVectors vectors = nutgraf::sentence_vectors(documents);
    check(vectors.weights.rows() == documents[0].sentence_count(), "a row a sentence");
    const std::vector<float> scores = nutgraf::salience(documents, vectors, "lexrank").scores;
    check(nutgraf::eigen_view(scores).minCoeff() > 0, "every score is above zero");
    check(nutgraf::eigen_view(scores).size() == vectors.weights.rows(), "a score a sentence");
    vectors.weights = nutgraf::SparseMatrix(vectors.weights * 2.0F);
    check(vectors.weights.nonZeros() > 0, "vectors can be calculated with");
  }

  try {
    nutgraf::segment("\xFF");
    check(false, "invalid text is an error");
  } catch (const nutgraf::Error& error) {
    check(error.kind() == nutgraf::ErrorKind::invalid_text && error.offset() == 0, "the error says where");
  }
  check(std::string(NUTGRAF_VERSION).starts_with("0.1."), "the version is the one asked for");
  if (failures == 0) std::puts(summary.text().c_str());
  return failures;
}
