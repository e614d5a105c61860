use crate::bank::{Bank, BankQuestion, ReadOptions, read};
use crate::model::Kind;

fn bank(text: &str) -> Bank {
    let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
    assert_eq!(bank.format, "gift", "{text}");
    bank
}

fn one(text: &str) -> BankQuestion {
    bank(text).questions.remove(0)
}

fn texts(question: &BankQuestion) -> Vec<&str> {
    question.options.iter().map(|option| option.text.as_str()).collect()
}

#[test]
fn choices_with_shares_and_feedback() {
    let single = one(
        "// [id:q7] [tag:seas]\n::Name::[html]Which \\{sea\\}\\: <b>salty</b>?{\n~lake # no\n=sea#yes\n~%50%lagoon\n####All seas are.}\n",
    );
    assert_eq!(
        (single.kind, single.stem.as_str(), single.id.as_deref()),
        (Kind::Single, "Which {sea}: <b>salty</b>?", Some("q7"))
    );
    assert_eq!((texts(&single), single.correct(), single.line), (vec!["lake", "sea", "lagoon"], vec![1], 2));
    assert_eq!((single.options[0].feedback.as_deref(), single.options[2].weight), (Some("no"), Some(0.5)));
    assert_eq!((single.explanation.as_deref(), single.tags.join(" ")), (Some("All seas are."), "seas".into()));
    let several = one("Even? {~%50%2 ~%-100%3 ~%50%4}");
    assert_eq!((several.kind, several.correct()), (Kind::Multiple, vec![0, 2]));
}

#[test]
fn truth_words_numbers_pairs_and_gaps() {
    let truth = one("It rains.{F#It does not.#Right.}");
    assert_eq!((truth.kind, texts(&truth), truth.correct()), (Kind::TrueFalse, vec!["True", "False"], vec![1]));
    assert_eq!(truth.options[0].feedback.as_deref(), Some("It does not."));
    let short = one("Two and two is {=four =4}.");
    assert_eq!(
        (short.kind, short.stem.as_str(), texts(&short)),
        (Kind::Short, "Two and two is _____.", vec!["four", "4"])
    );
    let number = one("When? {#=1822:0 =%50%1822:2}");
    let tolerances: Vec<_> = number.options.iter().map(|option| (option.weight, option.tolerance)).collect();
    assert_eq!((number.kind, tolerances), (Kind::Numeric, vec![(Some(1.0), Some(0.0)), (Some(0.5), Some(2.0))]));
    assert_eq!(one("Pi? {#3..4}").options[0].tolerance, Some(0.5));
    let pairs = one("Match.{=Italy -> Rome =Japan -> Tokyo}");
    assert_eq!((pairs.kind, pairs.options[1].pair.as_deref()), (Kind::Match, Some("Tokyo")));
    assert_eq!(one("Write of it.{}").kind, Kind::Open);
    assert_eq!(one("::A name\\:::What?{T}").stem, "What?");
    assert_eq!(texts(&one("How many? {#3:2~#none of them}")), ["3", "*"]);
}

#[test]
fn categories_are_topics_and_typed_answers_are_no_problem() {
    let bank = bank("$CATEGORY: $course$/top/Sea/Deep\n\nWhich?{=a ~b}\n\nWhat?{=c}\n");
    assert_eq!(bank.questions[0].topic.as_deref(), Some("Sea::Deep"));
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn nonsense_is_told_and_the_rest_is_read() {
    let bank = bank(
        "Good?{=a ~b}\n\nNone right?{~a ~b}\n\nBetter?{=a ~c}\n\nOpen?{=a ~b\n\n::x::Next?{=a ~b}\n\nOdd?{#many}\n\nMore?{T}\n",
    );
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(told, [(3, "no-answer"), (7, "unclosed-answers"), (11, "no-number")]);
    assert_eq!((bank.questions.len(), bank.rejected), (4, 3));
}

#[test]
fn feedback_keeps_its_signs_and_general_feedback_is_the_last() {
    let question = one("Which?{=a#see \\#1 # and 2\n~b####x####So\\: \\####1.}");
    assert_eq!(question.options[0].feedback.as_deref(), Some("see #1 # and 2"));
    assert_eq!((texts(&question), question.explanation.as_deref()), (vec!["a", "b"], Some("So: ####1.")));
    let truth = one("It rains.{T#No#Yes # yes.}");
    assert_eq!(truth.options[0].feedback.as_deref(), Some("Yes # yes."));
    assert_eq!(truth.options[1].feedback.as_deref(), Some("No"));
}

#[test]
fn questions_without_a_blank_line_between_are_several() {
    let bank = bank(
        "// [id:1]\n::A::One?{=a ~b}\n// [id:2]\n::B::Two?{\n=c\n// [tag:odd]\n~d}\nThree?{=e ~f}\nFour {=g ~h} is\nmissing.\n",
    );
    let read: Vec<_> = bank.questions.iter().map(|question| (question.line, question.stem.as_str())).collect();
    assert_eq!(read, [(2, "One?"), (4, "Two?"), (8, "Three?"), (9, "Four _____ is\nmissing.")]);
    assert_eq!((bank.questions[0].id.as_deref(), bank.questions[1].id.as_deref()), (Some("1"), Some("2")));
    assert_eq!(bank.questions[1].tags, ["odd"]);
}

#[test]
fn answers_that_can_never_be_right_are_told() {
    let bank = bank(
        "Fine?{=a}\n\nHalf?{=%50%a}\n\nNone?{#}\n\nNear?{#=%50%3:1}\n\nClosed? a ~b}\n\nTwice?{=a ~a}\n\nBlank?{=a ~ ~b}\n\nLast?{T}\n\nGood?{=a ~c}\n\nBetter?{=a ~d}\n\nBest?{=a ~e}\n",
    );
    let told: Vec<_> = bank.problems.iter().map(|told| (told.line, told.code)).collect();
    assert_eq!(
        told,
        [
            (3, "no-answer"),
            (5, "no-number"),
            (7, "no-answer"),
            (9, "unclosed-answers"),
            (11, "equal-options"),
            (13, "empty-option")
        ]
    );
    let refusal = read(b"$CATEGORY: $course$/top/Sea\n", &ReadOptions::default()).expect_err("no questions");
    assert!(refusal.message.starts_with("the category `$course$/top/Sea` holds no questions"), "{}", refusal.message);
    assert!(one("Which?{=a ~All of the above.}").options[1].pinned);
}

#[test]
fn answers_that_are_never_closed_swallow_no_other_question() {
    let text = "q1 {=a ~b\n\nq2 {=c ~d}\n\nq3 {=e ~f}\n\nq4 {=g ~h}\n";
    let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(told, [(1, "unclosed-answers")]);
    let stems: Vec<_> = bank.questions.iter().map(|question| (question.line, question.stem.as_str())).collect();
    assert_eq!(stems, [(3, "q2"), (5, "q3"), (7, "q4")]);
}

#[test]
fn a_right_one_among_several_and_gaps_in_the_text() {
    let several = one("Which is even? {~1 ~=2 ~3}");
    assert_eq!((several.kind, texts(&several), several.correct()), (Kind::Single, vec!["1", "2", "3"], vec![1]));
    let gaps = one("Take {1:MC:=salt~sand} and {2:SA:=water}.");
    assert_eq!((gaps.kind, gaps.stem.as_str()), (Kind::Cloze, "Take {1:MC:=salt~sand} and {2:SA:=water}."));
}
