#include "nutgraf/model.h"

#include "support.h"

namespace nutgraf::test {
namespace {

/// Whether a call fails as a damaged file should.
template <typename Call>
bool rejects(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.kind() == ErrorKind::corrupt_file || error.kind() == ErrorKind::newer_file;
  }
  return false;
}

TEST(Model, RoundTrip) {
  for (const std::string& payload : {std::string(), std::string("x"), std::string(1000, '\0')}) {
    for (const std::string_view kind : {"a", "tfidf", "sixteen.letters-"}) {
      EXPECT_EQ(unwrap_model(wrap_model(kind, payload), kind), payload);
    }
  }
}

TEST(Model, LayoutIsWhatTheHeaderSays) {
  const std::string bytes = wrap_model("ab", "xyz");
  EXPECT_EQ(bytes.substr(0, 36),
            std::string("nutgraf\x1A\x01\0\0\0ab\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0", 36));
  EXPECT_EQ(bytes.substr(36, 3), "xyz");
  EXPECT_EQ(bytes.size(), 43U);
}

TEST(Model, KindThatDoesNotFitIsAnError) {
  for (const std::string_view kind : {"", "seventeen.letters", "two words", "b\xC3\xA9"}) {
    expect_error(ErrorKind::invalid_argument, "", [&] { wrap_model(kind, "x"); });
  }
}

TEST(Model, OtherKindIsCorrupt) {
  expect_error(ErrorKind::corrupt_file, "'lists', not 'tfidf'",
               [] { unwrap_model(wrap_model("lists", "x"), "tfidf"); });
}

TEST(Model, EveryTruncationAndAlterationIsFound) {
  const std::string bytes = wrap_model("tfidf", "some payload");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::int64_t offset = expect_error(
        ErrorKind::corrupt_file, "", [&] { unwrap_model(std::string_view(bytes).substr(0, size), "tfidf"); });
    EXPECT_TRUE(offset >= 0 && offset <= static_cast<std::int64_t>(size)) << offset;
  }
  EXPECT_TRUE(rejects([&] { unwrap_model(bytes + '\0', "tfidf"); }));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int change = 1; change < 256; ++change) {
      std::string altered = bytes;
      altered[at] = static_cast<char>(altered[at] ^ change);
      EXPECT_TRUE(rejects([&] { unwrap_model(altered, "tfidf"); })) << "byte " << at;
    }
  }
}

}  // namespace
}  // namespace nutgraf::test
