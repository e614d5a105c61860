//! What a format cannot express.

use std::borrow::Cow;

/// Something that a format could not express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// How many questions it concerns.
    pub questions: usize,
    /// Whether they are left out; else they are printed without a part.
    pub left_out: bool,
    /// Why they are left out (`Aiken has one right option only`), or the part that they lose (`their explanation`).
    pub what: &'static str,
}

/// Counts what a format cannot express.
#[derive(Debug, Default)]
pub(super) struct LossCounter {
    pub(super) found: Vec<Loss>,
}

impl LossCounter {
    pub(super) fn left_out(&mut self, what: &'static str) {
        self.count(true, what);
    }

    /// What was made of a question; one of which nothing can be made is counted as left out.
    pub(super) fn made<T>(&mut self, made: Result<T, &'static str>) -> Option<T> {
        made.map_err(|why| self.left_out(why)).ok()
    }

    /// Counts a question that is printed without a part, if it has that part.
    pub(super) fn without(&mut self, lost: bool, what: &'static str) {
        if lost {
            self.count(false, what);
        }
    }

    fn count(&mut self, left_out: bool, what: &'static str) {
        match self.found.iter_mut().find(|loss| (loss.left_out, loss.what) == (left_out, what)) {
            Some(loss) => loss.questions += 1,
            None => self.found.push(Loss { questions: 1, left_out, what }),
        }
    }
}

/// The text in one line, if a format has no other place for it.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains('\n') {
        Cow::Owned(text.split('\n').map(str::trim).collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    }
}
