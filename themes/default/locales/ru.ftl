### Слова темы по-русски.

## Страница

skip-to-content = К содержанию
menu = Меню
menu-close = Закрыть меню
home = Карта
site-sections = Разделы сайта
nav-label = Навигация по карте
nav-levels = Уровни
nav-levels-near = Соседние уровни
nav-all-levels = Все уровни на карте
nav-sections = Разделы
nav-tracking = Ритм
nav-pages = Страницы
breadcrumbs-label = Путь к этой странице
outline = На этой странице
pager-label = Соседние страницы
previous = Назад
next = Дальше
to-top = Наверх
edit-page = Править эту страницу
repository = Исходный текст
license = Лицензия: { $license }
authors = Авторы: { $authors }
made-with = Сделано с { $generator }

## Списки всего сайта

index-topics = Темы
index-projects = Проекты
index-sources = Источники
index-tracking = Ритм и вехи
index-pages = Страницы
index-glossary = Глоссарий
index-not-found = Страница не найдена
index-topics-lead = Все темы карты по алфавиту. Рядом с каждой стоят этапы, где её изучают.
index-projects-lead = Все проекты и практические задания в порядке дороги.
index-sources-lead = Учебные планы и книги, на которые опираются этапы.
index-tracking-lead = Списки, к которым возвращаются по расписанию. В процент пройденного они не входят.
index-pages-lead = Остальные страницы карты.
index-jump = Указатель
index-parts = По уровням
not-found-text = По этому адресу ничего нет. Возможно, страницу убрали или в адресе опечатка.
not-found-home = Открыть карту

## Виды и номера

level-number = Уровень { $number }
stage-number = Этап { $number }
stage = Этап
source = Источник
project-of-stage = { $kind } этапа { $number }
kind-project = Проект
kind-exercise = Практическое задание
kind-capstone = Итоговый проект

## Факты

facts = Коротко
goal = Цель
duration = Время
duration-both = { $declared } по уровням; этапы в сумме { $computed }
duration-both-level = { $declared }; этапы в сумме { $computed }
duration-sum-only = этапы в сумме { $computed }
contents = Внутри
requires-stages = Сначала пройти
opens-stages = Открывает дорогу
requires-projects = Сначала сделать
opens-projects = Пригодится потом
no-requires = без предварительных этапов
sources = Источники
source-part = { $part }
hours = Работа
difficulty = Сложность
skills = Навыки
external-address = Адрес
also = Другие названия
cadence = Как часто
entries = В списке
weeks = Неделя { $max }
weeks-range = Недели { $min }–{ $max }

## Разделы страниц

start-here = Начать с этапа { $number }
start = Начать
levels-heading = Уровни
stages-of-level = Этапы уровня
program = Программа
projects-heading = Проекты этапа
projects-rest = Остальные проекты этапа
projects-after = Проекты после этого блока
projects-after-one = Проект после этого блока
occurrences = Встречается и в других этапах
used-in = Где используется
used-in-nothing = Ни один этап пока не ссылается на этот источник.
backlinks = Сюда ссылаются
tracking-heading = Ритм и вехи
pages-heading = Страницы
terms-index = Все термины
project-done = Проект сделан
projects-list = Проекты

## Продвижение

progress-curriculum = Пройдено по всей карте
progress-level = Пройдено на уровне
progress-stage = Пройдено на этапе
progress-block = Пройдено в блоке
progress-project = Сделано в проекте

## Состояния

status-draft = черновик
status-beta = бета
status-stable = готов
status-deprecated = устарел
status-note-draft = Этап ещё пишется: темы и порядок могут измениться.
status-note-beta = Этап новый: он пройден немногими, замечания приветствуются.
status-note-deprecated = Этап устарел и сохранён для тех, кто его уже начал.

## Как часто

cadence-weekly = каждую неделю
cadence-monthly = каждый месяц
cadence-quarterly = каждый квартал
cadence-once = один раз

## Сложность

difficulty-1 = очень просто
difficulty-2 = просто
difficulty-3 = средне
difficulty-4 = сложно
difficulty-5 = очень сложно
difficulty-of = сложность { $value } из 5

## Заметки в тексте

admonition-note = Заметка
admonition-tip = Совет
admonition-important = Важно
admonition-warning = Осторожно
admonition-caution = Опасно

## Сроки

duration-hours = { $max ->
    [one] { $max } час
    [few] { $max } часа
   *[many] { $max } часов
}
duration-hours-range = { $max ->
    [one] { $min }–{ $max } час
    [few] { $min }–{ $max } часа
   *[many] { $min }–{ $max } часов
}
duration-days = { $max ->
    [one] { $max } день
    [few] { $max } дня
   *[many] { $max } дней
}
duration-days-range = { $max ->
    [one] { $min }–{ $max } день
    [few] { $min }–{ $max } дня
   *[many] { $min }–{ $max } дней
}
duration-weeks = { $max ->
    [one] { $max } неделя
    [few] { $max } недели
   *[many] { $max } недель
}
duration-weeks-range = { $max ->
    [one] { $min }–{ $max } неделя
    [few] { $min }–{ $max } недели
   *[many] { $min }–{ $max } недель
}
duration-months = { $max ->
    [one] { $max } месяц
    [few] { $max } месяца
   *[many] { $max } месяцев
}
duration-months-range = { $max ->
    [one] { $min }–{ $max } месяц
    [few] { $min }–{ $max } месяца
   *[many] { $min }–{ $max } месяцев
}
duration-years = { $max ->
    [one] { $max } год
    [few] { $max } года
   *[many] { $max } лет
}
duration-years-range = { $max ->
    [one] { $min }–{ $max } год
    [few] { $min }–{ $max } года
   *[many] { $min }–{ $max } лет
}

## Счёт

count-levels = { $count ->
    [one] { $count } уровень
    [few] { $count } уровня
   *[many] { $count } уровней
}
count-stages = { $count ->
    [one] { $count } этап
    [few] { $count } этапа
   *[many] { $count } этапов
}
count-topics = { $count ->
    [one] { $count } тема
    [few] { $count } темы
   *[many] { $count } тем
}
count-projects = { $count ->
    [one] { $count } проект
    [few] { $count } проекта
   *[many] { $count } проектов
}
count-steps = { $count ->
    [one] { $count } шаг
    [few] { $count } шага
   *[many] { $count } шагов
}
count-sources = { $count ->
    [one] { $count } источник
    [few] { $count } источника
   *[many] { $count } источников
}
count-terms = { $count ->
    [one] { $count } термин
    [few] { $count } термина
   *[many] { $count } терминов
}
count-entries = { $count ->
    [one] { $count } пункт
    [few] { $count } пункта
   *[many] { $count } пунктов
}

# Мой прогресс
index-progress = Мой прогресс
progress-noscript = Прогресс считает скрипт этой страницы, а хранит его ваш браузер. Включите JavaScript, чтобы его увидеть.
index-hub = hub
