#!/usr/bin/env python3
"""Turns the word lists of a folder into one C++ source of constant tables.

usage: embed_data.py FOLDER OUTPUT.cpp

Every FOLDER/a/b.txt becomes the lines of data_lines("a/b"), in file order, without comments (#) and empty lines; every
FOLDER/a/b.bin becomes data_bytes("a/b").
"""

import pathlib
import sys


def literal(text):
    """A C++ string literal with the UTF-8 bytes of a text."""
    # An octal escape ends after three digits, so what follows cannot lengthen it.
    shown = (chr(b) if 32 <= b < 127 and b not in b'"\\?' else f'\\{b:03o}' for b in text.encode())
    return '"' + ''.join(shown) + '"'


def byte_rows(data):
    """The bytes as numbers; string literals may not be this long."""
    return [','.join(map(str, data[at : at + 64])) + ',' for at in range(0, len(data), 64)] or ['0']


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
    binaries = {p.relative_to(folder).with_suffix('').as_posix(): p.read_bytes() for p in sorted(folder.rglob('*.bin'))}
    for number, content in enumerate(binaries.values()):
        out += [f'constexpr unsigned char bytes_{number}[] = {{', *byte_rows(content), '};']
    out += ['}  // namespace', '', 'std::span<const std::string_view> data_lines(std::string_view file) noexcept {']
    out += [f'  if (file == {literal(name)}) return table_{number};' for number, name in enumerate(files)]
    out += ['  return {};', '}', '', 'std::string_view data_bytes([[maybe_unused]] std::string_view file) noexcept {']
    for number, (name, content) in enumerate(binaries.items()):
        view = f'{{reinterpret_cast<const char*>(bytes_{number}), {len(content)}}}'
        out.append(f'  if (file == {literal(name)}) return {view};')
    out += ['  return {};', '}', '', 'std::span<const std::string_view> data_names() noexcept {']
    out.append('  static constexpr std::string_view names[] = {' + ',\n      '.join(map(literal, files)) + '};')
    out += ['  return names;', '}', '', '}  // namespace nutgraf', '']
    return '\n'.join(out)


if __name__ == '__main__':
    _, folder, output = sys.argv
    pathlib.Path(output).write_text(source(pathlib.Path(folder)), 'utf8')
