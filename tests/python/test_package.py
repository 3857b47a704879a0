"""The package as it is installed."""

import ast
import doctest
import importlib.metadata
import importlib.resources
import inspect
import json
import re
import subprocess
import sys

import pytest
from conftest import ROOT

import nutgraf
from nutgraf import _core, _keyphrases, _salience, _segment, _summarize, _vectors

MODULES = (nutgraf, _segment, _keyphrases, _salience, _summarize, _vectors)


def test_import_is_light():
    code = 'import json, sys, nutgraf; print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))'
    loaded = json.loads(subprocess.run([sys.executable, '-c', code], capture_output=True, check=True).stdout)
    assert 'numpy' in loaded
    assert not {'scipy', 'pandas', 'polars', 'pyarrow', 'sklearn', 'tqdm'} & set(loaded)


def test_vectors_without_scipy():
    code = (
        "import sys; sys.modules['scipy'] = sys.modules['scipy.sparse'] = None; import nutgraf\n"
        "assert nutgraf.summarize('The harbour closed.').text\n"
        "try: nutgraf.TfidfVectorizer().fit_transform(['The harbour closed.'])\n"
        'except ImportError as error: print(error)'
    )
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True)
    assert done.stdout == 'sparse matrices need scipy: pip install nutgraf[vectors]\n'


def test_version():
    cmake = (ROOT / 'CMakeLists.txt').read_text(encoding='utf-8')
    assert nutgraf.__version__ == re.search(r'project\(nutgraf VERSION ([0-9.]+)', cmake)[1]
    assert nutgraf.__version__ == importlib.metadata.version('nutgraf')


def test_types_are_installed():
    installed = importlib.resources.files('nutgraf')
    assert (installed / 'py.typed').is_file()
    assert (installed / '_core.pyi').read_text(encoding='utf-8') == (
        ROOT / 'python' / 'nutgraf' / '_core.pyi'
    ).read_text(encoding='utf-8')


def test_requirements():
    requirements = importlib.metadata.requires('nutgraf')
    assert [r for r in requirements if 'extra' not in r] == ['numpy>=1.23']


@pytest.mark.parametrize('module', MODULES, ids=lambda module: module.__name__)
def test_doctests(module):
    result = doctest.testmod(module, raise_on_error=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_names():
    assert all(hasattr(nutgraf, name) for name in nutgraf.__all__)
    public = {name for name in vars(nutgraf) if not name.startswith('_')}
    assert public == set(nutgraf.__all__) - {'__version__'}


FUNCTIONS = [value for name in nutgraf.__all__ if inspect.isfunction(value := getattr(nutgraf, name))]
CLASSES = [value for name in nutgraf.__all__ if inspect.isclass(value := getattr(nutgraf, name))]


def sections_of(docstring):
    return re.findall(r'^([A-Z]\w+)\n-+$', inspect.cleandoc(docstring), re.MULTILINE)


@pytest.mark.parametrize('function', FUNCTIONS, ids=lambda function: function.__name__)
def test_docstrings_of_functions(function):
    sections = sections_of(function.__doc__)
    assert {'Parameters', 'Returns', 'Examples'} <= set(sections)
    order = ['Parameters', 'Returns', 'Raises', 'Notes', 'Examples']
    assert sections == [section for section in order if section in sections]
    assert '>>> import nutgraf' in function.__doc__
    documented = re.findall(r'^    (\w+(?:, \w+)*)(?: : .*)?$', function.__doc__.split('Returns')[0], re.MULTILINE)
    names = [name for line in documented for name in line.split(', ')]
    assert [name for name in inspect.signature(function).parameters if name not in names] == []


@pytest.mark.parametrize('cls', CLASSES, ids=lambda cls: cls.__name__)
def test_docstrings_of_classes(cls):
    assert len(cls.__doc__) > 30
    for name, member in vars(cls).items():
        if not name.startswith('_') and not name.endswith('_') and (callable(member) or isinstance(member, property)):
            assert member.__doc__, f'{cls.__name__}.{name}'


@pytest.mark.parametrize('vectorizer', [nutgraf.CountVectorizer, nutgraf.TfidfVectorizer])
def test_docstring_of_a_vectorizer(vectorizer):
    assert sections_of(vectorizer.__doc__) == ['Parameters', 'Attributes', 'Notes', 'Examples']
    parameters = vectorizer.__doc__.split('Attributes')[0]
    lines = re.findall(r'^    (\w+(?:, \w+)*)(?: : .*)?$', parameters.split('----------')[1], re.MULTILINE)
    assert sorted(', '.join(lines).split(', ')) == sorted(vectorizer().get_params())


def test_docstring_of_the_error():
    assert set(sections_of(nutgraf.NutgrafError.__doc__)) == {'Attributes'}


def signatures_of_the_stub():
    """Each function of the stub with the names of its parameters."""
    tree = ast.parse((ROOT / 'python' / 'nutgraf' / '_core.pyi').read_text(encoding='utf-8'))
    for parent, body in [('', tree.body), *((n.name, n.body) for n in tree.body if isinstance(n, ast.ClassDef))]:
        for node in body:
            if not isinstance(node, ast.FunctionDef) or parent.startswith('_') or node.name.startswith('_'):
                continue
            is_property = any(isinstance(d, ast.Name) and d.id == 'property' for d in node.decorator_list)
            arguments = node.args
            if not is_property:
                names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
                yield parent, node.name, names


@pytest.mark.parametrize(('parent', 'name', 'parameters'), list(signatures_of_the_stub()))
def test_stub_has_the_parameters_of_the_core(parent, name, parameters):
    """The core has no signatures that a checker could read, only the first line of its docstrings."""
    signature = getattr(getattr(_core, parent) if parent else _core, name).__doc__.splitlines()[0]
    inner = re.sub(r'\[[^\[\]]*\]', '', re.sub(r'\[[^\[\]]*\]', '', signature[: signature.index(') -> ')]))
    found = [part.split(':')[0].strip() for part in inner.split('(', 1)[1].split(',')]
    assert [f for f in found if f not in ('', '*', '/')] == parameters
