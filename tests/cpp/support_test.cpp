#include "support.h"

#ifdef __linux__
#include <pthread.h>
#include <sched.h>
#endif

#include <atomic>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "support/checkpoint.h"
#include "support/murmur_hash.h"
#include "support/natural_exp.h"
#include "support/natural_log.h"
#include "support/parallel.h"
#include "support/sum_by_id.h"

namespace nutgraf::test {
namespace {

TEST(Error, Names) {
  EXPECT_EQ(name(ErrorKind::invalid_text), "invalid_text");
  EXPECT_EQ(name(ErrorKind::cancelled), "cancelled");
  EXPECT_EQ(Error(ErrorKind::limit, "x").offset(), -1);
}

TEST(NaturalLog, AgreesWithTheLibrary) {
  Rng rng(1);
  const auto expect_close = [](double x) {
    const auto exact = std::log(static_cast<long double>(x));
    const double near = static_cast<double>(exact);
    const double ulp = std::nextafter(std::abs(near), INFINITY) - std::abs(near);
    EXPECT_LE(std::abs(static_cast<double>(static_cast<long double>(natural_log(x)) - exact)), 2 * ulp) << x;
  };
  for (int exponent = -1022; exponent <= 1023; ++exponent) {
    for (int i = 0; i < 50; ++i) expect_close(std::ldexp(1 + static_cast<double>(rng()) / 0x1p32, exponent));
  }
  for (int i = 1; i < 20000; ++i) {
    expect_close(i);
    expect_close(1 + i * 0x1p-40);
    expect_close(1 - i * 0x1p-41);
    expect_close((i + 1.0) / i);
  }
  EXPECT_EQ(natural_log(1), 0);
}

TEST(NaturalExp, AgreesWithTheLibrary) {
  Rng rng(1);
  for (int i = 0; i < 200000; ++i) {
    const double x = (static_cast<double>(rng()) / 0x1p31 - 1) * (i % 2 ? 700 : 10);
    const auto exact = std::exp(static_cast<long double>(x));
    const double near = static_cast<double>(exact);
    const double ulp = std::nextafter(near, INFINITY) - near;
    EXPECT_LE(std::abs(static_cast<double>(static_cast<long double>(natural_exp(x)) - exact)), 2 * ulp) << x;
  }
  EXPECT_EQ(natural_exp(0), 1);
}

TEST(Pacer, LooksOnceInEverySoMuchWork) {
  std::stop_source source;
  std::vector<std::size_t> reports;
  Control control{.stop = source.get_token(), .progress = [&](std::size_t done, std::size_t total) {
                    EXPECT_EQ(total, 200000U);
                    reports.push_back(done);
                  }};
  Pacer pacer(control, 200000);
  for (int i = 0; i < 199; ++i) pacer.advance(1000);
  EXPECT_EQ(reports, (std::vector<std::size_t>{66000, 132000, 198000}));
  source.request_stop();
  expect_error(ErrorKind::cancelled, "", [&] { pacer.advance(65536); });
  expect_error(ErrorKind::cancelled, "", [&] { Pacer other(control); });
}

TEST(MurmurHash, IsThatOfTheReference) {
  EXPECT_EQ(murmur_hash(""), 0U);
  EXPECT_EQ(murmur_hash("hello"), 0x248BFA47U);
  EXPECT_EQ(murmur_hash("hello, world"), 0x149BBB7FU);
  EXPECT_EQ(murmur_hash("The quick brown fox jumps over the lazy dog"), 0x2E4FF723U);
}

TEST(MurmurHash, ManyAreAsOneAfterTheOther) {
  Rng rng(5);
  std::string buffer;
  for (int i = 0; i < 4000; ++i) buffer.push_back(static_cast<char>(below(rng, 256)));
  for (const std::size_t count : {0, 1, 63, 64, 65, 500}) {
    std::vector<Span> terms;
    for (std::size_t i = 0; i < count; ++i) {
      const auto size = static_cast<std::int32_t>(below(rng, i % 10 ? 20 : 60));
      const auto begin = static_cast<std::int32_t>(below(rng, buffer.size() - 100));
      terms.push_back({begin, begin + size});
    }
    std::vector<std::uint32_t> hashes(count), expected;
    for (const Span term : terms)
      expected.push_back(murmur_hash(std::string_view(buffer).substr(term.begin, term.size())));
    murmur_hashes(buffer.data(), terms, hashes);
    EXPECT_EQ(hashes, expected);
  }
}

TEST(SumById, AddsUpAsAMap) {
  Rng rng(3);
  SumById sum;
  for (int round = 0; round < 3000; ++round) {
    const std::size_t size = below(rng, round % 20 ? 130 : 3000);
    const std::size_t most = std::size_t{1} << below(rng, round % 100 ? 12 : 22);
    sum.reserve(most);
    std::vector<std::int32_t> ids, values;
    std::map<std::int32_t, std::int32_t> expected, counts;
    while (ids.size() < size) {
      ids.push_back(static_cast<std::int32_t>(below(rng, most)));
      values.push_back(static_cast<std::int32_t>(below(rng, 7)) - 3);
      expected[ids.back()] += values.back();
      ++counts[ids.back()];
    }
    const auto as_map = [](std::span<const std::int32_t> keys, std::span<const std::int32_t> sums) {
      EXPECT_TRUE(std::ranges::is_sorted(keys));
      std::map<std::int32_t, std::int32_t> map;
      for (std::size_t i = 0; i < keys.size(); ++i) map.insert({keys[i], sums[i]});
      EXPECT_EQ(map.size(), keys.size());
      return map;
    };
    std::vector<std::int32_t> counted = ids, times(ids.size());
    const std::size_t different = sum.count(counted, times);
    EXPECT_EQ(as_map(std::span(counted).first(different), std::span(times).first(different)), counts);
    const std::size_t left = sum.add_up(ids, values);
    EXPECT_EQ(as_map(std::span(ids).first(left), std::span(values).first(left)), expected);
    ids.resize(left);
    values.resize(left);
    for (std::size_t i = left; i > 1; --i) {
      const std::size_t other = below(rng, i);
      std::swap(ids[i - 1], ids[other]);
      std::swap(values[i - 1], values[other]);
    }
    sum.sort(ids, values);
    EXPECT_EQ(as_map(ids, values), expected);
  }
}

TEST(ParallelFor, DoesEveryItemOnce) {
  for (const int threads : {1, 2, 7}) {
    for (const std::size_t items : {0, 1, 3, 500}) {
      std::vector<std::atomic<int>> done(items);
      std::size_t last = 0;
      const auto caller = std::this_thread::get_id();
      const Control control{.progress =
                                [&](std::size_t so_far, std::size_t total) {
                                  EXPECT_EQ(std::this_thread::get_id(), caller);
                                  EXPECT_EQ(total, items);
                                  EXPECT_GE(so_far, last);
                                  last = so_far;
                                },
                            .threads = threads};
      parallel_for(items, control, [&](std::size_t i, const Control& inner) {
        EXPECT_EQ(inner.threads, 1);
        ++done[i];
      });
      EXPECT_TRUE(std::ranges::all_of(done, [](const auto& n) { return n == 1; }));
      EXPECT_EQ(last, items);
    }
  }
}

TEST(ParallelFor, NamesTheThreadOfEachItem) {
  for (const int threads : {1, 2, 7}) {
    for (const std::size_t items : {1, 3, 500}) {
      const std::size_t most = std::min(static_cast<std::size_t>(threads), items);
      std::vector<std::thread::id> ids(most);
      std::vector<std::size_t> done(most);  // unguarded: a number is one thread's alone
      ids[0] = std::this_thread::get_id();
      parallel_for_threads(items, {.threads = threads}, [&](std::size_t, std::size_t thread, const Control&) {
        ASSERT_LT(thread, most);
        if (done[thread]++ == 0 && thread > 0) ids[thread] = std::this_thread::get_id();
        EXPECT_EQ(ids[thread], std::this_thread::get_id());
      });
      EXPECT_EQ(std::accumulate(done.begin(), done.end(), std::size_t{0}), items);
    }
  }
}

#ifdef __linux__
TEST(ParallelFor, LeavesTheCallerOnItsProcessors) {
  cpu_set_t before;
  CPU_ZERO(&before);
  ASSERT_EQ(pthread_getaffinity_np(pthread_self(), sizeof before, &before), 0);
  cpu_set_t one;
  CPU_ZERO(&one);
  for (std::size_t cpu = 0; CPU_COUNT(&one) == 0; ++cpu) {
    if (CPU_ISSET(cpu, &before)) CPU_SET(cpu, &one);
  }
  for (const cpu_set_t& allowed : {before, one}) {
    ASSERT_EQ(pthread_setaffinity_np(pthread_self(), sizeof allowed, &allowed), 0);
    // Some of the threads have ended before the last one starts.
    std::atomic<int> done{0};
    parallel_for(50, {.threads = 40}, [&](std::size_t, const Control&) { ++done; });
    EXPECT_EQ(done, 50);
    cpu_set_t after;
    ASSERT_EQ(pthread_getaffinity_np(pthread_self(), sizeof after, &after), 0);
    EXPECT_TRUE(CPU_EQUAL(&after, &allowed));
  }
  pthread_setaffinity_np(pthread_self(), sizeof before, &before);
}
#endif

TEST(ParallelFor, RethrowsTheFirstFailure) {
  for (const int threads : {1, 2, 7}) {
    std::atomic<std::size_t> begun{0};
    try {
      parallel_for(1000, {.threads = threads}, [&](std::size_t i, const Control&) {
        ++begun;
        if (i >= 3) throw std::out_of_range(std::to_string(i));
      });
      FAIL();
    } catch (const std::out_of_range& error) {
      EXPECT_EQ(error.what(), std::string("3"));
    }
    EXPECT_LE(begun, 3U + static_cast<std::size_t>(threads));
  }
}

TEST(ParallelFor, TheFirstItemDecidesNotTheLastFailure) {
  std::atomic<bool> second_begun{false}, first_fails{false};
  try {
    parallel_for(2, {.threads = 2}, [&](std::size_t i, const Control&) {
      std::atomic<bool>&mine = i == 0 ? first_fails : second_begun,
      &other = i == 0 ? second_begun : first_fails;
      if (i == 0) other.wait(false);
      mine = true;
      mine.notify_all();
      if (i == 1) other.wait(false);
      throw std::out_of_range(std::to_string(i));
    });
    FAIL();
  } catch (const std::out_of_range& error) {
    EXPECT_EQ(error.what(), std::string("0"));
  }
}

TEST(ParallelFor, ChecksItsControl) {
  const auto nothing = [](std::size_t, const Control&) {};
  for (const int threads : {0, -1}) {
    expect_error(ErrorKind::invalid_argument, "threads",
                 [&] { parallel_for(1, {.threads = threads}, nothing); });
  }
  std::stop_source source;
  source.request_stop();
  expect_error(ErrorKind::cancelled, "", [&] { parallel_for(1, {.stop = source.get_token()}, nothing); });
}

}  // namespace
}  // namespace nutgraf::test
