//! The container of a package that goes out.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::num::NonZero;
use std::path::Path;
use std::thread;

use prost::Message;
use serde_json::{Map, Value};
use sha1_smol::Sha1;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::part::OutGeneration;
use crate::anki::messages::{MediaEntries, MediaEntry, PackageMetadata, PackageVersion};
use crate::error::{Error, Result};

/// How hard Zstandard tries: a little, because a package is read once.
const LEVEL: i32 = 1;
/// More threads than this do not pack a database sooner than the rest is done.
const MOST_PACKERS: usize = 4;
/// Files are read in pieces of this size.
const PIECE: usize = 1 << 18;
/// By this, a package says that it is ours, so that the next one may take its place.
const MARK: &str = "written by retain";

/// Whether a file is a package that this program wrote.
pub fn is_ours(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    ZipArchive::new(BufReader::new(file)).is_ok_and(|archive| archive.comment() == MARK.as_bytes())
}

/// A package that is being written.
pub struct OutArchive<W: Write + Seek> {
    zip: ZipWriter<W>,
    generation: OutGeneration,
    media: Vec<MediaEntry>,
}

impl OutArchive<BufWriter<File>> {
    /// Begins a package in the file at this path, which is emptied.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn create(path: &Path, generation: OutGeneration) -> Result<Self> {
        let file = File::options().write(true).truncate(true).open(path).map_err(|error| unwritable(&error))?;
        let mut zip = ZipWriter::new(BufWriter::with_capacity(PIECE, file));
        zip.set_comment(MARK).map_err(|error| unwritable(&error.into()))?;
        let mut archive = Self { zip, generation, media: Vec::new() };
        let version = match generation {
            OutGeneration::Legacy => PackageVersion::Legacy2,
            OutGeneration::Latest => PackageVersion::Latest,
        };
        archive.start("meta", false)?;
        let meta = PackageMetadata { version: version as i32 };
        archive.zip.write_all(&meta.encode_to_vec()).map_err(|error| unwritable(&error))?;
        Ok(archive)
    }

    fn start(&mut self, name: &str, deflate: bool) -> Result<()> {
        let method = if deflate { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method).compression_level(deflate.then_some(1));
        self.zip.start_file(name, options.large_file(true)).map_err(|error| unwritable(&error.into()))
    }

    /// Writes the collection, and what programs see that are too old for it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn collection(&mut self, database: &Path, for_old: &Path) -> Result<()> {
        let failed = |error: io::Error| unwritable(&error);
        match self.generation {
            OutGeneration::Legacy => {
                self.start("collection.anki21", true)?;
                io::copy(&mut File::open(database).map_err(failed)?, &mut self.zip).map_err(failed)?;
            }
            OutGeneration::Latest => {
                self.start("collection.anki21b", false)?;
                let mut packer = zstd::Encoder::new(&mut self.zip, LEVEL).map_err(failed)?;
                let cores = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_PACKERS);
                packer.multithread(cores as u32).map_err(failed)?;
                let mut file = File::open(database).map_err(failed)?;
                let mut piece = vec![0; PIECE];
                loop {
                    let count = file.read(&mut piece).map_err(failed)?;
                    if count == 0 {
                        break;
                    }
                    packer.write_all(&piece[..count]).map_err(failed)?;
                }
                packer.finish().map_err(failed)?;
            }
        }
        self.start("collection.anki2", true)?;
        io::copy(&mut File::open(for_old).map_err(failed)?, &mut self.zip).map_err(failed)?;
        Ok(())
    }

    /// Writes a picture or a sound.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn media(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.start(&self.media.len().to_string(), false)?;
        let failed = |error: io::Error| unwritable(&error);
        match self.generation {
            OutGeneration::Legacy => self.zip.write_all(content).map_err(failed)?,
            OutGeneration::Latest => {
                self.zip.write_all(&zstd::bulk::compress(content, LEVEL).map_err(failed)?).map_err(failed)?;
            }
        }
        self.media.push(MediaEntry {
            name: name.to_owned(),
            size: u32::try_from(content.len()).unwrap_or(u32::MAX),
            sha1: Sha1::from(content).digest().bytes().to_vec(),
            legacy_zip_filename: None,
        });
        Ok(())
    }

    /// Ends the package.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> Result<()> {
        let failed = |error: io::Error| unwritable(&error);
        let media = std::mem::take(&mut self.media);
        self.start("media", false)?;
        let map = match self.generation {
            OutGeneration::Legacy => {
                let entry = |(place, entry): (usize, MediaEntry)| (place.to_string(), Value::String(entry.name));
                let map: Map<String, Value> = media.into_iter().enumerate().map(entry).collect();
                Value::Object(map).to_string().into_bytes()
            }
            OutGeneration::Latest => {
                let map = MediaEntries { entries: media }.encode_to_vec();
                zstd::bulk::compress(&map, LEVEL).map_err(failed)?
            }
        };
        self.zip.write_all(&map).map_err(failed)?;
        let mut file = self.zip.finish().map_err(|error| unwritable(&error.into()))?;
        file.flush().map_err(failed)
    }
}

fn unwritable(error: &io::Error) -> Error {
    Error::person(format!("the package cannot be written: {error}")).hint("make room there, or name another file")
}
