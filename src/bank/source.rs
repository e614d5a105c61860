//! A file on its way to questions: its bytes, its text, and its lines.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::lines::tidy::{Tidy, tidy};
use super::{Front, Problem, ReadOptions, Refusal, decode, front};
use crate::model::Kind;

/// A file as the readers see it.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) bytes: &'a [u8],
    /// Its text; empty if it is an archive.
    pub(super) text: Cow<'a, str>,
    /// The encoding that the text was read in.
    pub(super) encoding: String,
    /// The first line whose encoding had to be guessed.
    pub(super) guessed: Option<usize>,
    pub(super) options: &'a ReadOptions,
    /// The front matter, once a reader of lines has asked for it.
    pub(super) front: Front,
    /// Warnings about the front matter.
    pub(super) front_problems: Vec<Problem>,
    /// How many lines the front matter takes.
    pub(super) skip: usize,
    lines: OnceLock<Vec<String>>,
    tidy: OnceLock<Tidy>,
}

impl<'a> Source<'a> {
    /// An archive: bytes that are not text.
    pub(super) fn archive(bytes: &'a [u8], options: &'a ReadOptions) -> Self {
        Self {
            bytes,
            text: Cow::Borrowed(""),
            encoding: "utf-8".into(),
            guessed: None,
            options,
            front: Front::default(),
            front_problems: Vec::new(),
            skip: 0,
            lines: OnceLock::new(),
            tidy: OnceLock::new(),
        }
    }

    /// A text. Fails if it cannot be decoded.
    pub(super) fn text(bytes: &'a [u8], options: &'a ReadOptions) -> Result<Self, Refusal> {
        let decoded = decode::decode(bytes)?;
        let archive = Self::archive(bytes, options);
        Ok(Self { text: decoded.text, encoding: decoded.encoding, guessed: decoded.guessed, ..archive })
    }

    /// A text that a document holds.
    pub(super) fn of_text(bytes: &'a [u8], text: String, options: &'a ReadOptions) -> Self {
        Self { text: Cow::Owned(text), ..Self::archive(bytes, options) }
    }

    /// Whether the bytes begin as archives do: ZIP, or the container of older spreadsheets.
    pub(super) fn is_archive(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
    }

    /// The lines without invisible characters.
    pub(super) fn lines(&self) -> &[String] {
        self.lines.get_or_init(|| decode::lines(&self.text).map(decode::clean).collect())
    }

    /// The text of a line, from 1, as a problem shows it.
    pub(super) fn line(&self, number: usize) -> &str {
        self.lines().get(number.saturating_sub(1)).map_or("", String::as_str)
    }

    /// The lines below the front matter.
    pub(super) fn body(&self) -> &[String] {
        &self.lines()[self.skip..]
    }

    /// The lines below the front matter, tidied.
    pub(super) fn tidy(&self) -> &Tidy {
        self.tidy.get_or_init(|| tidy(self.lines(), self.skip))
    }

    /// Whether the bank declares that no question has several answers.
    pub(super) fn single(&self) -> bool {
        self.front.kind == Some(Kind::Single)
    }

    /// Reads the front matter, which banks of lines may begin with. Fails if it is broken.
    pub(super) fn read_front(&mut self) -> Result<(), Refusal> {
        let (front, skip, problems) = front::read_front(self.lines())?;
        (self.front, self.skip, self.front_problems) = (front, skip, problems);
        Ok(())
    }
}
