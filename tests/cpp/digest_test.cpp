#include "nutgraf/digest.h"

#include <gtest/gtest.h>

#include <stop_token>

#include "nutgraf/error.h"
#include "nutgraf/segment.h"

namespace nutgraf {
namespace {

const Document monday = segment("The harbour of Alder closed on Monday. Ships waited outside for two days.");
const Document tuesday = segment("A crane fell into the water. The harbour of Alder closed on Monday.");

TEST(Digest, TellsTheStoryByDate) {
  Digest digest;
  digest.add(tuesday, 2);
  digest.add(monday, 1);
  EXPECT_EQ(digest.size(), 2);
  EXPECT_EQ(digest.kept(), (std::vector<std::int64_t>{1, 0}));
  const Summary story = digest.summarize({.sentences = 9});
  EXPECT_EQ(story.text(),
            "Ships waited outside for two days. A crane fell into the water. The harbour of Alder closed on "
            "Monday.");
  EXPECT_EQ(digest.update(2, {.sentences = 9}).sentences().front().document, 1);
}

TEST(Digest, CopiesGoTheirOwnWays) {
  Digest digest;
  digest.add(monday);
  Digest other = digest;
  other.add(tuesday);
  EXPECT_EQ(digest.size(), 1);
  EXPECT_EQ(other.size(), 2);
  EXPECT_EQ(digest.summarize({.sentences = 9}).sentences().size(), 2U);
  EXPECT_EQ(other.summarize({.sentences = 9}).sentences().size(), 3U);
}

TEST(Digest, TakesNothingWhenStopped) {
  Digest digest;
  digest.add(monday);
  std::stop_source source;
  source.request_stop();
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "Ship " + std::to_string(i) + " came to the harbour of Alder. ";
  const Document book = segment(text);
  EXPECT_THROW(digest.add(book, {.stop = source.get_token()}), Error);
  EXPECT_EQ(digest.size(), 1);
  EXPECT_EQ(digest.summarize({.sentences = 9}).text(), monday.text());
}

TEST(Digest, RefusesAPoolOfNothing) {
  EXPECT_THROW(Digest({.pool = 0}), Error);
}

}  // namespace
}  // namespace nutgraf
