//! JSON: an array of objects, a question on each line, in the shape that `import --json` prints.

use super::Losses;
use crate::bank::BankQuestion;
use crate::bank::format::record::whole::Object;

pub(super) fn print(questions: &[BankQuestion], losses: &mut Losses) -> String {
    let mut lines = Vec::with_capacity(questions.len());
    for question in questions {
        match serde_json::to_string(&Object::of(question)) {
            Ok(line) => lines.push(line),
            // No text and no finite number is known to cause it.
            Err(_) => losses.left_out("JSON cannot hold them"),
        }
    }
    if lines.is_empty() { "[]\n".into() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}
