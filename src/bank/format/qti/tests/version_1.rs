//! Items of version 1.2 and pools of Blackboard.

use super::*;

fn document(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<questestinterop xmlns=\"http://www.imsglobal.org/xsd/ims_qtiasiv1p2\">\n\
         <assessment title=\"Seas\"><section title=\"Deep\">\n{items}\n</section></assessment></questestinterop>"
    )
}

fn of(items: &str) -> Bank {
    bank(document(items).as_bytes())
}

fn one(items: &str) -> BankQuestion {
    let mut bank = of(items);
    assert_eq!((bank.questions.len(), bank.rejected), (1, 0), "{:?}", bank.problems);
    bank.questions.remove(0)
}

fn item(kind: &str, presentation: &str, processing: &str) -> String {
    format!(
        "<item ident=\"i1\" title=\"Question\"><itemmetadata><qtimetadata><qtimetadatafield>\
         <fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata>\
         </itemmetadata><presentation>{presentation}</presentation><resprocessing>{processing}</resprocessing></item>"
    )
}

fn text(text: &str) -> String {
    format!("<material><mattext texttype=\"text/html\">{text}</mattext></material>")
}

fn lid(ident: &str, cardinality: &str, prompt: &str, labels: &[(&str, &str)]) -> String {
    let labels: String = labels
        .iter()
        .map(|(ident, text)| {
            format!("<response_label ident=\"{ident}\"><material><mattext>{text}</mattext></material></response_label>")
        })
        .collect();
    format!(
        "<response_lid ident=\"{ident}\" rcardinality=\"{cardinality}\"><material><mattext>{prompt}</mattext></material>\
         <render_choice>{labels}</render_choice></response_lid>"
    )
}

fn when(wanted: &[(&str, &str)], score: &str) -> String {
    let wanted: String =
        wanted.iter().map(|(about, wanted)| format!("<varequal respident=\"{about}\">{wanted}</varequal>")).collect();
    format!(
        "<respcondition><conditionvar>{wanted}</conditionvar><setvar action=\"Add\">{score}</setvar></respcondition>"
    )
}

const TYPED: &str = "<response_str ident=\"r\"><render_fib><response_label ident=\"a\"/></render_fib></response_str>";

#[test]
fn a_choice_with_what_surrounds_it() {
    let question = one(&("\n".to_owned()
        + &item(
            "multiple_choice_question",
            &(text("&lt;p&gt;What is &amp;lt;p&amp;gt;?&lt;/p&gt;")
                + &lid("r", "Single", "", &[("a", "one"), ("b", "two"), ("c", "")])),
            &("<respcondition continue=\"Yes\"><conditionvar><other/></conditionvar>\
               <displayfeedback linkrefid=\"general_fb\"/></respcondition>\
               <respcondition><conditionvar><varequal respident=\"r\">a</varequal></conditionvar>\
               <displayfeedback linkrefid=\"for a\"/></respcondition>"
                .to_owned()
                + &when(&[("r", "b")], "100")),
        )
        .replace(
            "</item>",
            "<itemfeedback ident=\"general_fb\"><flow_mat><material><mattext>So it is.</mattext></material></flow_mat>\
             </itemfeedback><itemfeedback ident=\"for a\"><material><mattext>No.</mattext></material></itemfeedback>\
             <itemfeedback ident=\"correct_fb\"><material><mattext>Yes.</mattext></material></itemfeedback></item>",
        )));
    assert_eq!((question.kind, question.line, question.id.as_deref()), (Kind::Single, 5, Some("i1")));
    assert_eq!((question.stem.as_str(), question.markup), ("<p>What is &lt;p&gt;?</p>", Markup::Html));
    assert_eq!(question.topic.as_deref(), Some("Seas::Deep"));
    assert_eq!((texts(&question), question.correct()), (vec!["one", "two"], vec![1]));
    assert_eq!(question.explanation.as_deref(), Some("So it is."));
    let feedback: Vec<_> = question.options.iter().map(|option| option.feedback.as_deref()).collect();
    assert_eq!(feedback, [Some("No."), Some("Yes.")]);
}

#[test]
fn right_is_what_earns_marks() {
    let choice = |cardinality: &str, processing: &str| {
        let labels = lid("r", cardinality, "", &[("a", "1"), ("b", "2"), ("c", "3")]);
        let question = one(&item("", &(text("What?") + &labels), processing));
        let shares: Vec<_> = question.options.iter().map(|option| option.weight).collect();
        (question.kind, question.correct(), shares)
    };
    let single = |wanted: &str, score: &str| when(&[("r", wanted)], score);
    assert_eq!(choice("Single", &(single("a", "0") + &single("b", "10"))), (Kind::Single, vec![1], vec![None; 3]));
    assert_eq!(
        choice("Single", &(single("a", "5") + &single("b", "10"))),
        (Kind::Single, vec![1], vec![Some(0.5), Some(1.0), Some(0.0)])
    );
    assert_eq!(
        choice("Multiple", &(single("a", "1") + &single("b", "-1") + &single("c", "3"))),
        (Kind::Multiple, vec![0, 2], vec![Some(0.25), Some(-0.25), Some(0.75)])
    );
    let whole = "<respcondition><conditionvar><and><varequal respident=\"r\">a</varequal><not>\
                 <varequal respident=\"r\">b</varequal></not><varequal respident=\"r\">c</varequal></and></conditionvar>\
                 <setvar>SCORE.max</setvar></respcondition>";
    assert_eq!(choice("Multiple", whole), (Kind::Multiple, vec![0, 2], vec![None; 3]));
    let said = "<respcondition title=\"correct\"><conditionvar><varequal respident=\"r\">c</varequal></conditionvar>\
                </respcondition>";
    assert_eq!(choice("Single", said), (Kind::Single, vec![2], vec![None; 3]));
}

#[test]
fn truth_and_drafts() {
    let truth = lid("r", "Single", "", &[("a", "True"), ("b", "False")]);
    let question = one(&item("", &(text("Is it?") + &truth), &when(&[("r", "b")], "1")));
    assert_eq!((question.kind, question.correct()), (Kind::TrueFalse, vec![1]));
    let question = one(&item("true_false_question", &(text("Is it?") + &truth), ""));
    assert_eq!((question.kind, question.key), (Kind::TrueFalse, KeyOrigin::Missing));
}

#[test]
fn blackboard_wraps_its_texts_and_names_its_items() {
    let wrapped = |text: &str| {
        format!(
            "<flow class=\"Block\"><material><mat_extension><mat_formattedtext type=\"HTML\">{text}</mat_formattedtext>\
             </mat_extension></material></flow>"
        )
    };
    let label = |ident: &str, text: &str| {
        format!("<flow_label><response_label ident=\"{ident}\">{}</response_label></flow_label>", wrapped(text))
    };
    let question = one(&format!(
        "<item maxattempts=\"0\"><itemmetadata><bbmd_asi_object_id>_7_1</bbmd_asi_object_id><bbmd_questiontype>\
         Multiple Choice</bbmd_questiontype></itemmetadata><presentation><flow class=\"Block\">{}<flow>\
         <response_lid ident=\"response\" rcardinality=\"Single\"><render_choice>{}{}</render_choice></response_lid>\
         </flow></flow></presentation><resprocessing><respcondition title=\"correct\"><conditionvar><varequal \
         respident=\"response\">b</varequal></conditionvar><setvar action=\"Set\">SCORE.max</setvar></respcondition>\
         <respcondition title=\"incorrect\"><conditionvar><other/></conditionvar><setvar action=\"Set\">0</setvar>\
         </respcondition></resprocessing></item>",
        wrapped("&lt;p&gt;What?&lt;/p&gt;"),
        label("a", "one"),
        label("b", "two")
    ));
    assert_eq!((question.id.as_deref(), question.stem.as_str()), (Some("_7_1"), "<p>What?</p>"));
    assert_eq!((question.kind, texts(&question), question.correct()), (Kind::Single, vec!["one", "two"], vec![1]));
}

#[test]
fn typed_words_and_numbers() {
    let asked = text("What?") + TYPED;
    let short = one(&item("short_answer_question", &asked, &when(&[("r", "Sea"), ("r", "sea")], "100")));
    assert_eq!((short.kind, short.stem.as_str(), texts(&short)), (Kind::Short, "What?", vec!["Sea", "sea"]));
    let number = one(&item(
        "numerical_question",
        &asked,
        &(when(&[("r", "7")], "1")
            + "<respcondition><conditionvar><or><varequal respident=\"r\">42.0</varequal><and>\
               <vargt respident=\"r\">41.995</vargt><varlte respident=\"r\">42.005</varlte></and></or></conditionvar>\
               <setvar>100</setvar></respcondition>\
               <respcondition><conditionvar><vargte respident=\"r\">1</vargte><varlte respident=\"r\">2</varlte>\
               </conditionvar><setvar>100</setvar></respcondition>"),
    ));
    let numbers: Vec<_> = number.options.iter().map(|option| (option.text.as_str(), option.tolerance)).collect();
    assert_eq!(number.kind, Kind::Numeric);
    assert_eq!(numbers, [("7", Some(0.0)), ("42", Some(0.005)), ("1.5", Some(0.5))]);
    assert_eq!(one(&item("essay_question", &asked, &when(&[], "1"))).kind, Kind::Open);
}

#[test]
fn gaps_keep_their_places() {
    let gap = |ident: &str| TYPED.replace("\"r\"", &format!("\"{ident}\""));
    let plain = |text: &str| format!("<material><mattext>{text}</mattext></material>");
    let flow = format!("<flow>{}{}{}{}</flow>", plain("Now is the "), gap("g1"), plain("of our"), gap("g2"));
    let question = one(&item("", &flow, &when(&[("g1", "winter"), ("g2", "discontent")], "2")));
    assert_eq!((question.kind, question.markup), (Kind::Cloze, Markup::Plain));
    assert_eq!(question.stem, "Now is the [g1] of our [g2]");
    assert_eq!(pairs(&question), [("winter", "g1", true), ("discontent", "g2", true)]);
    let one_gap = plain("The ") + &gap("g") + &plain("of it");
    assert_eq!(one(&item("", &one_gap, &when(&[("g", "end")], "2"))).stem, "The _____ of it");
}

#[test]
fn gaps_with_labels_are_named_in_the_text() {
    let asked = text("[color1] and [x]")
        + &lid("response_color1", "Single", "color1", &[("1", "red"), ("2", "plaid")])
        + &lid("response_x", "Single", "blue", &[("3", "blue"), ("4", "Blue")]);
    let scored = when(&[("response_color1", "1")], "50") + &when(&[("response_x", "3")], "50");
    let dropdowns = one(&item("multiple_dropdowns_question", &asked, &scored));
    let expected = [("red", "color1", true), ("plaid", "color1", false), ("blue", "x", true), ("Blue", "x", false)];
    assert_eq!((dropdowns.kind, pairs(&dropdowns)), (Kind::Cloze, expected.to_vec()));
    assert_eq!(pairs(&one(&item("", &asked, &scored))), expected, "told by the names in the text");
    let typed = one(&item("fill_in_multiple_blanks_question", &asked, &scored));
    assert!(typed.options.iter().all(|option| option.correct), "labels are what may be typed");
    let alone = text("The [b]") + &lid("response_b", "Single", "b", &[("1", "sea"), ("2", "Sea")]);
    let short = one(&item("fill_in_multiple_blanks_question", &alone, ""));
    assert_eq!((short.kind, texts(&short)), (Kind::Short, vec!["sea", "Sea"]));
}

#[test]
fn halves_categories_and_orders() {
    let labels = [("1", "x"), ("2", "y"), ("3", "z")];
    let asked = text("Match.") + &lid("a", "Single", "A", &labels) + &lid("b", "Single", "B", &labels);
    let scored = when(&[("a", "2")], "50") + &when(&[("b", "1")], "50");
    let question = one(&item("matching_question", &asked, &scored));
    assert_eq!(question.kind, Kind::Match);
    assert_eq!(pairs(&question), [("A", "y", true), ("B", "x", true), ("", "z", false)]);

    let scored = when(&[("a", "1"), ("a", "3")], "50") + &when(&[("b", "2")], "50");
    let question = one(&item("categorization_question", &asked.replace("Single", "Multiple"), &scored));
    assert_eq!(pairs(&question), [("x", "A", true), ("z", "A", true), ("y", "B", true)]);

    let asked = text("Order.") + &lid("o", "Ordered", "", &labels);
    let question = one(&item("", &asked, &when(&[("o", "3"), ("o", "1"), ("o", "2")], "1")));
    assert_eq!((question.kind, texts(&question)), (Kind::Order, vec!["z", "x", "y"]));
}

#[test]
fn one_half_alone_is_a_choice_that_says_what_is_matched() {
    let asked = text("&lt;p&gt;Match.&lt;/p&gt;") + &lid("a", "Single", "A", &[("1", "x"), ("2", "y")]);
    let question = one(&item("matching_question", &asked, &when(&[("a", "2")], "1")));
    assert_eq!((question.kind, question.stem.as_str()), (Kind::Single, "<p>Match.</p> <p>A</p>"));
}

#[test]
fn what_is_written_as_elements_or_as_plain_text_is_shown_as_it_was_meant() {
    let asked = "<material><mattext texttype=\"text/html\"><p>Which <b a='>'>is</b>\n bold?</p></mattext>\
                 <matimage uri=\"a b.png\" label=\"x\"/></material>"
        .to_owned()
        + &lid("r", "Single", "", &[("1", "&lt;b&gt;"), ("2", "a &amp; b")])
            .replace("<mattext>", "<mattext texttype=\"text/plain\">");
    let question = one(&item("", &asked, &when(&[("r", "1")], "1")));
    assert_eq!(question.stem, "<p>Which <b a='>'>is</b> bold?</p><img src=\"a b.png\" alt=\"x\"/>");
    assert_eq!(texts(&question), ["&lt;b&gt;", "a & b"]);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    let choice = text("What?") + &lid("r", "Single", "", &[("1", "x"), ("2", "y")]);
    let items = [
        item("hot_spot_question", &text("Where?"), ""),
        item("multiple_choice_question", &choice, &when(&[("r", "1")], "1")),
        item("multiple_choice_question", &(text("One?") + &lid("r", "Single", "", &[("1", "x")])), ""),
        item("matching_question", &(text("Two?") + &lid("a", "Single", "A", &[]) + &lid("b", "Single", "B", &[])), ""),
        item("multiple_choice_question", &choice, &when(&[("r", "1")], "1")),
        "<bankentry_item item_ref=\"x\"/>".into(),
    ];
    let bank = of(&items.join("\n"));
    assert_eq!(
        told(&bank),
        [(4, "kind-not-read"), (6, "one-option"), (7, "few-pairs"), (8, "duplicate"), (9, "kind-not-read"),]
    );
    let kept: Vec<_> = bank.questions.iter().map(|question| (question.kind, question.id.as_deref())).collect();
    assert_eq!(kept, [(Kind::Open, Some("i1")), (Kind::Single, None)], "an id that stands twice identifies nothing");
}

#[test]
fn an_item_that_is_not_closed_costs_no_other() {
    let choice = text("What?") + &lid("r", "Single", "", &[("1", "x"), ("2", "y")]);
    let good = item("", &choice, &when(&[("r", "1")], "1"));
    let bank = of(&(good.replace("</item>", "\n") + &good.replace("What", "And")));
    assert_eq!((bank.questions.len(), told(&bank)), (2, vec![(6, "mended")]));
    let nested = good.replace("</item>", "").repeat(5) + &"</item>".repeat(5);
    let read = read(document(&nested).as_bytes(), &ReadOptions::default()).expect("a bank");
    assert_eq!((read.questions.len(), read.duplicates.len(), read.rejected), (1, 2, 2));
}

#[test]
fn slips_in_the_xml_are_mended_and_told() {
    let choice = text("What&nbsp;now?") + &lid("r", "Single", "", &[("1", "x"), ("2", "y")]);
    let broken = item("", &choice, &when(&[("r", "1")], "1")).replace("</resprocessing>", "");
    let bank = of(&broken);
    assert_eq!(told(&bank), [(4, "mended")]);
    assert_eq!((bank.questions[0].stem.as_str(), bank.questions[0].correct()), ("What\u{a0}now?", vec![0]));
}

/// A condition as Blackboard writes it: nothing but the feedback says that it is for the right answer.
fn shows_right(wanted: &str) -> String {
    format!(
        "<respcondition title=\"x\"><conditionvar>{wanted}</conditionvar>\
         <displayfeedback linkrefid=\"correct\" feedbacktype=\"Response\"/></respcondition>\
         <respcondition title=\"incorrect\"><conditionvar><other/></conditionvar>\
         <setvar variablename=\"SCORE\" action=\"Set\">0</setvar>\
         <displayfeedback linkrefid=\"incorrect\" feedbacktype=\"Response\"/></respcondition>"
    )
}

#[test]
fn the_feedback_alone_says_what_is_right() {
    let wants = |ident: &str| shows_right(&format!("<varequal respident=\"r\">{ident}</varequal>"));
    let labels = [("a", "oak"), ("b", "iron")];
    let choice = one(&item("Multiple Choice", &(text("Which rusts?") + &lid("r", "Single", "", &labels)), &wants("b")));
    assert_eq!((choice.kind, choice.correct()), (Kind::Single, vec![1]));
    let typed = "<response_str ident=\"r\"><render_fib/></response_str>";
    let typed = one(&item("Fill in the Blank", &(text("What rusts?") + typed), &wants("iron")));
    assert_eq!((typed.kind, texts(&typed)), (Kind::Short, vec!["iron"]));
    let nothing = one(&item("Multiple Choice", &(text("Which?") + &lid("r", "Single", "", &labels)), &wants("")));
    assert_eq!(nothing.key, KeyOrigin::Missing);
}

#[test]
fn halves_stand_behind_all_responses() {
    let half = |ident: &str, left: &str| {
        format!(
            "<flow class=\"Block\">{}<response_lid ident=\"{ident}\" rcardinality=\"Single\"><render_choice>\
             <response_label ident=\"{ident}1\"/><response_label ident=\"{ident}2\"/></render_choice></response_lid></flow>",
            text(left)
        )
    };
    let block = |class: &str, inner: String| format!("<flow class=\"{class}\">{inner}</flow>");
    let right = |right: &str| block("Block", text(right));
    let presentation = block(
        "Block",
        block("QUESTION_BLOCK", text("Match."))
            + &block("RESPONSE_BLOCK", half("r", "port") + &half("s", "starboard"))
            + &block("RIGHT_MATCH_BLOCK", right("red") + &right("green")),
    );
    let wants = |about: &str, ident: &str| format!("<varequal respident=\"{about}\">{ident}</varequal>");
    let processing = shows_right(&wants("r", "r1")) + &shows_right(&wants("s", "s2"));
    let question = one(&item("Matching", &presentation, &processing));
    assert_eq!((question.kind, question.stem.as_str()), (Kind::Match, "Match."));
    assert_eq!(pairs(&question), [("port", "red", true), ("starboard", "green", true)]);
}
