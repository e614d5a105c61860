//! Cards listed, flagged, put off, and shown with all that is known of them.

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right, all_wrong};
use crate::fixture::views::{lines, plain, refusal};
use retain::model::MoveKind;
use retain::session::Showing;
use retain::study::{CardDetails, CardFilter, CardFilterState, ReviewRequest, short_id};
use retain::ui::card;
use retain::ui::card_table::{self, ListView};
use serde_json::Value;
use uuid::Uuid;

const DEEP: &str = "How deep is the sea?";
const HIGH: &str = "How high is a hill?";

/// Two new questions, of two topics; one has a tag.
fn study() -> Study {
    let bank = format!(
        "# Seas\n{DEEP} {{#deep}}\n- A. deep *\n- B. flat\nTags: Water\n\n# Hills\n{HIGH}\n- A. high *\n- B. low\n"
    );
    let study = Study::new();
    study.bank("sea", bank).deck_settings("sea", "learning-steps=none").at("2026-11-24");
    study
}

/// One answer, right or wrong.
fn answer(study: &Study, right: bool) {
    let learner = |question: &Showing| if right { all_right(question) } else { all_wrong(question) };
    study.open().limited_review(&ReviewRequest::default(), Some(1)).answer_all(|shown| learner(shown).in_ms(4_200));
}

/// Cards in one of these states.
fn in_states(states: &[CardFilterState]) -> CardFilter {
    CardFilter { states: states.to_vec(), ..CardFilter::default() }
}

fn flagged() -> CardFilter {
    CardFilter { flagged: true, ..CardFilter::default() }
}

/// The cards that a filter takes, as lines of JSON.
fn list(study: &Study, filter: &CardFilter) -> Vec<Value> {
    lines(card_table::json(&study.trainer().cards(filter).expect("cards"), study.now()))
}

fn stems(study: &Study, filter: &CardFilter) -> Vec<String> {
    list(study, filter).iter().map(|card| card["stem"].as_str().expect("a stem").to_owned()).collect()
}

/// The cards that a filter takes, for people.
fn text(study: &Study, filter: &CardFilter) -> String {
    let trainer = study.trainer();
    let present = trainer.present().expect("the present");
    let view = ListView { now: present.now, today: present.today, width: 80, paint: plain(), sought: &[] };
    card_table::text(&trainer.cards(filter).expect("cards"), view)
}

fn uid(study: &Study, stem: &str) -> Uuid {
    study.card(stem)["card"].as_str().expect("a card").parse().expect("an identity")
}

fn relocate(study: &Study, card: Uuid, kind: MoveKind) {
    study.trainer().move_card(card, kind, "by hand").expect("a move");
}

fn flag(study: &Study, card: Uuid, note: Option<&str>) -> bool {
    study.trainer().flag_card(card, note).expect("a flag")
}

fn details(study: &Study, card: Uuid) -> CardDetails {
    study.trainer().card(card).expect("a card")
}

/// A card for people.
fn page(study: &Study, card: Uuid) -> String {
    card::text(&details(study, card), &study.db().with_file_name("media"), study.now(), plain())
}

/// A card for programs.
fn json(study: &Study, card: Uuid) -> Value {
    lines(card::json(&details(study, card), study.now())).remove(0)
}

#[test]
fn cards_are_listed_by_deck_state_topic_tag_and_flag() {
    let study = study();
    let tag = |tag: &str| CardFilter { tag: Some(tag.into()), ..CardFilter::default() };
    assert_eq!(stems(&study, &CardFilter::default()), [DEEP, HIGH]);
    let hills = CardFilter { deck: Some("SEA".into()), topic: Some("hills".into()), ..CardFilter::default() };
    assert_eq!(stems(&study, &hills), [HIGH]);
    assert_eq!(stems(&study, &tag("water")), [DEEP]);
    assert!(stems(&study, &tag("fire")).is_empty());
    let nowhere = CardFilter { deck: Some("nowhere".into()), ..CardFilter::default() };
    assert!(refusal(study.trainer().cards(&nowhere)).contains("no deck is called `nowhere`"));
    let card = uid(&study, DEEP);
    relocate(&study, card, MoveKind::Suspend);
    assert_eq!(stems(&study, &in_states(&[CardFilterState::Suspended])), [DEEP]);
    assert_eq!(stems(&study, &in_states(&[CardFilterState::Review, CardFilterState::New])), [DEEP, HIGH]);
    answer(&study, true);
    assert_eq!(stems(&study, &in_states(&[CardFilterState::Review])), [HIGH]);
    let shown = text(&study, &in_states(&[CardFilterState::New]));
    let expected = format!(
        " #  card      deck › topic  question                                 comes back\n \
         1  {}  sea › Seas    {DEEP}                     suspended\n",
        short_id(card)
    );
    assert_eq!(shown, expected);
    assert!(stems(&study, &flagged()).is_empty());
}

#[test]
fn a_flag_is_set_replaced_listed_exported_and_taken_off() {
    let study = study();
    let card = uid(&study, DEEP);
    let row = || {
        let row = study.card(DEEP);
        (row["flagged"].clone(), row["note"].clone())
    };
    assert!(flag(&study, card, Some("")));
    assert_eq!(row(), (true.into(), Value::Null));
    let note = "ask the teacher, \"today\"";
    assert!(flag(&study, card, Some(note)));
    assert_eq!(row(), (true.into(), note.into()));
    let listed = list(&study, &flagged());
    assert_eq!((listed.len(), &listed[0]["note"]), (1, &note.into()));
    assert!(text(&study, &CardFilter::default()).contains("  flagged: ask the teacher, \"today\"\n"));
    assert_eq!(json(&study, card)["flag"]["at"], "2026-11-24T08:00:00.000+01:00");
    assert!(page(&study, card).contains("flagged: ask the teacher, \"today\"\n"));
    let csv = study.csv("cards");
    assert!(csv.lines().next().expect("a header").ends_with(",suspended,flagged,note"), "{csv}");
    assert!(csv.contains("true,\"ask the teacher, \"\"today\"\"\"\r\n"), "{csv}");
    // A flag is no part of the schedule.
    assert_eq!(study.card(DEEP)["state"], "new");
    study.rebuild();
    assert_eq!(row().0, true);
    assert!(flag(&study, card, None));
    assert!(!flag(&study, card, None), "it was taken off before");
    assert_eq!((row(), list(&study, &flagged()).len()), ((false.into(), Value::Null), 0));
    let refused = refusal(study.trainer().flag_card(Uuid::nil(), Some("")));
    assert!(refused.contains("hint: `retain card list` lists all cards"), "{refused}");
    study.is_sound();
}

#[test]
fn a_card_is_put_off_until_tomorrow() {
    let study = study();
    let card = uid(&study, DEEP);
    relocate(&study, card, MoveKind::Bury("2026-11-25".parse().expect("a day")));
    assert_eq!(stems(&study, &in_states(&[CardFilterState::Buried])), [DEEP]);
    assert!(page(&study, card).contains("put off until 2026-11-25"));
    let asked = || study.asked(&ReviewRequest::default(), all_right).iter().any(|question| question.stem == DEEP);
    assert!(!asked());
    study.at("2026-11-25");
    assert!(stems(&study, &in_states(&[CardFilterState::Buried])).is_empty());
    assert!(asked());
    study.is_sound();
}

#[test]
fn a_card_is_shown_with_its_answers_and_its_curve() {
    let study = study();
    let card = uid(&study, DEEP);
    relocate(&study, uid(&study, HIGH), MoveKind::Suspend);
    let expected = format!(
        "sea › Seas\nHow deep is the sea?\n * A. deep\n   B. flat\nin sea.txt:2, called `deep` there\n\
         state new, 0 answers, 0 lapses\ncard {card}\n"
    );
    assert_eq!(page(&study, card), expected);
    answer(&study, true);
    answer(study.at("2026-11-28"), false);
    answer(study.at("2026-12-02"), true);
    study.undo();
    let shown = json(&study, card);
    let row = study.card(DEEP);
    for (name, column) in
        [("state", "state"), ("due", "due"), ("stability", "stability"), ("retrievability", "retrievability")]
    {
        assert_eq!(shown[name], row[column], "{name}");
    }
    let answers = shown["answers"].as_array().expect("answers");
    let reviews: Vec<Value> =
        study.table("reviews").into_iter().filter(|review| review["card"] == row["card"]).collect();
    assert_eq!(answers.len(), 3);
    for (answer, review) in answers.iter().zip(&reviews) {
        for name in [
            "at",
            "study_day",
            "kind",
            "rating",
            "right",
            "seconds",
            "retrievability_before",
            "stability_after",
            "interval_days",
            "undone",
        ] {
            assert_eq!(answer[name], review[name], "{name}");
        }
    }
    assert_eq!((&answers[1]["right"], &answers[2]["undone"]), (&false.into(), &true.into()));
    let curve: Vec<(f64, f64)> = serde_json::from_value(shown["curve"].clone()).expect("points");
    assert_eq!(curve.first().map(|point| point.0), Some(-8.0));
    assert!(curve.iter().filter(|point| point.1 == 1.0).count() == 2 && curve.iter().any(|point| point.0 > 0.0));
    assert_eq!(shown["source"]["line"], 2);
    let text = page(&study, card);
    assert!(text.contains("2026-11-28  review      again    B        75 %"), "{text}");
    assert!(text.contains("  taken back\n") && text.contains("100 % ┤") && text.contains("8 days ago"), "{text}");
    let narrow = text.lines().skip_while(|line| !line.starts_with("day ")).all(|line| line.chars().count() <= 80);
    assert!(narrow, "{text}");
    study.is_sound();
}

/// Holds what a command says on standard error, and that it says nothing on standard output.
#[track_caller]
fn says(program: &Program, args: &[&str], words: &str) {
    let said = program.run(&[&["card"], args].concat());
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", words), "{args:?}");
}

#[test]
fn commands_on_cards_say_what_they_did() {
    let study = study();
    let (program, uid) = (study.program(), uid(&study, DEEP));
    let card = &uid.to_string();
    says(&program, &["flag", card], &format!("flagged “{DEEP}”\n"));
    says(&program, &["flag", card, "--note", " ask the teacher "], &format!("flagged “{DEEP}”\n"));
    let listed = program.json(&["card", "list", "--flagged", "--json"]);
    assert_eq!((listed.len(), &listed[0]["note"]), (1, &"ask the teacher".into()), "the note is trimmed");
    says(&program, &["unflag", card], &format!("removed the flag of “{DEEP}”\n"));
    says(&program, &["unflag", card], &format!("“{DEEP}” is not flagged\n"));
    says(&program, &["list", "--flagged"], "no cards match\n");
    says(&program, &["bury", card], &format!("put off until tomorrow: “{DEEP}”\n"));
    let buried = program.ok(&["card", "show", card]).out;
    assert!(buried.contains("put off until 2026-11-25"), "{buried}");
    assert_eq!(program.json(&["card", "show", card, "--json"])[0]["card"], card.as_str());
    says(&program, &["unbury", card], &format!("put back into today: “{DEEP}”\n"));
    says(&program, &["suspend", card], &format!("suspended “{DEEP}”\n"));
    let suspended = program.ok(&["card", "list", "--state", "review,suspended"]);
    assert!(suspended.out.contains(&short_id(uid)) && !suspended.out.contains(HIGH), "{}", suspended.out);
    assert_eq!(suspended.err, "1 card\n");
    for (args, stem) in [(["SEA", "--topic", "hills"], HIGH), (["sea", "--tag", "water"], DEEP)] {
        let found = program.json(&[&["card", "list", "--json"], &args[..]].concat());
        assert_eq!(found.iter().map(|card| &card["stem"]).collect::<Vec<_>>(), [stem], "{args:?}");
    }
    assert_eq!(program.run(&["card", "list", "nowhere"]).code, 1);
    assert_eq!(program.run(&["card", "list", "--state", "old"]).code, 2);
    assert_eq!(program.run(&["card", "flag", &Uuid::nil().to_string()]).code, 1);
}

#[test]
fn what_is_deleted_or_archived_is_marked_and_a_search_narrows_the_list() {
    let study = study();
    study.bank("hills", "1. Which hill is old?\n- A. all *\n- B. none\n");
    let all = CardFilter::default();
    let found = |filter: &CardFilter, words: &str| study.trainer().cards_among(filter, words).expect("cards").len();
    assert_eq!((found(&all, "hill"), found(&all, "hill -old"), found(&all, "zebra")), (2, 1, 0));
    let in_sea = CardFilter { deck: Some("sea".into()), ..CardFilter::default() };
    assert_eq!(found(&in_sea, "hill"), 1);
    study.trainer().archive_deck("hills").expect("an archive");
    study.trainer().delete_cards(&[uid(&study, DEEP)]).expect("a deletion");
    let shown = text(&study, &all);
    assert!(shown.lines().any(|line| line.contains("Which hill is old") && line.ends_with("archived")), "{shown}");
    assert!(shown.lines().any(|line| line.contains(HIGH) && line.ends_with("new")), "{shown}");
    let deleted = CardFilter { deleted: true, ..CardFilter::default() };
    assert_eq!((found(&deleted, "deep"), found(&deleted, "hill")), (1, 0));
    let shown = text(&study, &deleted);
    assert!(shown.ends_with("deleted\n") && !shown.contains("suspended"), "{shown}");
    let program = study.program();
    for args in [
        &["search", "is:deleted"][..],
        &["card", "list", "--deleted"],
        &["card", "list", "--deleted", "--search", "deep"],
    ] {
        let shown = program.ok(args).out;
        assert!(shown.ends_with("deleted\n"), "{shown}");
    }
    let lines = program.json(&["search", "hill", "--json"]);
    assert_eq!(lines.iter().filter(|card| card["archived"] == true).count(), 1);
    assert!(lines.iter().all(|card| card["deleted"] == false));
    // Words that begin with a hyphen are read as options, and it is said how they are not.
    let refused = program.run(&["card", "list", "--search", "-old"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("hint: write `--search=\"-old\"`"), "{}", refused.err);
    assert_eq!(program.ok(&["card", "list", "--search=-old"]).out.lines().count(), 2);
}

#[test]
fn a_deck_that_does_not_exist_can_be_made() {
    let study = study();
    let told = refusal(study.trainer().transfer_cards(&[uid(&study, DEEP)], "Sea2"));
    assert!(told.contains("no deck is called `Sea2`") && told.contains("did you mean `sea`?"), "{told}");
    assert!(told.contains("hint: `retain deck create \"Sea2\"` makes it"), "{told}");
    let told = refusal(study.trainer().transfer_cards(&[uid(&study, DEEP)], "a::"));
    assert!(!told.contains("deck create"), "nobody can make this one: {told}");
    let moved = study.trainer().transfer_to_new(&[uid(&study, DEEP)], "Sea2").expect("a move");
    assert_eq!(moved, ("Sea2".into(), 1));
    assert_eq!(study.card(DEEP)["deck"], "Sea2");
    study.is_sound().undo();
    assert_eq!(study.card(DEEP)["deck"], "sea");
    assert_eq!(study.trainer().deck_list(true).expect("decks").len(), 1, "the deck goes with the move");
    study.is_sound();
}
