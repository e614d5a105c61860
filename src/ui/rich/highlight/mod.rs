//! Code in lines.

use super::block::Run;
use super::face::Face;

/// The lines of code in runs.
pub(super) fn lines(code: &str, _language: &str) -> Vec<Vec<Run>> {
    code.split('\n').map(|line| vec![Run { text: line.to_owned(), face: Face::BLOCK }]).collect()
}
