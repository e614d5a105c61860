//! The house itself: who may name whom, one door to the terminal, and answers that survive a crash.

mod architecture;
mod crash;
mod door;
