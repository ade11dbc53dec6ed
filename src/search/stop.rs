//! Words that say nothing about a page.
//!
//! Input: none. Output: [`WORDS`]. Responsibility: what a question is made of besides its subject.
//! The index leaves these words out, and the browser gets the list to leave them out of queries.

/// Stop words of Russian and English, lower-case, with `е` for `ё`, in order.
#[rustfmt::skip]
pub(super) const WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "between", "both", "but", "by", "can", "could", "did", "do", "does", "each", "for",
    "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "may", "me",
    "more", "most", "my", "no", "not", "of", "on", "one", "only", "or", "other", "our", "out",
    "over", "s", "should", "so", "some", "such", "t", "than", "that", "the", "their", "them",
    "then", "there", "these", "they", "this", "those", "through", "to", "too", "under", "up",
    "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will",
    "with", "without", "would", "you", "your", "а", "без", "более", "бы", "был", "была", "были",
    "было", "быть", "в", "вам", "вами", "вас", "ваш", "ваша", "ваше", "ваши", "вы", "где", "да",
    "даже", "для", "до", "его", "ее", "ей", "ему", "если", "есть", "еще", "же", "за", "затем",
    "зачем", "здесь", "и", "из", "из-за", "или", "им", "ими", "их", "к", "как", "какая", "какие",
    "каким", "каких", "какого", "какое", "какой", "каком", "какую", "когда", "кого", "которая",
    "которого", "которое", "которой", "которую", "которые", "который", "которым", "которых", "кто",
    "куда", "ли", "либо", "лишь", "мне", "можно", "мой", "мы", "на", "над", "надо", "нам", "нас",
    "наш", "не", "него", "нее", "ней", "нем", "нет", "ни", "них", "но", "ну", "нужно", "о", "об",
    "один", "одна", "одно", "он", "она", "они", "оно", "от", "по", "под", "пока", "после", "потом",
    "потому", "почему", "при", "про", "раз", "с", "сам", "сама", "само", "свое", "своей", "свои",
    "своих", "свой", "свою", "себе", "себя", "со", "так", "такая", "также", "такие", "такое",
    "такой", "там", "те", "тем", "то", "тоже", "только", "том", "тот", "ту", "тут", "ты", "у",
    "уже", "чего", "чем", "что", "чтобы", "эта", "эти", "этих", "это", "этого", "этой", "этом",
    "этот", "эту", "я",
];

/// Whether a normalised word is one of them.
pub(super) fn is_stop(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        let wrong = WORDS.windows(2).find(|pair| pair[0] >= pair[1]);
        assert_eq!(wrong, None);
    }
}
