//! Real banks, from a folder next to the project: each is read as a careful reader would, or `docs/banks.md` says why not.

use std::fs;
use std::path::Path;

use crate::fixture::study::Study;
use crate::fixture::study::import::dry_run;
use retain::bank::ReadOptions;
use retain::study::Batch;
use serde_json::Value;

/// Files that are read otherwise, each with a row in `docs/banks.md`.
const ARGUED: [&str; 4] = ["aiken-to-moodlexml_extended.txt", "escapeColon.gift", "rust-quiz.md", "edge_cases_1.2.xml"];

/// White space does not count.
fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list(value: &Value) -> Vec<String> {
    value.as_array().map(|items| items.iter().map(words).collect()).unwrap_or_default()
}

/// Whether a question is the one that was expected.
fn is(found: &Value, expected: &Value) -> bool {
    let kinds = [expected["kind"].as_str().unwrap_or_default(), found["kind"].as_str().unwrap_or_default()];
    let same_kind = kinds[0] == kinds[1]
        || matches!(
            kinds,
            ["essay" | "description", "open"]
                | ["basic", "card"]
                // As Canvas calls them; what cannot be read is kept as an open question.
                | ["short_answer_question", "short"]
                | ["fill_in_multiple_blanks_question" | "None", "cloze"]
                | ["matching_question", "match"]
                | ["numerical_question", "numeric"]
                | [
                    "essay_question"
                        | "text_only_question"
                        | "calculated_question"
                        | "file_upload_question"
                        | "hot_spot_question",
                    "open"
                ]
        );
    let given = |name: &str| expected.get(name).is_some_and(|value| !value.is_null());
    let stem = ["stem", "q", "text"].into_iter().find(|name| given(name)).unwrap_or("stem");
    // Of QTI, the explanations of choices alone were written down.
    let unsaid = expected.get("question_type").is_some() && !given("explanation");
    same_kind
        && words(&found["stem"]) == words(&expected[stem])
        && (!given("a") || words(&found["accept"][0]) == words(&expected["a"]))
        // Elsewhere the number of a question (`Q12`) is listed, which is no id.
        && (!given("id") || !given("q") || words(&found["id"]) == words(&expected["id"]))
        && (!given("category") || words(&found["topic"]) == words(&expected["category"]))
        && (words(&found["explanation"]) == words(&expected["explanation"]) || unsaid)
        && (!given("options") || list(&found["options"]) == list(&expected["options"]))
        && (!given("correct") || found["correct"] == expected["correct"])
        && (!given("accept") || list(&found["accept"]) == list(&expected["accept"]))
        && (!given("topic") || words(&found["topic"]) == words(&expected["topic"]))
}

#[test]
#[ignore = "needs the sample banks next to the project; `.ci/run` runs it"]
fn real_banks_are_read_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/banks");
    let entries = fs::read_dir(root.join("expected"))
        .unwrap_or_else(|error| panic!("this test needs the sample banks in `{}`: {error}", root.display()));
    let study = Study::new();
    let mut wrong = Vec::new();
    let mut read = 0;
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let expected: Value = serde_json::from_slice(&fs::read(&path).expect("a file")).expect("JSON");
        let Some(source) = expected["source"].as_str() else { continue };
        let bank = root.join(source);
        let path = bank.to_str().expect("a path");
        let found = match study.read_bank(path, &ReadOptions::default()) {
            Ok(bank) => study.import_read(path, bank, &dry_run(), &mut Batch::default()).lines(),
            Err(_) => Vec::new(),
        };
        if ARGUED.iter().any(|argued| source.ends_with(argued)) {
            continue;
        }
        let questions: Vec<&Value> = found.iter().filter(|line| line["type"] == "question").collect();
        let wanted = expected["summary"]["questions"].as_u64().unwrap_or(0);
        if (questions.len() as u64) < wanted {
            wrong.push(format!("{source}: {} of {wanted} questions", questions.len()));
        }
        for item in expected["items"].as_array().into_iter().flatten() {
            if !questions.iter().any(|found| is(found, item)) {
                let stem = ["stem", "q", "text"].map(|name| words(&item[name])).concat();
                wrong.push(format!("{source}: {stem}"));
            }
        }
        read += 1;
    }
    assert!(read > 0, "no bank in `{}` says what is expected of it", root.display());
    assert!(wrong.is_empty(), "{} of {read} files:\n{}", wrong.len(), wrong.join("\n"));
}
