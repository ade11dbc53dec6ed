//! Content from strangers: whatever it is, it ends in a site or in diagnostics, soon, and nothing
//! is written outside the output folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use roadbook::compile::{Compiled, Memo, compile};
use roadbook::diagnostic::Code;
use roadbook::kind::PageKind;
use roadbook::lock::{Lock, resolve};
use roadbook::parse::markdown::MOST_TASKS;
use roadbook::parse::{config, parse};
use roadbook::report::{Colour, Format, report};
use roadbook::snapshot::Snapshot;

const BOOK: &str = "[curriculum]\nid = \"case\"\ntitle = \"Case\"\n";
const FRONT: &str = "---\ntitle: T\n---\n\n";
const STAGE: &str = "content/10-a/10-b/README.md";
/// As many as a hostile page has of anything.
const MANY: usize = 10_000;
/// What anything may take in a debug build on a busy machine. What grows with the square of its
/// input takes minutes.
const PATIENCE: Duration = Duration::from_secs(20);

fn snapshot(files: &[(&str, Vec<u8>)]) -> Snapshot {
    let mut all: BTreeMap<&str, Vec<u8>> = BTreeMap::from([
        ("book.toml", BOOK.into()),
        ("content/10-a/README.md", FRONT.into()),
        (STAGE, format!("{FRONT}## Week 1\n\n- [ ] Read\n").into()),
    ]);
    for (path, bytes) in files {
        all.insert(path, bytes.clone());
    }
    Snapshot::of(all)
}

/// Runs in a thread of its own; a panic or a hang is a failure that names the case.
fn within<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let start = Instant::now();
    let thread = std::thread::spawn(move || {
        let _ = sender.send(work());
    });
    let result = match receiver.recv_timeout(PATIENCE) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name}: no end after {PATIENCE:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let _ = thread.join();
            panic!("{name}: panicked after {:?}", start.elapsed());
        }
    };
    let _ = thread.join();
    result
}

/// Compiles and reports in every format; no control character reaches a terminal.
fn compiled(name: &str, files: Vec<(&'static str, Vec<u8>)>) -> Compiled {
    let title = name.to_owned();
    within(name, move || {
        let snapshot = snapshot(&files);
        let compiled = compile(&snapshot, &mut Memo::default());
        for format in [Format::Short, Format::Human] {
            let text = report(&compiled.diagnostics, &snapshot, format, Colour::Off);
            let bad = text.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(bad, None, "{title}: a control character in {format:?}");
        }
        compiled
    })
}

fn codes(compiled: &Compiled) -> Vec<Code> {
    let mut codes: Vec<Code> = compiled.diagnostics.iter().map(|found| found.code).collect();
    codes.dedup();
    codes
}

/// A small generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("less than a size")
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| u8::try_from(self.roll(256)).expect("a byte")).collect()
    }

    /// Pieces that mean something to one of the parsers, in any order.
    fn soup(&mut self, count: usize) -> Vec<u8> {
        const PIECES: [&str; 76] = [
            "\u{85}",
            "\u{9b}31m",
            "---\n",
            "title: ",
            "id: ",
            "\n",
            "\n\n",
            "  ",
            "\t",
            "\r\n",
            "\u{feff}",
            "- ",
            "- [ ] ",
            "> ",
            "# ",
            "## ",
            "## Week 1-2: ",
            "*",
            "**",
            "_",
            "`",
            "```",
            "~~~",
            "[",
            "]",
            "](",
            ")",
            "![",
            "[[",
            "]]",
            "|",
            "[^1]",
            "[^1]: ",
            "<",
            ">",
            "</script>",
            "<!-- id: ",
            "-->",
            "<!--",
            "was: ",
            "&",
            "*a",
            "&a ",
            ": ",
            "{",
            "}",
            "{{ ",
            " }}",
            "{% ",
            " %}",
            "{#",
            "block ",
            "endblock",
            "extends \"default/base.html\"",
            "for x in y",
            "endfor",
            "page.",
            "[curriculum]",
            "=",
            "\"",
            "'",
            "'''",
            "1",
            "99999999999999999999",
            "ё",
            "🚀",
            "\0",
            "%41",
            "javascript:",
            "data:",
            "../",
            "roadbook-lock 1\n",
            "[stage:b]\n",
            "anchor: stage:b#",
            " -> ",
            "{ -term }",
        ];
        let pieces = (0..count).map(|_| PIECES[self.roll(PIECES.len())]);
        pieces.collect::<String>().into_bytes()
    }
}

#[test]
fn random_bytes_as_any_file() {
    within("parsers", || {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let path: Arc<str> = Arc::from("content/a.md");
        for round in 0..1_500 {
            let count = 1 + dice.roll(60);
            let mut bytes = if round % 4 == 0 { dice.bytes(count) } else { dice.soup(count) };
            if round % 3 == 0 {
                bytes.splice(0..0, *b"---\n");
                bytes.extend(b"\n---\n");
            }
            let kind = PageKind::ALL[dice.roll(PageKind::ALL.len())];
            let _ = parse(&path, &bytes, kind, "name");
            let _ = config::read(&bytes);
            if let Ok(text) = String::from_utf8(bytes) {
                let (lock, _) = Lock::parse("progress.lock", &text);
                let (again, problems) = Lock::parse("progress.lock", &lock.to_string());
                assert!(problems.is_empty() && again == lock, "a lock is not read back: {text:?}");
                let _ = resolve("progress.lock", &text);
            }
        }
    });
    let mut dice = Dice(42);
    for round in 0..60 {
        let count = 1 + dice.roll(80);
        let bytes = if round % 5 == 0 { dice.bytes(count) } else { dice.soup(count) };
        let path = [
            STAGE,
            "content/glossary.md",
            "progress.lock",
            "book.toml",
            "themes/mine/theme.toml",
            "themes/mine/templates/stage.html",
            "themes/mine/templates/base.html",
            "themes/mine/locales/en.ftl",
            "themes/mine/static/a.css",
        ][round % 9];
        let mut files: Vec<(&str, Vec<u8>)> = vec![(path, bytes)];
        if path.starts_with("themes/mine/") {
            files.push(("book.toml", format!("{BOOK}[theme]\nname = \"mine\"\n").into()));
            if path != "themes/mine/theme.toml" {
                files.push(("themes/mine/theme.toml", b"parent = \"default\"".to_vec()));
            }
        }
        compiled(&format!("{path} in round {round}"), files);
    }
}

#[test]
fn a_line_of_fifty_megabytes() {
    let line = vec![b'a'; 50 << 20];
    for path in
        [STAGE, "book.toml", "themes/mine/templates/page.html", "themes/mine/locales/en.ftl"]
    {
        let mut files: Vec<(&str, Vec<u8>)> = vec![(path, line.clone())];
        if path.starts_with("themes") {
            files.push(("book.toml", format!("{BOOK}[theme]\nname = \"mine\"\n").into()));
            files.push(("themes/mine/theme.toml", b"parent = \"default\"".to_vec()));
        }
        assert!(codes(&compiled(path, files)).contains(&Code::TooLarge), "{path}");
    }
    let mut lock = b"roadbook-lock 1\n[stage:b]\n".to_vec();
    lock.extend(&line);
    let found = compiled("lock", vec![("progress.lock", lock)]);
    assert_eq!(codes(&found), [Code::LockSyntax]);
    // Within the bound of a page.
    compiled("4 MB", vec![(STAGE, [FRONT.as_bytes(), &line[..(4 << 20) - 100]].concat())]);
}

#[test]
fn nesting() {
    let n = MANY;
    let deep = |item: &str| {
        (0..800).fold(String::new(), |mut text, depth| {
            let _ = writeln!(text, "{}{item}", "  ".repeat(depth));
            text
        })
    };
    let cases = [
        ("quotes", ">".repeat(n) + " x"),
        ("lists on a line", "- ".repeat(n) + "x"),
        ("lists", deep("- x")),
        ("tasks", String::from("## W\n\n") + &deep("- [ ] x")),
        ("quotes and lists", "> - ".repeat(n) + "x"),
        ("emphasis", "*a ".repeat(n)),
        ("emphasis, closed", "*".repeat(n) + "a" + &"*".repeat(n)),
        ("emphasis, mixed", "**a *b ".repeat(n) + &"c* d** ".repeat(n)),
        ("strikes", "~~a ".repeat(n)),
        ("brackets", "[".repeat(n) + "a" + &"]".repeat(n)),
        ("brackets, open", "[a](".repeat(n)),
        ("images", "![".repeat(n) + "a" + &"](b.png)".repeat(n)),
        ("wiki links", "[[".repeat(n) + "a" + &"]]".repeat(n)),
        ("backticks", (1..200).fold(String::new(), |text, count| text + &"`".repeat(count) + " ")),
        ("HTML", "<div>".repeat(n)),
        ("comments", "<!-- ".repeat(n)),
        ("entities", "&".repeat(n) + &"&amp;".repeat(n)),
        ("columns", "|a".repeat(n) + "|\n" + &"|-".repeat(n) + "|\n|b|\n"),
        (
            "short rows",
            "|a".repeat(1_000) + "|\n" + &"|-".repeat(1_000) + "|\n" + &"|b\n".repeat(1_000),
        ),
        ("rows", String::from("|a|b|\n|-|-|\n") + &"|b|c|\n".repeat(n)),
        ("rules", "***\n".repeat(n)),
        ("definitions", "a\n: b\n\n".repeat(n)),
        (
            "footnotes in footnotes",
            (0..300).fold(String::from("x[^0]\n\n"), |mut text, depth| {
                let _ = writeln!(text, "{}[^{depth}]: n\n", "    ".repeat(depth));
                text
            }),
        ),
    ];
    for (name, body) in cases {
        compiled(name, vec![(STAGE, format!("{FRONT}{body}\n").into())]);
    }
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn very_many_of_one_kind() {
    let cases = [
        ("equal headings and tasks", "## Same\n\n- [ ] Same\n\n".repeat(MANY)),
        ("references to one footnote", "x[^1] ".repeat(MANY) + "\n\n[^1]: n\n"),
        ("footnotes", numbered(MANY, |i| format!("x[^{i}]\n\n[^{i}]: n\n\n"))),
        ("links", "[a](../README.md)\n".repeat(10 * MANY)),
    ];
    for (name, body) in cases {
        compiled(name, vec![(STAGE, format!("{FRONT}## W\n\n{body}").into())]);
    }
}

#[test]
fn more_tasks_than_a_page_may_have() {
    let tasks = numbered(MOST_TASKS + 50, |i| format!("- [ ] task {i}\n"));
    let text = format!("{FRONT}## W\n\n{tasks}");
    let found = compiled("tasks", vec![(STAGE, text.clone().into_bytes())]);
    let told: Vec<&str> = found.diagnostics.iter().map(|found| found.code.name()).collect();
    assert_eq!(told, ["too-large"], "it is told once");
    let rest = &text[found.diagnostics[0].span.start..];
    assert!(rest.lines().next().is_some_and(|line| line.ends_with(" task 10000")));
}

/// Lines that a grammar's patterns would go back in for seconds each, were they not stopped.
#[test]
fn code_that_takes_long_to_colour() {
    let mut blocks = String::new();
    for (language, prefix, unit) in
        [("scss", "''", "a--"), ("less", "", "a-"), ("ini", "", "\t"), ("ts", ":", " ")]
    {
        let line = format!("{prefix}{}", unit.repeat(1_900 / unit.len()));
        let _ = write!(blocks, "```{language}\n{line}\n```\n\n");
    }
    let page = format!("{FRONT}## W\n\n- [ ] t\n\n{blocks}");
    let found = compiled("code", vec![(STAGE, page.into_bytes())]);
    assert!(found.site.is_some(), "long code is no mistake");
}

#[test]
fn very_many_mistakes() {
    let n = 4_000;
    let headings = numbered(n, |i| format!("## h {i}\n\n"));
    let page = format!("{FRONT}{headings}");
    let cases = [
        ("links to headings", "[[page:p#h-3999]]\n".repeat(n)),
        ("broken links", numbered(n, |i| format!("[a](x{i}.md)\n"))),
        ("broken anchors", numbered(n, |i| format!("[a](../../pages/p.md#hh-{i}x)\n"))),
        ("broken wiki links", numbered(n, |i| format!("[[nobody-{i}]]\n"))),
        ("raw links that lead nowhere", numbered(n, |i| format!("<a href=\"x{i}\">a</a>\n"))),
        ("unknown languages", numbered(n / 2, |i| format!("```l{i}\n```\n"))),
        (
            "stated ids",
            numbered(n / 2, |i| format!("- [ ] t{i} <!-- id: next-{i} was: xxxxxx{i} -->\n")),
        ),
        (
            "blocks with sources",
            numbered(n / 4, |i| {
                format!("## Week {} [s](../../pages/p.md#h-{i})\n\n- [ ] t{i}\n\n", i + 1)
            }),
        ),
    ];
    for (name, body) in cases {
        let files = vec![
            (STAGE, format!("{FRONT}## W\n\n{body}").into_bytes()),
            ("content/pages/p.md", page.clone().into_bytes()),
        ];
        compiled(name, files);
    }
    // The same topic again and again, in two stages.
    let tasks = format!("{FRONT}## W\n\n{}", "- [ ] Same\n".repeat(n)).into_bytes();
    let found = compiled(
        "equal topics of two stages",
        vec![(STAGE, tasks.clone()), ("content/10-a/20-c/README.md", tasks)],
    );
    let bytes: usize =
        found.site.iter().flat_map(|site| site.files.values()).map(|bytes| bytes.len()).sum();
    assert!((1..20 << 20).contains(&bytes), "{bytes} bytes of a site of two pages");
}

#[test]
fn front_matter_and_settings_without_measure() {
    let n = MANY;
    let front = |yaml: String| format!("---\ntitle: x\n{yaml}\n---\n").into_bytes();
    let aliases = (0..4_000).fold(String::from("extra: ["), |mut text, i| {
        let _ = write!(text, "&a{i} x, *a{i}, ");
        text
    });
    let bomb = ('a'..='i').zip('b'..='j').fold(
        String::from("extra:\n  a: &a [x, x, x, x, x, x, x, x, x]\n"),
        |mut text, (before, name)| {
            let list = vec![format!("*{before}"); 9].join(", ");
            let _ = writeln!(text, "  {name}: &{name} [{list}]");
            text
        },
    );
    let cases: [(&str, String, Code); 12] = [
        ("a bomb of aliases", bomb, Code::TooLarge),
        ("an alias to itself", "extra: &a [*a]".into(), Code::TooLarge),
        ("many aliases", aliases + "]", Code::TooLarge),
        ("lists in lists", "extra: ".to_owned() + &"[".repeat(n), Code::Syntax),
        ("keys in keys", "extra: ".to_owned() + &"{a: ".repeat(n), Code::TooLarge),
        ("items in items", "extra:\n  ".to_owned() + &"- ".repeat(n), Code::TooLarge),
        ("documents", "...\n".to_owned() + &"--- a\n".repeat(n), Code::TooLarge),
        ("a long key", "ab".repeat(400) + ": 1", Code::UnknownKey),
        ("many keys", numbered(5_000, |i| format!("key{i}: 1\n")), Code::TooLarge),
        ("equal keys", "title: y\n".repeat(2_000), Code::DuplicateKey),
        ("huge numbers", "duration: 99999999999999999999 weeks".into(), Code::BadDuration),
        ("a key of the prototype", "__proto__: 1\nconstructor: 2".into(), Code::UnknownKey),
    ];
    for (name, yaml, code) in cases {
        let found = compiled(name, vec![(STAGE, front(yaml))]);
        assert!(codes(&found).contains(&code), "{name}: {:?}", codes(&found));
    }
    for (name, toml) in [
        ("arrays", "x = ".to_owned() + &"[".repeat(n)),
        ("dotted keys", "a".to_owned() + &".a".repeat(n) + " = 1"),
        ("tables", numbered(n, |i| format!("[t{i}]\n"))),
        ("a long text", "x = \"".to_owned() + &"a".repeat(900_000)),
    ] {
        let found = compiled(name, vec![("book.toml", format!("{BOOK}{toml}\n").into())]);
        assert!(found.site.is_none(), "{name}");
    }
    // A number in a name, a heading and a list that no integer holds.
    compiled(
        "numbers",
        vec![
            ("content/99999999999999999999999-a/README.md", FRONT.into()),
            (STAGE, format!("{FRONT}## Week 99999999999999-1\n\n999999999. x\n\n- [ ] a\n").into()),
        ],
    );
}

#[test]
fn themes_without_end() {
    let n = MANY;
    let mine = |path: &'static str, text: String| {
        vec![
            ("book.toml", format!("{BOOK}[theme]\nname = \"mine\"\n").into_bytes()),
            ("themes/mine/theme.toml", b"parent = \"default\"".to_vec()),
            ("content/pages/p.md", FRONT.into()),
            (path, text.into_bytes()),
        ]
    };
    let page = "themes/mine/templates/page.html";
    let templates = [
        ("an include of itself", "{% include \"page.html\" %}".to_owned()),
        ("an extension of itself", "{% extends \"mine/page.html\" %}".to_owned()),
        ("brackets", "{{ ".to_owned() + &"(".repeat(n) + "1" + &")".repeat(n) + " }}"),
        ("lists", "{{ ".to_owned() + &"[".repeat(n)),
        ("negations", "{{ ".to_owned() + &"not ".repeat(n) + "1 }}"),
        ("sums", "{{ 1".to_owned() + &" + 1".repeat(n) + " }}"),
        ("filters", "{{ 1".to_owned() + &" | abs".repeat(n) + " }}"),
        ("conditions", "{% if 1 %}".repeat(n) + &"{% endif %}".repeat(n)),
        ("a long range", "{% for i in range(end=1000000000000) %}x{% endfor %}".to_owned()),
    ];
    for (name, text) in templates {
        compiled(name, mine(page, text));
    }
    let words = "themes/mine/locales/en.ftl";
    for (name, text) in [
        ("open braces", "a = ".to_owned() + &"{ ".repeat(n)),
        ("words in a circle", "index-pages = { b }\nb = { index-pages }\n".to_owned()),
        ("a bomb of words", {
            let mut text = String::from("w0 = lol\n");
            for i in 1..30 {
                let _ = writeln!(text, "w{i} = {{ w{0} }}{{ w{0} }}", i - 1);
            }
            text + "index-pages = { w29 }\n"
        }),
    ] {
        compiled(name, mine(words, text));
    }
    let css = "themes/mine/static/a.css";
    compiled("open addresses", mine(css, "url(".repeat(n / 10)));
    let chain: Vec<(String, Vec<u8>)> = (0..40)
        .map(|i| {
            (format!("themes/t{i}/theme.toml"), format!("parent = \"t{}\"", i + 1).into_bytes())
        })
        .collect();
    let mut files: BTreeMap<String, Vec<u8>> = chain.into_iter().collect();
    files.insert("book.toml".into(), format!("{BOOK}[theme]\nname = \"t0\"\n").into());
    let found = within("a chain", move || compile(&Snapshot::of(files), &mut Memo::default()));
    assert!(codes(&found).contains(&Code::UnknownTheme));
}

/// Text that would mean something in HTML, in an attribute, in JSON and in a script.
#[test]
fn text_is_escaped_wherever_it_lands() {
    const EVIL: &str =
        "</title></script><script>alert(1)</script>\" onload=\"alert(1)' \u{2028} ]]>";
    let quoted = serde_json::to_string(EVIL).expect("a text is JSON");
    let found = compiled("escapes", vec![
        (
            "book.toml",
            format!(
                "[curriculum]\nid = \"__proto__\"\ntitle = {quoted}\ndescription = {quoted}\nauthors = [{quoted}]\nlicense = {quoted}\nicon = {quoted}\n"
            )
            .into(),
        ),
        ("content/10-a/README.md", format!("---\ntitle: {quoted}\ngoal: {quoted}\nicon: {quoted}\n---\n").into()),
        (
            STAGE,
            format!(
                "---\ntitle: {quoted}\nid: constructor\ngoal: {quoted}\naliases: [{quoted}]\nsources: [{{id: s, part: {quoted}}}]\n---\n\n## Week 1: \\</script> {}\n\n- [ ] `{EVIL}`\n",
                EVIL.replace('<', "\\<")
            )
            .into(),
        ),
        ("content/10-a/10-b/10-c.md", format!("---\ntitle: {quoted}\nsummary: {quoted}\nskills: [{quoted}]\n---\n").into()),
        ("content/sources/s.md", format!("---\ntitle: {quoted}\nalso: [{quoted}]\nurl: {quoted}\n---\n").into()),
        ("content/glossary.md", format!("---\ntitle: {quoted}\n---\n\n## {} (a)\n\nx\n", EVIL.replace('<', "\\<")).into()),
    ]);
    // The id and the alias are no names for a folder.
    assert!(found.site.is_none());

    let fixed = |text: &str| {
        text.replace("\"__proto__\"", "\"case\"").replace(&format!("aliases: [{quoted}]\n"), "")
    };
    let again = compiled("escapes, to be built", vec![
        ("book.toml", fixed(&format!("[curriculum]\nid = \"case\"\ntitle = {quoted}\ndescription = {quoted}\nauthors = [{quoted}]\n")).into()),
        ("content/10-a/README.md", format!("---\ntitle: {quoted}\ngoal: {quoted}\nicon: {quoted}\nextra: {{__proto__: {quoted}}}\n---\n").into()),
        (STAGE, format!("---\ntitle: {quoted}\nid: constructor\ngoal: {quoted}\nsources: [{{id: s, part: {quoted}}}]\n---\n\n## Week 1: {}\n\n- [ ] `{EVIL}`\n", EVIL.replace('<', "\\<")).into()),
        ("content/10-a/10-b/10-c.md", format!("---\ntitle: {quoted}\nsummary: {quoted}\nskills: [{quoted}]\n---\n").into()),
        ("content/sources/s.md", format!("---\ntitle: {quoted}\nalso: [{quoted}]\nurl: https://example.org/?a=\"><script>alert(1)</script>\n---\n").into()),
        ("content/glossary.md", format!("---\ntitle: {quoted}\n---\n\n## {} (a)\n\nx\n", EVIL.replace('<', "\\<")).into()),
    ]);
    let site = again.site.unwrap_or_else(|| panic!("{:#?}", again.diagnostics));
    for (path, bytes) in &site.files {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            assert!(!text.contains("<script>alert"), "{path} holds a stranger's script");
            assert!(!text.contains("\" onload=\"alert"), "{path} holds a stranger's attribute");
        }
        if path.ends_with(".js") {
            assert!(!text.contains("</script"), "{path} ends a script");
        }
        if path.ends_with(".json") {
            let _: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        }
    }
}

fn roadbook(arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .env("XDG_CACHE_HOME", crate::build::NO_CACHE)
        .args(arguments)
        .current_dir(folder)
        .args(["--message-format", "short"])
        .output()
        .expect("the binary runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn write(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

/// A folder with a curriculum in `road`; whatever else turns up beside it was not asked for.
fn road() -> tempfile::TempDir {
    let around = tempfile::tempdir().expect("a folder can be made");
    let road = around.path().join("road");
    write(&road, "book.toml", BOOK);
    write(&road, "content/10-a/README.md", FRONT);
    write(&road, STAGE, format!("{FRONT}## Week 1\n\n- [ ] Read\n"));
    around
}

/// What lies beside the curriculum.
fn beside(around: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(around)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "road")
        .collect();
    names.sort();
    names
}

#[test]
fn names_of_files() {
    let around = road();
    let road = around.path().join("road");
    for name in [
        "a b.txt",
        "\"quoted\" 'x'.txt",
        "🚀 ёлка.txt",
        "..a.txt",
        "a..b",
        "%2e%2e%2fx",
        "e\u{301}.txt",
        "\u{e9}.txt",
    ] {
        write(&road, &format!("static/{name}"), name);
        write(&road, &format!("content/10-a/10-b/{name}"), name);
    }
    write(&road, "content/pages/Ёлки & \"палки\" 🚀.md", FRONT);
    write(
        &road,
        "content/pages/links.md",
        format!(
            "{FRONT}[a](<../10-a/10-b/a b.txt>) [b](../10-a/10-b/🚀%20ёлка.txt) [c](<Ёлки & \"палки\" 🚀.md>)\n"
        ),
    );
    let (status, text) = roadbook(&["build"], &road);
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(beside(around.path()), Vec::<String>::new());
    assert!(road.join("site/pages/iolki-palki-rocket/index.html").is_file());

    // Names that are no folder's name everywhere, or that only case tells apart.
    write(&road, "content/pages/CON.md", FRONT);
    write(&road, "content/10-a/20-nul/README.md", format!("{FRONT}## Week 1\n\n- [ ] Write\n"));
    write(&road, &format!("content/pages/{}.md", "щ".repeat(60)), FRONT);
    write(&road, "static/case.txt", "");
    write(&road, "static/Case.txt", "");
    write(&road, "static/stages", "");
    let (status, text) = roadbook(&["check"], &road);
    assert_eq!(status, Some(1));
    for expected in [
        "content/pages/CON.md:1:1: error[bad-id]",
        "content/10-a/20-nul/README.md:1:1: error[bad-id]",
        "шшш".replace('ш', "щ").as_str(),
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    for name in ["pages/CON.md", "10-a/20-nul/README.md", &format!("pages/{}.md", "щ".repeat(60))]
    {
        fs::remove_file(road.join("content").join(name)).expect("it is there");
    }
    let (_, text) = roadbook(&["check"], &road);
    assert!(text.contains("static/stages:1:1: error[path-collision]"), "{text}");
    if road.join("static/CASE.txt").exists() {
        return;
    }
    assert!(text.contains("static/case.txt:1:1: error[case-collision]"), "{text}");
}

#[cfg(unix)]
#[test]
fn names_that_no_other_system_has() {
    use std::os::unix::ffi::OsStrExt as _;
    for name in ["a\\..\\..\\..\\evil.txt", "a\nb.txt", "\u{1b}[31m.txt"] {
        let around = road();
        let road = around.path().join("road");
        write(&road, &format!("static/{name}"), "x");
        let (status, text) = roadbook(&["build"], &road);
        assert_eq!(status, Some(1), "{name:?}");
        assert!(text.contains("error[unreadable]"), "{text}");
        assert!(!text.contains('\u{1b}'), "a name steers the terminal");
        assert_eq!(beside(around.path()), Vec::<String>::new());
    }
    let around = road();
    let road = around.path().join("road");
    let name = std::ffi::OsStr::from_bytes(b"static-\xff.txt");
    fs::create_dir_all(road.join("static")).expect("a folder can be made");
    if fs::write(road.join("static").join(name), "x").is_ok() {
        let (_, text) = roadbook(&["build"], &road);
        assert!(text.contains("the file's name is not UTF-8"), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_round_or_out() {
    use std::os::unix::fs::symlink;
    let around = road();
    let road = around.path().join("road");
    let link = |target: &str, name: &str| {
        let path = road.join(name);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
        symlink(target, path).expect("a link can be made");
    };
    link(".", "content/pages/self");
    link("../..", "content/pages/inner/up");
    link("/", "static/a-root");
    link("b", "static/a");
    link("a", "static/b");
    // Each folder leads to the next one twice: 2^40 paths without a loop.
    for i in 0..40 {
        fs::create_dir_all(road.join(format!("static/d/{i}"))).expect("a folder can be made");
        link(&format!("../{}", i + 1), &format!("static/d/{i}/x"));
        link(&format!("../{}", i + 1), &format!("static/d/{i}/y"));
    }
    fs::create_dir_all(road.join("static/d/40")).expect("a folder can be made");
    let start = Instant::now();
    let (status, text) = roadbook(&["check"], &road);
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    assert_eq!(status, Some(1));
    for expected in [
        "content/pages/self:1:1: error[unreadable]: a link leads back to a folder that holds it",
        "content/pages/inner/up:1:1: error[unreadable]: a link leads back to a folder",
        "static/a-root:1:1: error[unreadable]: a link leads out of the curriculum's folder",
        "static/a:1:1: error[unreadable]: cannot be read: ",
        "error[too-large]",
    ] {
        assert!(text.contains(expected), "{expected}: {}", &text[..text.len().min(2_000)]);
    }

    // The settings and the lock are files of the folder like all others.
    let around = self::road();
    let road = around.path().join("road");
    fs::rename(road.join("book.toml"), around.path().join("secret.toml")).expect("it can be moved");
    symlink("../secret.toml", road.join("book.toml")).expect("a link can be made");
    let (_, text) = roadbook(&["check"], &road);
    assert!(text.contains("book.toml:1:1: error[unreadable]"), "{text}");
}

/// A fork may bring a lock, or an output folder with links in it.
#[test]
fn nothing_is_written_outside_the_output() {
    let around = road();
    let road = around.path().join("road");
    for address in
        ["../../evil/index.html", "/tmp/roadbook-evil/index.html", "a/../../../evil.html"]
    {
        let lock = format!(
            "roadbook-lock 1\n[stage:b]\npage: stage:b\nurl: {address} B\nwas: {address}\n"
        );
        write(&road, "progress.lock", lock);
        let (status, text) = roadbook(&["build"], &road);
        assert_eq!(status, Some(1), "{address}");
        assert!(text.contains("progress.lock:4:1: error[lock-syntax]"), "{text}");
        assert!(text.contains("progress.lock:5:1: error[lock-syntax]"), "{text}");
        assert_eq!(beside(around.path()), Vec::<String>::new(), "{address}");
        assert!(!Path::new("/tmp/roadbook-evil").exists());
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_output_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let around = road();
    let road = around.path().join("road");
    let home = around.path().join("home");
    write(&home, "precious.txt", "mine");
    let (status, text) = roadbook(&["build"], &road);
    assert_eq!(status, Some(0), "{text}");
    fs::remove_dir_all(road.join("site/assets")).expect("it was built");
    symlink(&home, road.join("site/assets")).expect("a link can be made");
    let list = fs::read_to_string(road.join("site/.roadbook")).expect("it was built");
    write(&road, "site/.roadbook", list + "assets/precious.txt\n../../home/precious.txt\n");
    let (status, text) = roadbook(&["build"], &road);
    assert_eq!(status, Some(1), "{text}");
    assert_eq!(crate::build::files(&home).len(), 1, "a file was written or removed elsewhere");

    // The same for what two builds share, and for the folder of new files.
    fs::remove_file(road.join("site/assets")).expect("it is a link");
    symlink(&home, road.join("site/.roadbook-new")).expect("a link can be made");
    let (status, text) = roadbook(&["build"], &road);
    assert_eq!(status, Some(0), "{text}");
    symlink(home.join("precious.txt"), road.join(".site.roadbook-lock")).expect("a link");
    let (status, _) = roadbook(&["build"], &road);
    assert_eq!(status, Some(1));
    assert_eq!(fs::read(home.join("precious.txt")).expect("it is there"), b"mine");
    assert_eq!(crate::build::files(&home).len(), 1);
}
