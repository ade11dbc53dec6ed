// Words typed in the wrong keyboard layout.
//
// Input: «ыудусе» or `r'ibhjdfybt`. Output: `select`, «кэширование». Responsibility: the keys of the
// Russian and the English layout.

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./";
const CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю.";
const LATIN_UPPER = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?';
const CYRILLIC_UPPER = "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,";

const toCyrillic = pairs(LATIN + LATIN_UPPER, CYRILLIC + CYRILLIC_UPPER);
const toLatin = pairs(CYRILLIC + CYRILLIC_UPPER, LATIN + LATIN_UPPER);

function pairs(from: string, to: string): Map<string, string> {
  return new Map([...from].map((key, at) => [key, to[at] ?? key]));
}

/** The same keys in the other layout; nothing where no key has another sign there. */
export function otherLayout(text: string): string | undefined {
  const map = /[а-яё]/i.test(text) ? toLatin : /[a-z]/i.test(text) ? toCyrillic : undefined;
  if (!map) return undefined;
  const other = [...text].map((c) => map.get(c) ?? c).join("");
  return other === text ? undefined : other;
}
