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
nav-all-levels = Все уровни
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
index-technologies = Технологии
index-timeline = Сроки
index-sources = Источники
index-tracking = Ритм и вехи
index-pages = Страницы
index-glossary = Глоссарий
index-not-found = Страница не найдена
index-topics-lead = Все темы карты по алфавиту. Рядом с каждой стоят этапы, где её изучают.
index-projects-lead = Все проекты и практические задания в порядке дороги.
index-technologies-lead = Что упражняют проекты, по алфавиту. Рядом стоят этапы, где этому учат.
index-timeline-lead = Когда какой этап начнётся и закончится, если проходить дорогу по порядку. Недели и месяцы считаются от её начала.
index-sources-lead = Учебные планы и книги, на которые опираются этапы.
index-tracking-lead = Списки, к которым возвращаются по расписанию. В процент пройденного они не входят.
index-pages-lead = Остальные страницы карты.
filters = Отбор проектов
filter-level = Уровень
filter-difficulty = Сложность
filter-hours = Часы
filter-skill = Навык
filter-any = любой
filter-up-to = до { $value }
filter-shown = Показано проектов
index-jump = Указатель
index-parts = По уровням
not-found-text = По этому адресу ничего нет. Возможно, страницу убрали или в адресе опечатка.
not-found-home = Открыть карту

## Виды и номера

level-number = Уровень { $number }
stage-number = Этап { $number }
stage = Этап
source = Источник
term = Термин
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

## На бумаге

print = Для печати
print-lead = Всё подряд, с оглавлением и номерами. Галочки на бумаге такие же, как у вас на экране.
print-documents = По уровням
print-contents = Оглавление
print-road = Вся дорога для печати
print-level = Весь уровень для печати

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

# Помощь читателю
index-help = Что где работает
help-lead = Эту дорогу можно читать по-разному. Здесь честно сказано, что при этом работает и чего ждать не стоит.
help-where = Где читать
help-way = Как вы читаете
help-offline = Без сети
help-ticks = Отметки
help-mind = Что важно знать
help-browser = Сайт в браузере, телефон или компьютер
help-browser-offline = Да, после первого захода по HTTPS
help-browser-online = Нет
help-browser-ticks = Хранятся в этом браузере
help-browser-mind = Safari и все браузеры на iPhone и iPad стирают данные сайта, если не заходить неделю. Копия в файле это переживёт.
help-app = Сайт, установленный как приложение
help-app-offline = Да
help-app-online = Нет
help-app-ticks = На iPhone и iPad свои, отдельно от браузера; в Chrome, Edge и Firefox общие с браузером
help-app-mind = Данные установленного приложения iPhone через неделю не стирает.
help-disk = Папка сайта с диска, компьютер
help-disk-offline = Да, сеть не нужна совсем
help-disk-ticks = Хранятся в этом браузере, по адресу папки
help-disk-mind = Перед тем как переместить или переименовать папку, сохраните отметки в файл. Страницы папки держите вместе: отметки ведёт hub.html.
help-phone = Папка сайта с диска, телефон
help-phone-offline = Обычно открывается только одна страница
help-phone-ticks = Чаще всего не сохраняются
help-phone-mind = На телефоне читайте сайт по его адресу: он останется и без сети.
help-private = Приватное окно
help-private-offline = В Firefox и Safari нет
help-private-ticks = Исчезают вместе с окном
help-private-mind = Сохраните файл до того, как закроете окно.
help-inside = Браузер внутри Telegram, ВКонтакте и других приложений
help-inside-offline = Не всегда
help-inside-ticks = Свои, отдельно от вашего браузера
help-inside-mind = Откройте страницу в обычном браузере, прежде чем отмечать.
help-html = Один файл HTML, если автор его выложил
help-html-offline = Да
help-html-ticks = Хранятся в браузере, по адресу файла
help-html-mind = Отметки переносятся на сайт и обратно файлом.
help-epub = EPUB, если автор его выложил
help-epub-offline = Да
help-epub-ticks = Не сохраняются: квадраты только нарисованы
help-epub-mind = Для чтения в дороге; отмечайте потом на сайте.
help-paper = Печать или PDF
help-paper-offline = Да
help-paper-ticks = Ручкой
help-paper-mind = Печатается та страница, которая открыта, с вашими отметками.
help-your-ticks = Ваши отметки
help-ticks-kept = Сайт никуда их не отправляет. Другое устройство и другой браузер их не видят, пока вы сами их не перенесёте.
help-ticks-count = Тема и проект считаются за единицу. Начатый проект даёт долю по отмеченным шагам, но не больше девяти десятых. Пропущенное из подсчёта выходит, списки недель и месяцев в него не входят.
help-ticks-more = За кнопкой «⋯» у пункта: «в работе», «пропущено» и заметка, которую видите только вы.
help-ticks-carry = Файл переносит всё: отметки, даты, заметки, часы. Два устройства, объединённые файлами в любом порядке, показывают одно и то же, и ничего не нужно перезаписывать вслепую: сначала показано, что изменится.
help-ticks-link = Ссылка и QR-код переносят только состояние пунктов и только между одинаковыми редакциями программы. Сделанное они не снимают.
help-ticks-changes = Когда автор переписывает или переносит пункт, отметка остаётся на нём. Убранное не пропадает: оно лежит на странице прогресса отдельным списком.
help-take = Взять отметки с собой
help-without-network = Без сети
help-without-network-first = После первого захода браузер сохраняет сайт на этом устройстве, и вся дорога открывается без сети.
help-without-network-new = Новая версия скачивается целиком и ждёт. Переключает на неё кнопка внизу страницы или следующий запуск браузера; до этого открыта прежняя, ничего не смешивается.
help-without-network-install = Чтобы сайт открывался как приложение: «Установить» в меню Chrome и Edge, «На экран „Домой“» в меню «Поделиться» на iPhone и iPad.
help-without-network-room = Большой сайт сохраняется не весь: остаются прочитанные страницы, а остальное скачивает кнопка «Взять программу с собой» на странице прогресса.
help-keys = Клавиши
help-keys-item = Когда выбран пункт: пробел отмечает, J и K ведут к следующему и предыдущему, P — в работе, S — пропустить, M — ещё.
help-keys-off = Однобуквенные клавиши выключаются на странице прогресса, в настройках.

# Страница, которой на устройстве нет
index-offline = Сети нет
offline-text = Этой страницы на устройстве ещё нет, а сеть недоступна. Всё, что вы уже открывали, читается и так; отметки на месте.
offline-take = Взять программу с собой, когда появится сеть

# Книга и один файл
bundle-contents = Содержание
bundle-cover = Обложка
bundle-start = Начало
bundle-accessibility = Книга состоит из текста с заголовками по уровням и содержанием; у рисунков есть подписи словами. Порядок чтения совпадает с порядком обучения. Отметки о пройденном показаны пустыми квадратами.

## Карта

map-heading = Дорога от первого уровня до последнего
map-lead = Линия ведёт от этапа к тому, что на нём держится. Карта советует, но ничего не запирает: начинайте с любого места.
map-open-now = Открыто для вас сейчас:
map-label = Карта этапов
map-near = Этап на карте
map-in-words = Та же карта словами
map-needs = Сначала:
map-needs-nothing = Можно начинать сразу.
map-opens = Откроет:

## Сроки дороги

timeline-label = Дорога по неделям и месяцам
timeline-table = По неделям
timeline-whole = Вся дорога: { $weeks }. Конец дороги: { $months }.
timeline-sure = самый короткий срок
timeline-open = запас до самого долгого
timeline-stage = Этап
timeline-level = Уровень
timeline-earliest = Недели, если быстро
timeline-latest = Недели, если не спеша
timeline-in-months = Месяцы
timeline-axis = Цифры сверху — месяцы.
timeline-unknown = срок не указан
timeline-month = { $number }-й месяц
timeline-months = { $from }–{ $to }-й месяцы
timeline-link = Сроки по неделям и месяцам
