"""The scoreboard as one HTML page: its tables, and plots of what they say."""

import html
import io

import markdown
import matplotlib as mpl
from matplotlib import pyplot as plt

# Systems whose places are drawn.
PLACED = ('default', 'lead', 'lexrank', 'oracle')
OURS, OTHERS = '#2f7d4f', '#8a8f98'
STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:72em;margin:2em auto;padding:0 1em;color:#1d1f23;background:#fff}
table{border-collapse:collapse;font-size:13px;margin:1em 0}
th,td{padding:.15em .6em;text-align:right;border-bottom:1px solid #e3e5e8}
th:nth-child(1),td:nth-child(1),th:nth-child(3),td:nth-child(3){text-align:left}
details{margin:1em 0} summary{cursor:pointer} svg{max-width:100%;height:auto}
"""


def page(lines, records):
    """The page of the lines of the scoreboard and the records of its summaries."""
    parts = []
    for section in '\n'.join(lines).split('\n## '):
        title, _, body = section.partition('\n')
        title = title.removeprefix('# ')
        table = markdown.markdown(body, extensions=['tables'])
        parts.append(f'<h2>{html.escape(title)}</h2>')
        here = [r for r in records if r.section == title]
        if here:
            parts.append(gains(here))
            parts.append(places(here))
            table = f'<details><summary>All figures</summary>{table}</details>'
        parts.append(table)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>nutgraf: scoreboard</title>'
        f'<style>{STYLE}</style></head><body>\n' + '\n'.join(parts) + '\n</body></html>\n'
    )


def gains(records):
    """For each set, what each system gains over the first sentences, with its interval."""
    sets = list(dict.fromkeys(r.set for r in records))
    most = max(sum(r.set == name for r in records) for name in sets)
    columns = min(3, len(sets))
    rows = -(-len(sets) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(5.2 * columns, (0.18 * most + 0.9) * rows), squeeze=False)
    for axis in axes.flat:
        axis.set_visible(False)
    for axis, name in zip(axes.flat, sets, strict=False):
        axis.set_visible(True)
        some = sorted((r for r in records if r.set == name), key=lambda r: r.gain)
        for y, r in enumerate(some):
            colour = OURS if r.system == 'default' else OTHERS
            axis.plot([r.low, r.high], [y, y], color=colour, linewidth=1.4)
            axis.plot([r.gain], [y], 'o', color=colour, markersize=3.5)
        axis.axvline(0, color='#c9ccd1', linewidth=0.8, zorder=0)
        axis.set_yticks(range(len(some)), [r.system for r in some], fontsize=7)
        axis.tick_params(axis='x', labelsize=7)
        axis.set_title(f'{name}: ROUGE-1 over lead', fontsize=9)
    return as_svg(figure)


def places(records):
    """For each set, in which tenth of its text what was chosen stands."""
    sets = list(dict.fromkeys(r.set for r in records))
    systems = [s for s in PLACED if any(r.system == s for r in records)]
    figure, axes = plt.subplots(len(sets), len(systems), figsize=(2.2 * len(systems), 1.1 * len(sets)), squeeze=False)
    for row, name in zip(axes, sets, strict=True):
        for axis, system in zip(row, systems, strict=True):
            axis.set_xticks([])
            axis.set_yticks([])
            axis.spines[['top', 'right', 'left']].set_visible(False)
            axis.set_ylim(0, 1)
            for r in records:
                if r.set == name and r.system == system:
                    axis.bar(range(10), r.places, color=OURS if system == 'default' else OTHERS)
            axis.set_title(f'{name}: {system}', fontsize=7)
    figure.suptitle('Where in the text the chosen sentences stand, in tenths', fontsize=9)
    return as_svg(figure)


def as_svg(figure):
    """The figure as an SVG element, the same for the same figures."""
    with mpl.rc_context({'svg.hashsalt': 'nutgraf', 'svg.fonttype': 'none', 'font.family': 'sans-serif'}):
        figure.tight_layout()
        out = io.StringIO()
        figure.savefig(out, format='svg', metadata={'Date': None})
    plt.close(figure)
    return out.getvalue()[out.getvalue().index('<svg') :]
