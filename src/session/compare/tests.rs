use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

/// The lines with their differences: `[x]` wrong, `+x+` extra, `-x-` missing.
fn lines(typed: &Typed) -> (String, String) {
    let line = |spans: &[ComparedSpan]| {
        let piece = |ComparedSpan { text, difference }: &ComparedSpan| match difference {
            Difference::Same => text.clone(),
            Difference::Wrong => format!("[{text}]"),
            Difference::Extra => format!("+{text}+"),
            Difference::Missing => format!("-{text}-"),
        };
        spans.iter().map(piece).collect()
    };
    (line(&typed.typed), line(&typed.accepted))
}

#[test]
fn what_does_not_count_is_right() {
    for (typed, accepted) in [
        ("  paris ", "Paris"),
        ("New\t York\u{a0}City", "new york city"),
        ("ﬁnal", "FINAL"),
        ("STRASSE", "Straße"),
        ("ΟΔΟΣ", "οδος"),
        ("οδοσ", "ΟΔΟΣ"),
        ("e\u{301}cole", "école"),
        ("Ｆｕｌｌ", "full"),
        ("rock ’n’ roll", "rock 'n' roll"),
        ("“so” – he said", "\"so\" - he said"),
        ("co\u{ad}op", "coop"),
        ("extra", "ex*"),
        ("ex", "ex*"),
        ("a long extra day", "*long*day"),
        ("anything", "*"),
        ("", "*"),
        ("2*3", "2\\*3"),
        ("a b", "a *"),
        ("", ""),
    ] {
        let compared = compare(typed, &["something else", accepted]);
        assert!(compared.right && compared.distance == 0, "{typed} {accepted} {compared:?}");
        assert_eq!(compared.nearest, Some(1));
        assert!(compared.typed.iter().chain(&compared.accepted).all(|span| span.difference == Difference::Same));
    }
}

#[test]
fn differences_are_shown_letter_by_letter() {
    for (typed, accepted, line, other, distance) in [
        ("recieve", "receive", "rec[ie]ve", "rec[ei]ve", 2),
        ("adress", "address", "adress", "a-d-dress", 1),
        ("Londdon", "London", "Lon+d+don", "London", 1),
        ("", "Rome", "", "-Rome-", 4),
        ("Rome", "", "+Rome+", "", 4),
        ("Weissbuch", "Weißbach", "Weissb[u]ch", "Weißb[a]ch", 1),
        ("exam", "ax*", "[e]xam", "[a]x*", 1),
        ("23", "2\\*3", "23", "2-*-3", 1),
        ("👩‍👩‍👧 a", "👩‍👩‍👧 b", "👩‍👩‍👧 [a]", "👩‍👩‍👧 [b]", 1),
    ] {
        let compared = compare(typed, &[accepted]);
        assert!(!compared.right);
        let (typed, accepted) = lines(&compared);
        // Where several alignments are equally good, the choice among them is of no interest.
        assert_eq!(typed.replace(['[', ']', '+'], ""), line.replace(['[', ']', '+'], ""));
        assert_eq!(accepted.replace(['[', ']', '-'], ""), other.replace(['[', ']', '-'], ""));
        assert_eq!((compared.distance, compared.typed.len()), (distance, compare_len(line)), "{typed} {accepted}");
    }
    assert_eq!(lines(&compare("recieve", &["receive"])), ("rec[ie]ve".into(), "rec[ei]ve".into()));
    assert_eq!(lines(&compare("exam", &["ax*"])), ("[e]xam".into(), "[a]x*".into()));
}

/// How many pieces a line of the table has.
fn compare_len(line: &str) -> usize {
    line.split(['[', ']', '+']).filter(|piece| !piece.is_empty()).count()
}

#[test]
fn accents_count_and_are_told() {
    let compared = compare("ecole", &["lycée", "école"]);
    assert!(!compared.right && compared.accents_only);
    assert_eq!((compared.nearest, lines(&compared)), (Some(1), ("[e]cole".into(), "[é]cole".into())));
    for (typed, accepted) in [("schon", "schön"), ("ano", "año"), ("ресто", "рёсто"), ("senor garcia", "Se*or García")]
    {
        let compared = compare(typed, &[accepted]);
        assert!(!compared.right && compared.accents_only, "{typed}");
    }
    assert!(!compare("acole", &["école"]).accents_only);
    assert!(!compare("école", &["école"]).accents_only);
}

#[test]
fn the_nearest_is_the_one_with_the_fewest_differences() {
    let compared = compare("Berlni", &["Bern", "Berlin", "Bergen"]);
    assert_eq!(compared.nearest, Some(1));
    let compared = compare("Berlin", &[]);
    assert_eq!((compared.right, compared.nearest, compared.typed.len()), (false, None, 1));
}

#[test]
fn a_pasted_page_is_wrong_at_once() {
    let page = "lorem ipsum ".repeat(10_000);
    let compared = compare(&page, &[&"dolor sit ".repeat(1_000), "amet"]);
    assert!(!compared.right);
    assert_eq!(compared.typed.iter().map(|span| span.text.as_str()).collect::<String>(), page.trim());
}

/// A text as the lines of a comparison have it.
fn plain(text: &str) -> String {
    clean::clean(text)
}

proptest! {
    #[test]
    fn a_text_is_itself_in_any_case_form_and_spacing(words in prop::collection::vec("[a-zà-žß-ÿα-ωа-я'0-9]{1,8}", 0..6)) {
        let text = words.join(" ");
        let upper = plain(&text).to_uppercase();
        let spaced = format!("\t{} ", words.join(" \u{a0}\n"));
        for form in [text.clone(), upper, text.to_lowercase(), spaced, text.nfd().collect(), text.nfkd().collect(), text.replace('\'', "’")] {
            let compared = compare(&form, &[&text]);
            prop_assert!(compared.right, "{} {}", form, text);
        }
    }

    #[test]
    fn the_pieces_spell_both_lines(typed in "(\\PC|[a-c é]){0,24}", accepted in prop::collection::vec("(\\PC|[a-c é*]){0,24}", 0..4)) {
        let texts: Vec<&str> = accepted.iter().map(String::as_str).collect();
        let compared = compare(&typed, &texts);
        let spell = |spans: &[ComparedSpan]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
        prop_assert_eq!(spell(&compared.typed), plain(&typed));
        if let Some(nearest) = compared.nearest {
            prop_assert_eq!(spell(&compared.accepted), plain(&texts[nearest].replace("\\*", "*")));
        }
        prop_assert!(compared.typed.iter().all(|span| span.difference != Difference::Missing));
        prop_assert!(compared.accepted.iter().all(|span| span.difference != Difference::Extra));
        let same = |spans: &[ComparedSpan]| spans.iter().all(|span| span.difference == Difference::Same);
        if !texts.is_empty() {
            prop_assert_eq!(compared.right, same(&compared.typed) && same(&compared.accepted));
        }
        prop_assert!(!(compared.right && compared.accents_only));
    }

    #[test]
    fn a_change_of_one_letter_is_one_apart(text in "[a-z]{1,20}", at in any::<prop::sample::Index>()) {
        let mut chars: Vec<char> = text.chars().collect();
        let place = at.index(chars.len());
        chars[place] = 'Ω';
        let typed: String = chars.iter().collect();
        prop_assert_eq!(compare(&typed, &[&text]).distance, 1);
        chars.remove(place);
        let typed: String = chars.iter().collect();
        prop_assert_eq!(compare(&typed, &[&text]).distance, 1);
    }
}
