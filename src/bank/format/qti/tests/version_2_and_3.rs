//! Items of versions 2.1, 2.2 and 3.0.

use super::*;

fn item(declared: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"q1\" \
         title=\"A title\">\n{declared}<itemBody>{body}</itemBody></assessmentItem>"
    )
}

fn response(cardinality: &str, base: &str, correct: &[&str], mapped: &[(&str, &str)]) -> String {
    let correct: String = correct.iter().map(|value| format!("<value>{value}</value>")).collect();
    let mapped: String =
        mapped.iter().map(|(key, value)| format!("<mapEntry mapKey=\"{key}\" mappedValue=\"{value}\"/>")).collect();
    format!(
        "<responseDeclaration identifier=\"R\" cardinality=\"{cardinality}\" baseType=\"{base}\">\
         <correctResponse>{correct}</correctResponse><mapping>{mapped}</mapping></responseDeclaration>"
    )
}

/// The same in the spelling of version 3: `qti-simple-choice`, `response-identifier`.
fn spelled_anew(text: &str) -> String {
    let mut spelled = String::new();
    let mut tag = false;
    let mut quoted = false;
    for (at, char) in text.char_indices() {
        tag = char == '<' || tag && char != '>';
        quoted = tag && (quoted != (char == '"'));
        let rest = &text[at..];
        let own = |rest: &str| {
            let name = rest.trim_start_matches(['<', '/']);
            let html = ["?", "p", "b", "br", "img"]
                .iter()
                .any(|html| name.strip_prefix(html).is_some_and(|rest| rest.starts_with(['>', ' ', '/', 'x'])));
            !html
        };
        if char == '<' && !rest.starts_with("</") && own(rest) {
            spelled += "<qti-";
        } else if char == '/' && spelled.ends_with('<') && own(rest) {
            spelled += "/qti-";
        } else if tag && !quoted && char.is_ascii_uppercase() {
            spelled.push('-');
            spelled.push(char.to_ascii_lowercase());
        } else {
            spelled.push(char);
        }
    }
    spelled
}

fn one(declared: &str, body: &str) -> BankQuestion {
    let written = item(declared, body);
    let mut second = bank(written.as_bytes());
    assert_eq!((second.questions.len(), second.rejected), (1, 0), "{:?}", second.problems);
    let spelled = spelled_anew(&written);
    assert!(spelled.contains("<qti-item-body>"), "{spelled}");
    assert_eq!(bank(spelled.as_bytes()).questions, second.questions, "{spelled}");
    second.questions.remove(0)
}

const CHOICES: &str = "<prompt>What?</prompt><simpleChoice identifier=\"a\">one<feedbackInline identifier=\"a\">No.\
    </feedbackInline></simpleChoice><simpleChoice identifier=\"b\"><p>two</p></simpleChoice>\
    <simpleChoice identifier=\"c\" fixed=\"true\">none</simpleChoice>";

fn choices(most: &str) -> String {
    format!(
        "<p>Look: <img src=\"a.png\" alt=\"x\"/></p><rubricBlock view=\"scorer\"><p>Secret</p></rubricBlock>\
         <choiceInteraction responseIdentifier=\"R\" maxChoices=\"{most}\">{CHOICES}</choiceInteraction>"
    )
}

#[test]
fn a_choice_with_what_surrounds_it() {
    let question = one(&response("single", "identifier", &["b"], &[]), &choices("1"));
    assert_eq!((question.kind, question.line, question.id.as_deref()), (Kind::Single, 2, Some("q1")));
    assert_eq!(question.stem, "<p>Look: <img src=\"a.png\" alt=\"x\"/></p> What?");
    assert_eq!((texts(&question), question.correct()), (vec!["one", "<p>two</p>", "none"], vec![1]));
    assert_eq!(question.options[0].feedback.as_deref(), Some("No."));
    let pinned: Vec<bool> = question.options.iter().map(|option| option.pinned).collect();
    assert_eq!((pinned, question.markup, question.topic), (vec![false, false, true], Markup::Html, None));
}

#[test]
fn several_answers_with_their_shares() {
    let mapped = [("a", "1"), ("b", "1"), ("c", "-2")];
    let question = one(&response("multiple", "identifier", &["a", "b"], &mapped), &choices("0"));
    let shares: Vec<_> = question.options.iter().map(|option| option.weight).collect();
    assert_eq!((question.kind, question.correct()), (Kind::Multiple, vec![0, 1]));
    assert_eq!(shares, [Some(0.5), Some(0.5), Some(-1.0)]);
    let draft = one("", &choices("1"));
    assert_eq!((draft.kind, draft.key), (Kind::Single, KeyOrigin::Missing));
}

#[test]
fn truth_and_feedback_that_is_shown_after_the_answer() {
    let truth = "<choiceInteraction responseIdentifier=\"R\" maxChoices=\"1\"><simpleChoice identifier=\"t\">True\
                 </simpleChoice><simpleChoice identifier=\"f\">False</simpleChoice></choiceInteraction>Is it?\
                 <feedbackBlock identifier=\"SOLUTION\"><p>Because.</p></feedbackBlock>";
    let written = item(&response("single", "identifier", &["t"], &[]), truth).replace(
        "</assessmentItem>",
        "<modalFeedback identifier=\"correct\">Yes</modalFeedback><modalFeedback identifier=\"f\">No</modalFeedback>\
         </assessmentItem>",
    );
    let question = bank(written.as_bytes()).questions.remove(0);
    assert_eq!((question.kind, question.stem.as_str()), (Kind::TrueFalse, "Is it?"));
    assert_eq!(question.explanation.as_deref(), Some("<p>Because.</p>"));
    let feedback: Vec<_> = question.options.iter().map(|option| option.feedback.as_deref()).collect();
    assert_eq!(feedback, [Some("Yes"), Some("No")]);
}

#[test]
fn typed_words_and_numbers() {
    let entry = "<p>The <textEntryInteraction responseIdentifier=\"R\"/> of it.</p>";
    let short = one(&response("single", "string", &["York"], &[("York", "2"), ("york", "1")]), entry);
    let accepted: Vec<_> =
        short.options.iter().map(|option| (option.text.as_str(), option.weight, option.correct)).collect();
    assert_eq!((short.kind, short.stem.as_str()), (Kind::Short, "<p>The _____ of it.</p>"));
    assert_eq!(accepted, [("York", Some(1.0), true), ("york", Some(0.5), false)]);
    let number = item(&response("single", "float", &["4.5"], &[]), entry).replace(
        "</assessmentItem>",
        "<responseProcessing><equal toleranceMode=\"relative\" tolerance=\"10 10\"><variable identifier=\"R\"/>\
         <correct identifier=\"R\"/></equal></responseProcessing></assessmentItem>",
    );
    let number = bank(number.as_bytes()).questions.remove(0);
    assert_eq!((number.kind, number.options[0].tolerance), (Kind::Numeric, Some(0.45)));
    let essay = "<extendedTextInteraction responseIdentifier=\"R\"><prompt>Write.</prompt></extendedTextInteraction>";
    let essay = one(&response("single", "string", &["A model."], &[]), essay);
    assert_eq!((essay.kind, essay.stem.as_str()), (Kind::Open, "Write."));
    assert_eq!(essay.explanation.as_deref(), Some("A model."));
}

#[test]
fn gaps_of_all_kinds() {
    let inline = |ident: &str| {
        format!(
            "<inlineChoiceInteraction responseIdentifier=\"{ident}\"><inlineChoice identifier=\"1\">red</inlineChoice>\
             <inlineChoice identifier=\"2\">blue</inlineChoice></inlineChoiceInteraction>"
        )
    };
    let declared = response("single", "identifier", &["2"], &[]);
    let alone = one(&declared, &format!("<p>A {} sea</p>", inline("R")));
    assert_eq!((alone.kind, alone.stem.as_str()), (Kind::Single, "<p>A _____ sea</p>"));
    assert_eq!((texts(&alone), alone.correct()), (vec!["red", "blue"], vec![1]));
    let second = declared.replace("\"R\"", "\"S\"").replace("<value>2", "<value>1");
    let both = one(&(declared.clone() + &second), &format!("<p>A {} {}</p>", inline("R"), inline("S")));
    assert_eq!((both.kind, both.stem.as_str()), (Kind::Cloze, "<p>A [R] [S]</p>"));
    let filled = [("red", "R", false), ("blue", "R", true), ("red", "S", true), ("blue", "S", false)];
    assert_eq!(pairs(&both), filled);
    let gap_match = "<gapMatchInteraction responseIdentifier=\"R\"><prompt>Fill.</prompt><gapText identifier=\"W\">\
                     winter</gapText><gapText identifier=\"S\">spring</gapText><p>Now <gap identifier=\"G\"/></p>\
                     </gapMatchInteraction>";
    let gaps = one(&response("multiple", "directedPair", &["W G"], &[]), gap_match);
    assert_eq!((gaps.kind, gaps.stem.as_str()), (Kind::Cloze, "Fill.<p>Now [G]</p>"));
    assert_eq!(pairs(&gaps), [("winter", "G", true), ("spring", "-", false)]);
    let hot = "<hottextInteraction responseIdentifier=\"R\" maxChoices=\"1\"><p>He <hottext identifier=\"1\">go</hottext> \
               <hottext identifier=\"2\">home</hottext></p></hottextInteraction>";
    let hot = one(&response("single", "identifier", &["1"], &[]), hot);
    assert_eq!((hot.kind, hot.stem.as_str(), hot.correct()), (Kind::Single, "<p>He go home</p>", vec![0]));
}

#[test]
fn pairs_and_orders() {
    let choice = |ident: &str, text: &str| {
        format!("<simpleAssociableChoice identifier=\"{ident}\">{text}</simpleAssociableChoice>")
    };
    let sets = format!(
        "<matchInteraction responseIdentifier=\"R\"><prompt>Match.</prompt><simpleMatchSet>{}{}</simpleMatchSet>\
         <simpleMatchSet>{}{}{}</simpleMatchSet></matchInteraction>",
        choice("a", "A"),
        choice("b", "B"),
        choice("1", "one"),
        choice("2", "two"),
        choice("3", "three")
    );
    let question = one(&response("multiple", "directedPair", &["a 2", "b 1"], &[]), &sets);
    assert_eq!(question.kind, Kind::Match);
    assert_eq!(pairs(&question), [("A", "two", true), ("B", "one", true), ("", "three", false)]);
    let order = format!("<orderInteraction responseIdentifier=\"R\">{CHOICES}</orderInteraction>");
    let question = one(&response("ordered", "identifier", &["c", "a", "b"], &[]), &order);
    assert_eq!((question.kind, texts(&question)), (Kind::Order, vec!["none", "one", "<p>two</p>"]));
}

#[test]
fn what_cannot_be_read_is_kept_and_told() {
    for (body, stem) in [
        ("<p>Draw.</p><drawingInteraction responseIdentifier=\"R\"/>", "<p>Draw.</p>"),
        ("<p>How many <printedVariable identifier=\"X\"/>?</p>", "<p>How many [X]?</p>"),
        ("<hotspotInteraction responseIdentifier=\"R\"/>", "A title"),
    ] {
        let bank = bank(item("", body).as_bytes());
        assert_eq!((bank.questions[0].kind, bank.questions[0].stem.as_str()), (Kind::Open, stem));
        assert_eq!(told(&bank), [(2, "kind-not-read")], "{body}");
    }
    let test = "<assessmentTest xmlns=\"x\" title=\"T\"><assessmentItemRef href=\"a.xml\"/></assessmentTest>";
    assert_eq!(refusal(test.as_bytes()).message, "it holds no items of its own");
}
