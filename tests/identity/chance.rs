//! Histories made by chance, each edit with its meaning.
//!
//! Input: a seed. Output: a judged history. Responsibility: edits as authors make them, and none
//! whose meaning nobody could tell.

use std::collections::BTreeMap;

use super::history::{Chance, History, Item, Meaning, Page};

const WORDS: &str = "права доступа каталоги процессы сигналы сокеты порты пакеты маршруты подсети \
    адреса заголовки запросы ответы сессии токены роли пароли ключи подписи сертификаты журналы \
    метрики графики трассировка индексы транзакции блокировки таблицы представления триггеры \
    миграции очереди сообщения подписчики партиции реплики шарды кластеры узлы образы контейнеры \
    тома слои сети реестры манифесты сборки релизы ветки слияния конфликты теги ревью тесты моки \
    фикстуры покрытие сценарии нагрузка задержка пропускная способность память кэш вытеснение \
    аллокатор сборщик мусора указатели ссылки массивы списки деревья графы кучи хеши сортировки \
    рекурсия итераторы генераторы декораторы классы наследование интерфейсы модули зависимости \
    исключения файлы потоки корутины планировщик расписание уведомления шаблоны формы валидация \
    маршрутизация балансировка прокси шлюзы лимиты повторы таймауты предохранители";
const NAMES: &str = "PostgreSQL Redis Docker Kubernetes nginx Python Kafka RabbitMQ Prometheus \
    Grafana HTTP/2 TCP UDP DNS TLS gRPC SQLAlchemy pytest Git Ansible Terraform Linux systemd JSON \
    YAML Celery asyncio OpenAPI JWT OAuth";
const VERBS: &str = "Настройка Изучение Понимание Применение Проверка Разбор Выбор Описание";

/// Makes and judges one history.
pub(crate) struct Maker {
    chance: Chance,
    pub(crate) history: History,
    pub(crate) meanings: BTreeMap<String, Meaning>,
    words: Vec<&'static str>,
    names: Vec<&'static str>,
    verbs: Vec<&'static str>,
    made: usize,
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        let split = |text: &'static str| text.split_whitespace().collect();
        let mut maker = Self {
            chance: Chance(seed),
            history: History::default(),
            meanings: BTreeMap::new(),
            words: split(WORDS),
            names: split(NAMES),
            verbs: split(VERBS),
            made: 0,
        };
        for page in ["alpha", "beta", "gamma"] {
            maker.history.pages.push(Page {
                id: page.into(),
                title: format!("Этап {page}"),
                items: Vec::new(),
            });
            let at = maker.history.pages.len() - 1;
            for _ in 0..4 + maker.chance.below(8) {
                let item = maker.fresh();
                maker.history.pages[at].items.push(item);
            }
        }
        maker.history.judge("base", &BTreeMap::new());
        maker
    }

    /// One revision of a few edits, each of another item.
    pub(crate) fn revise(&mut self, title: &str) {
        self.meanings.clear();
        if self.chance.below(12) == 0 {
            let page = self.chance.below(self.history.pages.len());
            self.made += 1;
            self.history.pages[page].id = format!("page-{}", self.made);
        }
        if self.chance.below(4) == 0 {
            let page = self.chance.below(self.history.pages.len());
            self.history.pages[page].items.reverse();
        }
        for _ in 0..=self.chance.below(4) {
            let page = self.chance.below(self.history.pages.len());
            let count = self.history.pages[page].items.len();
            if count < 3 {
                let item = self.fresh();
                self.history.pages[page].items.push(item);
                continue;
            }
            let at = self.chance.below(count);
            let name = self.history.pages[page].items[at].name.clone();
            // What is new in this revision has no former self.
            if self.history.ids.contains_key(&name) && !self.meanings.contains_key(&name) {
                self.edit(page, at, name);
            }
        }
        self.history.judge(title, &self.meanings);
    }

    fn edit(&mut self, page: usize, at: usize, name: String) {
        let items = self.history.pages[page].items.len();
        let text = self.history.pages[page].items[at].text.clone();
        match self.chance.below(12) {
            0..=4 => {
                self.history.pages[page].items[at].text = self.reworded(&text);
                self.meanings.insert(name, Meaning::Reworded);
            }
            5 => {
                let item = self.history.pages[page].items.remove(at);
                let other = self.chance.below(self.history.pages.len());
                self.history.pages[other].items.push(item);
                self.meanings.insert(name, Meaning::Same);
            }
            6 | 7 => {
                let item = self.fresh();
                let place = self.chance.below(items + 1);
                self.history.pages[page].items.insert(place, item);
            }
            8 => {
                self.history.pages[page].items.remove(at);
                self.meanings.insert(name, Meaning::Gone);
            }
            9 => self.exchange(page, at, name, &text),
            10 => {
                let (one, other) = (self.fresh(), self.fresh());
                let whole = self.named(format!("{}; {}", one.text, other.text));
                // First the whole is written, in a revision of its own the parts.
                self.history.pages[page].items[at] = whole;
                self.meanings.insert(name, Meaning::Gone);
            }
            _ => {
                if let Some((first, second)) = text.split_once("; ") {
                    let parts = [self.named(first.to_owned()), self.named(second.to_owned())];
                    let names = parts.iter().map(|part| part.name.clone()).collect();
                    self.history.pages[page].items.splice(at..=at, parts);
                    self.meanings.insert(name, Meaning::Split(names));
                } else {
                    let other = (at + 1) % items;
                    let second = self.history.pages[page].items[other].clone();
                    let known = self.history.ids.contains_key(&second.name);
                    if !known || self.meanings.contains_key(&second.name) {
                        return;
                    }
                    let whole = self.named(format!("{text}; {}", second.text));
                    for part in [name, second.name] {
                        self.meanings.insert(part, Meaning::Merged(whole.name.clone()));
                    }
                    self.history.pages[page].items[at] = whole;
                    self.history.pages[page].items.remove(other);
                }
            }
        }
    }

    /// A trap: another name or number in the same words.
    fn exchange(&mut self, page: usize, at: usize, name: String, text: &str) {
        let other = *self.chance.of(&self.names);
        let known = self.names.iter().find(|known| text.split(' ').any(|word| word == **known));
        let text = match known {
            Some(known) if *known != other => text.replace(known, other),
            _ => return,
        };
        self.history.pages[page].items[at] = self.named(text);
        self.meanings.insert(name, Meaning::Trap);
    }

    /// Another wording that keeps the names and at least half of the words.
    fn reworded(&mut self, text: &str) -> String {
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let plain: Vec<usize> =
            (1..words.len()).filter(|&at| self.words.contains(&words[at].as_str())).collect();
        match self.chance.below(6) {
            0 => {
                let word = self.word();
                words.push(word);
            }
            1 => (*self.chance.of(&self.verbs)).clone_into(&mut words[0]),
            2 if plain.len() > 1 => {
                let at = *self.chance.of(&plain);
                words.remove(at);
            }
            3 if !plain.is_empty() && words.len() > 3 => {
                let at = *self.chance.of(&plain);
                words[at] = self.word();
            }
            4 => {
                // A typing error: two letters change places.
                let at = self.chance.below(words.len());
                let mut letters: Vec<char> = words[at].chars().collect();
                if letters.len() > 5 && self.words.contains(&words[at].as_str()) {
                    letters.swap(3, 4);
                }
                words[at] = letters.into_iter().collect();
            }
            _ => {
                let text = words.join(" ").to_lowercase();
                return format!("{text}: {}", self.word());
            }
        }
        words.join(" ")
    }

    fn word(&mut self) -> String {
        (*self.chance.of(&self.words)).to_owned()
    }

    fn named(&mut self, text: String) -> Item {
        self.made += 1;
        Item { name: format!("item-{}", self.made), text }
    }

    /// A new item that shares at most one word with any other, and is thus nobody's rewording.
    fn fresh(&mut self) -> Item {
        loop {
            let mut text = (*self.chance.of(&self.verbs)).to_owned();
            for _ in 0..2 + self.chance.below(3) {
                text.push(' ');
                text.push_str(&self.word());
            }
            if self.chance.below(2) == 0 {
                text.push(' ');
                let name: &str = self.names[self.chance.below(self.names.len())];
                text.push_str(name);
            }
            let words: Vec<&str> = text.split(' ').skip(1).collect();
            let clear = self.history.pages.iter().flat_map(|page| &page.items).all(|item| {
                let known: Vec<String> =
                    item.text.split([' ', ';', ':']).map(str::to_lowercase).collect();
                let shared = words.iter().filter(|word| known.contains(&word.to_lowercase()));
                shared.count() < 2
            });
            if clear {
                return self.named(text);
            }
        }
    }
}
