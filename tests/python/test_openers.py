"""Sentences that point back, in the languages that have a list."""

import pytest

import nutgraf

POINTING_BACK = {
    'ar': ['ومع ذلك بقيت السفن خارج المرفأ.', 'هذا القرار يكلف المدينة كثيرا.'],
    'de': [
        'Sie blieben drei Tage im Hafen.',
        'Die Entscheidung kam am Montag.',
        'Dennoch warteten die Schiffe.',
        'Dort lagen drei Schiffe.',
    ],
    'en': [
        "They've waited for three days.",
        'The move came on Monday.',
        'The dispute went to court.',
        'Two days later the ships came.',
        'One of them sank.',
        'The delays are costly.',
    ],
    'es': ['La decisión llegó el lunes.', 'Sin embargo, los barcos esperaron.', 'Según él, los barcos esperan.'],
    'fr': [
        'La décision est tombée lundi.',
        "L'annonce est tombée lundi.",
        'Elle a payé les réparations.',
        'Celle-ci reste fermée.',
    ],
    'id': ['Namun kapal menunggu tiga hari.', 'Mereka menunggu di luar pelabuhan.', 'Menurutnya kapal menunggu.'],
    'it': ['La decisione è arrivata lunedì.', 'Tuttavia le navi hanno aspettato.'],
    'ja': ['しかし船は港の外で三日間待った。', 'そのため列車は止まった。'],
    'nl': ['Het besluit viel op maandag.', 'Toch wachtten de schepen.'],
    'no': ['De ventet tre dager utenfor havnen.', 'Likevel ble skipene liggende.'],
    'pt': ['A decisão saiu na segunda-feira.', 'No entanto, os navios esperaram.'],
    'ru': ['Они ждали три дня.', 'Однако корабли ждали три дня.'],
    'zh': ['他们在港口外等了三天。', '但是船只仍在等待。'],
}
ALONE = {
    'ar': ['أغلقت المدينة المرفأ يوم الاثنين.'],
    'de': ['Die Entscheidung des Rates kam am Montag.', 'Der Hafen schloss am Montag.'],
    'en': ['The move to close the harbour came on Monday.', 'The two ships met again.'],
    'es': ['La decisión del consejo llegó el lunes.', 'El puerto cerró el lunes.'],
    'fr': ["La décision d'un juge est tombée lundi.", 'Le port a fermé lundi.'],
    'id': ['Pelabuhan ditutup pada hari Senin.'],
    'it': ['La decisione del consiglio è arrivata lunedì.', 'Il porto ha chiuso lunedì.'],
    'ja': ['港は月曜日に閉鎖された。'],
    'nl': ['Het besluit van de raad viel op maandag.', 'De haven sloot op maandag.'],
    'no': ['Havnen stengte mandag.'],
    'pt': ['A decisão do conselho saiu na segunda-feira.', 'O porto fechou na segunda-feira.'],
    'ru': ['Порт закрылся в понедельник.'],
    'zh': ['港口星期一关闭了。'],
}


def flags_of(sentence, lang):
    document = nutgraf.segment(sentence, lang=lang)
    return nutgraf.summarize(document, sentences=1)[0].flags


@pytest.mark.parametrize(('lang', 'sentence'), [(lang, s) for lang, some in POINTING_BACK.items() for s in some])
def test_pointing_back(lang, sentence):
    assert flags_of(sentence, lang) == ('opener',)


@pytest.mark.parametrize(('lang', 'sentence'), [(lang, s) for lang, some in ALONE.items() for s in some])
def test_standing_alone(lang, sentence):
    assert flags_of(sentence, lang) == ()
