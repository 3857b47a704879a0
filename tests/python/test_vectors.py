"""TF-IDF: the numbers of scikit-learn, memory without copies, files."""

import copy
import os
import pickle
import re
import warnings

import numpy as np
import pytest
import sklearn.base
from conftest import ROOT, nasty_texts, overwrite_freed_memory, settled_text, texts_of
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer as CountPeer
from sklearn.feature_extraction.text import TfidfTransformer as TransformerPeer
from sklearn.feature_extraction.text import TfidfVectorizer as Peer

import nutgraf
from nutgraf import _core, _vectors

TEXTS = ['The harbour closed.', 'The ships waited outside the harbour.', 'Stra\xdfe \U0001d518\U0001d52b_1']

# A few words that meet again and again, so that counts and document frequencies vary.
WORDS = ['harbour', 'Ships ', ' the ', 'THE ', 'x ', ' 42 ', '\u0130', '\u0391\u03a3 ', '\u03a3 ']
corpora = st.lists(texts_of(st.sampled_from(WORDS)) | nasty_texts | settled_text, max_size=6)
parameters = st.fixed_dictionaries(
    {
        'norm': st.sampled_from(['l1', 'l2', None]),
        'use_idf': st.booleans(),
        'smooth_idf': st.booleans(),
        'sublinear_tf': st.booleans(),
        'lowercase': st.booleans(),
        'stop_words': st.sampled_from([None, ['the'], ['the', 'THE', 'harbour', '42', 'a b']]),
        'dtype': st.sampled_from([np.float64, np.float32]),
    }
)


def quietly(call, *arguments):
    """scikit-learn warns of stop words that are no tokens; here they are meant."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', UserWarning)
        return call(*arguments)


def assert_same_rows(ours, theirs):
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype
    theirs.sort_indices()  # ours are sorted
    np.testing.assert_array_equal(ours.indptr, theirs.indptr)
    np.testing.assert_array_equal(ours.indices, theirs.indices)
    tolerance = 1e-12 if ours.dtype == np.float64 else 1e-6
    np.testing.assert_allclose(ours.data, theirs.data, rtol=tolerance, atol=tolerance)


@given(corpora, corpora, parameters)
def test_equals_scikit_learn(texts, unseen, given_parameters):
    ours, theirs = nutgraf.TfidfVectorizer(**given_parameters), Peer(**given_parameters)
    try:
        expected = quietly(theirs.fit_transform, texts)
    except ValueError:  # an empty vocabulary
        with pytest.raises(nutgraf.NutgrafError, match='no term'):
            ours.fit(texts)
        return
    assert_same_rows(ours.fit_transform(texts), expected)
    assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
    assert ours.vocabulary_ == theirs.vocabulary_
    if given_parameters['use_idf']:
        np.testing.assert_allclose(ours.idf_, theirs.idf_, rtol=1e-6)
    assert_same_rows(ours.transform(texts), expected)
    if unseen:
        assert_same_rows(ours.transform(unseen), theirs.transform(unseen))


# Terms of several shapes, accents, white space of Python alone.
PIECES = [
    'harbour',
    'Ships',
    "l'\xe9t\xe9",
    '\xc5ngstr\xf6m',
    'e\u0301',
    '\ufb01n',
    '\x1c',
    '\n',
    '  ',
    '\t ',
    'x',
    '42',
    '\u4e2d\u6587',
    '.',
]
wide_corpora = st.lists(
    texts_of(st.sampled_from(PIECES) | st.just(' ')) | nasty_texts | settled_text, min_size=1, max_size=6
)
ngram_ranges = st.tuples(st.integers(1, 3), st.integers(0, 2)).map(lambda pair: (pair[0], sum(pair)))
count_parameters = st.fixed_dictionaries(
    {
        'analyzer': st.sampled_from(['word', 'char', 'char_wb']),
        'ngram_range': ngram_ranges,
        'strip_accents': st.sampled_from([None, 'ascii', 'unicode']),
        'lowercase': st.booleans(),
        'binary': st.booleans(),
        'min_df': st.sampled_from([1, 2, 0.0, 0.3]),
        'max_df': st.sampled_from([1.0, 0.7, 3, 2]),
        'dtype': st.sampled_from([np.int64, np.int32, np.float64, np.int8]),
    }
)


def same_failure(ours, theirs, texts):
    """Whether scikit-learn refuses the texts; then so must we."""
    try:
        quietly(theirs.fit, texts)
    except ValueError:
        with pytest.raises(nutgraf.NutgrafError):
            ours.fit(texts)
        return True
    return False


@given(wide_corpora, wide_corpora, count_parameters)
def test_counts_equal_scikit_learn(texts, unseen, given_parameters):
    ours, theirs = nutgraf.CountVectorizer(**given_parameters), CountPeer(**given_parameters)
    if same_failure(ours, theirs, texts):
        return
    assert_same_rows(ours.fit_transform(texts), theirs.fit_transform(texts))
    assert ours.vocabulary_ == theirs.vocabulary_
    assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
    assert_same_rows(ours.transform(unseen), theirs.transform(unseen))
    back = zip(
        ours.inverse_transform(ours.transform(texts)), theirs.inverse_transform(theirs.transform(texts)), strict=True
    )
    # numpy takes NULs off the ends of scikit-learn's strings.
    assert all(sorted(t.rstrip('\0') for t in a) == sorted(b.tolist()) for a, b in back)


@given(wide_corpora, count_parameters)
def test_python_finds_the_terms_that_the_core_finds(texts, given_parameters):
    ours, theirs = nutgraf.CountVectorizer(**given_parameters), CountPeer(**given_parameters)
    assert [ours.build_analyzer()(text) for text in texts] == [theirs.build_analyzer()(text) for text in texts]
    # A tokenizer of one's own takes the way through Python.
    by_python = nutgraf.CountVectorizer(**given_parameters, preprocessor=ours.build_preprocessor())
    try:
        expected = ours.fit_transform(texts)
    except nutgraf.NutgrafError:
        return
    assert_same_rows(by_python.fit_transform(texts), expected)


@given(wide_corpora, st.integers(1, 5))
def test_max_features_are_the_most_frequent(texts, limit):
    every = nutgraf.CountVectorizer(token_pattern=r'\w+')
    try:
        total = every.fit_transform(texts).sum(axis=0).A1
    except nutgraf.NutgrafError:
        return
    terms = every.get_feature_names_out().tolist()
    expected = sorted(sorted(terms, key=lambda term: (-total[terms.index(term)], term))[:limit])
    ours = nutgraf.CountVectorizer(token_pattern=r'\w+', max_features=limit).fit(texts)
    assert ours.get_feature_names_out().tolist() == expected


@pytest.mark.parametrize(
    'vocabulary', [['ships', 'harbour', 'absent'], {'ships': 1, 'harbour': 0}, {'ships', 'harbour'}]
)
@pytest.mark.parametrize('pair', [(nutgraf.CountVectorizer, CountPeer), (nutgraf.TfidfVectorizer, Peer)])
def test_vocabulary_that_is_given(vocabulary, pair):
    ours, theirs = pair[0](vocabulary=vocabulary), pair[1](vocabulary=vocabulary)
    assert_same_rows(ours.fit_transform(TEXTS), theirs.fit_transform(TEXTS))
    assert ours.vocabulary_ == theirs.vocabulary_
    assert ours.fixed_vocabulary_
    assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
    if pair[0] is nutgraf.CountVectorizer:
        assert_same_rows(nutgraf.CountVectorizer(vocabulary=vocabulary).transform(TEXTS), theirs.transform(TEXTS))
    else:
        np.testing.assert_allclose(ours.idf_, theirs.idf_, rtol=1e-6)


def test_vocabulary_of_any_iterable():
    expected = CountPeer(vocabulary=['ships', 'harbour']).fit_transform(TEXTS)
    for make in (iter, tuple, np.array):
        vectorizer = nutgraf.CountVectorizer(vocabulary=make(['ships', 'harbour']))
        assert_same_rows(vectorizer.transform(TEXTS), expected)
        assert_same_rows(vectorizer.fit_transform(TEXTS), expected)
        assert_same_rows(vectorizer.transform(TEXTS), expected)


def test_a_fit_reads_the_vocabulary_anew():
    vocabulary = ['ships']
    vectorizer = nutgraf.CountVectorizer(vocabulary=vocabulary)
    assert vectorizer.fit(TEXTS).vocabulary_ == {'ships': 0}
    vocabulary.insert(0, 'harbour')
    assert vectorizer.vocabulary_ == {'ships': 0}
    assert vectorizer.fit(TEXTS).vocabulary_ == {'harbour': 0, 'ships': 1}
    assert vectorizer.set_params(vocabulary=None).fit(['the harbour']).vocabulary_ == {'harbour': 0, 'the': 1}


def test_columns_of_a_given_vocabulary_are_kept(tmp_path):
    vectorizer = nutgraf.TfidfVectorizer(vocabulary=['ships', 'harbour', 'absent']).fit(TEXTS)
    vectorizer.save(tmp_path / 'model')
    for other in (nutgraf.TfidfVectorizer.load(tmp_path / 'model'), pickle.loads(pickle.dumps(vectorizer))):
        assert other.vocabulary_ == vectorizer.vocabulary_
        assert_same_rows(other.transform(TEXTS), vectorizer.transform(TEXTS))
        np.testing.assert_array_equal(other.idf_, vectorizer.idf_)


@pytest.mark.parametrize(
    'given_parameters',
    [
        {'tokenizer': str.split, 'token_pattern': None},
        {'token_pattern': r'[a-z]+'},
        {'token_pattern': r'(\w)\w+'},
        {'preprocessor': str.upper},
        {'strip_accents': lambda text: text.replace('a', 'b')},
        {'analyzer': lambda text: text.lower().split('e')},
        {'stop_words': ['the'], 'ngram_range': (2, 3), 'tokenizer': str.split, 'token_pattern': None},
    ],
)
def test_callables_and_patterns_of_ones_own(given_parameters):
    ours, theirs = nutgraf.CountVectorizer(**given_parameters), CountPeer(**given_parameters)
    assert_same_rows(ours.fit_transform(TEXTS), theirs.fit_transform(TEXTS))
    assert ours.vocabulary_ == theirs.vocabulary_


def test_bytes_and_files(tmp_path):
    expected = nutgraf.CountVectorizer().fit_transform(TEXTS)
    as_bytes = [text.encode('utf-16') for text in TEXTS]
    assert_same_rows(nutgraf.CountVectorizer(encoding='utf-16').fit_transform(as_bytes), expected)
    paths = [tmp_path / f'{i}.txt' for i in range(len(TEXTS))]
    for path, text in zip(paths, TEXTS, strict=True):
        path.write_text(text, encoding='utf-8')
    assert_same_rows(nutgraf.CountVectorizer(input='filename').fit_transform(paths), expected)
    files = [path.open('rb') for path in paths]
    assert_same_rows(nutgraf.CountVectorizer(input='file').fit_transform(files), expected)
    for file in files:
        file.close()


@pytest.mark.parametrize(
    ('wrong', 'message'),
    [
        ({'ngram_range': (2, 1)}, 'ngram_range'),
        ({'ngram_range': (0, 1)}, 'ngram_range'),
        ({'analyzer': 'words'}, "analyzer is 'words'"),
        ({'strip_accents': 'all'}, "strip_accents is 'all'"),
        ({'min_df': 1.5}, 'min_df is 1.5'),
        ({'max_df': 0}, None),
        ({'min_df': 3, 'max_df': 2}, 'max_df corresponds to fewer'),
        ({'max_features': 0}, 'max_features is 0'),
        ({'vocabulary': []}, 'vocabulary is empty'),
        ({'vocabulary': ['a', 'a']}, 'a term twice'),
        ({'vocabulary': {'a': 0, 'b': 2}}, 'each once'),
        ({'input': 'url'}, "input is 'url'"),
        ({'token_pattern': r'(\w)(\w)'}, 'more than one capturing group'),
        ({'token_pattern': None}, 'token_pattern is None'),
    ],
)
def test_wrong_parameters_of_counts(wrong, message):
    with pytest.raises(nutgraf.NutgrafError, match=message):
        nutgraf.CountVectorizer(**wrong).fit(TEXTS)


transformer_parameters = st.fixed_dictionaries(
    {
        'norm': st.sampled_from(['l1', 'l2', None]),
        'use_idf': st.booleans(),
        'smooth_idf': st.just(True),
        'sublinear_tf': st.booleans(),
    }
)


@given(wide_corpora, wide_corpora, transformer_parameters, st.sampled_from([np.int64, np.float32]))
def test_transformer_equals_scikit_learn(texts, unseen, given_parameters, dtype):
    vectorizer = nutgraf.CountVectorizer(dtype=dtype, analyzer='char')
    try:
        counts = vectorizer.fit_transform(texts)
    except nutgraf.NutgrafError:
        return
    before = counts.copy()
    ours, theirs = nutgraf.TfidfTransformer(**given_parameters), TransformerPeer(**given_parameters)
    assert_same_rows(ours.fit_transform(counts), theirs.fit_transform(counts))
    assert_same_rows(counts, before)
    assert_same_rows(ours.transform(vectorizer.transform(unseen)), theirs.transform(vectorizer.transform(unseen)))
    assert sklearn.base.clone(ours).get_params() == ours.get_params()


def test_transformer_that_does_not_fit():
    counts = nutgraf.CountVectorizer().fit_transform(TEXTS)
    with pytest.raises(nutgraf.NutgrafError, match='not fitted'):
        nutgraf.TfidfTransformer().transform(counts)
    with pytest.raises(nutgraf.NutgrafError, match='columns'):
        nutgraf.TfidfTransformer().fit(counts).transform(counts[:, :2])
    with pytest.raises(nutgraf.NutgrafError, match="norm is 'max'"):
        nutgraf.TfidfTransformer(norm='max').fit_transform(counts)
    assert repr(nutgraf.TfidfTransformer(norm='l1')) == "TfidfTransformer(norm='l1')"
    for wrong in (0.0, -1.0):
        with pytest.raises(nutgraf.NutgrafError, match=r'row 1, column 0 is .*; sublinear_tf takes counts above 0'):
            nutgraf.TfidfTransformer(sublinear_tf=True).fit_transform(csr_matrix(([2, wrong], [1, 0], [0, 1, 2])))
    forged = csr_matrix(counts, copy=True)
    forged.indices[3] = 99
    with pytest.raises(nutgraf.NutgrafError, match='column 99'):
        nutgraf.TfidfTransformer().fit(counts).transform(forged)


def test_what_estimators_take():
    assert nutgraf.TfidfVectorizer().__sklearn_tags__().input_tags.string
    tags = nutgraf.TfidfTransformer().__sklearn_tags__().input_tags
    assert (tags.string, tags.two_d_array, tags.sparse) == (False, True, True)


def test_in_a_pipeline_and_a_grid_search():
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import make_pipeline

    texts = [
        'ships wait in the harbour',
        'the harbour is full of ships',
        'rain fell on the hills',
        'the hills are wet',
    ] * 5
    labels = [0, 0, 1, 1] * 5
    pipeline = make_pipeline(nutgraf.TfidfVectorizer(), LogisticRegression())
    search = GridSearchCV(pipeline, {'tfidfvectorizer__ngram_range': [(1, 1), (1, 2)]}, cv=2).fit(texts, labels)
    assert search.best_score_ == 1


def test_equals_scikit_learn_on_articles(article_text):
    doc = nutgraf.segment(article_text)
    expected = Peer().fit_transform([s.text for s in doc.sentences])
    assert_same_rows(nutgraf.TfidfVectorizer().fit_transform(doc), expected)


def test_any_iterable_of_texts():
    expected = nutgraf.TfidfVectorizer().fit_transform(TEXTS)
    for texts in (tuple(TEXTS), iter(TEXTS), np.array(TEXTS, dtype=object)):
        assert_same_rows(nutgraf.TfidfVectorizer().fit_transform(texts), expected)


def test_stop_words_of_a_language():
    vectorizer = nutgraf.TfidfVectorizer(stop_words='en').fit(TEXTS)
    assert not set(vectorizer.vocabulary_) & set(_core.stop_words('en'))
    assert {'harbour', 'ships'} <= set(vectorizer.vocabulary_)
    with pytest.raises(nutgraf.NutgrafError, match="no stop words for 'xx'; known are af, ar,"):
        nutgraf.TfidfVectorizer(stop_words='xx').fit(TEXTS)


def test_at_least_forty_languages_have_stop_words():
    assert len(_core.stop_word_languages()) >= 40
    assert set(_core.stop_word_languages()) <= set(_core.languages())
    documented = dict(
        re.findall(r'\b([a-z]{2}) (\d+)[,\n]', (ROOT / 'docs' / 'vectors.md').read_text(encoding='utf-8'))
    )
    assert documented == {lang: str(len(_core.stop_words(lang))) for lang in _core.stop_word_languages()}


@pytest.mark.parametrize('lang', _core.stop_word_languages())
def test_stop_words_of_every_language(lang):
    words = _core.stop_words(lang)
    assert words == sorted(words, key=str.encode)
    assert words == [word.lower() for word in words]
    assert not any(c.isdigit() for word in words for c in word)
    for word in words:
        assert [w.text for w in nutgraf.segment(word, lang=lang).words] == [word]
    vectorizer = nutgraf.TfidfVectorizer(stop_words=lang, token_pattern=r'\S+').fit([f'{" ".join(words)} nutgraf'])
    assert list(vectorizer.vocabulary_) == ['nutgraf']


@pytest.mark.parametrize(
    ('lang', 'text', 'rest'),
    [
        (
            'pl',
            'Most, który zbudowano po wojnie, nie jest już zamknięty.',
            {'most', 'zbudowano', 'wojnie', 'zamknięty'},
        ),
        ('el', 'Το νερό της λίμνης είναι κρύο.', {'νερό', 'λίμνης', 'κρύο'}),
        ('de', 'Alle kamen, außer dem Bäcker.', {'kamen', 'bäcker'}),
        ('hy', 'Հացը և ջուրը', {'հացը', 'ջուրը'}),
    ],
)
def test_stop_words_are_compared_as_they_are_written(lang, text, rest):
    assert set(nutgraf.TfidfVectorizer(stop_words=lang).fit([text]).vocabulary_) == rest


def test_stop_words_are_what_the_reader_corrected():
    corrections = (ROOT / 'tools' / 'stop_word_corrections.txt').read_text(encoding='utf-8').splitlines()
    for line in corrections:
        if not line.startswith('#'):
            lang, changes = line.split('\t')
            words = set(_core.stop_words(lang))
            for change in changes.split():
                assert (change[1:] in words) == (change[0] == '+'), (lang, change)


def root_of(array):
    """What owns an array's memory in the end."""
    while isinstance(array, np.ndarray):
        array = array.base
    return array


@pytest.mark.parametrize('dtype', [np.float64, np.float32])
@pytest.mark.parametrize('step', ['fit_transform', 'transform'])
def test_matrix_lies_over_the_memory_of_the_core(monkeypatch, dtype, step):
    handed_over = []

    def spy(arrays):
        handed_over.append(arrays)
        return original(arrays)

    original = _vectors._csr
    monkeypatch.setattr(_vectors, '_csr', spy)
    matrix = getattr(nutgraf.TfidfVectorizer(dtype=dtype).fit(TEXTS), step)(TEXTS)
    data, indices, indptr, shape = handed_over[-1]
    assert matrix.shape == shape
    assert (indices.dtype, indptr.dtype, data.dtype) == (np.int32, np.int32, dtype)
    for ours, theirs in ((matrix.data, data), (matrix.indices, indices), (matrix.indptr, indptr)):
        assert ours.__array_interface__['data'][0] == theirs.__array_interface__['data'][0]
        assert np.shares_memory(ours, theirs)
        assert not theirs.flags.owndata
        assert type(root_of(ours)).__name__ == 'PyCapsule'
    assert root_of(matrix.data) is root_of(matrix.indices) is root_of(matrix.indptr)
    matrix.data *= 2  # SciPy changes matrices in place
    assert data.max() == matrix.max()


def test_matrix_outlives_all_else():
    texts = [text + ' ' for text in TEXTS]
    vectorizer = nutgraf.TfidfVectorizer()
    matrix = vectorizer.fit_transform(texts)
    expected = [matrix.data.tolist(), matrix.indices.tolist(), matrix.indptr.tolist()]
    indptr = matrix.indptr
    del vectorizer, texts
    overwrite_freed_memory(lambda: nutgraf.TfidfVectorizer().fit_transform(TEXTS))
    assert [matrix.data.tolist(), matrix.indices.tolist(), matrix.indptr.tolist()] == expected
    del matrix
    overwrite_freed_memory(lambda: nutgraf.TfidfVectorizer().fit_transform(TEXTS))
    assert indptr.tolist() == expected[2]


def test_rows_without_terms_stay_zero():
    matrix = nutgraf.TfidfVectorizer().fit_transform(['', 'harbour', '. a .'])
    assert matrix.indptr.tolist() == [0, 0, 1, 1]
    assert np.isfinite(matrix.data).all()
    assert nutgraf.TfidfVectorizer().fit(['harbour']).transform([]).shape == (0, 1)


@pytest.mark.parametrize(
    'texts', [[], [''], ['a b', '. !'], ['the', 'The']], ids=['no text', 'empty', 'single characters', 'stop words']
)
def test_no_term_at_all(texts):
    with pytest.raises(nutgraf.NutgrafError, match='no term') as caught:
        nutgraf.TfidfVectorizer(stop_words=['the']).fit(texts)
    assert caught.value.kind == 'invalid_argument'


def test_a_long_list_is_read_as_an_iterator_is():
    texts = [f'harbour {i} {"é" if i % 7 == 0 else ""} w{i % 997}' for i in range(9000)]
    expected = nutgraf.CountVectorizer(dtype=np.int32).fit_transform(iter(texts))
    for same in (texts, tuple(texts), [text.encode() for text in texts]):
        found = nutgraf.CountVectorizer(dtype=np.int32).fit_transform(same)
        assert (found != expected).nnz == 0
        assert found.shape == expected.shape
    texts[8999] = None
    with pytest.raises(nutgraf.NutgrafError, match='text 8999 is missing'):
        nutgraf.CountVectorizer().fit(texts)


@pytest.mark.parametrize('step', ['fit', 'transform', 'fit_transform'])
def test_wrong_texts_name_their_row(step):
    call = getattr(nutgraf.TfidfVectorizer().fit(TEXTS), step)
    for missing in (None, float('nan')):
        with pytest.raises(nutgraf.NutgrafError, match=f'text 1 is missing .{type(missing).__name__}.; .*skip_null'):
            call(['fine', missing])
    for wrong in (3, ['a']):
        with pytest.raises(TypeError, match=f'text 1 is no str but {type(wrong).__name__}'):
            call(['fine', wrong])
    with pytest.raises(nutgraf.NutgrafError, match=r'text 1: .*surrogate at index 2') as caught:
        call(['fine', '\U0001f600a\ud800'])
    assert (caught.value.kind, caught.value.offset) == ('invalid_text', 2)
    with pytest.raises(nutgraf.NutgrafError, match='list of texts'):
        call('one text')


def test_a_failed_fit_changes_nothing():
    vectorizer = nutgraf.TfidfVectorizer().fit(TEXTS)
    before = vectorizer.vocabulary_
    with pytest.raises(nutgraf.NutgrafError):
        vectorizer.fit([''])
    assert vectorizer.vocabulary_ == before


@pytest.mark.parametrize(
    'use',
    [
        lambda v: v.transform(TEXTS),
        lambda v: v.get_feature_names_out(),
        lambda v: v.vocabulary_,
        lambda v: v.idf_,
        lambda v: v.save('never_written'),
    ],
    ids=['transform', 'get_feature_names_out', 'vocabulary_', 'idf_', 'save'],
)
def test_not_fitted(use):
    with pytest.raises(nutgraf.NutgrafError, match='call fit first') as caught:
        use(nutgraf.TfidfVectorizer())
    assert caught.value.kind == 'not_fitted'
    assert not os.path.exists('never_written')


@pytest.mark.parametrize(('name', 'value'), [('norm', 'max'), ('norm', ''), ('dtype', np.float16)])
def test_wrong_parameters(name, value):
    with pytest.raises(nutgraf.NutgrafError, match=name) as caught:
        nutgraf.TfidfVectorizer(**{name: value}).fit(TEXTS)
    assert caught.value.kind == 'invalid_argument'


def test_parameters():
    vectorizer = nutgraf.TfidfVectorizer(norm='l1', stop_words=['the'])
    assert nutgraf.TfidfVectorizer(**vectorizer.get_params()).get_params() == vectorizer.get_params()
    assert vectorizer.set_params(norm=None, use_idf=False) is vectorizer
    assert (vectorizer.norm, vectorizer.use_idf, vectorizer.stop_words) == (None, False, ['the'])
    with pytest.raises(nutgraf.NutgrafError, match="no parameter 'colour'; there are input,"):
        vectorizer.set_params(colour=2)
    assert repr(vectorizer) == "TfidfVectorizer(stop_words=['the'], norm=None, use_idf=False)"
    assert repr(nutgraf.TfidfVectorizer()) == 'TfidfVectorizer()'


def test_clone():
    vectorizer = nutgraf.TfidfVectorizer(norm='l1', stop_words=['the'], dtype=np.float32).fit(TEXTS)
    clone = sklearn.base.clone(vectorizer)
    assert clone.get_params() == vectorizer.get_params()
    with pytest.raises(nutgraf.NutgrafError):
        clone.transform(TEXTS)


def test_parameters_set_after_the_fit_count():
    vectorizer = nutgraf.TfidfVectorizer().fit(TEXTS).set_params(norm=None, smooth_idf=False)
    assert_same_rows(vectorizer.transform(TEXTS), Peer(norm=None, smooth_idf=False).fit_transform(TEXTS))


@given(corpora.filter(lambda texts: 'harbour' in ''.join(texts)), parameters)
def test_pickle_and_copy(texts, given_parameters):
    vectorizer = nutgraf.TfidfVectorizer(**{**given_parameters, 'stop_words': None}).fit(texts)
    expected = vectorizer.transform(texts)
    for other in (pickle.loads(pickle.dumps(vectorizer)), copy.deepcopy(vectorizer)):
        assert other.get_params() == vectorizer.get_params()
        assert other.vocabulary_ == vectorizer.vocabulary_
        assert (other.transform(texts) != expected).nnz == 0


def test_pickle_before_the_fit():
    other = pickle.loads(pickle.dumps(nutgraf.TfidfVectorizer(norm='l1')))
    assert other.norm == 'l1'
    with pytest.raises(nutgraf.NutgrafError):
        other.transform(TEXTS)


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / 'model.nutgraf'
    nutgraf.TfidfVectorizer().fit(TEXTS).save(path)
    return path


def test_save_and_load(saved):
    fitted = nutgraf.TfidfVectorizer().fit(TEXTS)
    for path in (saved, str(saved)):
        loaded = nutgraf.TfidfVectorizer.load(path)
        assert loaded.vocabulary_ == fitted.vocabulary_
        assert (loaded.transform(TEXTS) != fitted.transform(TEXTS)).nnz == 0
    assert nutgraf.TfidfVectorizer.load(saved, norm='l1').norm == 'l1'
    loaded.save(str(saved))
    assert nutgraf.TfidfVectorizer.load(saved).vocabulary_ == fitted.vocabulary_
    assert os.listdir(saved.parent) == [saved.name]


def test_a_saved_file_has_the_rights_of_any_new_file(saved):
    other = saved.with_name('other')
    other.write_bytes(b'')
    assert saved.stat().st_mode == other.stat().st_mode


def load_bytes(path, content):
    path.write_bytes(content)
    return nutgraf.TfidfVectorizer.load(path)


def test_truncated_files(saved):
    content = saved.read_bytes()
    for size in range(len(content)):
        with pytest.raises(nutgraf.NutgrafError) as caught:
            load_bytes(saved, content[:size])
        assert caught.value.kind == 'corrupt_file'
    with pytest.raises(nutgraf.NutgrafError) as caught:
        load_bytes(saved, content + b'\0')
    assert caught.value.kind == 'corrupt_file'


@pytest.mark.parametrize('bits', [0x01, 0x80, 0xFF])
def test_altered_files(saved, bits):
    content = saved.read_bytes()
    version = range(8, 12)  # behind the magic
    for place in range(len(content)):
        altered = bytearray(content)
        altered[place] ^= bits
        with pytest.raises(nutgraf.NutgrafError) as caught:
            load_bytes(saved, altered)
        is_newer = place in version and int.from_bytes(altered[8:12], 'little') > 1
        assert caught.value.kind == ('newer_file' if is_newer else 'corrupt_file')


@given(st.binary(max_size=80))
def test_any_bytes_are_no_model(content):
    for given_bytes in (content, b'nutgraf\x1a' + content):
        with pytest.raises(nutgraf.NutgrafError) as caught:
            _core.TfidfModel.from_bytes(given_bytes)
        assert caught.value.kind in ('corrupt_file', 'newer_file')


def test_no_file(tmp_path):
    with pytest.raises(FileNotFoundError, match='nowhere'):
        nutgraf.TfidfVectorizer.load(tmp_path / 'nowhere')
    with pytest.raises(OSError):
        nutgraf.TfidfVectorizer.load(tmp_path)
    with pytest.raises(OSError):
        nutgraf.TfidfVectorizer().fit(TEXTS).save(tmp_path / 'nowhere' / 'model')


@pytest.mark.parametrize('name', ['replace', 'fsync'])
def test_a_failed_save_leaves_the_old_file(monkeypatch, saved, name):
    def fail(*_):
        raise OSError('no space left')

    content = saved.read_bytes()
    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match='no space left'):
        nutgraf.TfidfVectorizer().fit(['something else']).save(saved)
    assert saved.read_bytes() == content
    assert os.listdir(saved.parent) == [saved.name]
