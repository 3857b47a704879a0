"""The nutgraf program that the package installs."""

import json
import os
import pathlib
import signal
import subprocess
import sysconfig

import pytest
from conftest import ARTICLE_TEXTS, GOLDEN, wrapped

import nutgraf

PROGRAM = pathlib.Path(sysconfig.get_path('scripts')) / 'nutgraf'
TEXT = 'The harbour closed. Ships waited outside.\n\nThe harbour had silted up over the winter. Pilots left.'


def run(*arguments, stdin='', cwd=None):
    """Exit code, output and messages, all as bytes stand for them."""
    done = subprocess.run([PROGRAM, *arguments], input=stdin.encode(), capture_output=True, cwd=cwd, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def path_of(name):
    return str(GOLDEN / 'articles' / f'{name}.txt')


@pytest.mark.parametrize('name', sorted(ARTICLE_TEXTS))
def test_file(name):
    assert run('summarize', path_of(name)) == (0, f'{nutgraf.summarize(ARTICLE_TEXTS[name])}\n', '')


def test_options():
    summary = nutgraf.summarize(ARTICLE_TEXTS['election'], words=60, chars=250, method='lexrank', lang='en')
    expected = (0, f'{summary}\n', '')
    file = path_of('election')
    assert run('summarize', '--words', '60', '--chars=250', '--method=lexrank', '--lang', 'en', file) == expected
    assert run('summarize', file, '--words=60', '--chars', '250', '--method', 'lexrank', '--lang=en') == expected
    summary = nutgraf.summarize(ARTICLE_TEXTS['election'], sentences=2, roles=['caption', 'headline'])
    assert run('summarize', '--sentences', '2', '--roles', 'caption,headline', file) == (0, f'{summary}\n', '')


@pytest.mark.parametrize('files', [[], ['-']])
def test_standard_input(files):
    assert run('summarize', *files, '--sentences', '1', stdin=TEXT) == (0, 'The harbour closed.\n', '')


def test_several_files(tmp_path):
    (tmp_path / 'a').write_text('The harbour closed.')
    (tmp_path / 'b').write_text('Pilots left.')
    assert run('summarize', 'a', '-', 'b', stdin='Ships waited.', cwd=tmp_path) == (
        0,
        'The harbour closed.\nShips waited.\nPilots left.\n',
        '',
    )


def test_double_dash_ends_options(tmp_path):
    (tmp_path / '--json').write_text('The harbour closed.')
    (tmp_path / '--help').write_text('Pilots left.')
    assert run('summarize', '--', '--json', '--help', cwd=tmp_path) == (0, 'The harbour closed.\nPilots left.\n', '')


def assert_spans(found, content):
    for sentence in found['sentences']:
        assert content[sentence['begin'] : sentence['end']].decode() == sentence['text']


@pytest.mark.parametrize('every', [False, True])
@pytest.mark.parametrize('name', sorted(ARTICLE_TEXTS))
def test_json(name, every):
    code, output, messages = run('summarize', '--json', *(['--all'] if every else []), path_of(name))
    assert (code, messages) == (0, '')
    found = json.loads(output)
    summary = nutgraf.summarize(ARTICLE_TEXTS[name])
    assert_spans(found, pathlib.Path(path_of(name)).read_bytes())
    assert (found['method'], found['notes'], found['text']) == (summary.method, [], summary.text)
    assert list(found) == list(summary.to_dict())
    records = summary.records(all=every)
    assert [list(s) for s in found['sentences']] == [list(record) for record in records]
    spans = ('begin', 'end')  # bytes here, code points there
    assert [{k: v for k, v in s.items() if k not in spans} for s in found['sentences']] == [
        {k: pytest.approx(v) if k == 'salience' else v for k, v in record.items() if k not in spans}
        for record in records
    ]


NASTY = '\ufeffDer \U0001f600 "Hafen" \\ schlo\xdf\t\x01\x7f.\r\n\r\n\u2028Schiffe\u2029 <warteten> e\u0301.\r\n'


@pytest.mark.parametrize('text', ['', NASTY])
def test_json_of_any_text(text):
    code, output, messages = run('summarize', '--json', '--all', stdin=text)
    assert (code, messages) == (0, '')
    found = json.loads(output)
    assert_spans(found, text.encode())
    assert [s['text'] for s in found['sentences']] == [s.text for s in nutgraf.segment(text).sentences]
    assert found['notes'] == list(nutgraf.summarize(text).notes)


@pytest.mark.parametrize('text', [NASTY, *ARTICLE_TEXTS.values()])
def test_segment_json(text):
    code, output, messages = run('segment', '--json', stdin=text)
    assert (code, messages) == (0, '')
    found, doc, content = json.loads(output), nutgraf.segment(text), text.encode()
    assert found['lang'] == doc.lang
    for block, expected in zip(found['blocks'], doc.blocks, strict=True):
        assert content[block['begin'] : block['end']].decode() == expected.text
        assert block['role'] == expected.role
        assert block['duplicate_of'] == (-1 if expected.duplicate_of is None else expected.duplicate_of)
        assert block['section'] == (-1 if expected.section is None else expected.section)
        assert_spans(block, content)
        for sentence, expected_sentence in zip(block['sentences'], expected.sentences, strict=True):
            assert sentence['text'] == expected_sentence.text
            assert [content[begin:end].decode() for begin, end in sentence['words']] == [
                w.text for w in expected_sentence.words
            ]


def test_segment():
    assert run('segment', stdin=TEXT) == (
        0,
        'The harbour closed.\nShips waited outside.\n\nThe harbour had silted up over the winter.\nPilots left.\n',
        '',
    )
    assert run('segment', '--lang', 'de', stdin='SEOUL -- Am 3.\tOktober war Ruhe.') == (
        0,
        'SEOUL -- Am 3. Oktober war Ruhe.\n',
        '',
    )


def test_segment_folds_white_space_everywhere():
    """Also in a dateline that is broken over lines."""
    text = wrapped(ARTICLE_TEXTS['vaccine'].replace('BELFAST, N.', 'BELFAST AND LONDONDERRY, N.'), 40)
    code, output, _ = run('segment', stdin=text)
    doc = nutgraf.segment(text)
    dateline = next(s.dateline for s in doc.sentences if s.dateline)
    assert '\n' in text[slice(*dateline)]
    assert code == 0
    assert [line for line in output.split('\n') if line] == [' '.join(s.text.split()) for s in doc.sentences]


def test_report(article_text):
    assert run('summarize', '--report', stdin=article_text) == (0, nutgraf.summarize(article_text).report(), '')


def test_notes_go_to_standard_error():
    assert run('summarize') == (0, '', 'nutgraf: note: no_text\n')
    assert run('summarize', '--chars', '3', stdin=TEXT) == (0, '', 'nutgraf: note: budget_too_small\n')


def test_version_and_help():
    assert run('--version') == (0, f'nutgraf {nutgraf.__version__}\n', '')
    code, output, messages = run('--help')
    assert (code, messages) == (0, '')
    assert output == run('-h')[1] == run('summarize', '--help', '--method', 'nonsense')[1]
    for word in ('usage: nutgraf summarize', 'nutgraf segment', '--json', '--all', '--report', 'Exit status'):
        assert word in output


@pytest.mark.parametrize(
    ('arguments', 'message'),
    [
        ([], 'a command is missing: summarize, segment, evaluate or fit'),
        (['sumarize'], "unknown command 'sumarize'; the commands are summarize, segment, evaluate and fit"),
        (['summarize', '--sentence', '3'], "unknown option '--sentence' for summarize"),
        (['summarize', '-x'], "unknown option '-x' for summarize"),
        (['segment', '--sentences', '3'], "unknown option '--sentences' for segment"),
        (['segment', '--report'], "unknown option '--report' for segment"),
        (['summarize', '--words'], '--words wants a value'),
        (['summarize', '--words', 'ten'], "words is 'ten'; it must be a whole number"),
        (['summarize', '--words=1.5'], "words is '1.5'; it must be a whole number"),
        (['summarize', '--words='], "words is ''; it must be a whole number"),
        (['summarize', '--chars', '9999999999999999999'], "chars is '9999999999999999999'; it must be a whole number"),
        (['summarize', '--sentences', '0'], 'sentences is 0; a budget must be 1 or more'),
        (['summarize', '--chars=-5'], 'chars is -5; a budget must be 1 or more'),
        (
            ['summarize', '--method', 'best'],
            "unknown method 'best'; the methods are default, trained_2026_11, mix, lead",
        ),
        (['summarize', '--lang', 'xx'], "unknown language 'xx'; known are af, am"),
        (['segment', '--lang', 'xx'], "unknown language 'xx'; known are af, am"),
        (['summarize', '--roles', 'body,hero'], "unknown role 'hero'; the roles are headline"),
        (['summarize', '--roles', ''], "unknown role ''; the roles are headline"),
        (['summarize', '--all'], '--all goes with --json'),
        (['summarize', '--json', '--report'], '--report and --json exclude each other'),
    ],
)
def test_wrong_calls(arguments, message):
    code, output, messages = run(*arguments, stdin=TEXT)
    assert (code, output) == (2, '')
    assert messages.startswith(f'nutgraf: {message}')
    assert messages.endswith("\nTry 'nutgraf --help'.\n")


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / 'fine').write_text('The harbour closed.')
    (tmp_path / 'latin').write_bytes('Die H\xe4fen schlossen.'.encode('latin-1'))
    (tmp_path / 'folder').mkdir()
    code, output, messages = run('summarize', 'nowhere', 'latin', 'folder', 'fine', cwd=tmp_path)
    assert (code, output) == (1, 'The harbour closed.\n')
    missing, invalid, folder = messages.splitlines()
    assert missing == 'nutgraf: nowhere: No such file or directory'
    assert invalid.startswith('nutgraf: latin: ')
    assert '5' in invalid
    assert folder.startswith('nutgraf: folder: ')
    assert folder.endswith('Is a directory')


@pytest.mark.parametrize('command', ['summarize', 'segment'])
def test_input_that_is_no_utf8(command):
    done = subprocess.run([PROGRAM, command], input=b'fine\xff', capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, b'')
    assert done.stderr.startswith(b'nutgraf: standard input: ')
    assert b'4' in done.stderr


@pytest.mark.parametrize(
    'arguments', [['summarize', path_of('railway')], ['segment', '--json', path_of('railway')], ['--help']]
)
@pytest.mark.skipif(not os.path.exists('/dev/full'), reason='this system has no /dev/full')
def test_output_that_is_full(arguments):
    with open('/dev/full', 'wb') as full:
        done = subprocess.run([PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 1
    assert done.stderr == b'nutgraf: the output could not be written\n'


@pytest.mark.parametrize(('restore_signals', 'expected'), [(False, 1), (True, -signal.SIGPIPE)])
def test_output_that_nobody_reads(restore_signals, expected):
    """Python ignores SIGPIPE, and so does its child, unless it is restored."""
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, 'wb') as output:
        done = subprocess.run(
            [PROGRAM, 'segment', path_of('railway')],
            stdout=output,
            stderr=subprocess.PIPE,
            restore_signals=restore_signals,
            timeout=60,
        )
    assert done.returncode == expected


def test_one_summary_of_several_files(tmp_path):
    texts = {
        'monday': 'The harbour of Alder closed. Ships waited.',
        'tuesday': 'The harbour of Alder closed. A crane fell.',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    expected = nutgraf.summarize_together(texts.values(), sentences=9)
    assert run('summarize', '--together', *texts, '--sentences=9', cwd=tmp_path) == (0, f'{expected}\n', '')
    code, output, _ = run('summarize', '--together', '--json', *texts, '--sentences=9', cwd=tmp_path)
    sentences = json.loads(output)['sentences']
    assert (code, [s['document'] for s in sentences]) == (0, [s.document for s in expected])
    assert [s['repeats'] for s in sentences] == [[list(place) for place in s.repeats] for s in expected]
    code, output, messages = run('summarize', '--together', 'monday', 'nowhere', cwd=tmp_path)
    assert (code, output) == (1, '')
    assert messages.startswith('nutgraf: nowhere: ')


def test_model(tmp_path):
    path = tmp_path / 'mine.weights'
    path.write_text('nutgraf sentence weights 1\nplace\t50\n')
    expected = nutgraf.summarize(TEXT, sentences=1, model=path)
    assert expected.text == 'Pilots left.'
    assert run('summarize', '--sentences=1', '--model', str(path), stdin=TEXT) == (0, f'{expected}\n', '')
    assert run('summarize', f'--model={path}', '--sentences=1', stdin=TEXT) == (0, f'{expected}\n', '')
    code, _, messages = run('summarize', '--model', str(tmp_path / 'nowhere'), stdin=TEXT)
    assert code == 1
    assert 'nowhere' in messages
    path.write_text('weights')
    code, _, messages = run('summarize', '--model', str(path), stdin=TEXT)
    assert code == 2
    assert 'line 1 of the weights' in messages
    assert run('summarize', '--model', stdin=TEXT)[0] == 2


EXAMPLES = ''.join(
    json.dumps(
        {'text': TEXT.replace('harbour', place), key: [f'The {place} had silted up'] if key[-1] == 's' else place}
    )
    + '\n\n'
    for place in ('harbour', 'lock', 'canal', 'basin', 'dock')
    for key in ('summary', 'summaries')
)


def test_evaluate(tmp_path):
    (tmp_path / 'e.jsonl').write_text(EXAMPLES)
    rows = [json.loads(line) for line in EXAMPLES.splitlines() if line]
    found = nutgraf.evaluate(
        [r['text'] for r in rows],
        [r.get('summary') or r['summaries'] for r in rows],
        methods=['mix', 'lexrank'],
        sentences=1,
    )
    expected = (0, f'{found}\n', '')
    assert run('evaluate', '--methods', 'mix,lexrank', '--sentences=1', str(tmp_path / 'e.jsonl')) == expected
    assert run('evaluate', '--methods=mix,lexrank', '--sentences', '1', stdin=EXAMPLES) == expected


def test_fit(tmp_path):
    weights = tmp_path / 'mine'
    code, out, messages = run('fit', '--sentences=1', '--output', str(weights), stdin=EXAMPLES)
    assert (code, messages) == (0, '')
    rows = [json.loads(line) for line in EXAMPLES.splitlines() if line]
    model = nutgraf.Summarizer(sentences=1).fit(
        [r['text'] for r in rows], [r.get('summary') or r['summaries'] for r in rows]
    )
    assert out == f'{model.report_}\n\n{model.advice_}\n'
    # The same numbers, though not written by the same hand.
    summary = nutgraf.summarize(TEXT, sentences=1, model=weights)
    assert summary == model.summarize(TEXT)
    assert run('summarize', '--sentences=1', '--model', str(weights), stdin=TEXT) == (0, f'{summary}\n', '')


@pytest.mark.parametrize(
    ('line', 'said'),
    [
        ('{', 'line 2: this is no JSON'),
        ('[]', 'line 2: this is no object'),
        ('{"summary": "a"}', "line 2: there is no 'text' that is a string"),
        ('{"text": "a"}', "line 2: there is no 'summary' and no 'summaries'"),
        ('{"text": "a", "summary": []}', "line 2: 'summary' holds no summary"),
        ('{"text": "a", "summaries": [1]}', 'line 2: a summary is no string'),
    ],
)
def test_wrong_examples(line, said, tmp_path):
    (tmp_path / 'e').write_text(f'{EXAMPLES.splitlines()[0]}\n{line}\n')
    for command in (['evaluate'], ['fit', '--output', 'w']):
        code, out, messages = run(*command, 'e', cwd=tmp_path)
        assert (code, out, messages) == (1, '', f'nutgraf: e: {said}\n')
    assert not (tmp_path / 'w').exists()


def test_wrong_calls_of_evaluate_and_fit(tmp_path):
    assert run('evaluate', stdin='') == (1, '', 'nutgraf: there are no texts to compare on\n')
    assert run('fit', '--output', 'w', stdin=EXAMPLES.splitlines()[0])[2].startswith(
        'nutgraf: there are 1 examples; it'
    )
    assert run('fit')[0] == run('evaluate', '--method=mix')[0] == run('evaluate', '--json')[0] == 2
    code, _, messages = run('fit', '--output', str(tmp_path / 'absent' / 'w'), stdin=EXAMPLES)
    assert code == 1
    assert 'No such file' in messages
