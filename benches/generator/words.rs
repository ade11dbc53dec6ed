//! Sentences that nobody has written.
//!
//! Input: what is to be named and a seed. Output: words. Responsibility: variety without a random
//! source: the same seed gives the same text on every machine.

/// The verbs that topics begin with; no two topics of a stage begin with the same.
#[rustfmt::skip]
pub(crate) const VERBS: [&str; 12] = [
    "measure", "compare", "restore", "trace", "split", "secure", "publish", "verify", "automate",
    "describe", "repair", "replace",
];

#[rustfmt::skip]
const NOUNS: [&str; 64] = [
    "cache", "queue", "index", "socket", "branch", "ledger", "kernel", "signal", "schema", "tunnel",
    "buffer", "worker", "router", "parser", "filter", "broker", "cursor", "bucket", "planner",
    "session", "cluster", "gateway", "counter", "monitor", "runtime", "storage", "console", "backup",
    "channel", "profile", "package", "replica", "archive", "segment", "balance", "journal", "address",
    "process", "request", "library", "pipeline", "registry", "resolver", "snapshot", "timeline",
    "boundary", "contract", "endpoint", "iterator", "listener", "metadata", "notebook", "operator",
    "protocol", "scheduler", "container", "framework", "interface", "migration", "namespace",
    "partition", "reference", "structure", "transaction",
];

#[rustfmt::skip]
const ADJECTIVES: [&str; 32] = [
    "slow", "small", "plain", "broken", "shared", "nested", "remote", "hidden", "stable", "sorted",
    "signed", "mutable", "ordered", "partial", "virtual", "careful", "durable", "foreign", "minimal",
    "optional", "readable", "stateful", "portable", "external", "immutable", "redundant", "versioned",
    "concurrent", "persistent", "compressed", "observable", "distributed",
];

#[rustfmt::skip]
const LINKS: [&str; 16] = [
    "behind", "without", "before", "against", "inside", "and", "between", "under", "beyond", "with",
    "around", "for", "after", "from", "above", "into",
];

#[rustfmt::skip]
const SYLLABLES: [&str; 16] = [
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va",
];

/// A name that no other number has: its hexadecimal digits as syllables, at least three.
pub(crate) fn label(number: usize) -> String {
    // An odd factor permutes the numbers below 2^16, so neighbours look nothing like each other.
    let low = (number & 0xFFFF).wrapping_mul(40_503) & 0xFFFF;
    let mut rest = (number & !0xFFFF) | low;
    let mut name = String::new();
    while rest > 0 || name.len() < 6 {
        name.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
    }
    name
}

/// The word with a capital.
pub(crate) fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_uppercase() + rest
}

/// Numbers that look random and are the same each time (`SplitMix64`).
pub(crate) struct Random(u64);

impl Random {
    /// One sequence for each purpose and number.
    pub(crate) fn new(purpose: &str, number: usize) -> Self {
        let seed = purpose.bytes().fold(number as u64, |seed, byte| {
            seed.wrapping_mul(0x0100_0000_01B3).wrapping_add(u64::from(byte))
        });
        let mut random = Self(seed);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() >> 32) as usize % end
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    /// One noun.
    pub(crate) fn noun(&mut self) -> &'static str {
        self.one_of(&NOUNS)
    }

    /// Adjectives and, at the end, a noun.
    pub(crate) fn words(&mut self, count: usize) -> String {
        let mut text = String::new();
        for _ in 1..count {
            text.push_str(self.one_of(&ADJECTIVES));
            text.push(' ');
        }
        text + self.noun()
    }

    /// About `count` words about `name`, with neither capital nor full stop.
    pub(crate) fn sentence(&mut self, name: &str, count: usize) -> String {
        let mut text =
            format!("{} the {} {} of {name}", self.one_of(&VERBS), self.words(1), self.noun());
        for _ in 0..count.saturating_sub(5) / 3 {
            text.push(' ');
            text.push_str(self.one_of(&LINKS));
            text.push_str(" the ");
            text.push_str(&self.words(2));
        }
        text
    }

    /// Sentences about `name`, one of them with emphasis and one with code.
    pub(crate) fn paragraph(&mut self, name: &str, sentences: usize) -> String {
        let mut text = String::new();
        for number in 0..sentences {
            let sentence = capital(&self.sentence(name, 17));
            let (noun, other) = (self.noun(), self.noun());
            let sentence = match number % 3 {
                0 => format!("{sentence}, as the **{noun}** asks. "),
                1 => format!("{sentence}; then run `{noun} {other}`. "),
                _ => format!("{sentence}, or the *{noun}* fails. "),
            };
            text.push_str(&sentence);
        }
        text.truncate(text.trim_end().len());
        text
    }
}
