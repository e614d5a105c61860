//! What people and programs see: screens, lines, tables, diagnostics.

mod front_end;

pub use front_end::FrontEnd;
