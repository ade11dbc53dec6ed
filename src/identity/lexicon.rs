//! Words that tell little or much about what an item is.
//!
//! Input: a word in lower case, with `е` for `ё`. Output: what it weighs and what it contradicts.
//! Responsibility: the word lists, Russian and English, and the stems by which forms of one word
//! are recognised.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that join others.
static STOP: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    "a an and are as at be by for from how in into is it its of on or that the them their this to \
    up via what with your you we our а в во для до его ее за и из или их к как ко на над о об от \
    по под при с со у что это через свой свои своего своих"
        .split_whitespace()
        .collect()
});

/// English heads of phrases that any item could have: what follows them is the subject.
static GENERIC_ENGLISH: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    "basic basics beginner build building complete completing configure configuring configuration \
    create creating define defining describe describing design designing discover discovering do \
    doing explain explaining explore exploring fundamentals getting guide implement implementing \
    implementation install installing installation introduction intro know knowing learn learning \
    make making master mastering overview perform performing practice practicing practising \
    practise prepare preparing read reading review reviewing run running set setting setup solve \
    solving start started study studying topic topics tutorial understand understanding use using \
    usage video watch watching work working write writing"
        .split_whitespace()
        .collect()
});

/// The same in Russian, by their beginnings.
static GENERIC_RUSSIAN: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "базов введени выполни выучи вопрос дела задани знакомств знани изуч использ концепци написа \
    настро обзор объясн определ освои основ повтори повторен подготов познаком понима понят поня постро \
    практик практич применен применя принцип пройд пройти прочита работ разбор разобра разработ \
    реализ реша реши сдела созда составл тем углубленн уме уметь установ устройств учи чита"
        .split_whitespace()
        .collect()
});

/// Words that turn a sentence round.
static POLARITY: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "не ни без нет нельзя кроме вместо not no never without except instead non don't cannot can't"
        .split_whitespace()
        .collect()
});

/// Number words by their beginnings; a change of one is a change of number.
static NUMBERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "one two three four five six seven eight nine ten first second third fourth fifth один одна \
    одно одну две два двух три трех четыре пять шесть семь восемь девять десять перв втор трет \
    четверт пят"
        .split_whitespace()
        .collect()
});

/// Beginnings of words that exclude each other, so that one in place of the other is another
/// subject.
static OPPOSITES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    "add/remov add/delet advanced/basic advanced/beginner after/before ascend/descend attack/defen \
    begin/end bottom/top breadth/depth child/parent client/server clos/open column/row \
    compil/interpret consumer/producer creat/delet creat/drop creat/remov creat/updat delet/insert \
    delet/updat insert/updat disabl/enabl download/upload dynamic/static explicit/implicit \
    export/import external/internal functional/integration integration/unit first/last hard/soft \
    hard/easy horizontal/vertical inner/outer input/output install/remov install/uninstall \
    left/right local/remote lower/upper max/min merge/split optimistic/pessimistic primary/foreign \
    primary/secondary private/public pull/push queue/stack read/writ receiv/send request/respon \
    singly/doubly source/target start/stop strong/weak авторизац/аутентификац верхн/нижн \
    вертикал/горизонтал вход/выход входящ/исходящ включ/выключ включ/отключ внешн/внутр \
    восстановл/резервн добав/удал добав/убра загрузк/выгрузк запис/чтен запис/чита запрос/ответ \
    запуск/остановк закрыт/открыт импорт/экспорт интеграционн/модульн интеграционн/нагрузочн \
    модульн/нагрузочн клиент/сервер конец/начал конц/начал лев/прав локальн/удаленн максим/миним \
    обратн/прям обновл/созда обновл/удал оптимистич/пессимистич отправ/получ очеред/стек писа/чита \
    подключ/отключ потреб/произв приватн/публичн разделен/слиян сильн/слаб создан/удал создат/удал \
    статич/динамич строк/столбц установ/удал шифр/расшифр явн/неявн прост/сложн начальн/продвинут \
    базов/продвинут"
        .split_whitespace()
        .filter_map(|pair| pair.split_once('/'))
        .collect()
});

/// Beginnings that turn a word into its opposite.
static NEGATING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "а анти без бес де дис контр не ни рас раз от вы пере под a an anti de dis im in ir mis non off \
    out over re sub super un under"
        .split_whitespace()
        .collect()
});

/// Endings of Russian words that depend on case, number and person; longer ones first.
static RUSSIAN_ENDINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "иями ями ами ией иям ием иях ого ему ому ыми ими его ешь ишь ать ять ить еть ует ая яя ое ее \
    ие ые ой ей ий ый ую юю ом ем ам ям ах ях ов ев ия ии ию ью ых их ым им ют ут ет ит а я о е и \
    ы у ю ь й"
        .split_whitespace()
        .collect()
});

/// Endings of English words that depend on number and tense, or make a noun of a verb.
static ENGLISH_ENDINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "ations ation ings ing ions ion ies ers er ed es ly s e y".split_whitespace().collect()
});

/// Endings by which a capitalised English word is known to be an ordinary one.
static ORDINARY_ENDINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "tion tions sion sions ing ings ment ments ness ity ities ance ence able ible ful less ous ive \
    ical ally ology ures ture sals sal ics isms ism ized ised ed"
        .split_whitespace()
        .collect()
});

/// English words that often begin an item and are no names.
static ORDINARY: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    "all any array arrays article best better between big binary bit book bubble cache chapter \
    clean client code common complexity course data database databases day deep depth different \
    distributed dynamic each error errors every exercise file files full function functions \
    garbage good graph graphs hash heap heaps how insertion lecture linear linked list lists long \
    memory merge modern module modules more network networks new object objects old open operating \
    other part process processes quick quiz random recursion regular relational search section \
    security selection sequential server servers short shortest simple some sort space stack \
    static string strings system systems task tasks test tests thread threads time tree trees \
    types user users version web week when why"
        .split_whitespace()
        .collect()
});

/// Whether the word only joins others.
pub(super) fn is_stop(word: &str) -> bool {
    STOP.contains(word)
}

/// Whether the word could head any item's phrase.
pub(super) fn is_generic(word: &str) -> bool {
    if !is_cyrillic(word) {
        return GENERIC_ENGLISH.contains(word);
    }
    GENERIC_RUSSIAN.iter().any(|head| {
        let ending = word.strip_prefix(head).map(|ending| ending.chars().count());
        // A short beginning stands for the whole word, a longer one for its forms.
        ending.is_some_and(|letters| letters <= 1 || letters <= 5 && head.chars().count() >= 4)
    })
}

/// Whether the word turns the sentence round.
pub(super) fn is_polarity(word: &str) -> bool {
    POLARITY.contains(&word)
}

/// The number that a word names, as its beginning.
pub(super) fn number_word(word: &str) -> Option<&'static str> {
    NUMBERS.iter().copied().find(|number| {
        let ending = word.strip_prefix(number).map(|ending| ending.chars().count());
        // «Первый» and its like are listed without their many endings.
        let open = matches!(*number, "перв" | "втор" | "трет" | "четверт" | "пят");
        ending.is_some_and(|letters| letters == 0 || open && letters <= 3)
    })
}

/// Whether one word in place of the other makes another subject.
pub(super) fn are_opposites(one: &str, other: &str) -> bool {
    let listed = OPPOSITES.iter().any(|(a, b)| {
        one.starts_with(a) && other.starts_with(b) || one.starts_with(b) && other.starts_with(a)
    });
    listed || is_negated(one, other) || is_negated(other, one)
}

fn is_negated(word: &str, negated: &str) -> bool {
    word.chars().count() >= 4
        && NEGATING.iter().any(|prefix| {
            negated.strip_prefix(prefix).is_some_and(|rest| {
                let rest = rest.trim_start_matches('-');
                rest == word || stem(rest) == stem(word)
            })
        })
}

/// The part of a word that its forms share, roughly.
pub(super) fn stem(word: &str) -> &str {
    let russian = is_cyrillic(word);
    let (endings, least) = if russian { (&*RUSSIAN_ENDINGS, 3) } else { (&*ENGLISH_ENDINGS, 4) };
    endings
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|stem| stem.chars().count() >= least)
        .unwrap_or(word)
}

/// Whether a capitalised English word is known to be no name.
pub(super) fn is_ordinary(word: &str) -> bool {
    is_generic(word)
        || ORDINARY.contains(word)
        || word.chars().count() >= 6 && ORDINARY_ENDINGS.iter().any(|end| word.ends_with(end))
}

/// Whether a word at the head of a phrase names what is done: `настройка`, `reading`.
pub(super) fn is_action(word: &str) -> bool {
    const ACTIONS: &[&str] = &[
        "ание",
        "ение",
        "яние",
        "ация",
        "яция",
        "иция",
        "ирование",
        "инг",
        "овка",
        "ойка",
        "ing",
        "tion",
        "ment",
    ];
    const INFINITIVES: &[&str] = &["ать", "ять", "ить", "ться", "овать"];
    const NOUNS: &[&str] = &["память", "печать", "нить", "сеть", "связь"];
    let long = word.chars().count() >= 6;
    long && ACTIONS.iter().any(|end| word.ends_with(end))
        || INFINITIVES.iter().any(|end| word.ends_with(end)) && !NOUNS.contains(&word)
}

/// Whether a word is written in Cyrillic.
pub(super) fn is_cyrillic(word: &str) -> bool {
    word.chars().next().is_some_and(|sign| matches!(sign, '\u{400}'..='\u{52f}'))
}
