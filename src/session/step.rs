//! What follows from an action or a reply: what the screen says, and what comes next.

use super::{Notice, Request, Summary};

/// What follows from an action or a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What to say to the person, before anything else happens.
    pub notices: Vec<Notice>,
    /// What comes next.
    pub next: Next,
}

/// What comes next in a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// The person does something.
    Act,
    /// The caller does this, and replies.
    Request(Request),
    /// The session is over.
    End(Summary),
}

impl Step {
    pub(super) fn new(next: Next) -> Self {
        Self { notices: Vec::new(), next }
    }

    pub(super) fn act() -> Self {
        Self::new(Next::Act)
    }

    pub(super) fn request(request: Request) -> Self {
        Self::new(Next::Request(request))
    }

    /// Says this before anything else.
    pub(super) fn saying(mut self, notice: Notice) -> Self {
        self.notices.insert(0, notice);
        self
    }
}
