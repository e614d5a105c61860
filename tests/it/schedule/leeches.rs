//! Cards that are forgotten again and again: told when it happens, suspended where the settings say so, listed with why.

use crate::fixture::study::import::json_lines;
use crate::fixture::study::{Study, pick};
use retain::model::MoveKind;
use retain::session::{Leech, Notice, StatedRating};
use retain::study::{LeechReport, ReviewRequest};
use retain::ui;
use serde_json::json;

const BANK: &str = "Facts\nWhat?\n- A. yes *\n- B. no\n- C. never\n";

/// A card that was learnt in January.
fn learnt() -> Study {
    let study = Study::new();
    study
        .at("2026-01-01")
        .bank("A", BANK)
        .deck_settings("A", "learning-steps=none relearning-steps=none leech-threshold=3");
    answer(&study, "yes", StatedRating::Good);
    study
}

/// One answer; what it found out of the card.
fn answer(study: &Study, text: &str, verdict: StatedRating) -> Option<Leech> {
    let mut desk = study.open();
    let mut sitting = desk.limited_review(&ReviewRequest::default(), Some(1));
    let question = sitting.question().expect("a question");
    match sitting.answer(&pick(&question, text).rated(verdict))[..] {
        [Notice::Recorded { leech, .. }] => leech,
        ref told => panic!("{told:?}"),
    }
}

/// Forgets the card once a month, from February on: whether that made it a leech, and suspended it.
fn forget(study: &Study, answers: &[(&str, StatedRating)]) -> Vec<(bool, bool)> {
    (2..)
        .zip(answers)
        .map(|(month, (text, verdict))| {
            let leech = answer(study.at(&format!("2026-{month:02}-01")), text, *verdict);
            (leech.is_some(), leech.is_some_and(|leech| leech.suspended))
        })
        .collect()
}

fn leeches(study: &Study, deck: Option<&str>) -> Vec<LeechReport> {
    study.trainer().leeches(deck).expect("leeches")
}

#[test]
fn a_leech_is_told_at_the_threshold_and_again_and_listed_with_why() {
    use StatedRating::{GoOn, Guessed};
    let study = learnt();
    let told = forget(&study, &[("no", GoOn), ("never", GoOn), ("no", GoOn), ("yes", Guessed), ("no", GoOn)]);
    assert_eq!(told, [(false, false), (false, false), (true, false), (false, false), (true, false)]);
    let listed = leeches(&study, None);
    assert_eq!(listed.len(), 1);
    let leech = &listed[0];
    assert_eq!((leech.lapses, leech.wrong, leech.guessed), (5, 4, 1));
    let confusions: Vec<_> =
        leech.confusions.iter().map(|one| (one.letter.as_str(), one.text.as_str(), one.times)).collect();
    assert_eq!(confusions, [("B", "no", 3), ("C", "never", 1)]);
    assert!(leech.places.len() == 1 && leech.places[0] == ("A.txt".into(), 2), "{:?}", leech.places);
    assert!(study.trainer().leeches(Some("nowhere")).is_err());

    assert_eq!(leeches(study.deck_settings("A", "leech-threshold=6"), None).len(), 0);
    assert_eq!(leeches(study.deck_settings("A", "leech-threshold=off"), None).len(), 0);
    let card = leeches(study.deck_settings("A", "leech-threshold=2"), Some("A"))[0].card;
    study.trainer().move_card(card, MoveKind::Forget, "by hand").expect("a move");
    assert_eq!(leeches(&study, None).len(), 0, "a card that begins again is no leech");
    study.is_sound();
}

#[test]
fn a_leech_is_suspended_where_the_settings_say_so_until_its_lapse_is_taken_back() {
    let study = learnt();
    study.deck_settings("A", "leech-action=suspend relearning-steps=10m");
    assert_eq!(forget(&study, &[("no", StatedRating::GoOn)]), [(false, false)]);
    study.deck_settings("A", "relearning-steps=none leech-threshold=2").at("2026-02-01T09:00:00+01:00");
    answer(&study, "yes", StatedRating::Good);
    let leech = answer(study.at("2026-04-01T09:00:00+01:00"), "no", StatedRating::GoOn);
    assert_eq!(leech, Some(Leech { lapses: 2, suspended: true }));
    assert_eq!(study.table("cards")[0]["suspended"], true);
    assert!(leeches(&study, None)[0].suspended);
    study.is_sound().undo();
    assert_eq!((&study.table("cards")[0]["suspended"], leeches(&study, None).len()), (&false.into(), 0));
    study.is_sound();
}

#[test]
fn plain_lines_tell_a_leech() {
    let study = learnt();
    forget(&study, &[("no", StatedRating::GoOn), ("no", StatedRating::GoOn)]);
    study.at("2026-06-01");
    let question = study.open().review(&ReviewRequest::default()).question().expect("a question");
    let no = question.choices.iter().find(|choice| choice.text == "no").expect("the choice");
    let said = study.plain(&format!("{}\n\n", no.label));
    assert!(said.contains("A leech: forgotten 3 times; `retain leeches` says why."), "{said}");
    let text = ui::leeches::text(&leeches(&study, Some("a")));
    assert!(text.contains("picked 3 times: B. no"), "{text}");
    let listed = json_lines(&ui::leeches::json(&leeches(&study, None)).expect("lines"));
    assert_eq!(listed[0]["confusions"], json!([{"letter": "B", "text": "no", "times": 3}]));
}

#[test]
fn leeches_go_to_standard_output_and_ways_out_to_standard_error() {
    let study = learnt();
    forget(&study, &[("no", StatedRating::GoOn), ("no", StatedRating::GoOn), ("no", StatedRating::GoOn)]);
    let program = study.program();
    let said = program.ok(&["leeches", "a"]);
    assert!(said.out.contains("picked 3 times: B. no") && said.err.contains("retain card reset"), "{}", said.out);
    assert_eq!(program.json(&["leeches", "--json"]).len(), 1);
    assert_eq!(program.run(&["leeches", "nowhere"]).code, 1);
}
