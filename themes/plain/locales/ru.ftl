### Слова простой темы по-русски.

skip-to-content = К содержанию
site-sections = Разделы сайта
breadcrumbs-label = Путь к этой странице
pager-label = Соседние страницы
previous = Назад
next = Дальше
edit-page = Править эту страницу
repository = Исходный текст
license = Лицензия: { $license }
authors = Авторы: { $authors }
index-topics = Темы
index-projects = Проекты
index-technologies = Технологии
index-timeline = Сроки
index-sources = Источники
index-tracking = Ритм и вехи
index-pages = Страницы
index-glossary = Глоссарий
index-not-found = Страница не найдена
not-found-text = По этому адресу ничего нет. Возможно, страницу убрали или в адресе опечатка.
kind-project = Проект
kind-exercise = Практическое задание
kind-capstone = Итоговый проект
duration = Время
no-requires = без предварительных этапов
hours = Работа
difficulty = Сложность
skills = Навыки
external-address = Адрес
also = Другие названия
occurrences = Встречается и в других этапах
used-in = Где используется
backlinks = Сюда ссылаются
project-done = Проект сделан
status-draft = черновик
status-beta = бета
status-deprecated = устарел
cadence-weekly = каждую неделю
cadence-monthly = каждый месяц
cadence-quarterly = каждый квартал
cadence-once = один раз
difficulty-of = сложность { $value } из 5
admonition-note = Заметка
admonition-tip = Совет
admonition-important = Важно
admonition-warning = Осторожно
admonition-caution = Опасно
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
computed = Этапы в сумме
requires = Сначала пройти
opens = Открывает дорогу

stage-number = Этап { $number }
bundle-contents = Содержание
bundle-cover = Обложка
bundle-start = Начало
bundle-accessibility = Книга состоит из текста с заголовками по уровням и содержанием; у рисунков есть подписи словами. Порядок чтения совпадает с порядком обучения. Отметки о пройденном показаны пустыми квадратами.
level-number = Уровень { $number }

## Сроки дороги

timeline-whole = Вся дорога: { $weeks }. Конец дороги: { $months }.
timeline-stage = Этап
timeline-level = Уровень
timeline-earliest = Недели, если быстро
timeline-latest = Недели, если не спеша
timeline-in-months = Месяцы
timeline-unknown = срок не указан
timeline-month = { $number }-й месяц
timeline-months = { $from }–{ $to }-й месяцы
