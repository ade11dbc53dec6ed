# Words of the script. `client-progress-…` is for the progress page alone.

client-close = Закрыть
client-undo = Отменить
client-notices = Сообщения
client-status = Состояние
client-status-todo = ещё не начато
client-status-doing = в работе
client-status-done = сделано
client-status-skipped = пропущено
client-more = Ещё: { $item }
client-note = Заметка для себя
client-note-private = Заметку видите только вы: она хранится в этом браузере.
client-note-saved = Сохранено.
client-count = { $done } из { $total } · { $percent } %
client-left-open = Показать, что осталось
client-left-nothing = Здесь всё сделано.
client-left-missing = Список не загрузился. Откройте страницу уровня.
client-left-project = Отметить проект «{ $project }» целиком
client-left-count = { $n ->
    [0] всё сделано
    [one] осталась { $n } позиция
    [few] осталось { $n } позиции
   *[many] осталось { $n } позиций
}
client-scheme = Оформление
client-scheme-system = как в системе
client-scheme-light = светлое
client-scheme-dark = тёмное
client-copy = Копировать
client-copied = Скопировано
client-copy-failed = Не удалось
client-wrap = Переносить строки
client-term-open = Открыть в глоссарии
client-print = Напечатать
client-print-notes = с моими заметками
client-progress-page = Весь мой прогресс
client-whole = Это я знаю…
client-whole-done = Отметить всё сделанным
client-whole-skipped = Пропустить всё
client-whole-again = Начать заново
client-whole-done-told = { $n ->
    [0] Отмечать нечего.
    [one] Отмечена { $n } позиция.
    [few] Отмечены { $n } позиции.
   *[many] Отмечено { $n } позиций.
}
client-whole-skipped-told = { $n ->
    [0] Пропускать нечего.
    [one] Пропущена { $n } позиция: в подсчёт она не входит.
    [few] Пропущены { $n } позиции: в подсчёт они не входят.
   *[many] Пропущено { $n } позиций: в подсчёт они не входят.
}
client-whole-again-told = { $n ->
    [0] Здесь ещё ничего не отмечено.
    [one] Снята { $n } отметка. Что и когда было сделано, осталось в истории.
    [few] Сняты { $n } отметки. Что и когда было сделано, осталось в истории.
   *[many] Снято { $n } отметок. Что и когда было сделано, осталось в истории.
}
client-first-tick = Отметки хранятся в этом браузере на этом устройстве и никуда не отправляются.
client-more-about = Подробнее
client-take-copy = Сохранить копию
client-copy-safari = Safari стирает данные сайта, если не заходить неделю. Сохраните копию отметок в файл.
client-before-install = Этот сайт можно установить как приложение. Отметки там иногда хранятся отдельно (на iPhone и iPad всегда): сначала возьмите их с собой.
client-carry = Взять с собой
client-empty-app = У приложения своё хранилище, и оно пока пусто. Отметки из браузера можно перенести.
client-empty-in-app = Это браузер внутри приложения: отметки из вашего обычного браузера здесь не видны. Их можно перенести.
client-carry-here = Перенести сюда
client-trouble-half = Браузер закрыл часть хранилища. Отметки сохраняются, но другие вкладки увидят их только после обновления страницы. Надёжнее держать копию в файле.
client-trouble-blocked = Браузер не даёт сайту ничего хранить. Отметки действуют, пока открыта эта страница; сохраните копию, чтобы их не потерять.
client-trouble-full = Хранилище браузера заполнено. Новые отметки лежат в запасном; сохраните копию и освободите место.
client-trouble-lost = Хранилище браузера заполнено: новые отметки действуют, пока открыта эта страница. Сохраните копию и освободите место.
client-trouble-damaged = Часть сохранённых записей повреждена. Они отложены в сторону и не стёрты, остальные на месте. На всякий случай сохраните копию.
client-trouble-newer = Записи в этом браузере сделаны более новой версией сайта. Они не тронуты; новые отметки действуют, пока открыта эта страница. Обновите страницу или сайт.
client-trouble-hub = Страница-хранилище hub.html не отвечает: проверьте, что она лежит в папке сайта. Новые отметки ждут рядом и попадут в неё, когда она ответит.
client-since = С вашего прошлого прихода («{ $level }»): { $fresh ->
    [0] { "" }
    [one] { $fresh } новая позиция,{ " " }
    [few] { $fresh } новые позиции,{ " " }
   *[many] { $fresh } новых позиций,{ " " }
}{ $reworded ->
    [0] { "" }
   *[many] изменён текст: { $reworded },{ " " }
}{ $moved ->
    [0] { "" }
   *[many] перенесено: { $moved },{ " " }
}{ $retired ->
    [0] { "" }
   *[many] убрано: { $retired },{ " " }
}теперь сделано { $done } из { $total }.
client-since-more = Что изменилось
client-split = Вы отметили «{ $whole }». Теперь отдельно стоит: { $parts }. Это тоже сделано?
client-split-yes = Да, отметить
client-split-no = Нет
client-kept-waits = Копия в файле «{ $file }» отстала: браузер ждёт разрешения.
client-kept-resume = Продолжить записывать
client-kept-lost = Файл «{ $file }» больше не записывается. Выберите его снова.
client-update = Вышла новая версия этого сайта.
client-update-now = Перейти на неё

client-map-done = сделано
client-map-doing = в работе
client-map-open = открыт
client-map-later = позже
client-map-go-on = Продолжить
client-map-go-on-with = Продолжить этап { $number }
client-map-nothing-open = всё пройдено

client-progress-road = Вся дорога
client-progress-go-on = Продолжить с места, где вы остановились:
client-progress-begin = Начать:
client-progress-all-done = Пройдено всё.
client-progress-since = Что изменилось с вашего прошлого прихода
client-progress-since-fresh = Новое
client-progress-since-reworded = Изменён текст
client-progress-since-moved = Перенесено
client-progress-since-retired = Убрано
client-progress-since-seen = Понятно
client-progress-remember = Помните ли вы это?
client-progress-remember-text = Вас не было пару недель. Вот несколько пройденных тем; ответ не снимает отметку.
client-progress-remember-yes = Помню
client-progress-remember-no = Уже нет
client-progress-tray = Отметки на том, чего больше нет в программе
client-progress-tray-text = Они ваши и никуда не пропадут, но в подсчёт не входят.
client-progress-tray-now = Теперь вместо этого: { $items }.
client-progress-rhythm = Когда я занимался
client-progress-done-lately = На этой неделе сделано: { $week }, в этом месяце: { $month }.
client-progress-streak = { $n ->
    [one] { $n } неделя подряд с занятиями.
    [few] { $n } недели подряд с занятиями.
   *[many] { $n } недель подряд с занятиями.
}
client-progress-calendar = Календарь: за { $weeks } недель занятия были в { $active }.
client-progress-lists = Списки и вехи
client-progress-of = { $done } из { $total }
client-progress-history = Раньше
client-progress-hours = Часы занятий
client-progress-hours-week = На этой неделе часов: { $hours }.
client-progress-hours-day = День
client-progress-hours-length = часов
client-progress-hours-add = Записать
client-progress-hours-back = Убрать последнюю запись
client-progress-take = Взять с собой
client-progress-take-text = Всё, что вы отметили и записали, принадлежит вам.
client-progress-take-file = Сохранить файл
client-progress-take-share = Отправить себе
client-progress-take-kept = Держать файл обновлённым
client-progress-kept-writing = Файл «{ $file }» обновляется сам.
client-progress-kept-waits = Файл «{ $file }» ждёт разрешения браузера.
client-progress-kept-lost = Файл больше не записывается.
client-progress-kept-stop = Больше не обновлять
client-progress-take-link = Ссылка на другое устройство
client-progress-link-text = Откройте ссылку или код на другом устройстве. Там сначала будет показано, что изменится. Заметки и даты переносит только файл.
client-progress-link-file = Страница открыта с диска: ссылка сработает там, где эта папка лежит по тому же адресу. На другое устройство надёжнее перенести файл.
client-progress-link-code = QR-код со ссылкой
client-progress-bring = Перенести сюда
client-progress-bring-text = Файл и ссылка сначала показывают, что изменится. Побеждает более новая запись.
client-progress-bring-file = Файл:
client-progress-bring-link = Ссылка:
client-progress-bring-look = Посмотреть
client-progress-bring-damaged = Это не файл с отметками, или он повреждён. Ничего не изменено.
client-progress-bring-newer = Файл сделан более новой версией сайта. Обновите сайт; ничего не изменено.
client-progress-bring-other = Файл относится к другой программе («{ $curriculum }»). Перенесутся отметки на общих для обеих пунктах, остальные сохранятся отдельно.
client-progress-bring-preview = Новее здесь: { $newerHere }, новее в файле: { $newerThere }, одинаковых: { $same }, неизвестных этому сайту: { $unknown }{ $damaged ->
    [0] { "" }
   *[many] , повреждённых: { $damaged }
}.
client-progress-bring-merge = Объединить
client-progress-bring-done = { $n ->
    [0] Ничего не изменилось.
    [one] Изменена { $n } запись.
    [few] Изменены { $n } записи.
   *[many] Изменено { $n } записей.
}
client-progress-link-damaged = Ссылка неполная или повреждена. Попросите её ещё раз или возьмите файл.
client-progress-link-newer = Ссылка сделана более новой версией сайта. Обновите сайт или возьмите файл.
client-progress-link-another-list = Ссылка сделана для другой редакции программы: список пунктов с тех пор изменился. Перенесите отметки файлом: он не зависит от редакции.
client-progress-link-preview = В ссылке сделано: { $done }. Здесь изменится: { $n }. Сделанное не станет несделанным.
client-progress-link-notes = Заметки и даты переносит только файл.
client-progress-others = Другие программы на этом сайте
client-progress-others-text = В этом браузере есть отметки другой программы с общими пунктами.
client-progress-others-count = { $n ->
    [one] { $n } общая запись
    [few] { $n } общие записи
   *[many] { $n } общих записей
}
client-progress-others-copy = Скопировать сюда
client-progress-group = Группа
client-progress-group-text = Откройте файлы или ссылки нескольких человек, чтобы увидеть их рядом. Они остаются на этой странице и ваших отметок не касаются.
client-progress-group-files = Файлы:
client-progress-group-add = Добавить
client-progress-group-name = Имя
client-progress-group-person = Участник { $n }
client-progress-settings = Настройки
client-progress-keys = Клавиши у пунктов
client-progress-keys-text = Когда выбран пункт: J и K — следующий и предыдущий, P — в работе, S — пропустить, M — ещё.
client-progress-help = Что где работает
client-progress-help-text = Куда сохраняются отметки, что работает без сети, с диска, в приложении и в одном файле:
client-progress-offline-take = Взять программу с собой
client-progress-offline-whole = Программа целиком на этом устройстве и открывается без сети ({ $size } МБ).
client-progress-offline-part = Без сети на этом устройстве открывается часть программы: файлов { $files } из { $all }. Всё вместе — { $size } МБ.
client-progress-offline-broken = Не получилось скачать. Что уже скачано, осталось; попробуйте ещё раз.
