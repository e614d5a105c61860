//! `docs/security.md` lists every limit with its figure, and a test holds each.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use retain::bank::{Bank, ReadOptions, Refusal, read};
use retain::model::limits::LIMITS;

/// The test that goes beyond each limit: its file, and its name.
const HELD: &[(&str, &str, &str)] = &[
    ("file-size", "tests/it/hostile/files.rs", "a_file_without_end_is_not_read"),
    ("file-lines", "src/bank/decode.rs", "too_many_lines_are_refused"),
    ("line-length", "src/bank/decode.rs", "what_is_no_text_is_refused_in_words"),
    ("file-questions", "src/bank/size.rs", "too_many_questions_are_refused"),
    ("table-columns", "tests/it/hostile/limits.rs", "tables_have_an_end"),
    ("table-cells", "src/bank/format/record/table/workbook/tests.rs", "rows_that_are_wide_and_many_are_refused"),
    ("visited-cells", "src/bank/format/record/table/workbook/room.rs", "each_part_of_the_room_has_an_end"),
    (
        "workbook-text",
        "src/bank/format/record/table/workbook/tests.rs",
        "a_text_that_all_cells_share_is_counted_as_often",
    ),
    (
        "workbook-sheets",
        "src/bank/format/record/table/workbook/tests.rs",
        "one_member_that_many_sheets_name_is_refused",
    ),
    ("archive-members", "src/bank/archive.rs", "what_is_no_archive_is_none"),
    ("member-size", "src/bank/archive.rs", "members_are_read_up_to_the_bounds"),
    ("archive-size", "src/bank/archive.rs", "members_are_read_up_to_the_bounds"),
    ("package-database", "src/anki/package.rs", "databases_have_an_end"),
    ("package-notes", "src/anki/collection/reading.rs", "collections_have_an_end"),
    ("package-answers", "src/anki/collection/reading.rs", "collections_have_an_end"),
    ("note-original", "src/study/anki_note/original.rs", "a_field_that_is_too_large_counts_for_nothing"),
    ("document-lines", "tests/it/hostile/limits.rs", "documents_have_an_end"),
    ("xml-depth", "src/bank/xml/bounds.rs", "what_keeps_a_parser_busy_is_refused"),
    ("xml-attributes", "src/bank/xml/bounds.rs", "what_keeps_a_parser_busy_is_refused"),
    ("xml-scope", "src/bank/xml/bounds.rs", "what_keeps_a_parser_busy_is_refused"),
    ("xml-namespaces", "src/bank/xml/bounds.rs", "what_keeps_a_parser_busy_is_refused"),
    ("xml-elements", "src/bank/xml/bounds.rs", "what_keeps_a_parser_busy_is_refused"),
    ("data-depth", "tests/it/hostile/limits.rs", "data_has_an_end"),
    ("yaml-depth", "tests/it/hostile/limits.rs", "data_has_an_end"),
    ("question-options", "tests/it/hostile/limits.rs", "questions_have_an_end"),
    ("question-answers", "tests/it/hostile/limits.rs", "questions_have_an_end"),
    ("cloze-gaps", "src/bank/size.rs", "each_part_of_a_question_has_its_limit"),
    ("text-length", "src/bank/size.rs", "each_part_of_a_question_has_its_limit"),
    ("topic-length", "src/bank/size.rs", "each_part_of_a_question_has_its_limit"),
    ("tag-length", "src/bank/size.rs", "each_part_of_a_question_has_its_limit"),
    ("question-tags", "src/bank/size.rs", "each_part_of_a_question_has_its_limit"),
    ("id-length", "src/bank/size.rs", "each_part_of_a_question_has_its_limit"),
    ("deck-name", "src/model/limits.rs", "names_of_decks_are_held"),
    ("deck-levels", "src/model/limits.rs", "names_of_decks_are_held"),
    ("device-name", "tests/it/safety/intake.rs", "what_would_be_condemned_for_ever_is_left_out"),
    ("rescue-size", "tests/it/safety/intake.rs", "what_is_no_file_of_answers_is_refused"),
    ("media-size", "src/study/import/beside.rs", "a_large_file_is_not_read"),
    ("question-media", "tests/it/hostile/media.rs", "what_a_question_names_beyond_the_most_is_not_copied"),
    ("picture-pixels", "src/ui/tui/pictures/tests.rs", "what_cannot_be_shown_is_not"),
];

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_page_has_every_limit_with_its_figure() {
    let page = file("docs/security.md");
    let wanted: Vec<String> = LIMITS
        .iter()
        .map(|limit| format!("| `{}` | {} | {} | {} |", limit.name, limit.counts, limit.figure(), limit.beyond))
        .collect();
    let rows: Vec<&str> = page
        .lines()
        .skip_while(|line| !line.starts_with("## Limits"))
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert_eq!(rows, wanted, "\nthe table is to be:\n{}\n", wanted.join("\n"));
}

#[test]
fn every_limit_is_held_by_a_test() {
    let names: Vec<&str> = LIMITS.iter().map(|limit| limit.name).collect();
    assert_eq!(HELD.iter().map(|(name, ..)| *name).collect::<Vec<_>>(), names);
    for (limit, path, test) in HELD {
        let code = file(path);
        let at = code.find(&format!("fn {test}(")).unwrap_or_else(|| panic!("{limit}: {path} has no {test}"));
        assert!(code[..at].trim_end().ends_with("#[test]"), "{limit}: {test} is no test");
    }
}

/// Reads a bank, which takes no more than some seconds whatever it holds.
fn soon(text: impl AsRef<[u8]>, format: Option<&str>) -> Result<Bank, Refusal> {
    let begin = Instant::now();
    let options = ReadOptions { format: format.map(str::to_owned), ..ReadOptions::default() };
    let read = read(text.as_ref(), &options);
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
    read
}

fn told(read: Result<Bank, Refusal>) -> String {
    let problems = |problems: Vec<retain::bank::Problem>| {
        problems.into_iter().map(|problem| format!("\n{}: {}", problem.code, problem.message)).collect::<String>()
    };
    match read {
        Ok(bank) => format!("{} questions{}", bank.questions.len(), problems(bank.problems)),
        Err(refusal) => format!("{}{}", refusal.message, problems(refusal.problems)),
    }
}

#[test]
fn tables_have_an_end() {
    let names: String = (0..1_001).map(|at| format!("o{at},")).collect();
    let row: String = "x,".repeat(1_001);
    let table = format!("question,answer,{names}\nWhat?,a,{row}\n");
    for delimiter in [',', ';', '\t', '|'] {
        let table = table.replace(',', &delimiter.to_string());
        assert_eq!(told(soon(&table, Some("csv"))), "line 1 has more than 1,000 columns of a table or a sheet");
    }
    assert!(told(soon(&table, None)).contains("1,000 columns"));
}

#[test]
fn data_has_an_end() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        assert!(soon(&deep, Some("json")).is_err());
        assert!(soon(&deep, Some("jsonl")).is_err());
        assert!(soon(&deep, Some("yaml")).is_err());
        assert!(soon(&deep, None).is_err());
    }
    assert!(told(soon(format!("{}{}", "[".repeat(128), "]".repeat(128)), Some("json"))).contains("recursion limit"));
    let levels = |count: usize| (0..count).map(|at| format!("{}a:\n", " ".repeat(at))).collect::<String>();
    assert!(told(soon(levels(40), Some("yaml"))).contains("this is no YAML"));
    assert!(!told(soon(levels(20), Some("yaml"))).contains("this is no YAML"));
    let laughs: String = (1..=20)
        .map(|at| {
            let before = format!("*a{}, ", at - 1).repeat(10);
            format!("a{at}: &a{at} [{before}]\n")
        })
        .collect();
    assert!(soon(format!("a0: &a0 lol\n{laughs}"), Some("yaml")).is_err());
    assert!(soon(format!("{}\n", "a.".repeat(10_000) + "a = 1"), Some("toml")).is_err());
    assert!(soon(format!("a = {}1{}", "[".repeat(10_000), "]".repeat(10_000)), Some("toml")).is_err());
    let yaml: String = (0..2_000).map(|at| format!("{}a:\n", " ".repeat(at % 500))).collect();
    assert!(soon(yaml, Some("yaml")).is_err());
}

#[test]
fn markup_has_an_end() {
    let attributes: String = (0..20_000).map(|at| format!(" a{at}=''")).collect();
    let namespaces: String = (0..5_000).map(|at| format!(" xmlns:a{at}='u{at}'")).collect();
    for root in ["quiz", "questestinterop"] {
        for inner in [&attributes, &namespaces] {
            assert!(told(soon(format!("<{root}{inner}/>"), None)).contains("more than 256 attributes"));
        }
        let deep = format!("<{root}>{}{}</{root}>", "<a>".repeat(20_000), "</a>".repeat(20_000));
        assert!(told(soon(deep, None)).contains("200 elements"));
        let laughs = format!("<!DOCTYPE a [<!ENTITY a 'lol'><!ENTITY b '&a;&a;'>]><{root}>&b;</{root}>");
        assert!(told(soon(laughs, None)).contains("entities"));
    }
    // HTML is read whatever it is like.
    let _ = soon(format!("<html><p{attributes}>What?</p></html>"), None);
    let _ = soon(format!("<html>{}What?", "<div><ul><li>".repeat(2_000)), None);
    let _ = soon(format!("<html>{}</html>", "<table><tr><td>".repeat(1_000)), None);
}

#[test]
fn questions_have_an_end() {
    let options: String = (0..53).map(|at| format!("* option {at}\n")).collect();
    let question = |options: &str| format!("What is this?\n{}\n", options.replace('*', "-"));
    let bank = format!("{}\nWho?\n- A. x *\n- B. y\n\nWhere?\n- A. u *\n- B. v\n", question(&options));
    assert!(!told(soon(bank, None)).starts_with("3 questions"));
    let answers: Vec<String> = (0..201).map(|at| format!("\"answer {at}\"")).collect();
    let list = answers.join(",");
    let data = format!(
        r#"[{{"question":"What?","kind":"short","answers":[{list}]}},{{"question":"Who?","kind":"short","answers":["x"]}},{{"question":"Where?","kind":"short","answers":["y"]}}]"#
    );
    assert!(told(soon(data, None)).contains("many-options"));
    let single: String = (0..53).map(|at| format!("\"option {at}\",")).collect();
    let data = format!(
        r#"[{{"question":"What?","options":[{single}"z"],"answer":"z"}},{{"question":"Who?","options":["x","y"],"answer":"x"}},{{"question":"Where?","options":["x","y"],"answer":"x"}}]"#
    );
    assert!(told(soon(data, None)).contains("has 54 options"));
}

#[test]
fn documents_have_an_end() {
    let page = format!("<html>{}</html>", "<p>x</p>".repeat(100_001));
    assert_eq!(told(soon(page, Some("html"))), "the file has more than 100,000 lines of text of a document");
}

#[test]
fn lines_that_repeat_or_never_end_take_no_time() {
    let _ = soon("x".repeat(1 << 18), None);
    for line in [
        "A", "- A. x", "1.", "**", "$$", "{", "{{c1::", "![", "](", "\"", "|", "#", "```", "<", "&", "\\", "=", "~",
        "::", "\u{300}",
    ] {
        let _ = soon(line.repeat(1_500 / line.len()), None);
        let _ = soon(format!("{line}\n").repeat(100), None);
    }
}
