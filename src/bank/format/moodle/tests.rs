use crate::bank::{Bank, ReadOptions, read};
use crate::model::Kind;

fn quiz(inner: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n{inner}\n</quiz>\n")
}

fn bank(inner: &str) -> Bank {
    let bank = read(quiz(inner).as_bytes(), &ReadOptions::default()).expect("a bank");
    assert_eq!(bank.format, "moodle-xml");
    bank
}

fn of(kind: &str, inner: &str) -> String {
    format!(
        "<question type=\"{kind}\"><questiontext format=\"html\"><text><![CDATA[<p>What?</p>]]></text></questiontext>{inner}</question>\n"
    )
}

fn answer(fraction: &str, text: &str) -> String {
    format!("<answer fraction=\"{fraction}\"><text>{text}</text><feedback><text>on {text}</text></feedback></answer>")
}

#[test]
fn every_type_becomes_its_kind() {
    let tolerant = "<answer fraction=\"100\"><text>3.1</text><tolerance>0.05</tolerance></answer>";
    let subs = "<subquestion><text>a</text><answer><text>1</text></answer></subquestion><subquestion><text>b</text><answer><text>2</text></answer></subquestion>";
    for (kind, inner, expected) in [
        ("multichoice", answer("100", "a &amp; b") + &answer("-50", "c"), Kind::Single),
        (
            "multichoice",
            "<single>false</single>".to_owned() + &answer("50", "a") + &answer("50", "c") + &answer("0", "d"),
            Kind::Multiple,
        ),
        ("truefalse", answer("0", "false") + &answer("100", "true"), Kind::TrueFalse),
        ("shortanswer", answer("100", "a"), Kind::Short),
        ("numerical", tolerant.to_owned(), Kind::Numeric),
        ("matching", subs.to_owned(), Kind::Match),
        ("essay", String::new(), Kind::Open),
    ] {
        let bank = bank(&of(kind, &inner));
        assert_eq!((bank.questions[0].kind, bank.questions[0].stem.as_str()), (expected, "<p>What?</p>"), "{kind}");
    }
}

#[test]
fn what_surrounds_a_question_is_kept() {
    let bank = bank(
        &("<question type=\"category\"><category><text>$course$/top/Sea/Deep</text></category></question>\n"
            .to_owned()
            + &of(
                "multichoice",
                &(answer("100", "a")
                    + &answer("25", "b")
                    + "<idnumber>q7</idnumber><tags><tag><text>wet</text></tag></tags><generalfeedback><text>So.</text></generalfeedback>"),
            )),
    );
    let question = &bank.questions[0];
    assert_eq!((question.topic.as_deref(), question.id.as_deref(), question.line), (Some("Sea::Deep"), Some("q7"), 4));
    assert_eq!((question.explanation.as_deref(), question.tags.join(" ")), (Some("So."), "wet".into()));
    assert_eq!((question.correct(), question.options[1].weight), (vec![0], Some(0.25)));
    assert_eq!(question.options[0].feedback.as_deref(), Some("on a"));
}

#[test]
fn nonsense_is_told() {
    let bank = bank(
        &(of("multichoice", &(answer("100", "a") + &answer("0", "b")))
            + &of("multichoice", &(answer("0", "a") + &answer("50", "b")))
            + &of("ddmarker", "")
            + &of("truefalse", &(answer("100", "true") + &answer("0", "false")))),
    );
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(told, [(4, "no-answer"), (5, "kind-not-read")]);
    let refusal = read(b"<quiz>\n<question type=\"essay\">\n</quiz>", &ReadOptions::default()).expect_err("open");
    assert!(refusal.message.starts_with("line 3, column 1: this is no well-formed XML"), "{}", refusal.message);
}

#[test]
fn files_become_media_under_the_names_of_the_texts() {
    let text = "<question type=\"multichoice\"><questiontext format=\"html\"><text><![CDATA[<img src=\"@@PLUGINFILE@@/a%20map.png\">]]></text>\
                <file name=\"a map.png\" path=\"/\" encoding=\"base64\">AAEC</file></questiontext>\
                <answer fraction=\"100\"><text><![CDATA[<img src=\"@@PLUGINFILE@@/in/b.png\">]]></text>\
                <file name=\"b.png\" path=\"/in/\" encoding=\"base64\">AwQ=</file></answer>\
                <answer fraction=\"0\"><text>none</text></answer></question>\n";
    let old = of(
        "truefalse",
        &(answer("100", "true")
            + &answer("0", "false")
            + "<image>x/y.png</image><image_base64>\nBQY=\n</image_base64>"),
    );
    let broken = of("essay", "<generalfeedback><text>z</text><file name=\"z.png\">%%%</file></generalfeedback>");
    let bank = bank(&(text.to_owned() + &old + &broken));
    let media: Vec<(&str, &[u8])> =
        bank.questions.iter().flat_map(|at| &at.media).map(|media| (media.name.as_str(), &media.bytes[..])).collect();
    assert_eq!(
        media,
        [
            ("@@PLUGINFILE@@/a%20map.png", &[0, 1, 2][..]),
            ("@@PLUGINFILE@@/in/b.png", &[3, 4]),
            ("@@PLUGINFILE@@/x_y.png", &[5, 6])
        ]
    );
    assert_eq!(bank.questions[1].stem, "<p>What?</p> <img src=\"@@PLUGINFILE@@/x_y.png\" />");
    assert!(bank.problems.iter().any(|problem| (problem.line, problem.code) == (7, "media")));
}

#[test]
fn what_is_left_out_is_told() {
    let hints = "<hint format=\"html\"><text>Think.</text></hint>";
    let units = "<answer fraction=\"100\"><text>3</text><tolerance>0</tolerance></answer><units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>";
    let bank = bank(&(of("numerical", units) + &of("shortanswer", &(answer("100", "a") + hints))));
    let told: Vec<_> = bank.problems.iter().map(|told| (told.line, told.code)).collect();
    assert_eq!(told, [(3, "units"), (4, "hints")]);
}

#[test]
fn gaps_need_a_right_answer() {
    let gap = |gap: &str| {
        format!("<question type=\"cloze\"><questiontext><text>It is {gap}.</text></questiontext></question>\n")
    };
    let bank = bank(
        &(gap("{1:SA:=hot}")
            + &gap("nothing")
            + &gap("{1:MC:=hot}")
            + &gap("{1:SA:%50%hot}")
            + &gap("{1:NM:=hot}")
            + &gap("{1:MR:%50%a~%50%b~c}")
            + &gap("{1:NM:=3:1~*}")),
    );
    let told: Vec<_> = bank.problems.iter().map(|told| (told.line, told.code)).collect();
    assert_eq!(told, [(4, "no-gaps"), (5, "one-option"), (6, "no-answer"), (7, "no-number")]);
    assert_eq!(bank.questions[0].stem, "It is {1:SA:=hot}.");
}

#[test]
fn careless_exports_are_read() {
    let french = of("truefalse", &(answer("0", "Vrai") + &answer("100", "Faux")));
    let bare = "<question type=\"shortanswer\"><questiontext>Bare <b>text</b> &amp; more</questiontext><answer fraction=\"100\">Text<feedback>Yes</feedback></answer></question>\n";
    let unescaped = "<question type=\"shortanswer\"><questiontext><text><p>One &lt; <b>two</b></p></text></questiontext><answer fraction=\"100\"><text>yes</text></answer></question>\n";
    let blank =
        of("multichoice", &(answer("100", "a") + &answer("0", "b") + "<answer fraction=\"0\"><text></text></answer>"));
    let bank = bank(&(french + bare + unescaped + &blank));
    assert_eq!(bank.questions[0].correct(), [1]);
    assert_eq!(bank.questions[1].options[0].text, "Text");
    assert_eq!(bank.questions[1].options[0].feedback.as_deref(), Some("Yes"));
    assert_eq!(bank.questions[2].stem, "<p>One &lt; <b>two</b></p>");
    assert_eq!(bank.questions[3].options.len(), 2);
}

#[test]
fn a_question_alone_is_a_file_and_one_within_another_is_none() {
    let alone = read(of("shortanswer", &answer("100", "a")).as_bytes(), &ReadOptions::default()).expect("a bank");
    assert_eq!((alone.format, alone.questions.len()), ("moodle-xml", 1));
    let within = bank(&of("essay", &of("essay", "")));
    assert_eq!(within.questions.len(), 1);
}

#[test]
fn gaps_that_stand_in_the_text_are_written_out() {
    let text = |text: &str| format!("<questiontext><text>{text}</text></questiontext>");
    let offer =
        |name: &str, said: &str, group: u8| format!("<{name}><text>{said}</text><group>{group}</group></{name}>");
    let offers = |name: &str| offer(name, "up", 1) + &offer(name, "down", 1) + &offer(name, "a~b", 2);
    let of = |kind: &str, inner: String| format!("<question type=\"{kind}\">{inner}</question>\n");
    let bank = bank(
        &(of("gapselect", text("Rain goes [[2]], smoke [[1]].") + &offers("selectoption"))
            + &of("ddwtos", text("It is [[3]].") + &offers("dragbox"))
            + &of("ddwtos", text("It is [[9]].") + &offers("dragbox"))
            + &of("gapselect", text("No gap [[here]].") + &offers("selectoption"))),
    );
    let stems: Vec<_> = bank.questions.iter().map(|question| question.stem.as_str()).collect();
    let expected =
        ["Rain goes {1:MULTICHOICE:up~=down}, smoke {1:MULTICHOICE:=up~down}.", "It is {1:MULTICHOICE:=a\\~b}."];
    assert_eq!(stems, expected);
    let told: Vec<_> = bank.problems.iter().map(|told| (told.line, told.code)).collect();
    assert_eq!(told, [(5, "no-answer"), (6, "no-gaps")]);
}

#[test]
fn what_is_calculated_is_asked_with_the_first_numbers() {
    let set = |name: &str, value: &str| {
        format!(
            "<dataset_definition><name><text>{name}</text></name><dataset_items><dataset_item><number>1</number>\
             <value>{value}</value></dataset_item><dataset_item><number>2</number><value>9</value></dataset_item>\
             </dataset_items></dataset_definition>"
        )
    };
    let sets = format!("<dataset_definitions>{}</dataset_definitions>", set("a", "6.0") + &set("b", "4"));
    let simple = "<questiontext><text>How much is {a} times {b}, or {={a}*{b}+1} less one?</text></questiontext>\
                  <answer fraction=\"100\"><text>{a}*{b}</text><tolerance>0.01</tolerance><tolerancetype>1</tolerancetype></answer>";
    let of = |inner: &str| format!("<question type=\"calculatedsimple\">{inner}</question>\n");
    let bank = bank(&(of(&(simple.to_owned() + &sets)) + &of(simple)));
    let question = &bank.questions[0];
    assert_eq!((bank.questions.len(), question.kind), (1, Kind::Numeric));
    assert_eq!(question.stem, "How much is 6 times 4, or 25 less one?");
    assert_eq!((question.options[0].text.as_str(), question.options[0].tolerance), ("24", Some(0.24)));
    let told: Vec<_> = bank.problems.iter().map(|told| (told.line, told.code)).collect();
    assert_eq!(told, [(3, "first-numbers"), (4, "no-formula")]);
}
