"""Summaries as HTML and as a report."""

import html.parser

import pytest
from conftest import nasty_texts
from hypothesis import given
from hypothesis import strategies as st

import nutgraf


class Page(html.parser.HTMLParser):
    """The tags, attributes and texts of a page, by the class of the element they stand in."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.classes, self.marked, self.blocks, self.summary = [], set(), set(), [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.add(tag)
        assert set(attributes) <= {'class', 'title', 'dir'}
        assert attributes.get('dir', 'auto') in {'auto', 'ltr'}
        classes = (attributes.get('class') or '').split()
        self.classes.update(classes)
        self.open.append((tag, classes))
        if tag == 'mark':
            self.marked.append('')
        if 'ng-block' in classes:
            self.blocks.append('')
        if tag == 'p':
            self.summary.append('')

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        if 'sup' in tags or 'style' in tags or any('ng-role' in classes for _, classes in self.open):
            return
        if 'mark' in tags:
            self.marked[-1] += data
        if any('ng-block' in classes for _, classes in self.open):
            self.blocks[-1] += data
        if 'p' in tags:
            self.summary[-1] += data


@given(nasty_texts, st.integers(1, 4))
def test_html_is_well_formed_and_whole(text, sentences):
    summary = nutgraf.summarize(text, sentences=sentences)
    page = Page(summary.to_html())

    def in_html(texts):
        return [t.replace('\0', '\ufffd') for t in texts]

    assert page.open == []
    assert page.tags <= {'div', 'style', 'p', 'span', 'mark', 'sup'}
    assert page.marked == in_html(s.text for s in summary)
    assert page.blocks == in_html(b.text for b in summary.document.blocks)
    assert page.summary[: len(summary)] == in_html(map(str, summary))


def test_html_of_articles(article_text):
    summary = nutgraf.summarize(article_text)
    page = Page(summary.to_html())
    assert page.marked == [s.text for s in summary]
    assert {'ng-headline', 'ng-body', 'ng-caption', 'ng-boilerplate', 'ng-aside'} <= page.classes
    assert summary._repr_html_() == summary.to_html()


@pytest.mark.parametrize(
    'text', ['<script>alert(1)</script> closed.', '"><img src=x onerror="alert(1)">', "&amp; ' &lt;b&gt; </mark></div>"]
)
def test_nothing_of_a_text_is_markup(text):
    page = Page(nutgraf.summarize(text).to_html())
    assert page.open == []
    assert not page.tags & {'script', 'img', 'b'}
    assert ''.join(page.marked) == text


def test_html_of_nothing():
    page = Page(nutgraf.summarize('').to_html())
    assert (page.marked, page.blocks, page.summary) == ([], [], ['The text is empty.'])


def test_report(article_text):
    summary = nutgraf.summarize(article_text)
    report = summary.report()
    shown, left_out = report.split('\nLeft out\n')
    assert shown.startswith('Summary (trained_2026_11)\n')
    flat = ' '.join(left_out.split())
    assert ' '.join(shown.split()).removeprefix('Summary (trained_2026_11) ') == summary.text
    for sentence in summary.all_sentences:
        assert (str(sentence) in flat) or sentence.chosen
    for explanation in ('role caption', 'role boilerplate', 'repeats block 4 (caption)', 'less salient, rank 4'):
        assert explanation in flat
    assert max(map(len, report.splitlines())) <= 100


def test_report_says_what_is_not_as_asked():
    assert 'note: no_text' in nutgraf.summarize('').report()
    report = nutgraf.summarize('The harbour closed.', chars=3).report()
    assert 'note: budget_too_small' in report
    assert 'does not fit the budget' in report


def test_each_line_has_its_own_direction():
    summary = nutgraf.summarize('أغلقت المدينة المرفأ يوم الاثنين.')
    assert '<p dir="auto">أغلقت' in summary.to_html()
    assert '<div class="ng-block ng-body" dir="auto"><span class="ng-role" dir="ltr">body</span>' in summary.to_html()


def test_nul_has_no_place_in_html():
    assert 'The harbour\ufffd closed.' in nutgraf.summarize('The harbour\0 closed.').to_html()


def test_sources_and_dates_stand_above_their_texts():
    texts = ['The harbour closed on Monday.', 'Ships waited outside.']
    named = nutgraf.summarize_together(texts, sources=['A <b>', 'B'], dates=['2026-03-02', '2026-03-06']).to_html()
    assert named.index('A &lt;b&gt;, 2026-03-02') < named.index('B, 2026-03-06')
    assert 'text 1' in nutgraf.summarize_together(texts).to_html()
    assert 'text 0' not in nutgraf.summarize(texts[0]).to_html()
