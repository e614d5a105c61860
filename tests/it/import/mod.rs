//! Banks come in: formats, files, repeated imports, an import taken back, a deck printed as a bank.

mod banks;
mod files;
mod printed;
pub(crate) mod readers;
mod reimport;
mod seen;
mod taken_back;
