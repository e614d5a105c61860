use crate::bank::{Bank, ReadOptions, read};
use crate::model::Kind;

fn with(text: &str, columns: Option<&str>) -> Bank {
    let options = ReadOptions { columns: columns.map(str::to_owned), ..ReadOptions::default() };
    read(text.as_bytes(), &options).unwrap_or_else(|refusal| panic!("{}\n{text}", refusal.message))
}

fn cards(text: &str) -> Bank {
    with(text, None)
}

fn sides(bank: &Bank) -> Vec<(&str, &str)> {
    bank.questions
        .iter()
        .map(|card| (card.stem.as_str(), card.options.first().map_or("", |back| back.text.as_str())))
        .collect()
}

#[test]
fn lists_of_words_are_cards_with_any_header_or_none() {
    for text in [
        "seil,rope\nmast,pole\nkiel,keel\n",
        "seil;rope\nmast;pole\nkiel;keel\n",
        "Deutsch;Englisch\nseil;rope\nmast;pole\nkiel;keel\n",
        "word, definition\nseil,rope\nmast,pole\nkiel,keel\n",
        "seil|rope\nmast|pole\nkiel|keel\n",
        "| Wort | Bedeutung |\n|:--|---|\n| seil | rope |\n| mast | pole |\n| kiel | keel |\n",
        "DE\tEN\nseil\trope\nmast\tpole\nkiel\tkeel\n",
        "Nr.;Vokabel;Übersetzung\n1;seil;rope\n2;mast;pole\n3;kiel;keel\n",
        "1,seil,rope\n2,mast,pole\n3,kiel,keel\n",
        "Ship words;;\nword;meaning;\nseil;rope;\nmast;pole;\nkiel;keel;\n",
    ] {
        let bank = cards(text);
        assert_eq!(sides(&bank), [("seil", "rope"), ("mast", "pole"), ("kiel", "keel")], "{text}");
        assert_eq!(bank.rejected, 0, "{text}");
    }
}

#[test]
fn a_third_column_is_kept_as_a_note() {
    for text in [
        "seil;rope;Das Seil ist lang.\nmast;pole;Der Mast ist hoch.\n",
        "Wort;Bedeutung;Beispiel\nseil;rope;Das Seil ist lang.\nmast;pole;Der Mast ist hoch.\n",
        "seil\trope\tDas Seil ist lang.\nmast\tpole\tDer Mast ist hoch.\n",
        "#separator:tab\n#html:false\nseil\trope\tDas Seil ist lang.\nmast\tpole\tDer Mast ist hoch.\n",
    ] {
        let bank = cards(text);
        assert_eq!(sides(&bank), [("seil", "rope"), ("mast", "pole")], "{text}");
        assert_eq!(bank.questions[0].explanation.as_deref(), Some("Das Seil ist lang."), "{text}");
    }
}

#[test]
fn a_damaged_row_is_told_with_its_line() {
    let text = "word;meaning\nrope;Seil\nmast;a pole; tall\nkeel;\n;Rumpf\nsail;Segel\nhull;Schale\noar;Ruder\ntar;Teer\nflag;Fahne\n";
    let bank = cards(text);
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(told, [(3, "extra-field"), (4, "no-back"), (5, "no-stem")]);
    assert_eq!((bank.questions.len(), bank.rejected), (6, 3));
    assert_eq!(bank.problems[0].message, "3 fields where the others have 2: is a comma unquoted?");
}

#[test]
fn the_person_may_name_the_columns() {
    let options = "-,front,back,topic,tags";
    for text in [
        "7,seil,rope,ship,easy\n7,mast,pole,ship,hard\n",
        "n;Wort;Sinn;x;y\n7;seil;rope;ship;easy\n7;mast;pole;ship;hard\n",
    ] {
        let bank = with(text, Some(options));
        assert_eq!(sides(&bank), [("seil", "rope"), ("mast", "pole")], "{text}");
        assert_eq!(
            (bank.questions[0].topic.as_deref(), &bank.questions[0].tags[..]),
            (Some("ship"), &["easy".to_owned()][..])
        );
    }
    assert_eq!(sides(&with("seil,rope\nmast,pole\n", Some("back,front"))), [("rope", "seil"), ("pole", "mast")]);
    let choices = with("Which?,x,y,B\nWhat?,u,v,A\n", Some("question,a,b,answer"));
    assert!(choices.questions.iter().all(|question| question.kind == Kind::Single));
}

#[test]
fn lines_that_stand_alone_above_rows_are_topics() {
    let bank = cards("Ships\nrope;Seil\nmast;Mast\nkeel;Kiel\nLand\nroad;Weg\nhill;Berg\ntree;Baum\n");
    let topics: Vec<_> = bank.questions.iter().filter_map(|card| card.topic.as_deref()).collect();
    assert_eq!(topics, ["Ships", "Ships", "Ships", "Land", "Land", "Land"]);
    // One alone may lack its back.
    let bank = cards("rope;Seil\nmast\nkeel;Kiel\nroad;Weg\n");
    assert_eq!((bank.questions.len(), bank.problems[0].line), (3, 2));
}

#[test]
fn headers_of_anki_count_though_a_spreadsheet_wrote_them() {
    for text in [
        "#separator:Semicolon;;\n#html:false;;\n#tags column:2;;\nrope;ship;Seil\nmast;ship;Mast\n",
        "#separator:Comma,,\n#columns:Front,Tags,Back\nrope,ship,Seil\nmast,ship,Mast\n",
        "\"#separator:comma\",,\n\"#columns:Front,Tags,Back\"\nrope,ship,Seil\nmast,ship,Mast\n",
        "#separator:tab\n#columns:Front,Tags,Back\nrope\tship\tSeil\nmast\tship\tMast\n",
        // The sign that it names parts nothing.
        "#separator:tab\n#tags column:2\nrope;ship;Seil\nmast;ship;Mast\n",
    ] {
        let bank = cards(text);
        assert_eq!(sides(&bank), [("rope", "Seil"), ("mast", "Mast")], "{text}");
        assert_eq!(
            (&bank.questions[0].tags[..], &bank.questions[0].explanation),
            (&["ship".to_owned()][..], &None),
            "{text}"
        );
    }
}

#[test]
fn statements_with_verdicts_are_true_or_false() {
    let bank = cards("Statement,Answer\nA rope floats.,True\nA mast is a fish.,False\n");
    assert!(bank.questions.iter().all(|question| question.kind == Kind::TrueFalse));
    assert_eq!(bank.questions.iter().map(crate::bank::BankQuestion::correct).collect::<Vec<_>>(), [[0], [1]]);
    let mixed = cards("question,answer\nWhat holds a ship?,An anchor\nA rope is wet.,true\nA mast is a fish.,false\n");
    let kinds: Vec<_> = mixed.questions.iter().map(|question| question.kind).collect();
    assert_eq!(kinds, [Kind::Card, Kind::TrueFalse, Kind::TrueFalse]);
    // Words for yes and no among others are words.
    assert_eq!(sides(&cards("oui;yes\nnon;no\nmer;sea\n")), [("oui", "yes"), ("non", "no"), ("mer", "sea")]);
}
