//! Whether the index of words is as it was written. It keeps no texts, so SQLite has nothing to compare it with, and finds an index that was
//! emptied to be sound. What is known besides is how many words each question has in it.

use rusqlite::params;

use super::Reader;
use super::query::{Query, text};
use super::search_index::{IndexedTexts, UNKNOWN};
use crate::error::{Error, Result};
use crate::model::search_text::spaced;

/// The columns of the index, and of the counts of words that it keeps.
const COLUMNS: [&str; 5] = ["stem", "options", "explanation", "topic", "tags"];
/// How many words are looked up one by one; beyond that, one in [`SAMPLED`] is.
const LOOKED_UP: usize = 1_000;
const SAMPLED: usize = 16;
/// The name of the failure.
pub(super) const DAMAGED_INDEX: &str = "search-index-damaged";

/// The failure of a search over an index of words that is not as it was written.
pub(super) fn damaged_index() -> Error {
    Error::person("the search index is damaged, so a search would not find what is there")
        .named(DAMAGED_INDEX)
        .hint("`retain check --mend` makes it again from the questions; nothing else depends on it")
}

/// Whether a failure says that something is damaged.
fn says_damaged(error: &Error) -> bool {
    matches!(error.code(), DAMAGED_INDEX | "database-damaged")
}

impl Reader<'_> {
    /// Fails if the index of words does not find what it has to: a few questions by their first word. Quick enough to be asked before each
    /// search; [`Self::index_is_damaged`] looks at the whole.
    pub fn confirm_index(&self) -> Result<()> {
        match self.index_finds_its_ends() {
            Ok(true) => Ok(()),
            Ok(false) => Err(damaged_index()),
            Err(error) if says_damaged(&error) => Err(damaged_index().caused_by(error)),
            Err(error) => Err(error),
        }
    }

    /// A failure of a search for words: where SQLite only says that something is damaged, whether that is the index.
    pub(super) fn blamed(&self, error: Error) -> Error {
        if error.code() == "database-damaged" && self.index_is_damaged().unwrap_or(false) {
            return damaged_index().caused_by(error);
        }
        error
    }

    fn index_finds_its_ends(&self) -> Result<bool> {
        // A question that changed since is another one than that of the index.
        let known = format!("from search_docsize where id not in ({UNKNOWN})");
        let sql =
            format!("select id from search_docsize where id in ((select min(id) {known}), (select max(id) {known}))");
        let ends: Vec<i64> = self.all(&sql, [])?;
        if ends.is_empty() {
            return self.value(&format!("select not exists (select 1 from question where id not in ({UNKNOWN}))"), []);
        }
        for id in ends {
            let sql = "select kind, markup, stem from question where id = ?";
            let stem = self.one_by(sql, [id], |row| {
                let mut texts = IndexedTexts::default();
                texts.fill(row.get(0)?, row.get(1)?, text(row, 2)?, "[]", None)?;
                Ok(spaced(&texts.stem).into_owned())
            })?;
            let is_plain = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
            // A text may have no word that is surely one for the index.
            let Some(word) = stem.as_deref().and_then(|stem| stem.split_whitespace().find(is_plain)) else { continue };
            let sql = "select exists (select 1 from search where search match ? and rowid = ?)";
            if !self.value(sql, params![format!("stem : \"{word}\""), id])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the index of words is not as it was written. Nothing is written into the database.
    pub fn index_is_damaged(&self) -> Result<bool> {
        match self.index_agrees_with_itself() {
            Ok(agrees) => Ok(!agrees),
            Err(error) if says_damaged(&error) => Ok(true),
            Err(error) => Err(error),
        }
    }

    fn index_agrees_with_itself(&self) -> Result<bool> {
        if !self.index_finds_its_ends()? {
            return Ok(false);
        }
        let (mut questions, mut words) = (0_u64, [0_u64; COLUMNS.len()]);
        let mut sizes_are_whole = true;
        self.each("select sz from search_docsize", [], |row| {
            let sizes =
                numbers(row.get_ref(0)?.as_blob().unwrap_or_default()).filter(|sizes| sizes.len() == words.len());
            sizes_are_whole &= sizes.is_some();
            for (sum, size) in words.iter_mut().zip(sizes.unwrap_or_default()) {
                *sum = sum.saturating_add(size);
            }
            questions += 1;
            Ok(())
        })?;
        let totals: Vec<u8> =
            self.one_by("select block from search_data where id = 1", [], |row| Ok(row.get(0)?))?.unwrap_or_default();
        // Rank needs them. What was deleted may still be counted.
        let totals = numbers(&totals).unwrap_or_default();
        let enough = questions == 0
            || totals.len() == words.len() + 1
                && totals.iter().zip([questions].iter().chain(&words)).all(|(all, one)| all >= one);
        if !sizes_are_whole || !enough {
            return Ok(false);
        }
        self.connection.execute_batch("create virtual table temp.search_words using fts5vocab (main, search, col)")?;
        let found = self.words_are_found(words);
        self.connection.execute_batch("drop table temp.search_words")?;
        found
    }

    /// Whether the index has all words of its questions, counted in each column, and finds them.
    fn words_are_found(&self, words: [u64; COLUMNS.len()]) -> Result<bool> {
        let mut counted = [0_u64; COLUMNS.len()];
        let (mut all_found, mut place, mut last) = (true, 0, String::new());
        self.each("select term, col, cnt from temp.search_words", [], |row| {
            let (term, column) = (text(row, 0)?, text(row, 1)?);
            let column = COLUMNS.iter().position(|name| *name == column);
            if let Some(column) = column {
                counted[column] += row.get::<_, i64>(2)?.unsigned_abs();
            }
            if term != last {
                term.clone_into(&mut last);
                place += 1;
                if place <= LOOKED_UP || place % SAMPLED == 0 {
                    let sql = "select exists (select 1 from temp.search_words where term = ?)";
                    all_found &= self.value::<bool>(sql, [term])?;
                }
            }
            Ok(())
        })?;
        Ok(all_found && counted == words)
    }
}

/// The numbers of a record, as SQLite packs them: seven bits a byte, the highest first, and eight in a ninth. `None` if the last one is cut off.
fn numbers(mut bytes: &[u8]) -> Option<Vec<u64>> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        let mut number = 0_u64;
        let mut length = 0;
        loop {
            let byte = *bytes.get(length)?;
            length += 1;
            if length == 9 {
                number = number << 8 | u64::from(byte);
                break;
            }
            number = number << 7 | u64::from(byte & 0x7f);
            if byte < 0x80 {
                break;
            }
        }
        numbers.push(number);
        bytes = &bytes[length..];
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_those_of_sqlite() {
        assert_eq!(numbers(&[10, 0x81, 0x0f, 0]), Some(vec![10, 143, 0]));
        assert_eq!(numbers(&[0xff; 9]), Some(vec![u64::MAX]));
        assert_eq!(numbers(&[]), Some(vec![]));
        assert_eq!(numbers(&[1, 0x80]), None);
    }
}
