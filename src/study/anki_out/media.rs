//! Pictures and sounds of a package that goes out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::Path;

use super::report::AnkiExported;
use crate::anki::out::OutArchive;
use crate::error::Result;
use crate::model::QuestionId;
use crate::model::limits::MEDIA_BYTES;
use crate::store::Reader;
use crate::study::media_file::open_media;
use crate::study::progress::{Steps, Watch};

/// The media of questions, and what the package calls them.
#[derive(Debug, Default)]
pub(super) struct OutMedia {
    /// Files of the media folder, by their names in the package.
    files: BTreeMap<String, String>,
}

impl OutMedia {
    /// What the texts of a question call its media, each with what the package calls it.
    pub(super) fn of_question(&mut self, reader: Reader<'_>, question: QuestionId) -> Result<Vec<(String, String)>> {
        let mut names = Vec::new();
        for (written, file) in reader.media_of(question)? {
            // Packages have no folders. Two files of one name are told apart by their content.
            let plain = !written.is_empty()
                && written.len() <= 120
                && !written.contains(['/', '\\', ':', '%', '&', '"', '\'', '[', ']', '<', '>'])
                && !written.chars().any(char::is_control)
                && !written.starts_with('.');
            let free = self.files.get(&written).is_none_or(|known| *known == file);
            let name = if plain && free { written.clone() } else { file.clone() };
            self.files.insert(name.clone(), file);
            names.push((written, name));
        }
        Ok(names)
    }

    /// Writes the files.
    pub(super) fn write(
        &self,
        archive: &mut OutArchive<BufWriter<File>>,
        folder: &Path,
        report: &mut AnkiExported,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let mut steps = Steps::new(watch, "packing pictures and sounds", self.files.len() as u64);
        for (name, file) in &self.files {
            steps.step()?;
            let mut content = Vec::new();
            let read = open_media(folder, file)
                .is_ok_and(|found| found.take(MEDIA_BYTES.most).read_to_end(&mut content).is_ok());
            if read {
                archive.media(name, &content)?;
                report.media += 1;
            } else {
                report.missing_media.push(name.clone());
            }
        }
        Ok(())
    }
}
