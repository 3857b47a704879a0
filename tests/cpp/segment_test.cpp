#include "nutgraf/segment.h"

#include "icu_reference.h"

namespace nutgraf::test {
namespace {

using Strings = std::vector<std::string>;

std::string_view slice(std::string_view text, Span span) {
  return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
}

/// Whether `part` is what is left of `whole` without some of the marks of quotes and headings, or the name of
/// a mail's field before it.
bool lacks_only_marks(std::string_view part, std::string_view whole) {
  const std::size_t colon = whole.find(':');
  if (colon != std::string_view::npos && whole.substr(0, colon + 1).ends_with("ubject:") &&
      lacks_only_marks(part, whole.substr(colon + 1)))
    return true;
  std::size_t at = 0;
  for (const char c : whole) {
    if (at < part.size() && part[at] == c) {
      ++at;
    } else if (c != ' ' && std::string_view(">=-~^\"'`#*+:.<").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return at == part.size();
}

/// What holds of every document that segment() gives.
void expect_sound(const Document& document) {
  const std::string_view text = document.text();
  const auto is_trimmed = [&](Span span) {
    const std::vector<CodePoint> inside = code_points(slice(text, span));
    return !inside.empty() && !is_white(inside.front().value) && !is_white(inside.back().value);
  };
  std::int32_t sentence = 0, word = 0;
  const auto blocks = document.blocks();
  for (std::int32_t b = 0; b < static_cast<std::int32_t>(blocks.size()); ++b) {
    const Span block = blocks[static_cast<std::size_t>(b)].span;
    const Role role = blocks[static_cast<std::size_t>(b)].role;
    const bool may_have_marks = role == Role::quote || role == Role::headline || role == Role::subhead;
    const IndexRange sentences = document.sentences_of_block(b);
    ASSERT_FALSE(sentences.empty());
    ASSERT_EQ(sentences.first, sentence);
    std::string joined;
    for (; sentence < sentences.last; ++sentence) {
      const Span s = document.sentence_spans()[static_cast<std::size_t>(sentence)];
      ASSERT_TRUE(s.begin >= block.begin && s.end <= block.end);
      ASSERT_TRUE(is_trimmed(s)) << document.slice(s);
      ASSERT_EQ(document.block_of_sentence(sentence), b);
      joined += document.slice(s);
      const IndexRange words = document.words_of_sentence(sentence);
      ASSERT_EQ(words.first, word);
      std::int32_t end = s.begin;
      for (; word < words.last; ++word) {
        const Span w = document.word_spans()[static_cast<std::size_t>(word)];
        ASSERT_TRUE(w.begin >= end && w.begin < w.end && w.end <= s.end);
        end = w.end;
      }
      const Span dateline = document.dateline(sentence);
      ASSERT_TRUE(dateline == Span{} || (dateline.begin == s.begin && dateline.end < s.end));
      const std::string shown = fold_spaces(document.slice({std::max(s.begin, dateline.end), s.end}));
      if (may_have_marks) {
        ASSERT_TRUE(lacks_only_marks(document.display(sentence), shown));
      } else {
        ASSERT_EQ(document.display(sentence), shown);
      }
    }
    // Between the sentences of a block there is nothing but white space, and the marks of quotes and
    // headings.
    if (may_have_marks) {
      ASSERT_TRUE(lacks_only_marks(without_white(joined), without_white(slice(text, block))));
      ASSERT_TRUE(lacks_only_marks(without_white(document.display_block(b)), without_white(joined)));
    } else {
      ASSERT_EQ(without_white(joined), without_white(slice(text, block)));
      ASSERT_EQ(document.display_block(b), fold_spaces(slice(text, block)));
    }
  }
  ASSERT_EQ(sentence, document.sentence_count());
  ASSERT_EQ(static_cast<std::size_t>(word), document.word_spans().size());
  // Borders of code points, order and nesting are checked there once more.
  ASSERT_EQ(Document::assemble(std::string(text), document.parts()).parts(), document.parts());
}

TEST(Segment, Invariants) {
  Rng rng(1);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = round % 4 == 0   ? prose(rng)
                             : round % 4 == 1 ? nasty_ascii(rng)
                                              : nasty_text(rng);
    const Document document = segment(text);
    EXPECT_EQ(document.text(), text);
    expect_sound(document);
    EXPECT_EQ(segment_borrowed(text).parts(), document.parts());
    EXPECT_EQ(segment(std::string(text)).parts(), document.parts());
    if (HasFatalFailure()) FAIL() << text;
  }
}

TEST(Segment, WordsAreThoseOfIcu) {
  Rng rng(2);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = round % 2 ? nasty_text(rng) : nasty_ascii(rng);
    const Document document = segment(text);
    Words expected;
    for (const Span sentence : document.sentence_spans()) {
      const Words words = icu_words(text, sentence);
      expected.spans.insert(expected.spans.end(), words.spans.begin(), words.spans.end());
      expected.kinds.insert(expected.kinds.end(), words.kinds.begin(), words.kinds.end());
    }
    EXPECT_TRUE(std::ranges::equal(document.word_spans(), expected.spans)) << text;
    EXPECT_TRUE(std::ranges::equal(document.word_kinds(), expected.kinds)) << text;
  }
}

TEST(Segment, WrappedSentencesRunOverEveryKindOfLineEnd) {
  for (const std::string end : {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"}) {
    const std::string text = "The old ferry across the sound will stop running in" + end +
                             "the spring, when the bridge opens to its first cars" + end +
                             "and to the farm wagons that now wait for hours each" + end +
                             "day at the pier. The crew of the boat will be given" + end + "other work.";
    const Document document = segment(text);
    ASSERT_EQ(document.blocks().size(), 1U);
    ASSERT_EQ(document.sentence_count(), 2) << Json(sentences_of(document));
    EXPECT_EQ(document.display(1), "The crew of the boat will be given other work.");
    EXPECT_EQ(document.text(), text);
  }
}

std::string dateline_of(std::string_view text) {
  const Document document = segment(text);
  return std::string(document.slice(document.dateline(0)));
}

const std::string story = "A judge ordered a recount on Friday. It may take days.";

TEST(Segment, Datelines) {
  for (const std::string dateline :
       {"SEOUL -- ", "(CNN)", "(CNN) ", "Los Angeles (CNN)", "Los Angeles (Reuters) ", "(Reuters)",
        "ALBUQUERQUE, N.M. (AP) -- ", "(NPA) - ", "Berlin (dpa) - ", "Hamburg/Kiel (dpa/lno) \u2013 ",
        "S\u00E3o Paulo (AFP) \u2014 ", "GEN\u00C8VE \u2014 ",
        "\u041C\u041E\u0421\u041A\u0412\u0410 \u2013 "}) {
    EXPECT_EQ(dateline_of(dateline + story), dateline);
    EXPECT_EQ(segment(dateline + story).display(0), "A judge ordered a recount on Friday.");
  }
  for (const std::string_view text :
       {"NATO -- the alliance -- met on Monday.", "The law -- It is old -- holds.", "SEOUL is large.",
        "A -- B", "SEOUL -- ", "Angela Merkel (CDU) \u2013 The office was closed.",
        "The council (AFP) - The office was closed.", "The World Health Organization (WHO) A report says so.",
        "Angela Merkel (CDU) The office was closed."}) {
    EXPECT_EQ(dateline_of(text), "") << text;
  }
}

TEST(Segment, DatelinesTakeTheWhiteSpaceAfterTheDash) {
  EXPECT_EQ(dateline_of("SEOUL --  " + story), "SEOUL --  ");
  EXPECT_EQ(dateline_of("NATO --  the alliance -- met on Monday."), "");
  const Document wrapped = segment(
      "PORT ALDER, Oregon, Wednesday (NPA) --\nCouncillors voted on Tuesday to keep the old\n"
      "ferry running until the new bridge is opened\nnext year for the farmers who live there too.");
  ASSERT_EQ(wrapped.sentence_count(), 1);
  EXPECT_EQ(wrapped.slice(wrapped.dateline(0)), "PORT ALDER, Oregon, Wednesday (NPA) --\n");
}

TEST(Segment, DatelinesThatBeginWithAShortWord) {
  for (const std::string dateline : {"ST. LOUIS (AP) -- ", "LA PAZ, Bolivia (AP) -- "}) {
    EXPECT_EQ(dateline_of(dateline + story), dateline);
  }
}

TEST(Segment, DatelinesOfAgenciesThatArePhotoCreditsToo) {
  for (const std::string dateline : {"(Reuters) - ", "(AFP) -- "})
    EXPECT_EQ(dateline_of(dateline + story), dateline);
}

// What follows the dash is looked at even if a code point lies across the end of the bytes that are searched
// for it.
TEST(Segment, DatelinesNearTheLongestLength) {
  for (std::size_t letters = 40; letters < 60; ++letters) {
    const std::string place(letters, 'X');
    for (const std::string_view next : {"\u00C9t\u00E9", "\u4E2D\u6587", "\U0001F600"}) {
      const std::string found = dateline_of(place + " -- " + std::string(next) + " is here.");
      EXPECT_TRUE(found.empty() || found == place + " -- ") << found;
    }
  }
}

TEST(Segment, TheLanguageOfAPageIsThatOfItsArticle) {
  std::string page;
  for (int i = 0; i < 30; ++i) page += "Port Calder " + std::to_string(i) + "\n\n";
  for (int i = 0; i < 10; ++i) page += "\u0916\u092C\u0930 \u0916\u0947\u0932 \u092E\u094C\u0938\u092E\n\n";
  page +=
      "The council voted on Monday to close the only bridge over the harbour for a year, because two of its "
      "arches are loose and the ferry can carry what has to cross.\n\n"
      "Shops near the bridge say that they will lose most of their trade, and they have asked for a second "
      "ferry in the mornings.\n\n";
  for (int i = 0; i < 30; ++i) page += "Calder Post " + std::to_string(i) + "\n\n";
  const Document document = segment(page);
  ASSERT_EQ(document.blocks()[0].role, Role::boilerplate);
  EXPECT_EQ(document.lang(), "en");
}

TEST(Segment, LanguageIsFoundFromTheWords) {
  const auto lang_of = [](std::string_view text) { return std::string(segment(text).lang()); };
  EXPECT_EQ(lang_of("The ship left the harbour and it has not been seen since."), "en");
  EXPECT_EQ(lang_of("Das Schiff hat den Hafen verlassen und wurde nicht mehr gesehen."), "de");
  EXPECT_EQ(lang_of("Le bateau a quitt\u00E9 le port et on ne l\u2019a plus revu depuis."), "fr");
  EXPECT_EQ(lang_of("El barco sali\u00F3 del puerto y no se ha visto desde entonces."), "es");
  EXPECT_EQ(lang_of("La nave ha lasciato il porto e non \u00E8 stata pi\u00F9 vista da allora."), "it");
  EXPECT_EQ(lang_of("Het schip heeft de haven verlaten en is sindsdien niet meer gezien."), "nl");
  EXPECT_EQ(lang_of("O navio saiu do porto e n\u00E3o foi mais visto desde ent\u00E3o."), "pt");
  EXPECT_EQ(lang_of("\u041A\u043E\u0440\u0430\u0431\u043B\u044C \u043D\u0435 "
                    "\u043F\u0440\u0438\u0448\u0451\u043B, \u0438 "
                    "\u043E \u043D\u0451\u043C \u043D\u0435 \u0441\u043B\u044B\u0448\u043D\u043E."),
            "ru");
  EXPECT_EQ(lang_of("Otto Lund, Oslo, 1999"), "und");
  EXPECT_EQ(lang_of("Lund Oslo Bergen Turku Vaasa Pori Rauma Kotka Kemi Oulu Kuopio in 1999"), "und");
  EXPECT_EQ(lang_of("\u4ECA\u5929\u4E0B\u96E8\u4E86\u3002"), "zh");
  EXPECT_EQ(lang_of("Hun blev på færgen, fordi havnen var lukket af sne."), "da");
  EXPECT_EQ(lang_of("Łódź wypłynęła z portu i nikt jej już nie widział."), "pl");
  EXPECT_EQ(lang_of("\u041A\u0438\u0457\u0432"), "uk");
  EXPECT_EQ(lang_of(""), "und");
  EXPECT_EQ(segment("The ship left.", {.lang = "de"}).lang(), "de");
  EXPECT_EQ(segment("The ship left.", {.lang = "und"}).lang(), "und");
}

TEST(Segment, BlocksInOtherLanguages) {
  const auto langs_of = [](std::string_view text, const SegmentOptions& options = {}) {
    const Document document = segment(text, options);
    Strings found{std::string(document.lang())};
    for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b)
      found.emplace_back(document.block_lang(b));
    return found;
  };
  const std::string english =
      "The ferry to the island was stopped on Monday because the pier had been damaged by the storm.";
  const std::string german =
      "Die F\u00E4hre zur Insel f\u00E4hrt seit Montag nicht mehr, weil der Sturm den Anleger am 3. Oktober "
      "besch\u00E4digt hat.";
  const std::string russian =
      "\u041F\u0430\u0440\u043E\u043C \u043D\u0430 \u043E\u0441\u0442\u0440\u043E\u0432 \u043D\u0435 "
      "\u0445\u043E\u0434\u0438\u0442 \u0441 "
      "\u043F\u043E\u043D\u0435\u0434\u0435\u043B\u044C\u043D\u0438\u043A\u0430, "
      "\u043F\u043E\u0442\u043E\u043C\u0443 \u0447\u0442\u043E \u043F\u0440\u0438\u0447\u0430\u043B "
      "\u0440\u0430\u0437\u0440\u0443\u0448\u0438\u043B \u0448\u0442\u043E\u0440\u043C.";
  EXPECT_EQ(langs_of(english + "\n\n" + german + "\n\n" + russian + "\n\n" + english),
            (Strings{"en", "en", "de", "ru", "en"}));
  EXPECT_EQ(langs_of(german + "\n\n" + german + "\n\n" + english), (Strings{"de", "de", "de", "en"}));
  EXPECT_EQ(langs_of(english + "\n\n" + german, {.lang = "en"}), (Strings{"en", "en", "en"}));
  // Names and figures are in no language.
  EXPECT_EQ(
      langs_of(
          english +
          "\n\nRotterdam 12, Antwerpen 14, Hamburg 9, Bremerhaven 7, Gdansk 22, Tallinn 5, Turku 3, Oslo 8."),
      (Strings{"en", "en", "en"}));
  // A block has the rules and the stop words of its language.
  const std::string both = english + "\n\n" + german;
  EXPECT_EQ(segment(both).sentence_count(), 2);
  const Document document = segment(both);
  EXPECT_EQ(Document::assemble(both, document.parts()).parts(), document.parts());
}

TEST(Segment, VisitorsGiveWhatADocumentHolds) {
  Rng rng(11);
  for (int round = 0; round < 500; ++round) {
    const std::string text = round % 2 ? prose(rng) : nasty_text(rng);
    const Words expected = icu_words(text, {0, static_cast<std::int32_t>(text.size())}, true);
    Words words;
    for_each_word(text, [&](Span span, WordKind kind) {
      words.spans.push_back(span);
      words.kinds.push_back(kind);
    });
    ASSERT_EQ(words.spans, expected.spans);
    ASSERT_EQ(words.kinds, expected.kinds);
  }
  Strings sentences;
  const std::string paragraph = " Mr. Abe left.\nWhy? Nobody\nknew. ";
  for_each_sentence(paragraph, [&](Span s) { sentences.emplace_back(slice(paragraph, s)); });
  EXPECT_EQ(sentences, (Strings{"Mr. Abe left.", "Why?", "Nobody\nknew."}));
}

TEST(Segment, ManyTextsAreSegmentedLikeEach) {
  const std::vector<std::string_view> texts = {"It rained. Ships waited.", "", "\xFF", "Mr. Abe left."};
  for (const int threads : {1, 3}) {
    const auto found = segment_many(texts, {}, {.stop = {}, .progress = {}, .threads = threads});
    ASSERT_EQ(found.size(), texts.size());
    for (const std::size_t i : {0U, 1U, 3U})
      EXPECT_EQ(std::get<Document>(found[i]).parts(), segment(texts[i]).parts());
    EXPECT_EQ(std::get<Error>(found[2]).kind(), ErrorKind::invalid_text);
  }
}

TEST(Segment, Errors) {
  expect_error(ErrorKind::invalid_argument, "known are af, am, ar", [] { segment("text", {.lang = "xx"}); });
  EXPECT_EQ(expect_error(ErrorKind::invalid_text, "", [] { segment("a\xFF"); }), 1);
  std::stop_source source;
  source.request_stop();
  expect_error(ErrorKind::cancelled, "", [&] { segment("text", {}, {.stop = source.get_token()}); });
  EXPECT_TRUE(std::ranges::is_sorted(languages()));
  EXPECT_LE(languages().size(), 64U) << "a set of languages is a word of 64 bits";
}

TEST(Document, IsAHandleOnWhatItWasGiven) {
  const std::string text = "One here. Two here.";
  EXPECT_EQ(segment_borrowed(text).text().data(), text.data());
  Document document = segment(std::string(text));
  const Document copy = document;
  EXPECT_EQ(copy.text().data(), document.text().data());
  document = Document();
  EXPECT_EQ(copy.slice(copy.sentence_spans()[1]), "Two here.");
  EXPECT_EQ(document.text(), "");
  EXPECT_EQ(document.lang(), "und");
  EXPECT_EQ(document.sentence_count(), 0);
}

TEST(Document, FromSentences) {
  const std::string_view given[] = {"  Mr. Lund left. Nobody saw him. ", "no stop", "\u4E2D\u6587\u3002",
                                    "SEOUL -- It rained."};
  const Document document = Document::from_sentences(given);
  EXPECT_EQ(sentences_of(document), (Strings{"Mr. Lund left. Nobody saw him.", "no stop",
                                             "\u4E2D\u6587\u3002", "SEOUL -- It rained."}));
  ASSERT_EQ(document.blocks().size(), 1U);
  EXPECT_EQ(document.blocks()[0].role, Role::body);
  EXPECT_EQ(document.words_of_sentence(1).size(), 2);
  expect_sound(document);
  EXPECT_EQ(Document::from_sentences({}).sentence_count(), 0);
  EXPECT_EQ(Document::from_sentences(std::vector<std::string_view>{"Hm."}, "fr").lang(), "fr");
  expect_error(ErrorKind::invalid_argument, "1", [] {
    Document::from_sentences(std::vector<std::string_view>{"a", " \u3000"});
  });
  expect_error(ErrorKind::invalid_argument, "xx", [] { Document::from_sentences({}, "xx"); });
  expect_error(ErrorKind::invalid_text, "",
               [] { Document::from_sentences(std::vector<std::string_view>{"\xFF"}); });
  Rng rng(3);
  for (int round = 0; round < 500; ++round) {
    const Document source = segment(nasty_text(rng));
    const Strings sentences = sentences_of(source);
    const std::vector<std::string_view> views(sentences.begin(), sentences.end());
    const Document rebuilt = Document::from_sentences(views, source.lang());
    EXPECT_EQ(sentences_of(rebuilt), sentences);
    expect_sound(rebuilt);
    if (HasFatalFailure()) FAIL() << source.text();
  }
}

TEST(Document, AssembleRejectsWhatDoesNotFit) {
  const std::string text = "\u00C9t\u00E9 one. Two here.\n\nThree ends it.";
  const DocumentParts good = segment(text).parts();
  EXPECT_EQ(Document::assemble_borrowed(text, good).parts(), good);
  using Change = void (*)(DocumentParts&);
  const Change changes[] = {
      [](DocumentParts& p) { p.words[0].begin = 1; },       // inside a code point
      [](DocumentParts& p) { p.words.back().end = 1000; },  // past the text
      [](DocumentParts& p) { p.words[0].begin = -1; },
      [](DocumentParts& p) { std::swap(p.words[0], p.words[1]); },
      [](DocumentParts& p) { p.words[1].end = p.words[1].begin; },
      [](DocumentParts& p) { p.sentences[1].begin = 0; },  // overlaps the one before
      [](DocumentParts& p) { p.sentences[2].begin = p.blocks[0].span.begin; },
      [](DocumentParts& p) { p.sentences[0].end = p.words[0].end - 1; },
      [](DocumentParts& p) { p.blocks[1].span.begin = 0; },
      [](DocumentParts& p) { p.blocks[1].duplicate_of = 1; },
      [](DocumentParts& p) { p.blocks[0].section = 1; },
      [](DocumentParts& p) { p.blocks[0].duplicate_of = -2; },
      [](DocumentParts& p) { p.blocks[0].role = static_cast<Role>(13); },
      [](DocumentParts& p) { p.block_sentences.pop_back(); },
      [](DocumentParts& p) {
        p.block_sentences = {0, 4, 3};
      },
      [](DocumentParts& p) { p.block_sentences.front() = 1; },
      [](DocumentParts& p) { p.sentence_words.back() += 1; },
      [](DocumentParts& p) { p.sentence_words[1] = -1; },
      [](DocumentParts& p) { p.sentence_words.clear(); },
      [](DocumentParts& p) { p.word_kinds.pop_back(); },
      [](DocumentParts& p) { p.datelines.pop_back(); },
      [](DocumentParts& p) { p.boundary_scores.pop_back(); },
      [](DocumentParts& p) {
        p.datelines[0] = {1, 2};
      },
      [](DocumentParts& p) {
        p.datelines[0] = {0, 1};
      },  // inside a code point
      [](DocumentParts& p) {
        p.datelines[0] = {0, 1000};
      },
      [](DocumentParts& p) { p.words.clear(); },
  };
  for (std::size_t i = 0; i < std::size(changes); ++i) {
    DocumentParts parts = good;
    changes[i](parts);
    SCOPED_TRACE(i);
    expect_error(ErrorKind::corrupt_file, "", [&] { Document::assemble(text, parts); });
  }
  expect_error(ErrorKind::invalid_text, "", [&] { Document::assemble("\xFF", {}); });
  expect_error(ErrorKind::corrupt_file, "", [&] { Document::assemble("short", good); });
}

TEST(Document, AssembledOfAlteredPartsIsSafeToUse) {
  const std::string text = articles()[0].substr(0, 1500);
  const DocumentParts good = segment(text).parts();
  Rng rng(4);
  int accepted = 0;
  for (int round = 0; round < 3000; ++round) {
    DocumentParts parts = good;
    const auto alter = [&](std::int32_t& value) { value += static_cast<std::int32_t>(below(rng, 9)) - 4; };
    const auto alter_span = [&](Span& span) { alter(below(rng, 2) ? span.begin : span.end); };
    switch (below(rng, 6)) {
      case 0:
        alter_span(parts.blocks[below(rng, parts.blocks.size())].span);
        break;
      case 1:
        alter_span(parts.sentences[below(rng, parts.sentences.size())]);
        break;
      case 2:
        alter_span(parts.words[below(rng, parts.words.size())]);
        break;
      case 3:
        alter(parts.block_sentences[below(rng, parts.block_sentences.size())]);
        break;
      case 4:
        alter(parts.sentence_words[below(rng, parts.sentence_words.size())]);
        break;
      default:
        alter_span(parts.datelines[below(rng, parts.datelines.size())]);
    }
    try {
      const Summary summary = summarize(Document::assemble(text, parts), {.words = 40});
      to_html(summary);
      to_json(summary, {.all_sentences = true});
      to_report(summary);
      ++accepted;
    } catch (const Error& error) {
      ASSERT_EQ(error.kind(), ErrorKind::corrupt_file) << error.what();
    }
  }
  EXPECT_GT(accepted, 0);
}

TEST(FoldWhiteSpace, GivesSingleSpaces) {
  EXPECT_EQ(fold_white_space(" a \r\n\u00A0b\u2028\u3000"), "a b");
  Rng rng(5);
  for (int round = 0; round < 200; ++round) {
    const std::string text = nasty_text(rng);
    EXPECT_EQ(fold_white_space(text), fold_spaces(text));
  }
}

TEST(SentenceRows, GoBothWays) {
  const std::vector<Document> documents = {segment("A b. C d."), Document(), segment("E f."), Document()};
  const SentenceRows rows(documents);
  ASSERT_EQ(rows.size(), 3);
  EXPECT_EQ(rows.document_count(), 4);
  const SentenceRef expected[] = {{0, 0}, {0, 1}, {2, 0}};
  for (std::int32_t row = 0; row < rows.size(); ++row) {
    EXPECT_EQ(rows.at(row), expected[row]);
    EXPECT_EQ(rows.row(rows.at(row)), row);
  }
  EXPECT_EQ(SentenceRows({}).size(), 0);
}

TEST(SegmentReady, TakesTheSpansThatAreGiven) {
  Rng rng(5);
  for (int round = 0; round < 500; ++round) {
    const std::string text = round % 2 ? nasty_text(rng) : prose(rng);
    const Document found = segment(text);
    EXPECT_EQ(segment_ready(text, {.words = found.word_spans()}).parts(), found.parts());
    EXPECT_EQ(segment_ready(text, {}).parts(), found.parts());
    const Document same =
        segment_ready(text, {.sentences = found.sentence_spans(), .words = found.word_spans()});
    EXPECT_EQ(same.parts().sentences, found.parts().sentences);
    EXPECT_EQ(same.parts().words, found.parts().words);
    EXPECT_EQ(same.parts().block_sentences, found.parts().block_sentences);
    // Any run of words as one sentence.
    if (found.word_spans().empty()) continue;
    const std::size_t first = rng() % found.word_spans().size();
    const std::size_t last = first + rng() % (found.word_spans().size() - first);
    const Span given[] = {{found.word_spans()[first].begin, found.word_spans()[last].end}};
    const Document one = segment_ready(text, {.sentences = given});
    ASSERT_EQ(one.sentence_count(), 1);
    EXPECT_EQ(one.sentence_spans()[0].end, given[0].end);
    EXPECT_EQ(fold_white_space(one.slice(one.sentence_spans()[0])), fold_white_space(one.slice(given[0])));
    EXPECT_EQ(Document::assemble(text, one.parts()).parts(), one.parts());
  }
}

TEST(SegmentReady, Errors) {
  const auto expect = [](std::vector<Span> sentences, const char* message) {
    expect_error(ErrorKind::invalid_argument, message,
                 [&] { segment_ready("Ça va. Oui.", {.sentences = sentences}); });
  };
  expect({{0, 8}, {7, 12}}, "sentence span 1 begins before");
  expect({{0, 1}}, "sentence span 0 begins or ends inside a character");
  expect({{0, 13}}, "sentence span 0 does not lie in the text");
  const Span words[] = {{0, 3}, {9, 12}}, sentence[] = {{0, 7}};
  expect_error(ErrorKind::invalid_argument, "'ui.' lies in no sentence",
               [&] { segment_ready("Ça va. Oui.", {.sentences = sentence, .words = words}); });
}

TEST(SegmentReady, FromWords) {
  const std::vector<std::vector<std::string_view>> sentences{{"Ça", "va", "."}, {"7", "ships"}};
  const Document document = Document::from_words(sentences, "fr");
  EXPECT_EQ(document.text(), "Ça va .\n7 ships");
  EXPECT_EQ(sentences_of(document), (Strings{"Ça va .", "7 ships"}));
  EXPECT_EQ(document.word_spans().size(), 4U);
  EXPECT_EQ(document.word_kinds()[2], WordKind::number);
  expect_error(ErrorKind::invalid_argument, "sentence 0 has no words",
               [] { Document::from_words(std::vector<std::vector<std::string_view>>{{}}); });
}

}  // namespace
}  // namespace nutgraf::test
