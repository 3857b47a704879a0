#!/usr/bin/env python3
"""Turns the word lists of a folder into one C++ source of constant tables.

usage: embed_data.py FOLDER OUTPUT.cpp

Every FOLDER/a/b.txt becomes the lines of data_lines("a/b"), in file order, without comments (#) and empty lines.
"""

import pathlib
import sys


def literal(text):
    """A C++ string literal with the UTF-8 bytes of a text."""
    # An octal escape ends after three digits, so what follows cannot lengthen it.
    return '"' + ''.join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else f'\\{b:03o}' for b in text.encode()) + '"'


def source(folder):
    files = {
        p.relative_to(folder).with_suffix('').as_posix(): p.read_text('utf8') for p in sorted(folder.rglob('*.txt'))
    }
    out = [
        '// Made by tools/embed_data.py.',
        '#include "support/data_tables.h"',
        '',
        'namespace nutgraf {',
        'namespace {',
    ]
    for number, content in enumerate(files.values()):
        lines = [line for line in content.split('\n') if line.strip() and not line.startswith('#')]
        out.append(f'constexpr std::string_view table_{number}[] = {{' + ',\n    '.join(map(literal, lines)) + '};')
    out += ['}  // namespace', '', 'std::span<const std::string_view> data_lines(std::string_view file) noexcept {']
    out += [f'  if (file == {literal(name)}) return table_{number};' for number, name in enumerate(files)]
    out += ['  return {};', '}', '', '}  // namespace nutgraf', '']
    return '\n'.join(out)


if __name__ == '__main__':
    _, folder, output = sys.argv
    pathlib.Path(output).write_text(source(pathlib.Path(folder)), 'utf8')
