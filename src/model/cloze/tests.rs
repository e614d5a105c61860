use proptest::prelude::*;

use super::*;

fn asked(text: &str) -> Vec<(u32, String, String)> {
    let cloze = Cloze::parse(text);
    cloze.places().into_iter().map(|place| (place, cloze.front(place), cloze.answers(place).join("; "))).collect()
}

fn all(text: &str, expected: &[(u32, &str, &str)]) {
    let expected: Vec<(u32, String, String)> =
        expected.iter().map(|(place, front, answer)| (*place, (*front).into(), (*answer).into())).collect();
    assert_eq!(asked(text), expected, "{text}");
}

#[test]
fn signs_of_every_format_are_shown_and_asked_for() {
    all("{{c1::Rome}} and {{c2::Oslo::a city}}", &[(0, "[…] and Oslo", "Rome"), (1, "Rome and [a city]", "Oslo")]);
    all("{{c2::a {{c1::b}} c}} d", &[(0, "a […] c d", "b"), (1, "[…] d", "a b c")]);
    all("{{c1::a}}, {{c1::b}}", &[(0, "[…], […]", "a; b")]);
    all(
        "In [Rome||city] \\[not\\] ![no](x.png) [link](y) [[wiki]]",
        &[(0, "In [city] [not] ![no](x.png) [link](y) [[wiki]]", "Rome")],
    );
    all(
        "==Rome== and {{Oslo}} `a==b==c`",
        &[(0, "[…] and Oslo `a==b==c`", "Rome"), (1, "Rome and […] `a==b==c`", "Oslo")],
    );
    all("where x==1 or y==2 is [true]", &[(0, "where x==1 or y==2 is […]", "true")]);
    all(
        "At {1:NM:=3.5:0.1} it is {1:MC:=hot~cold} {x}",
        &[(0, "At […] it is hot {x}", "3.5"), (1, "At 3.5 it is [hot / cold] {x}", "hot")],
    );
    all("nothing at all", &[]);
}

#[test]
fn histories_follow_what_is_left_out() {
    let carried = |old: &str, new: &str| carried(&Cloze::parse(old), &Cloze::parse(new));
    assert_eq!(carried("[a] [b]", "[c] [a] [b]"), [(0, Some(1)), (1, Some(2))]);
    assert_eq!(carried("[a] [b]", "[b]"), [(0, None), (1, Some(0))]);
    assert_eq!(carried("[a] [bb]", "[a] [bbb]"), [(0, Some(0)), (1, Some(1))]);
    assert_eq!(carried("{{c1::a}} {{c3::b}}", "{{c3::x}} {{c1::y}}"), [(0, Some(0)), (2, Some(2))]);
}

fn of(count: usize, broken: bool) -> Deletions {
    Deletions { count, broken }
}

#[test]
fn signs_of_every_format_are_counted() {
    for (text, found) in [
        ("{{c1::Rome}} and {{c2::Oslo::a city}}", of(2, false)),
        ("{{c1::a {{c2::b}} c}}", of(2, false)),
        ("{{c1::\\frac{1}{2}}}", of(1, false)),
        ("{{c1::}} {{c2::b", of(0, true)),
        ("{{Front}} {c1::x}", of(0, false)),
    ] {
        assert_eq!(Deletions::count_in(text, Signs::Anki), found, "{text}");
    }
    for (text, found) in [
        ("[Rome] is ![old](x.png) and \\[not\\] [Oslo]", of(2, false)),
        ("[] and [a", of(0, true)),
        ("![never closed", of(0, false)),
    ] {
        assert_eq!(Deletions::count_in(text, Signs::Brackets), found, "{text}");
    }
    for (text, found) in [
        ("[Rome||city] on [[file:a.png][a map]] [2011-04-30 Sat] [fn:1] [2/3] [ ] x[", of(1, false)),
        ("[one][two]", of(2, false)),
        ("[[never closed [here]", of(1, false)),
    ] {
        assert_eq!(Deletions::count_in(text, Signs::Org), found, "{text}");
    }
    for (text, found) in [
        ("==Rome== and {{Oslo}}", of(2, false)),
        ("`a==b==c` where a == b", of(0, false)),
        ("{{never closed", of(0, true)),
        ("=====\n`", of(0, false)),
    ] {
        assert_eq!(Deletions::count_in(text, Signs::Obsidian), found, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_nothing_but_signs_is_lost(text in "[a{}\\[\\]:=1c`|!\\\\ ]{0,60}") {
        let cloze = Cloze::parse(&text);
        for place in cloze.places() {
            prop_assert!(!cloze.answers(place).is_empty());
            cloze.front(place);
        }
        if cloze.places().is_empty() {
            prop_assert_eq!(cloze.whole(), text.replace("\\[", "[").replace("\\]", "]"));
        }
    }

    #[test]
    fn what_is_carried_goes_to_one_place_each(old in "(\\[[ab]\\] ?){0,5}", new in "(\\[[ab]\\] ?){0,5}") {
        let carried = carried(&Cloze::parse(&old), &Cloze::parse(&new));
        let mut targets: Vec<u32> = carried.iter().filter_map(|(_, to)| *to).collect();
        targets.sort_unstable();
        let all = targets.len();
        targets.dedup();
        prop_assert_eq!(targets.len(), all);
    }
}
