//! Cards named by the first letters of their ids, by numbers of the last list, and by words, several at once.

use crate::fixture::program::Program;
use crate::fixture::study::Study;
use crate::fixture::views::refusal;
use retain::model::MoveKind;
use retain::study::{Trainer, short_id};
use uuid::Uuid;

const BANK: &str = "1. Which planet is red?\nA. Venus\nB. Mars *\n\n2. Which planet is the largest?\nA. Jupiter *\nB. Mercury\n\n\
                    3. Which planet is the largest but one?\nA. Saturn *\nB. Mars\n";
const RED: &str = "Which planet is red?";
const LARGEST: &str = "Which planet is the largest?";
const NEXT: &str = "Which planet is the largest but one?";

fn study() -> Study {
    let study = Study::new();
    study.bank("Planets", BANK);
    study
}

fn uid(study: &Study, stem: &str) -> Uuid {
    study.card(stem)["card"].as_str().expect("a card").parse().expect("an identity")
}

fn stems(trainer: &mut Trainer, names: &[&str]) -> Vec<String> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    trainer.cards_named(&names).expect("cards").cards.into_iter().map(|card| card.stem).collect()
}

fn refused(trainer: &mut Trainer, name: &str) -> String {
    refusal(trainer.cards_named(&[name.to_owned()]))
}

#[test]
fn a_card_is_named_by_the_first_letters_of_its_id() {
    let study = study();
    let (red, mut trainer) = (uid(&study, RED), study.trainer());
    let (short, whole) = (short_id(red), red.to_string());
    assert_eq!(short.len(), 8);
    for name in [&short[..], &short.to_uppercase(), &whole[..13], &whole, &short[..6]] {
        assert_eq!(stems(&mut trainer, &[name]), [RED], "{name}");
    }
    assert!(refused(&mut trainer, &short[..3]).contains("hint: name a card by the first letters"));
    assert_eq!(stems(&mut trainer, &[&short, &whole, &short]), [RED], "each once");
}

#[test]
fn a_card_is_named_by_words_if_it_alone_has_them() {
    let study = study();
    let mut trainer = study.trainer();
    for (name, stem) in [
        ("red", RED),
        ("RED planet", RED),
        ("but one", NEXT),
        ("which planet is the largest", LARGEST),
        ("larg* one", NEXT),
    ] {
        assert_eq!(stems(&mut trainer, &[name]), [stem], "{name}");
    }
    let several = refused(&mut trainer, "largest planet");
    assert!(
        several.contains("2 cards ask `largest planet`") && several.contains(LARGEST) && several.contains(NEXT),
        "{several}"
    );
    // Words of options are no words of the question.
    for name in ["Jupiter", "\"", "", "*", "'; drop table card; --", "deck:Planets", "🎉"] {
        assert!(refused(&mut trainer, name).contains("hint: name a card by"), "{name}");
    }
    study.is_sound();
}

#[test]
fn a_number_names_a_line_of_the_last_list() {
    let study = study();
    let mut trainer = study.trainer();
    assert!(refused(&mut trainer, "1").contains("there is no list that has a number 1"));
    trainer.keep_list([uid(&study, NEXT), uid(&study, RED)]);
    assert_eq!(stems(&mut trainer, &["2", "#1", "2"]), [RED, NEXT]);
    for (name, why) in [
        ("0", "the last list has no number 0: it has 2 cards"),
        ("3", "the last list has no number 3: it has 2 cards"),
        ("#", "`#` is not a number of a list"),
        ("#-1", "`#-1` is not a number of a list"),
        ("#99999999999999999999", "is not a number of a list"),
    ] {
        let refused = refused(&mut trainer, name);
        assert!(refused.contains(why), "{name}: {refused}");
    }
    assert_eq!(trainer.cards_named(&["1".into()]).expect("cards").stale, None);
    study.at("2026-11-24");
    let stale = study.trainer().cards_named(&["1".into()]).expect("cards").stale;
    assert_eq!(stale.map(retain::model::Moment::rfc3339), Some("2026-11-23T08:00:00.000+01:00".into()));
}

#[test]
fn several_cards_are_one_deed_or_none() {
    let study = study();
    let before = study.table("cards");
    let uids: Vec<Uuid> = [RED, LARGEST, NEXT].map(|stem| uid(&study, stem)).to_vec();
    study.trainer().move_cards(&uids, MoveKind::Suspend, "by hand").expect("moves");
    assert!(study.table("cards").iter().all(|card| card["suspended"] == true));
    let next = study.trainer().next_undo().expect("deeds").expect("a deed");
    assert_eq!((next.cards, next.about().as_str()), (3, "“Which planet is red?” and 2 more"));
    study.undo();
    assert_eq!(study.table("cards"), before);
    assert_eq!(study.trainer().flag_cards(&uids[..2], Some("look")).expect("flags"), uids[..2]);
    assert_eq!(study.trainer().flag_cards(&uids, None).expect("flags"), uids[..2], "the third had none");
    study.undo();
    assert_eq!(study.table("cards").iter().filter(|card| card["flagged"] == true).count(), 2);
    study.undo();
    assert_eq!(study.table("cards"), before);
    let wrong = [uids[0], Uuid::nil()];
    refusal(study.trainer().move_cards(&wrong, MoveKind::Suspend, "by hand"));
    assert_eq!(study.table("cards"), before);
    study.is_sound();
}

#[test]
fn commands_take_several_names_and_quote_the_questions() {
    let study = study();
    let program: Program = study.program();
    let listed = program.ok(&["search", "planet"]);
    assert_eq!(listed.err, "3 cards\n");
    let line = listed.out.lines().find(|line| line.contains(RED)).expect("a line");
    let number = line.split_whitespace().next().expect("a number");
    let done = program.ok(&["card", "suspend", number, "but one"]);
    assert_eq!(done.err, format!("suspended 2 cards (“{RED}” and 1 more)\n"));
    let all_or_none = program.run(&["card", "flag", number, "no such words"]);
    assert_eq!(all_or_none.code, 1);
    assert!(program.table("cards").iter().all(|card| card["flagged"] == false));
    let asked = program.run(&["undo"]);
    assert_eq!(asked.code, 1, "more than one card: {}", asked.err);
    let undone = program.ok(&["undo", "--yes"]);
    assert!(undone.err.starts_with(&format!("undone: suspended “{RED}” and 1 more (2 cards)\n")), "{}", undone.err);
    assert!(program.table("cards").iter().all(|card| card["suspended"] == false));
    assert!(program.ok(&["card", "show", number]).out.contains(RED));
}

#[test]
fn a_deck_is_named_by_its_first_letters_or_its_number() {
    let study = Study::new();
    for deck in ["Exam::Networks", "Exam::Storage", "Nets", "Storms"] {
        study.bank(deck, format!("1. Which question is of {deck}?\nA. this *\nB. that\n"));
    }
    let trainer = study.trainer();
    let decks = trainer.decks().expect("decks");
    for (name, whole) in [
        ("nets", "Nets"),
        ("Netw", "Exam::Networks"),
        ("exam::net", "Exam::Networks"),
        ("exam", "Exam"),
        ("#1", "Exam::Networks"),
        ("#4", "Storms"),
        ("stora", "Exam::Storage"),
    ] {
        assert_eq!(decks.whole_name(name).expect(name), whole, "{name}");
    }
    for (name, why) in [
        ("Stor", "several decks begin with `Stor`\nhint: write more of one of `Exam::Storage`, `Storms`"),
        ("Net", "no deck is called `Net`\nhint: did you mean `Nets`?"),
        ("#5", "no deck is called `#5`"),
        ("#0", "no deck is called `#0`"),
        ("", "no deck is called ``"),
    ] {
        let refused = refusal(decks.whole_name(name));
        assert!(refused.contains(why), "{name}: {refused}");
    }
    assert_eq!(study.trainer().rename_deck("storm", "Weather").expect("a name"), [("Storms".into(), "Weather".into())]);
    assert!(refusal(decks.exactly("Exam")).contains("`Exam` is no deck of its own"));
}
