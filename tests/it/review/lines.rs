//! Whatever is typed, a session ends well: thousands of lines at random, half of them sensible.

use crate::fixture::program::kinds::study_of_kinds;

/// A row of numbers without pattern (the multiplier is Knuth's), the same in every run.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    }
}

fn lines(sensible: &[&str], seed: u64, count: usize) -> String {
    let mut number = numbers(seed);
    let mut text = String::new();
    for _ in 0..count {
        let line = sensible[number(sensible.len())];
        match number(8) {
            // A line with a hole, or cut off.
            0 => text.extend(line.chars().filter(|_| number(4) > 0)),
            1 => text.extend(line.chars().take(number(line.len() + 1))),
            2 => {
                text.extend(
                    (0..number(12)).filter_map(|_| char::from_u32(number(0x300) as u32)).filter(|c| *c != '\n'),
                );
            }
            _ => text += line,
        }
        text.push('\n');
    }
    text
}

const PLAIN: [&str; 30] = [
    "", "A", "B", "AC", "CAB", "A1 B2 C3", "2 1 3", "Oslo", "1925", "1", "2", "4", "o", "undo", ":undo", "skip",
    ":skip", "pause", ":pause", "help", "repeat", ":repeat", "about", ":about", "edit", ":cancel", ".", "flag odd",
    "unflag", ":cancel",
];

const JSON: [&str; 24] = [
    r#"{"type":"answer","pick":["A"]}"#,
    r#"{"type":"answer","pick":["A","C"]}"#,
    r#"{"type":"answer","pick":["C","A","B"]}"#,
    r#"{"type":"answer","pick":[],"ms":-4}"#,
    r#"{"type":"answer","pairs":[["A",1],["B","2"],["C",3]]}"#,
    r#"{"type":"answer","pairs":[["A",1],["A","9"]]}"#,
    r#"{"type":"answer","text":"Oslo","ms":1e300}"#,
    r#"{"type":"answer","text":1925}"#,
    r#"{"type":"answer","text":""}"#,
    r#"{"type":"reveal"}"#,
    r#"{"type":"rate"}"#,
    r#"{"type":"rate","rating":"again"}"#,
    r#"{"type":"rate","rating":"guessed"}"#,
    r#"{"type":"rate","rating":"easy"}"#,
    r#"{"type":"overrule"}"#,
    r#"{"type":"pause"}"#,
    r#"{"type":"undo"}"#,
    r#"{"type":"skip"}"#,
    r#"{"type":"about"}"#,
    r#"{"type":"edit"}"#,
    r#"{"type":"edit","text":"x"}"#,
    r#"{"type":"cancel"}"#,
    r#"{"type":"flag","note":"odd"}"#,
    r#"{"type":"unflag"}"#,
];

#[test]
fn no_line_ends_a_session_badly() {
    for (front_end, sensible) in [("plain", &PLAIN[..]), ("json", &JSON[..])] {
        for seed in 1..=4 {
            let study = study_of_kinds();
            let typed = lines(sensible, seed, 600);
            // A session that ends badly fails here.
            let said = if front_end == "plain" { study.plain(&typed) } else { study.json_lines(&typed) };
            assert!(!said.is_empty());
            let answers = study.table("reviews");
            assert!(answers.len() > 5, "{front_end}, {seed}: {} answers", answers.len());
            assert!(answers.iter().any(|row| row["undone"] == true), "{front_end}, {seed}: nothing was taken back");
            study.is_sound();
        }
    }
}
