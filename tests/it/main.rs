//! The integration tests, in one binary: a folder for each part of the program, the fixtures in `fixture/`.
#![allow(unreachable_pub, reason = "fixtures are shared between modules of one binary")]

mod anki;
mod anki_out;
mod backup;
mod browse;
mod card;
mod deck;
mod exam;

mod figures;
mod files;
mod fixture;
mod home;
mod hostile;
mod house;
mod import;
mod memory;
mod review;
mod safety;
mod schedule;
mod screen;
mod search;
mod shell;
mod undo;
