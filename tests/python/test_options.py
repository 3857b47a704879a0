"""The options of summarize() are the same everywhere."""

import inspect
import pathlib
import re
import subprocess
import sysconfig

import pytest
from conftest import ROOT

import nutgraf
from nutgraf import _core

OPTIONS = _core.summarize_options()
TYPES = {
    'integer': 'int | None',
    'integer or auto': "int | Literal['auto'] | None",
    'number': 'float | None',
    'text': 'str | None',
    'list': 'Sequence[str] | None',
    'flag': 'bool | None',
    'weights': 'Mapping[str, float] | None',
    'numbers': 'Sequence[float] | None',
}
_VALUES = {'integer': int, 'flag': lambda text: text == 'true'}
# What has no spelling on a command line.
OF_PYTHON = ['tokens', 'counter', 'must_include', 'exclude', 'background', 'model', 'vectors', 'query_vector']
OF_ONE_TEXT = ['must_include', 'exclude', 'vectors', 'query_vector']


def keywords_of(function):
    """The names, annotations and defaults of what is given by keyword only."""
    return [
        (p.name, p.annotation, p.default)
        for p in inspect.signature(function).parameters.values()
        if p.kind is inspect.Parameter.KEYWORD_ONLY
    ]


def keywords_of_the_core():
    def value(kind, default):
        return None if not default else _VALUES.get(kind, str)(default)

    return [
        (name, TYPES[kind].removesuffix(' | None') if default else TYPES[kind], value(kind, default))
        for name, kind, default, _ in OPTIONS
    ]


def test_names():
    assert [name for name, *_ in OPTIONS] == [
        'sentences', 'words', 'chars', 'bytes', 'ratio', 'seconds', 'method', 'strategy', 'query', 'lang', 'roles',
        'min_length', 'max_length', 'headings', 'role_weights', 'position_weights',
    ]  # fmt: skip
    assert all(help for *_, help in OPTIONS)


def test_summarize():
    keywords = keywords_of(nutgraf.summarize)
    assert keywords[: len(OPTIONS)] == keywords_of_the_core()
    assert [name for name, *_ in keywords[len(OPTIONS) :]] == OF_PYTHON


def test_summarize_many():
    assert keywords_of(nutgraf.summarize_many)[: len(OPTIONS)] == keywords_of_the_core()


@pytest.mark.parametrize('function', [nutgraf.summarize, nutgraf.summarize_many])
def test_only_the_texts_go_by_place(function):
    first, *others = inspect.signature(function).parameters.values()
    assert first.name in ('text', 'texts')
    assert {p.kind for p in others} == {inspect.Parameter.KEYWORD_ONLY}


def test_docstrings():
    for name, *_ in OPTIONS:
        assert re.search(rf'^    (\w+, )*{name}(, \w+)*\b.*$', nutgraf.summarize.__doc__, re.MULTILINE)
        assert re.search(rf'\b{name}\b', nutgraf.summarize_many.__doc__)
    for name in OF_PYTHON:
        assert re.search(rf'^    (\w+, )*{name}(, \w+)* : ', nutgraf.summarize.__doc__, re.MULTILINE)
    shared = [name for name in OF_PYTHON if name not in OF_ONE_TEXT]
    others = [name for name, *_ in keywords_of(nutgraf.summarize_many)[len(OPTIONS) :]]
    assert others[: len(shared)] == shared
    for name in others[len(shared) :]:
        assert re.search(rf'^    {name} : ', nutgraf.summarize_many.__doc__, re.MULTILINE)


def test_methods_and_roles_are_named():
    help_of = {name: help for name, *_, help in OPTIONS}
    assert help_of['method'].endswith(', '.join(nutgraf.METHODS))
    for method in nutgraf.METHODS[1:]:
        assert f"'{method}'" in nutgraf.salience.__doc__


def test_command_line():
    program = pathlib.Path(sysconfig.get_path('scripts')) / 'nutgraf'
    lines = subprocess.run([program, '--help'], capture_output=True, text=True, check=True).stdout.splitlines()
    for name, kind, default, help in OPTIONS:
        (line,) = [line for line in lines if line.split()[:1] == ['--' + name.replace('_', '-')]]
        assert line.endswith(f'{help} (default: {default})' if default and kind != 'flag' else help)


def test_documentation():
    path = ROOT / 'docs' / 'options.md'
    if not path.exists():
        pytest.skip('docs/options.md is not there')
    rows = re.findall(r'^\| *`?(\w+)`? *\|(.*?)\|(.*?)\|(.*?)\|$', path.read_text(encoding='utf-8'), re.MULTILINE)
    table = [tuple(cell.strip().strip('`') for cell in row) for row in rows]
    assert table[0] == ('name', 'type', 'default', 'meaning')
    assert table[1:] == OPTIONS
