//! Ctrl-C in commands that take their time: they stop where nothing is half done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::error::{Error, Result};

/// Whether somebody asked the program to stop.
#[derive(Clone, Debug)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on, signals do not end the program but are seen here. A second Ctrl-C ends it after all.
    pub(super) fn listen() -> Result<Self> {
        let asked = Arc::new(AtomicBool::new(false));
        let failed = |error: std::io::Error| Error::fault(format!("signals cannot be heard: {error}"));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal arms what the second one finds armed.
            signal_hook::flag::register_conditional_shutdown(signal, 1, Arc::clone(&asked)).map_err(failed)?;
            signal_hook::flag::register(signal, Arc::clone(&asked)).map_err(failed)?;
        }
        Ok(Self(asked))
    }

    pub(super) fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
