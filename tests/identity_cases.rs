//! Every rule of identity, as a small case of text.

#[path = "identity/case.rs"]
mod case;

macro_rules! files {
    ($($name:ident: $least:literal)*) => {$(
        #[test]
        fn $name() {
            let file = concat!("tests/identity/", stringify!($name), ".txt");
            let count = case::run(file, include_str!(concat!("identity/", stringify!($name), ".txt")));
            assert!(count >= $least, "{file} has {count} cases");
        }
    )*};
}

files! {
    same: 8
    rewording: 16
    bulk: 5
    links: 8
    parts: 10
    explicit: 12
    pages: 10
    traps: 24
}
