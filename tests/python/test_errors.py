"""What goes wrong says what, where and what to do."""

import pickle

import pytest

import nutgraf
from nutgraf import _core

TEXT = 'The harbour closed. Ships waited.'


def test_class():
    assert issubclass(nutgraf.NutgrafError, ValueError)
    assert (nutgraf.NutgrafError.__module__, nutgraf.NutgrafError.__qualname__) == ('nutgraf', 'NutgrafError')
    assert nutgraf.NutgrafError is _core.NutgrafError


WRONG_CALLS = {
    'lone surrogate': (lambda: nutgraf.segment('a\ud800'), 'invalid_text', 1),
    'budget': (lambda: nutgraf.summarize(TEXT, words=0), 'invalid_argument', None),
    'method': (lambda: nutgraf.summarize(TEXT, method='best'), 'invalid_argument', None),
    'language': (lambda: nutgraf.segment(TEXT, lang='xx'), 'invalid_argument', None),
    'role': (lambda: nutgraf.summarize(TEXT, roles=['hero']), 'invalid_argument', None),
    'no role': (lambda: nutgraf.summarize(TEXT, roles=[]), 'invalid_argument', None),
    'damping': (lambda: nutgraf.salience(TEXT, damping=1), 'invalid_argument', None),
    'lang of a Document': (lambda: nutgraf.summarize(nutgraf.segment(TEXT), lang='en'), 'invalid_argument', None),
    'output': (lambda: nutgraf.summarize_many([TEXT], output='xml'), 'invalid_argument', None),
    'threads': (lambda: nutgraf.summarize_many([TEXT], threads=0), 'invalid_argument', None),
    'errors': (lambda: nutgraf.summarize_many([TEXT], errors='hide'), 'invalid_argument', None),
    'missing text': (lambda: nutgraf.summarize_many([None]), 'invalid_argument', None),
    'norm': (lambda: nutgraf.TfidfVectorizer(norm='max').fit([TEXT]), 'invalid_argument', None),
    'dtype': (lambda: nutgraf.TfidfVectorizer(dtype='float16').fit([TEXT]), 'invalid_argument', None),
    'stop words': (lambda: nutgraf.TfidfVectorizer(stop_words='xx').fit([TEXT]), 'invalid_argument', None),
    'parameter': (lambda: nutgraf.TfidfVectorizer().set_params(colour=2), 'invalid_argument', None),
    'no term': (lambda: nutgraf.TfidfVectorizer().fit(['']), 'invalid_argument', None),
    'not fitted': (lambda: nutgraf.TfidfVectorizer().transform([TEXT]), 'not_fitted', None),
    'no model': (lambda: _core.TfidfModel.from_bytes(b'something else'), 'corrupt_file', 0),
}


@pytest.mark.parametrize('name', WRONG_CALLS)
def test_every_error_has_a_kind_and_an_offset(name):
    call, kind, offset = WRONG_CALLS[name]
    with pytest.raises(nutgraf.NutgrafError) as caught:
        call()
    assert (caught.value.kind, caught.value.offset) == (kind, offset)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again)) == (nutgraf.NutgrafError, str(caught.value))
    assert (again.kind, again.offset) == (kind, offset)


@pytest.mark.parametrize('call', [nutgraf.segment, nutgraf.summarize, nutgraf.salience])
@pytest.mark.parametrize(('text', 'index'), [('\ud800', 0), ('abc\udfff', 3), ('\U0001f600\xe9 \ud83d', 3)], ids=ascii)
def test_lone_surrogates(call, text, index):
    with pytest.raises(nutgraf.NutgrafError, match=f'lone surrogate at index {index}; .*replace') as caught:
        call(text)
    assert (caught.value.kind, caught.value.offset) == ('invalid_text', index)


def test_messages_list_what_is_allowed():
    for name, known in (('method', nutgraf.METHODS), ('roles', nutgraf.ROLES), ('lang', (*_core.languages(), 'und'))):
        wrong = ['nonsense'] if name == 'roles' else 'nonsense'
        with pytest.raises(nutgraf.NutgrafError, match='nonsense') as caught:
            nutgraf.summarize(TEXT, **{name: wrong})
        assert all(word in str(caught.value) for word in known)


@pytest.mark.parametrize('name', ['sentences', 'words', 'chars'])
@pytest.mark.parametrize('value', ['3', 2.5, [3], 2**70], ids=repr)
def test_budgets_that_are_no_integers(name, value):
    with pytest.raises((TypeError, nutgraf.NutgrafError), match=name):
        nutgraf.summarize(TEXT, **{name: value})


def test_one_role_is_a_list_too():
    with pytest.raises(TypeError, match=r"roles takes a sequence of str; write \['body'\]"):
        nutgraf.summarize(TEXT, roles='body')
    with pytest.raises(TypeError):
        nutgraf.summarize(TEXT, roles=[1])


def test_positional_options():
    with pytest.raises(TypeError, match='positional'):
        nutgraf.summarize(TEXT, 3)
    with pytest.raises(TypeError, match='positional'):
        nutgraf.segment(TEXT, 'en')
    with pytest.raises(TypeError, match="unexpected keyword argument 'sentence'"):
        nutgraf.summarize(TEXT, sentence=3)


def test_a_failed_call_harms_nothing():
    doc = nutgraf.segment(TEXT)
    for options in ({'words': 0}, {'method': 'best'}, {'roles': ['hero']}):
        with pytest.raises(nutgraf.NutgrafError):
            nutgraf.summarize(doc, **options)
    assert doc == nutgraf.segment(TEXT)
    assert nutgraf.summarize(doc) == nutgraf.summarize(TEXT)
