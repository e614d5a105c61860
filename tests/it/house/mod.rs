//! The house itself: who may name whom, and answers that survive a crash.

mod architecture;
mod crash;
