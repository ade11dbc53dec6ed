# Слова поиска.

search = Поиск
client-search = Поиск
client-search-hint = Что найти: слово, термин, вопрос
client-search-results = Найденное
client-search-kinds = Где искать
client-search-kind-all = Всё
client-search-kind-stage = Этапы
client-search-kind-project = Проекты
client-search-kind-level = Уровни
client-search-kind-page = Страницы
client-search-kind-source = Источники
client-search-kind-tracking = Списки
client-search-kind-term = Глоссарий
client-search-one-stage = этап
client-search-one-project = проект
client-search-one-level = уровень
client-search-one-page = страница
client-search-one-source = источник
client-search-one-tracking = список
client-search-one-term = термин
client-search-best = Лучшее
client-search-notes = Мои заметки
client-search-understood = Показано по запросу «{ $text }».
client-search-missing = Поиск не загрузился. Обновите страницу или откройте список тем.
client-search-found = { $n ->
    [0] Ничего не нашлось. Попробуйте другое слово.
    [one] { $n } результат.
    [few] { $n } результата.
   *[many] { $n } результатов.
}
