//! The walk against `syntect`'s own, which it must equal.

use syntect::parsing::{ParseState, ScopeStackOp};

use super::classes::Change;
use super::corpus::BLOCKS;
use super::grammar::grammars;
use super::languages::{LANGUAGES, opening};
use super::walk::Walk;
use super::{language_number, noise};

/// Fails unless both find the same changes in each line of `code`.
fn check(language: usize, code: &str) {
    let grammars = grammars();
    let (names, name) = LANGUAGES[language];
    let Some(grammar) = grammars.grammar(language) else { return };
    let mut state = ParseState::new(grammar);
    let mut walk = Walk::new(grammars, grammars.start(language).expect("there is a grammar"));
    for line in opening(name, code).into_iter().chain(code.split_inclusive('\n')) {
        let theirs = state.parse_line(line, grammars.set()).expect("the grammar is sound");
        let theirs: Vec<(usize, Change)> = theirs
            .into_iter()
            .map(|(at, change)| {
                let change = match change {
                    ScopeStackOp::Push(scope) => Change::Open(grammars.table().mark(scope)),
                    ScopeStackOp::Pop(count) => Change::Close(count),
                    ScopeStackOp::Clear(amount) => Change::Clear(amount),
                    ScopeStackOp::Restore => Change::Restore,
                    ScopeStackOp::Noop => unreachable!("no parser says so"),
                };
                (at, change)
            })
            .collect();
        let ours = walk.line(line).ok().expect("the grammar is sound");
        assert_eq!(ours, theirs, "{names}: {line:?} of\n{code}");
    }
}

#[test]
fn every_language_of_the_corpus_is_walked_alike() {
    for (language, code) in BLOCKS {
        let language = language_number(language).expect("the corpus names known languages");
        check(language, code);
        // Strings, comments and brackets without their ends.
        for cut in [code.len() / 3, code.len() / 2, code.len() * 4 / 5] {
            check(language, &code[..code.floor_char_boundary(cut)]);
        }
    }
}

#[test]
fn every_grammar_walks_strange_text_alike() {
    let mut random = noise();
    let signs = "\" ' ` \"\"\" /* */ // # -- <<E E ${ } {{ ( ) [ ] \\ < > <p <?php é \0 \u{85} \n \n a if 1";
    let signs: Vec<&str> = signs.split(' ').collect();
    for language in 0..LANGUAGES.len() {
        let soup: String = (0..60).map(|_| [signs[random() % signs.len()], " "].concat()).collect();
        let (_, code) = BLOCKS[random() % BLOCKS.len()];
        check(language, &soup.replace(" \n ", "\n"));
        check(language, code);
    }
}
