mod arbitrary;

use crate::bank::{Bank, BankQuestion, ReadOptions, read};
use crate::model::{Kind, Markup};

fn named(format: &str) -> ReadOptions {
    ReadOptions { format: Some(format.into()), ..ReadOptions::default() }
}

fn bank(format: &str, text: &str) -> Bank {
    let bank = read(text.as_bytes(), &ReadOptions::default())
        .unwrap_or_else(|refusal| panic!("{}: {}\n{text}", refusal.message, refusal.problems.len()));
    assert_eq!(bank.format, format, "{text}");
    bank
}

/// Both sides of the cards, and the texts of the clozes.
fn sides(bank: &Bank) -> Vec<(&str, &str)> {
    let side = |question: &BankQuestion| question.options.first().map(|back| back.text.clone());
    assert!(bank.questions.iter().all(|question| match question.kind {
        Kind::Card => question.options.len() == 1 && question.options[0].correct,
        kind => kind == Kind::Cloze && side(question).is_none(),
    }));
    let sides = bank
        .questions
        .iter()
        .map(|question| (question.stem.as_str(), question.options.first().map_or("", |back| back.text.as_str())));
    sides.collect()
}

fn lines(bank: &Bank) -> Vec<usize> {
    bank.questions.iter().map(|question| question.line).collect()
}

fn topics(bank: &Bank) -> Vec<&str> {
    bank.questions.iter().map(|question| question.topic.as_deref().unwrap_or_default()).collect()
}

fn ids(bank: &Bank) -> Vec<&str> {
    bank.questions.iter().map(|question| question.id.as_deref().unwrap_or_default()).collect()
}

/// Problems, but for the one that each card has.
fn told(bank: &Bank) -> Vec<(usize, &str)> {
    let problems = bank.problems.iter();
    problems.map(|problem| (problem.line, problem.code)).collect()
}

#[test]
fn notes_of_our_own_types_are_questions() {
    let options = |texts: [&str; 3]| format!("{}{}", texts.join("\t"), "\t".repeat(9));
    let text = format!(
        "#separator:tab\n#html:true\n#notetype column:1\n#deck column:2\n#tags column:33\n\
         retain: question\tA:: ::B\u{202e}\tWhich?\t{}\tB\t2\tC\tso\t{}\t\"{{\"\"retain\"\":1}}\"\ttopic::Sea x\n\
         retain: gaps\t\t{{{{c1::Rome}}}}\tmore\t\"{{\"\"retain\"\":1}}\"{}\n",
        options(["a", "<b>b</b>", "all"]),
        options(["", "yes", ""]),
        "\t".repeat(28),
    );
    let bank = bank("anki-text", &text);
    let question = &bank.questions[0];
    let marks: Vec<(&str, bool, bool)> =
        question.options.iter().map(|option| (option.text.as_str(), option.correct, option.pinned)).collect();
    assert_eq!(marks, [("a", false, false), ("<b>b</b>", true, false), ("all", false, true)]);
    assert_eq!((question.deck.as_deref(), question.topic.as_deref()), (Some("A::B"), Some("Sea")));
    assert_eq!((question.explanation.as_deref(), question.options[1].feedback.as_deref()), (Some("so"), Some("yes")));
    assert_eq!((bank.questions[1].deck.as_deref(), bank.questions[1].explanation.as_deref()), (None, Some("more")));
    assert_eq!(told(&bank), []);
}

#[test]
fn notes_of_anki_have_their_columns() {
    let text = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n\
        a\tBasic\tGeo::Europe\t<b>France</b>\tParis\tcity old\n\
        b\tBasic (and reversed card)\tGeo\tRome\t\"It \"\"is\"\"\nItaly\"\t\n\
        c\tCloze\tGeo\t{{c1::Oslo}} in {{c2::Norway::where}}\tmore\t\n";
    let bank = bank("anki-text", text);
    let oslo = "{{c1::Oslo}} in {{c2::Norway::where}}";
    let italy = "It \"is\"\nItaly";
    assert_eq!(sides(&bank), [("<b>France</b>", "Paris"), ("Rome", italy), (italy, "Rome"), (oslo, "")]);
    assert_eq!((lines(&bank), ids(&bank)), (vec![7, 8, 8, 10], vec!["a", "b", "b.2", "c"]));
    let decks: Vec<Option<&str>> = bank.questions.iter().map(|question| question.deck.as_deref()).collect();
    assert_eq!(decks, [Some("Geo::Europe"), Some("Geo"), Some("Geo"), Some("Geo")]);
    assert_eq!((topics(&bank), bank.front.deck.as_deref()), (vec![""; 4], None));
    assert_eq!(bank.questions[0].tags, ["city", "old"]);
    assert_eq!((bank.questions[3].kind, bank.questions[3].explanation.as_deref()), (Kind::Cloze, Some("more")));
    assert!(bank.questions.iter().all(|question| question.markup == Markup::Html));
    assert_eq!(told(&bank), []);
}

#[test]
fn headers_of_anki_say_what_parts_the_fields_and_what_they_are() {
    for (header, row) in [
        ("#separator:Semicolon\n", "Rome;Italy;a b"),
        ("#separator:|\n", "Rome|Italy|a b"),
        ("#separator:comma\r\n", "Rome,Italy,a b"),
        ("#html:false\n", "Rome\tItaly\ta b"),
        ("#separator:space\n", "Rome Italy \"a b\""),
        ("#separator:tab\n#columns:Tags\tBack\tFront\n# any comment\n", "a b\tItaly\tRome"),
        ("#separator:tab\n#tags column:2\n", "Rome\ta b\tItaly"),
        ("#separator:tab\n#tags:a b\n", "Rome\tItaly"),
    ] {
        let bank = bank("anki-text", &format!("#deck:World::Towns\n{header}{row}\n"));
        assert_eq!(sides(&bank), [("Rome", "Italy")], "{header}");
        assert_eq!(bank.questions[0].tags, ["a", "b"], "{header}");
        assert_eq!((bank.front.deck.as_deref(), bank.questions[0].markup), (Some("World::Towns"), Markup::Plain));
    }
    let old = bank("anki-text", "#separator:tab\rRome\tItaly\rOslo\tNorway\r");
    assert_eq!((sides(&old).len(), lines(&old)), (2, vec![2, 3]));
}

#[test]
fn a_third_field_may_ask_for_the_other_way() {
    let text = "#separator:tab\n#notetype:Basic (optional reversed card)\nRome\tItaly\ty\nOslo\tNorway\t\n";
    assert_eq!(sides(&bank("anki-text", text)), [("Rome", "Italy"), ("Italy", "Rome"), ("Oslo", "Norway")]);
    let more = bank("anki-text", "#separator:tab\n#notetype:Basic+\nRome\tItaly\tsince 1871\n");
    assert_eq!(more.questions[0].explanation.as_deref(), Some("since 1871"));
}

#[test]
fn notes_with_options_are_questions() {
    let text = "#separator:semicolon\n#html:true\n#columns:ID;Question;Option A;Option B;Answer;Keys\n#guid column:1\n\
        #tags column:6\nx1;2 + 2?;3;4;B;sum easy\nx2;3 + 3?;6;7;A;sum\n";
    let bank = bank("anki-text", text);
    let right: Vec<_> = bank.questions.iter().map(|question| (question.kind, question.correct())).collect();
    assert_eq!(right, [(Kind::Single, vec![1]), (Kind::Single, vec![0])]);
    assert_eq!((ids(&bank), bank.questions[0].markup), (vec!["x1", "x2"], Markup::Html));
    assert_eq!(bank.questions[0].tags, ["sum", "easy"]);
}

#[test]
fn what_a_note_lacks_is_told_with_its_line() {
    let text = "#separator:tab\n#notetype column:3\nRome\tItaly\tBasic\n\tNorway\tBasic\nOslo\t\tBasic\nno gap\t\tCloze\n\
        {{c1::a}} {{c2::b\t\tCloze\n{{c1::}}\t\tCloze\nRome\tItaly\tBasic\nParis\tFrance\tBasic\n";
    let bank = bank("anki-text", text);
    assert_eq!(
        told(&bank),
        [
            (4, "no-stem"),
            (5, "empty-back"),
            (6, "no-deletions"),
            (7, "broken-deletion"),
            (8, "broken-deletion"),
            (9, "duplicate"),
        ]
    );
    assert_eq!((sides(&bank).len(), bank.rejected), (4, 3));
    let open = read(b"#separator:tab\na\tb\n\"c\td\n", &ReadOptions::default()).expect_err("open");
    assert!(open.message.starts_with("line 3, column 1: a quotation mark is opened"), "{}", open.message);
}

#[test]
fn two_columns_are_cards() {
    let text = "Term\tDefinition\nsi\tyes\n\"no\"\t\"not \"\"so\"\"\"\n{{c1::gato}}\tcat\n";
    let cards = bank("csv", text);
    assert_eq!(sides(&cards), [("si", "yes"), ("no", "not \"so\""), ("{{c1::gato}}", "")]);
    let quoted = bank("anki-text", "\"Hi\" she said\ta greeting\nbye\tanother\n");
    assert_eq!(sides(&quoted)[0].0, "\"Hi\" she said");
    assert_eq!(sides(&bank("anki-text", "si\tyes\n")), [("si", "yes")]);
    // Options, keys and tables are none.
    for (text, format) in [
        ("1. What?\nA.\tx\nB.\ty *\n", "text"),
        ("Question\tOption A\tOption B\tAnswer\nWhat?\tx\ty\tB\nWho?\tu\tv\tA\n", "csv"),
        ("MC\tWhat?\tx\tcorrect\ty\tincorrect\n", "csv"),
    ] {
        assert_eq!(bank(format, text).questions[0].kind, Kind::Single, "{text}");
    }
    assert!(read(b"1\tB\n2\tA\n3\tD\n", &ReadOptions::default()).is_err(), "a key alone");
}

#[test]
fn a_row_may_name_the_front_and_the_back() {
    for text in ["Question,Answer,Topic\n\"Rome, or\",Italy,Towns\n", "topic;\"Back\";Front\n\nTowns;Italy;Rome, or\n"]
    {
        let bank = bank("csv", text);
        assert_eq!((sides(&bank), topics(&bank)), (vec![("Rome, or", "Italy")], vec!["Towns"]), "{text}");
    }
}

#[test]
fn exports_of_quizlet_go_on_in_lines_without_a_tab() {
    let read = |text: &str| read(text.as_bytes(), &named("quizlet")).expect("cards");
    let cards = read("si\tyes\nand so\nno\tnot so\n");
    assert_eq!((sides(&cards), lines(&cards)), (vec![("si", "yes\nand so"), ("no", "not so")], vec![1, 3]));
    assert_eq!(sides(&read("si - yes - or so\nno - not so\n")), [("si", "yes - or so"), ("no", "not so")]);
    assert_eq!(sides(&read("si – yes\nno – not so\n")), [("si", "yes"), ("no", "not so")]);
}

#[test]
fn hashcards_are_read_with_their_lines() {
    let text = "---\nname = \"Geo: all\"\n---\n\nQ: Capital\nof France?\nA:\n\n- Paris\n\nC:\n[Oslo] is in\n\n[Norway]\n---\nQ: x\nA: y\n";
    let bank = bank("hashcards", text);
    assert_eq!(sides(&bank), [("Capital\nof France?", "- Paris"), ("[Oslo] is in\n\n[Norway]", ""), ("x", "y")]);
    assert_eq!((lines(&bank), bank.front.deck.as_deref()), (vec![5, 11, 16], Some("Geo: all")));
    assert!(bank.questions.iter().all(|question| question.markup == Markup::Markdown));
}

#[test]
fn hashcards_that_lack_something_are_told() {
    let good = "Q: a\nA: b\n\nQ: c\nA: d\n\nC: [e] f\n\nQ: g\nA: h\n";
    let text =
        format!("{good}---\nstray\n---\nQ: never\nQ: i\nA: j\nA: k\n---\nA: alone\n---\nC: nothing\nC: [l] [\nC: [m\n");
    let bank = bank("hashcards", &text);
    assert_eq!(
        told(&bank),
        [
            (12, "stray-text"),
            (14, "no-back"),
            (15, "several-answers"),
            (19, "no-stem"),
            (21, "no-deletions"),
            (22, "broken-deletion"),
            (23, "broken-deletion"),
        ]
    );
    assert_eq!((bank.questions.len(), bank.rejected), (5, 5));
    let refusal = read(b"---\nname = what\n---\nQ: a\nA: b\n", &named("hashcards")).expect_err("no TOML");
    assert_eq!(refusal.message, "line 2: the front matter block is no TOML");
}

#[test]
fn questions_with_options_are_no_cards() {
    for text in [
        "Q: Which?\na) red\nb) green\nA: b\n\nQ: What?\na) red\nb) green\nA: a\n",
        "Q: Which?\n- red\n- green\nA: green\n\nQ: What?\n- red\n- green\nA: red\n",
        "Q: Which?\nA: red\nB: green\nAnswer: B\n\nQ: What?\nA: red\nB: green\nAnswer: A\n",
        "What does `std::mem::swap` do?\nA. std::x::y *\nB. std::z\n",
        "::One::What?{=a ~b}\n\n::Two::Who?{=a ~b}\n",
    ] {
        let found = read(text.as_bytes(), &ReadOptions::default()).map_or_else(
            |_| String::new(),
            |bank| bank.questions.iter().map(|question| question.kind.to_string()).collect(),
        );
        assert!(!found.contains("card") && !found.contains("cloze"), "{found}: {text}");
    }
}

#[test]
fn lines_with_numbered_deletions_are_no_sides() {
    for bank in [
        read(
            "The {{c1::heart}} pumps.\n- {{c2::Lungs::organ}} breathe {{c1::air}}.\nRome::Italy\n".as_bytes(),
            &ReadOptions::default(),
        )
        .expect("a bank"),
        bank("obsidian", "The {{c1::heart}} pumps.\n- {{c2::Lungs::organ}} breathe {{c1::air}}.\nRome::Italy\n"),
    ] {
        assert_eq!(bank.format, "obsidian");
        let read: Vec<_> = bank.questions.iter().map(|question| (question.kind, question.stem.as_str())).collect();
        assert_eq!(
            read,
            [
                (Kind::Cloze, "The {{c1::heart}} pumps."),
                (Kind::Cloze, "{{c2::Lungs::organ}} breathe {{c1::air}}."),
                (Kind::Card, "Rome")
            ]
        );
        assert_eq!(bank.problems, []);
    }
}

#[test]
fn notes_of_obsidian_have_cards_between_their_prose() {
    let text = "---\ntags:\n  - flashcards/Bio\naliases: [cell]\n---\n# Cells\n\nProse with `std::vec` in it.\n\n\
        What makes ATP?::**mitochondria** <!--SR:!2024-05-22,1,230-->\n- osmosis:::diffusion\n<!--SR:!2024-05-22,1,230-->\n\n\
        Two\nlines\n?\nan\nanswer\n\n<!-- x::y -->\n#flashcards/Chem #other\nsalt\n??\nNaCl\n\nThe ==wall== is {{hard}}.\n\n\
        #flashcards/Own one::two\n\n```\na::b\n```\n\nlast::one\n";
    let bank = bank("obsidian", text);
    assert_eq!(
        sides(&bank),
        [
            ("What makes ATP?", "**mitochondria**"),
            ("osmosis", "diffusion"),
            ("diffusion", "osmosis"),
            ("Two\nlines", "an\nanswer"),
            ("salt", "NaCl"),
            ("NaCl", "salt"),
            ("The ==wall== is {{hard}}.", ""),
            ("one", "two"),
            ("last", "one"),
        ]
    );
    assert_eq!(topics(&bank), ["Bio", "Bio", "Bio", "Bio", "Chem", "Chem", "Chem", "Own", "Chem"]);
    assert_eq!(lines(&bank), [10, 11, 11, 14, 22, 22, 26, 28, 34]);
    let plain = self::bank("obsidian", "# Towns\nRome::Italy\nOslo::Norway\n\nParis:::France\n");
    assert_eq!((topics(&plain)[0], plain.questions.len()), ("Towns", 4));
    let lacking = self::bank("obsidian", "#flashcards\na::b\n::c\nd::\ne::f\n");
    assert_eq!(told(&lacking), [(3, "no-stem"), (4, "empty-back")]);
}

#[test]
fn headings_of_org_are_cards_by_their_type() {
    let text = "#+TITLE: Words\n* Spanish\n** Greeting :drill:\n   SCHEDULED: <2024-01-01>\n   :PROPERTIES:\n   :ID: a1\n   :END:\n\
        What is your name?\n# a comment\n*** Answer\n¿Cómo te llamas?\n*** Notes\nllamar\n** Rule :grammar:drill:\nadd [-es||end] to [[x][it]]\n\
        ** Noun :drill:\n   :PROPERTIES:\n   :ID: a2\n   :DRILL_CARD_TYPE: twosided\n   :END:\nTranslate.\n*** Spanish\nel gato\n*** English\nthe cat\n*** Example\nEl gato\n\
        * Title asks :drill:\nthe body\n* Many :drill:\n  :PROPERTIES:\n  :DRILL_CARD_TYPE: multisided\n  :END:\n** A\n1\n** B\n2\n** C\n3\n\
        * No heading of a card\n** Plain\ntext\n";
    let bank = bank("org-drill", text);
    assert_eq!(
        sides(&bank),
        [
            ("What is your name?", "¿Cómo te llamas?"),
            ("add [-es||end] to [[x][it]]", ""),
            ("Translate.\n\nel gato", "the cat"),
            ("Translate.\n\nthe cat", "el gato"),
            ("Title asks", "the body"),
            ("1", "2\n\n3"),
            ("2", "1\n\n3"),
            ("3", "1\n\n2"),
        ]
    );
    assert_eq!(ids(&bank)[..4], ["a1", "", "a2", "a2.2"]);
    assert_eq!(topics(&bank)[..5], ["Spanish", "Spanish", "Spanish", "Spanish", ""]);
    let more: Vec<_> = bank.questions.iter().map(|question| question.explanation.as_deref()).collect();
    assert_eq!(more[..4], [Some("llamar"), None, Some("El gato"), Some("El gato")]);
    assert_eq!(bank.questions[1].tags, ["grammar"]);
}

#[test]
fn headings_of_org_that_lack_something_are_told() {
    let good: String = (0..9).map(|n| format!("* Card {n} :drill:\nbody {n}\n")).collect();
    let with = |kind: &str, rest: &str| format!("* X :drill:\n:PROPERTIES:\n:DRILL_CARD_TYPE: {kind}\n:END:\n{rest}\n");
    let text = [
        good,
        with("conjugate", "| yo | bailo |"),
        with("twosided", "** One\nside"),
        with("hide1cloze", "nothing is left out"),
        "* Skeleton :drill:\n".into(),
    ]
    .concat();
    let told_of =
        told(&bank("org-drill", &text)).iter().map(|(line, code)| (*line, (*code).to_owned())).collect::<Vec<_>>();
    let expected = [(19, "kind-not-read"), (24, "no-back"), (30, "no-deletions"), (35, "empty-back")];
    assert_eq!(told_of, expected.map(|(line, code)| (line, code.to_owned())));
}

#[test]
fn exports_of_mnemosyne_are_read() {
    let item = |id: &str, front: &str, back: &str| {
        format!("<item{id}>\n <cat>Geo</cat>\n <Q>{front}</Q>\n <A>{back}</A>\n</item>\n")
    };
    let text = format!(
        "<?xml version=\"1.0\"?>\n<mnemosyne core_version=\"1\">\n<category><name>Geo</name></category>\n{}{}{}</mnemosyne>\n",
        item(" id=\"7f\"", "&lt;b&gt;Rome&lt;/b&gt;", "Italy"),
        item(" id=\"7f.inv\"", "Italy", "Rome"),
        item("", "1 &lt; 2", ""),
    );
    let cards = bank("mnemosyne", &text);
    assert_eq!(sides(&cards), [("<b>Rome</b>", "Italy"), ("Italy", "Rome"), ("1 < 2", "")]);
    assert_eq!((ids(&cards), topics(&cards)), (vec!["7f", "7f.inv", ""], vec!["Geo"; 3]));
    let markup: Vec<_> = cards.questions.iter().map(|question| question.markup).collect();
    assert_eq!((markup, lines(&cards)), (vec![Markup::Html, Markup::Plain, Markup::Plain], vec![4, 9, 14]));
    assert_eq!(told(&cards), [(14, "empty-back")]);
    let filed_nowhere = bank("mnemosyne", &text.replace("Geo", "&lt;default&gt;"));
    assert_eq!(filed_nowhere.questions[0].topic, None);
    assert_eq!(filed_nowhere.questions[0].category.as_deref(), Some("<default>"));
    let broken = read(text.replace("Italy</A>", "Italy</B>").as_bytes(), &ReadOptions::default()).expect_err("broken");
    assert!(broken.message.starts_with("line 7, column 10: this is no well-formed XML"), "{}", broken.message);
}

#[test]
fn the_log_of_mnemosyne_says_what_each_card_shows() {
    let text = "<openSM2sync number_of_entries=\"9\"><log type=\"10\" o_id=\"t1\"><name>Geo::Europe</name></log>\n\
        <log type=\"19\" o_id=\"9.1\"><q_fact_keys>['b', '_x']</q_fact_keys><a_fact_keys>['f']</a_fact_keys></log>\n\
        <log type=\"16\" o_id=\"f1\"><f>France</f><b>Paris</b><___x>?</___x></log>\n\
        <log type=\"16\" o_id=\"f2\"><text>[Rome] is in [Italy]</text></log>\n\
        <log type=\"16\" o_id=\"f3\"><f>neko</f><p_1>ネコ</p_1><m_1>cat</m_1></log>\n\
        <log type=\"6\" o_id=\"c1\" fact=\"f1\" fact_v=\"2.1\" tags=\"t1\"/><log type=\"6\" o_id=\"c2\" fact=\"f1\" fact_v=\"2.2\"/>\n\
        <log type=\"6\" o_id=\"c3\" fact=\"f2\" fact_v=\"5.1\"/><log type=\"6\" o_id=\"c4\" fact=\"f2\" fact_v=\"5.1\"/>\n\
        <log type=\"6\" o_id=\"c5\" fact=\"f3\" fact_v=\"3.2\"/><log type=\"6\" o_id=\"c6\" fact=\"f1\" fact_v=\"9.1\"/>\n\
        <log type=\"6\" o_id=\"c7\" fact=\"gone\" fact_v=\"1.1\"/></openSM2sync>";
    let bank = bank("mnemosyne", text);
    assert_eq!(
        sides(&bank),
        [("France", "Paris"), ("Paris", "France"), ("[Rome] is in [Italy]", ""), ("cat", "neko\nネコ")]
    );
    assert_eq!((ids(&bank), topics(&bank)[0]), (vec!["c1", "c2", "f2", "c5"], "Geo::Europe"));
    assert_eq!(told(&bank), [(3, "duplicate"), (9, "no-stem")]);
}

#[test]
fn lines_of_mnemosyne_are_words_how_they_are_said_and_what_they_mean() {
    let cards = read("q\ta\nneko\t&#12493;&#x30b3;\tcat\tan animal\n".as_bytes(), &named("mnemosyne")).expect("cards");
    assert_eq!(sides(&cards), [("q", "a"), ("neko", "ネコ\ncat"), ("cat", "neko\nネコ")]);
    assert_eq!(cards.questions[1].explanation.as_deref(), Some("an animal"));
}

#[test]
fn texts_of_supermemo_are_told_by_what_they_note() {
    let text = "Q: one &#33267;\nQ: two\nA: 1 &amp; &lt;\nA: 2\nI: REP=8 LAP=0 EF=3.200\nO: 36\n\nQ: three\nA: 3\n\nQ: four\n\nA: five\n";
    let bank = bank("supermemo", text);
    assert_eq!(sides(&bank), [("one 至\ntwo", "1 &amp; &lt;\n2"), ("three", "3")]);
    assert_eq!((lines(&bank), told(&bank)), (vec![1, 8], vec![(11, "no-back"), (13, "no-stem")]));
    assert_eq!((bank.questions[0].markup, bank.questions[1].markup), (Markup::Html, Markup::Plain));
}

#[test]
fn elements_of_supermemo_are_filed_under_their_topics() {
    let element = |id: u32, inner: &str| format!("<SuperMemoElement><ID>{id}</ID>{inner}</SuperMemoElement>\n");
    let sides_of = |q: &str, a: &str| format!("<Content><Question>{q}</Question><Answer>{a}</Answer></Content>");
    let item = element(3, &format!("<Type>Item</Type>{}", sides_of("&lt;i&gt;q&lt;/i&gt;", "a")));
    let topic = element(2, &format!("<Title>Sub</Title><Type>Topic</Type>{}{item}", sides_of("read me", "")));
    let root = element(1, &format!("<Title>Root</Title><Type>Topic</Type>{}{topic}", sides_of("", "")));
    let bank = bank("supermemo", &format!("<SuperMemoCollection>\n<Count>3</Count>{root}</SuperMemoCollection>"));
    assert_eq!((sides(&bank), ids(&bank), topics(&bank)), (vec![("<i>q</i>", "a")], vec!["3"], vec!["Root::Sub"]));
}

#[test]
fn cards_of_handhelds_are_in_their_encoding() {
    let card = |category: &str, front: &str, back: &str| {
        format!(
            "<card category=\"{category}\"><card_fields>\n<card_field idx=\"2\">{back}</card_field><card_field idx=\"1\">{front}</card_field></card_fields></card>\n"
        )
    };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<smconv_pl><cards>\n{}{}</cards><header name=\"Spanish\"/></smconv_pl>",
        card("Unfiled", "el ademán", "gesture"),
        card("Words", "café", "coffee"),
    );
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    let bank = read(&bytes, &ReadOptions::default()).expect("cards");
    assert_eq!(sides(&bank), [("el ademán", "gesture"), ("café", "coffee")]);
    assert_eq!((bank.front.deck.as_deref(), topics(&bank), told(&bank)), (Some("Spanish"), vec!["", "Words"], vec![]));
}
