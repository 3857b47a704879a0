#include "nutgraf/blocks.h"

#include "support.h"

namespace nutgraf::test {
namespace {

std::string_view slice(std::string_view text, const Block& block) {
  return text.substr(static_cast<std::size_t>(block.span.begin), static_cast<std::size_t>(block.span.size()));
}

std::vector<std::string> blocks_of(std::string_view text) {
  std::vector<std::string> found;
  for (const Block& b : find_blocks(text)) found.emplace_back(slice(text, b));
  return found;
}

std::vector<std::string> roles_of(std::string_view text) {
  std::vector<std::string> found;
  for (const Block& b : find_blocks(text)) found.emplace_back(name(b.role));
  return found;
}

using Strings = std::vector<std::string>;

TEST(Roles, NamesGoBothWays) {
  for (std::size_t i = 0; i < role_names.size(); ++i) {
    EXPECT_EQ(role_from_name(role_names[i]), static_cast<Role>(i));
    EXPECT_EQ(name(static_cast<Role>(i)), role_names[i]);
  }
  expect_error(ErrorKind::invalid_argument, "headline, kicker", [] { role_from_name("Headline"); });
}

TEST(Blocks, EveryKindOfLineEndSplits) {
  for (const std::string end : {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"}) {
    EXPECT_EQ(blocks_of("One here." + end + "Two here." + end + end + " Three. "),
              (Strings{"One here.", "Two here.", "Three."}));
  }
}

TEST(Blocks, WrappedLinesStayTogether) {
  for (const std::string end : {"\n", "\r\n", "\u2028"}) {
    const std::string first = "The old ferry across the sound will stop running in" + end +
                              "the spring, when the bridge opens to its first cars" + end +
                              "and to the farm wagons that now wait for hours each" + end +
                              "day at the pier.";
    const std::string second = "No one knows what will become of the crew, who have" + end +
                               "worked on the boat for most of their grown-up lives" + end +
                               "and their fathers before.";
    EXPECT_EQ(blocks_of(first + end + end + second), (Strings{first, second}));
  }
}

TEST(Blocks, ShortLinesAreNotTakenForWrapped) {
  EXPECT_EQ(blocks_of("Flour\nWater\nSalt\nA little oil\nYeast").size(), 5U);
  const std::string uneven =
      "A line of text that is long enough to look like one that was wrapped\nShort\n"
      "Another line of text that is long enough to look like it was\nTiny\nEnd";
  EXPECT_EQ(blocks_of(uneven).size(), 5U);
}

TEST(Blocks, MarksOfMarkdownAndPlainMail) {
  EXPECT_EQ(
      roles_of("# Title\n\nIt is a text of words.\n\n## Part\n\n- one\n* two\n1. three\n\n> It was said.\n\n"
               "| a | b |\n\n```\nx = 1\n\ny = 2\n```\n\nThe end of it all.\n\n--\nA. Name"),
      (Strings{"headline", "body", "subhead", "list_item", "list_item", "list_item", "quote", "table", "code",
               "code", "code", "code", "body", "signature", "signature"}));
}

TEST(Blocks, TabsBetweenCellsMakeATable) {
  const std::string paragraph =
      "The gates of the lower river are closed when the water has risen above the\n"
      "\tmark that was painted on the pier in the spring, and are opened again\n"
      "\tas soon as it has fallen below the second mark, which is hardly ever\n"
      "\tlater than the middle of the summer.";
  EXPECT_EQ(roles_of("Gates of the lower river\n\n" + paragraph), (Strings{"headline", "body"}));
  EXPECT_EQ(blocks_of(paragraph), Strings{paragraph});
  EXPECT_EQ(roles_of("Two gates were closed.\n\nGate\tMark\tClosed\n\nNorth\t12\tMay"),
            (Strings{"body", "table", "table"}));
}

TEST(Blocks, WrappedParagraphsAmongOtherLines) {
  const std::string text =
      "Flood gates\n\n-gate-one\n    Closes the first gate when the water has risen above the mark that\n"
      "    was painted in spring.\n\n-gate-two\n    Closes the second.\n-gate-three\n    Opens "
      "all.\n-gate-four\n"
      "    Opens none.\n\nGates that do not move for a year are taken out and sold to the towns\n"
      "further down the river, which have none of their own so far and would\nnot know how to build one.\n";
  std::vector<std::string> joined;
  for (const Block& b : find_blocks(text)) {
    if (slice(text, b).find('\n') != std::string_view::npos)
      joined.emplace_back(slice(text, b).substr(0, 10));
  }
  EXPECT_EQ(joined, (Strings{"Closes the", "Gates that"}));
  // Lines of a list of headlines begin with capitals.
  EXPECT_EQ(
      find_blocks(
          "Council closes the only bridge of the town for a year\nMayor says that the town must save on "
          "its festivals\nVoters want a new harbour for the ferry and its crew\nPolice look for the man "
          "who broke into the church")
          .size(),
      4U);
}

/// For each heading its level and what is shown of it.
Strings outline_of(std::string_view text) {
  const Document document = segment(text);
  Strings found;
  for (const std::int32_t b : document.outline())
    found.push_back(std::to_string(document.blocks()[static_cast<std::size_t>(b)].level) + " " +
                    document.display_block(b));
  return found;
}

TEST(Blocks, HeadingsOfMarkdown) {
  EXPECT_EQ(outline_of("# One #\n\nText.\n\n### Three\n\nText.\n\nTwo\n---\n\nText.\n\n###### C#\n\nText."),
            (Strings{"1 One", "3 Three", "2 Two", "6 C#"}));
  EXPECT_EQ(outline_of("#hashtag\n\n####### seven\n\n```\n# code\n```\n\n> # quoted"), Strings{});
}

TEST(Blocks, UnderlinesOfReStructuredText) {
  // Levels in the order in which the styles come up; an overline makes another style.
  EXPECT_EQ(outline_of("=====\nTitle\n=====\n\nPart\n====\n\nText.\n\nPoint\n~~~~~\n\nText.\n\nPart "
                       "two\n========\n\nText."),
            (Strings{"1 Title", "2 Part", "3 Point", "2 Part two"}));
  // Neither a separator below prose nor one that stands alone makes a heading.
  EXPECT_EQ(outline_of("The harbour closed on Monday.\n---\nShips waited.\n\n-----\n\nThey left."),
            Strings{});
  EXPECT_EQ(outline_of("A line\nof a paragraph\n==============\n\nText."), Strings{});
}

TEST(Blocks, NumbersOfHeadingsRunOn) {
  const std::string prose = "\n\nIt was counted on three days of the week.\n\n";
  EXPECT_EQ(outline_of("1 Ships" + prose + "2 Ports" + prose + "2.1 Old ones" + prose + "3. Fish" + prose),
            (Strings{"2 1 Ships", "2 2 Ports", "3 2.1 Old ones", "2 3. Fish"}));
  EXPECT_EQ(outline_of("1 Ships" + prose + "2 Ports\n\n2.1 Old ones" + prose),
            (Strings{"2 1 Ships", "2 2 Ports", "3 2.1 Old ones"}));
  // A list, a number alone, numbers with a gap: what opens a text is its headline.
  EXPECT_EQ(outline_of("It was Monday.\n\n1. Ships\n2. Ports\n3. Fish" + prose), Strings{});
  EXPECT_EQ(outline_of("1 Ships" + prose), Strings{"1 1 Ships"});
  EXPECT_EQ(outline_of("It was Monday.\n\n77.3333333330 Ports\n\n1.2.3.4.5.6 Fish"), Strings{});
  EXPECT_EQ(outline_of("1 Ships" + prose + "2.2 Ports" + prose), (Strings{"1 1 Ships", "2 2.2 Ports"}));
}

TEST(Blocks, FieldsOfAMail) {
  EXPECT_EQ(
      roles_of("From: Ada <a@b.org>\nSubject: The gauge\nTo: Tom,\n Kim\n\nIt was mended. Thank you all."),
      (Strings{"byline", "headline", "boilerplate", "body"}));
  EXPECT_EQ(roles_of("Von: Ada\nBetreff: Der Pegel\n\nEr geht wieder. Danke."),
            (Strings{"byline", "headline", "body"}));
  // Fields of a timetable are none of a mail.
  EXPECT_EQ(roles_of("From: Busan\nTo: Seoul\n\nThe train leaves at noon. It is late."),
            (Strings{"headline", "standfirst", "body"}));
}

TEST(Blocks, CodeIsNoText) {
  EXPECT_EQ(roles_of("~~~\nIt is code.\n\n```\nStill code.\n~~~\n\nText it is."),
            (Strings{"code", "code", "code", "code", "code", "body"}));
  EXPECT_EQ(roles_of("```\nNobody closed this.\n\nIt is code."), (Strings{"code", "code", "code"}));
  EXPECT_EQ(
      roles_of("It is set up as follows. Call this::\n\n  It is code.\n\n  More of it.\n\nText again it is."),
      (Strings{"body", "code", "code", "body"}));
  EXPECT_EQ(roles_of("Use `this` and ```that``` here.\n\nText it is."), (Strings{"body", "body"}));
}

TEST(Blocks, LinesOfAQuoteAreOneBlock) {
  const Document document = segment(
      "# Note\n\n> The harbour closed on Monday after the storm broke\n> two of its piers. Ships wait\n> "
      "outside.\n>\n> They left.");
  EXPECT_EQ(sentences_of(document),
            (Strings{"Note", "The harbour closed on Monday after the storm broke\n> two of its piers.",
                     "Ships wait\n> outside.", ">", "They left."}));
  EXPECT_EQ(document.display(1), "The harbour closed on Monday after the storm broke two of its piers.");
  EXPECT_EQ(document.display_block(1),
            "The harbour closed on Monday after the storm broke two of its piers. Ships wait outside.");
}

TEST(Blocks, PageOfAnArticle) {
  const std::string prose = "The council voted on Monday to close the bridge for a year of repairs.";
  const std::string text =
      "World\n\nTown council closes its only bridge for one year\n\nBy Ada Venn\n\n" + prose +
      "\n\nWorkers on the bridge in May. [Ada Venn/NPA]\n\nRead more: All about bridges\n\n"
      "What happens next\n\nBuses will take people around by the north road. It adds an hour.\n\n"
      "Shops near the bridge say that they will lose most of their trade.\n\nLeave a comment\n\nNice one.";
  EXPECT_EQ(roles_of(text), (Strings{"kicker", "headline", "byline", "body", "caption", "boilerplate",
                                     "subhead", "body", "body", "boilerplate", "boilerplate"}));
  const std::vector<Block> blocks = find_blocks(text);
  std::vector<std::int32_t> sections;
  for (const Block& b : blocks) sections.push_back(b.section);
  EXPECT_EQ(sections, (std::vector<std::int32_t>{-1, -1, 1, 1, 1, 1, 1, 6, 6, 6, 6}));
}

TEST(Blocks, Notices) {
  const std::string article =
      "\n\nTown council closes its only bridge for one year\n\n"
      "The council voted on Monday to close the bridge for a year of repairs.\n\n"
      "Shops near the bridge say that they will lose most of their trade.";
  const Strings with_notice = {"boilerplate", "headline", "body", "body"};
  for (const std::string notice :
       {"We use cookies to improve your experience. By continuing to browse you agree to our use of cookies.",
        "We and our 214 partners use cookies and similar technologies to store what your device tells us.",
        "Diese Website verwendet Cookies, um Ihr Erlebnis zu verbessern.",
        "Nous utilisons des cookies afin d'am\u00E9liorer votre exp\u00E9rience. En poursuivant votre "
        "navigation, vous acceptez leur utilisation.",
        "Interested in Port Calder? Add Port Calder as an interest to follow the latest news, video and "
        "analysis from the Calder Post.",
        "Sign up for our evening newsletter, with all that the harbour, the council and the shops have in "
        "store for you.",
        "Follow Ada Venn on Twitter: @adavenn. She writes about the harbour and those who live by it.",
        "\u00A9 2026 Calder Post. All rights reserved. What stands here may be read, and sent to friends, "
        "but not sold.",
        "Iscriviti per ricevere ogni sera la nostra newsletter con le notizie del porto e della citt\u00E0."})
    EXPECT_EQ(roles_of(notice + article), with_notice) << notice;
  for (const std::string prose :
       {"Interested in the harbour since his youth, he bought a boat.",
        "Follow the river and you come to the bridge, said the baker.",
        "Copyright law may not be what the council thinks of first when a bridge is closed, said the baker."})
    EXPECT_EQ(roles_of(prose + article)[0], "body") << prose;
  EXPECT_EQ(roles_of("We use the bridge every day, said the baker." + article)[0], "body");
}

TEST(Blocks, PromptsBehindBulletsAndOpenMarks) {
  const std::string article =
      "The council voted on Monday to close the bridge for a year of repairs.\n\n"
      "Shops near the bridge say that they will lose most of their trade.\n\n";
  for (const std::string prompt :
       {"\u2022 Read more", "\u00BFLe gusta este art\u00EDculo?", "\u2192 Related articles",
        "Did you like this article?", "Gef\u00E4llt Ihnen dieser Artikel?"})
    EXPECT_EQ(roles_of(article + prompt), (Strings{"body", "body", "boilerplate"})) << prompt;
}

TEST(Blocks, PromptsOfScriptsWithAndWithoutSpaces) {
  const std::string article =
      "The council voted on Monday to close the bridge for a year of repairs.\n\n"
      "Shops near the bridge say that they will lose most of their trade.\n\n";
  const auto last_role = [&](const std::string& last) { return roles_of(article + last).back(); };
  for (const std::string prompt :
       {"Les ogs\u00E5: Broen stenges i ett \u00E5r", "Baca juga: Jembatan ditutup setahun",
        "\u0627\u0642\u0631\u0623 \u0623\u064A\u0636\u0627: \u0625\u063A\u0644\u0627\u0642",
        "\u092F\u0939 \u092D\u0940 \u092A\u0922\u093C\u0947\u0902: \u092A\u0941\u0932",
        "\u95A2\u9023\u8A18\u4E8B\uFF1A\u6A4B\u304C\u9589\u9396", "\u5E7F\u544A",
        "\uAD00\uB828 \uAE30\uC0AC: \uB2E4\uB9AC \uD3D0\uC1C4", "REKLAMA", "Kommentarer (12)"})
    EXPECT_EQ(last_role(prompt), "boilerplate") << prompt;
  // The advertising trade, and a word that goes on.
  EXPECT_EQ(last_role("\u5E7F\u544A\u4E1A\u4ECA\u5E74\u589E\u957F\u4E86\u4E24\u6210\u3002"), "body");
  EXPECT_EQ(last_role("Annonsert pris gjelder fra mandag, sier kommunen."), "body");
  EXPECT_EQ(last_role("Kommentarer fra naboene var mange, sier kommunen."), "body");
}

TEST(Blocks, ProseThatBeginsWithAnAgencyIsNoCaption) {
  for (const std::string start : {"Reuters reported on Friday", "Getty Images said on Friday",
                                  "(Reuters) - Officials said on Friday"}) {
    EXPECT_EQ(roles_of(start + " that the bridge would stay closed for a year. No one was hurt."),
              (Strings{"body"}))
        << start;
  }
  EXPECT_EQ(roles_of("Photo: Ada Venn"), (Strings{"caption"}));
}

TEST(Blocks, WhatAnnouncesAPictureBeginsACaption) {
  const std::string article =
      "The council voted on Monday to close the bridge for a year of repairs.\n\n"
      "Shops near the bridge say that they will lose most of their trade.\n\n";
  for (const std::string caption :
       {"Image caption The bridge has stood over the river for more than eighty years now.",
        "Image copyright Getty Images Image caption The bridge from the north",
        "FILE - In this file photo of June 2019, ships wait below the bridge for the tide to come in.",
        "Enlarge this image toggle caption Ada Venn for the Calder Post",
        "Pie de foto, El puente lleva m\u00E1s de ochenta a\u00F1os sobre el r\u00EDo.",
        "Photos: The bridge Photos: The bridge A crane lifts the first stone. Hide Caption 1 of 2 Photos: "
        "The bridge Ships wait. Hide Caption 2 of 2",
        "| Getty The bridge that closes The council met for three hours, and then it voted."})
    EXPECT_EQ(roles_of(article + caption + "\n\n" +
                       "No date has been set for the work, said the mayor on Tuesday."),
              (Strings{"body", "body", "caption", "body"}))
        << caption;
  EXPECT_EQ(roles_of(article + "The file photo was taken by a baker, he told the court.")[2], "body");
}

TEST(Blocks, TheSignOffOfAnAgencyIsNoCredit) {
  const std::string article =
      "Die Br\u00FCcke \u00FCber die Aller ist seit Montag f\u00FCr ein Jahr gesperrt.\n\n"
      "H\u00E4ndler in der Altstadt f\u00FCrchten um ihren Umsatz, sagte eine Sprecherin.\n\n"
      "Der Landkreis rechnet mit Kosten von zw\u00F6lf Millionen Euro.\n\n";
  const std::string last = "Ein Ersatzbau ist bis 2028 geplant. ";
  for (const std::string sign :
       {"(dpa)", "(dpa/lni)", "(Reuters)", "(mh)", "[AFP]", "(\u0422\u0410\u0421\u0421)"}) {
    EXPECT_EQ(roles_of(article + last + sign), Strings(4, "body")) << sign;
    EXPECT_EQ(roles_of(article + last + sign + "\n\nLesen Sie auch"),
              (Strings{"body", "body", "body", "body", "boilerplate"}))
        << sign;
  }
  // A credit stands above the last paragraph, says more than the agency, or ends what is no sentence.
  EXPECT_EQ(roles_of(last + "(dpa)\n\n" + article)[0], "caption");
  EXPECT_EQ(roles_of(article + last + "(Foto: Ada Venn/dpa)")[3], "caption");
  EXPECT_EQ(roles_of(article + "Die gesperrte Br\u00FCcke von Norden aus (dpa)")[3], "caption");
}

// A page: menus, the article, and links, of which no rule knows the words.
TEST(Blocks, TheHeadlineOfAPageNamesWhatTheArticleSays) {
  std::string page = "Calder Post\n\nHome\n\nNews\n\nSport\n\nWeather\n\nCourts\n\nSchools\n\nTravel\n\n";
  for (int i = 0; i < 12; ++i) page += "Section " + std::to_string(i) + "\n\n";
  const std::string article =
      "Lighthouse marks its birthday with cake\n\n"
      "Council votes to close the harbour bridge for a year\n\n"
      "Monday, 9:40\n\n"
      "The council of Port Calder voted on Monday to close the only bridge over its harbour for a year, "
      "because the stones of two of its arches are loose and the ferry can carry what has to cross.\n\n"
      "Shops near the bridge say that they will lose most of their trade, and asked the council for a second "
      "ferry in the mornings, when the schools open and the market begins.\n\n"
      "The mayor said that the repairs would begin in spring, that the harbour would stay open to ships, and "
      "that nobody would have to pay for the ferry while the bridge is closed.\n\n";
  page += article;
  for (int i = 0; i < 12; ++i) page += "Link " + std::to_string(i) + "\n\n";
  const auto headlines_of = [](std::string_view text) {
    Strings found;
    for (const Block& b : find_blocks(text)) {
      if (b.role == Role::headline) found.emplace_back(slice(text, b));
    }
    return found;
  };
  const Strings council = {"Council votes to close the harbour bridge for a year"};
  EXPECT_EQ(headlines_of(page), council);
  // Of a headline that stands in the menu too, that one is it, and what repeats it is furniture.
  const std::string linked = council[0] + "\n\n" + page;
  EXPECT_EQ(headlines_of(linked), council);
  const std::vector<Block> blocks = find_blocks(linked);
  EXPECT_EQ(blocks[0].role, Role::headline);
  const auto body = std::ranges::find(blocks, Role::body, &Block::role);
  ASSERT_NE(body, blocks.end());
  EXPECT_EQ(body->section, 0);
  // Without a menu above them, the first of the lines is.
  EXPECT_EQ(headlines_of(article), (Strings{"Lighthouse marks its birthday with cake"}));
}

TEST(Blocks, RepeatsPointToTheFirst) {
  const auto repeats = [](std::string_view text) {
    std::vector<std::int32_t> found;
    for (const Block& b : find_blocks(text)) found.push_back(b.duplicate_of);
    return found;
  };
  EXPECT_EQ(repeats("A cat sat.\n\nA dog.\n\na CAT sat.\n\nA cat sat."),
            (std::vector<std::int32_t>{-1, -1, 0, 0}));
  EXPECT_EQ(repeats("\u00C9t\u00E9.\n\n\u00E9t\u00E9."), (std::vector<std::int32_t>{-1, -1}));
  EXPECT_EQ(repeats("***\n\nA cat sat.\n\n***"), (std::vector<std::int32_t>{-1, -1, 0}));
  // Blocks that differ in the bit of ASCII case alone, but not in a letter.
  EXPECT_EQ(repeats("see [it]\n\nsee {it}\n\nsee {it}"), (std::vector<std::int32_t>{-1, -1, 1}));
}

TEST(Blocks, Invariants) {
  const auto equal_but_for_case = [](std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
      const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; };
      return lower(x) == lower(y);
    });
  };
  Rng rng(1);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = round % 3 == 0 ? prose(rng) : nasty_text(rng);
    const std::vector<Block> blocks = find_blocks(text);
    std::vector<int> owners(text.size());
    std::int32_t end = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Block& b = blocks[i];
      ASSERT_TRUE(b.span.begin >= end && b.span.begin < b.span.end &&
                  b.span.end <= static_cast<std::int32_t>(text.size()))
          << text;
      end = b.span.end;
      const std::vector<CodePoint> inside = code_points(slice(text, b));
      EXPECT_FALSE(is_white(inside.front().value) || is_white(inside.back().value)) << text;
      for (std::int32_t at = b.span.begin; at < b.span.end; ++at) ++owners[static_cast<std::size_t>(at)];

      EXPECT_LT(b.duplicate_of, static_cast<std::int32_t>(i));
      if (b.duplicate_of >= 0) {
        EXPECT_TRUE(
            equal_but_for_case(slice(text, b), slice(text, blocks[static_cast<std::size_t>(b.duplicate_of)])))
            << text;
        EXPECT_EQ(blocks[static_cast<std::size_t>(b.duplicate_of)].duplicate_of, -1) << text;
      }
      const auto first = std::ranges::find_if(
          blocks, [&](const Block& other) { return equal_but_for_case(slice(text, other), slice(text, b)); });
      const bool has_letter =
          std::ranges::any_of(slice(text, b), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
      if (has_letter && first != blocks.begin() + static_cast<std::ptrdiff_t>(i)) {
        EXPECT_EQ(b.duplicate_of, first - blocks.begin()) << text;
      }
      EXPECT_LT(b.section, static_cast<std::int32_t>(i));
      const bool is_title = b.role == Role::headline || b.role == Role::subhead;
      EXPECT_TRUE(b.level == 0 || is_title) << text;
      EXPECT_TRUE(b.level > 0 || !is_title || b.duplicate_of >= 0) << text;
      // The section is that of the last heading, of a heading that of the last higher one.
      std::int32_t section = static_cast<std::int32_t>(i) - 1;
      const auto is_above = [&](const Block& other) {
        return other.level > 0 && (b.level == 0 || other.level < b.level);
      };
      while (section >= 0 && !is_above(blocks[static_cast<std::size_t>(section)])) --section;
      EXPECT_EQ(b.section, section) << text;
    }
    for (const CodePoint& c : code_points(text)) {
      if (is_white(c.value) || (c.begin == 0 && c.value == 0xFEFF)) continue;
      for (std::int32_t at = c.begin; at < c.end; ++at)
        ASSERT_EQ(owners[static_cast<std::size_t>(at)], 1) << text;
    }
  }
}

TEST(Blocks, Errors) {
  EXPECT_EQ(expect_error(ErrorKind::invalid_text, "byte 5", [] { find_blocks("fine \xC3("); }), 5);
  std::stop_source source;
  source.request_stop();
  expect_error(ErrorKind::cancelled, "", [&] { find_blocks("text", {.stop = source.get_token()}); });
}

TEST(Blocks, NothingInBlankText) {
  for (const std::string_view text : {"", " ", "\n\n\r\n", "\u3000\u2028\t", "\uFEFF", "\uFEFF \n"})
    EXPECT_TRUE(find_blocks(text).empty());
}

}  // namespace
}  // namespace nutgraf::test
