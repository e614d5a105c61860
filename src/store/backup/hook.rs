//! What is called before a change becomes durable, so that a backup can be kept of what was there before.

use std::fmt;
use std::sync::Arc;

use super::label::BackupReason;

/// Is called before the commit of a change; the reason is `None` for a small one.
#[derive(Clone)]
pub struct CommitHook(Arc<dyn Fn(Option<BackupReason>) + Send + Sync>);

impl CommitHook {
    /// A hook that calls this.
    pub fn new(call: impl Fn(Option<BackupReason>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(call))
    }

    pub(in crate::store) fn call(&self, reason: Option<BackupReason>) {
        (self.0)(reason);
    }
}

impl fmt::Debug for CommitHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CommitHook")
    }
}
