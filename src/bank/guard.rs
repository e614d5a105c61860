//! Parsers of others that may panic: the panic is caught and becomes a refusal, and nobody needs to hear of it.

use std::cell::Cell;

thread_local! {
    static QUIET: Cell<u32> = const { Cell::new(0) };
}

/// While it lives, a panic of this thread is expected.
#[derive(Debug)]
pub(super) struct Quiet;

impl Quiet {
    pub(super) fn new() -> Self {
        QUIET.with(|quiet| quiet.set(quiet.get() + 1));
        Self
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        QUIET.with(|quiet| quiet.set(quiet.get().saturating_sub(1)));
    }
}

/// Whether a panic of this thread is caught by a reader of banks, so that a hook for panics need not report it.
pub fn expects_panic() -> bool {
    QUIET.with(Cell::get) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lasts_as_long_as_it_lives() {
        assert!(!expects_panic());
        {
            let (_outer, _inner) = (Quiet::new(), Quiet::new());
            assert!(expects_panic());
        }
        assert!(!expects_panic());
    }
}
