//! Spellings made comparable: letters without marks, and the skeleton that transliterations share. Not a transliterator.

/// Lower case, without the marks of Latin letters; Cyrillic in a common transliteration.
pub(super) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'а' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'е' | 'э' | 'ё' => out.push('e'),
            'ì'..='ï' | 'ī' | 'ı' | 'и' | 'і' | 'й' | 'ї' => out.push('i'),
            'ñ' | 'ń' | 'ň' | 'н' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'о' => out.push('o'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'у' => out.push('u'),
            'ý' | 'ÿ' | 'ы' => out.push('y'),
            'š' | 'ś' | 'ş' | 'ș' | 'с' => out.push('s'),
            'ž' | 'ź' | 'ż' | 'з' => out.push('z'),
            'ł' | 'л' => out.push('l'),
            'đ' | 'ď' | 'ð' | 'д' => out.push('d'),
            'ğ' | 'г' | 'ґ' => out.push('g'),
            'ř' | 'р' => out.push('r'),
            'ť' | 'ţ' | 'ț' | 'т' => out.push('t'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'б' => out.push('b'),
            'в' => out.push('v'),
            'ж' => out.push_str("zh"),
            'к' => out.push('k'),
            'м' => out.push('m'),
            'п' => out.push('p'),
            'ф' => out.push('f'),
            'х' => out.push_str("kh"),
            'ц' => out.push_str("ts"),
            'ч' => out.push_str("ch"),
            'ш' => out.push_str("sh"),
            'щ' => out.push_str("shch"),
            'ь' | 'ъ' => {}
            'ю' => out.push_str("yu"),
            'я' => out.push_str("ya"),
            'є' => out.push_str("ye"),
            '’' | 'ʼ' | '`' => out.push('\''),
            other => out.push(other),
        }
    }
    out
}

/// What is left of a folded name when the letters that transliterations disagree on are gone: Zelensky, Zelenskyy and
/// Zelenskiy share one, and so do Kolesnikovka and Kolisnykivka. Its first letter stays.
pub(super) fn skeleton(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut letters = word.chars().filter(|letter| letter.is_alphanumeric()).peekable();
    let mut first = true;
    while let Some(letter) = letters.next() {
        let mapped = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' => {
                if first {
                    out.push(if matches!(letter, 'j' | 'y') { 'i' } else { letter });
                }
                first = false;
                continue;
            }
            'c' if letters.peek() == Some(&'k') => continue,
            'k' if letters.peek() == Some(&'h') => {
                letters.next();
                'h'
            }
            'w' => 'v',
            'c' | 'q' => 'k',
            'z' | 's' => 's',
            't' if letters.peek() == Some(&'z') || letters.peek() == Some(&'s') => {
                letters.next();
                's'
            }
            other => other,
        };
        first = false;
        if !out.ends_with(mapped) {
            out.push(mapped);
        }
    }
    out
}
