//! The container of `.xls` (a compound file of OLE): a file system of sectors in chains. A chain that leads round in a circle, or out of the
//! file, is refused. The parser gets a container that we wrote, with the one stream that it needs.

/// A chain ends here; numbers from [`RESERVED`] on are no sectors.
const END: u32 = 0xffff_fffe;
const RESERVED: u32 = 0xffff_fffa;
/// Smaller streams are kept in small sectors, in bytes.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;
const ENTRY: usize = 128;
/// Sectors of the table of chains that the head of a file names.
const IN_HEAD: usize = 109;
/// The sectors that we write, in bytes.
const WRITTEN: usize = 4096;

/// A container.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// What follows each sector, and each small one.
    chains: Vec<u32>,
    small_chains: Vec<u32>,
    /// The directory.
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|chunk| Some(u32::from_le_bytes(chunk.try_into().ok()?)))
}

impl<'a> Compound<'a> {
    /// Opens a container; `None` if it is broken.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            return None;
        }
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, chains: Vec::new(), small_chains: Vec::new(), entries: Vec::new() };
        let most = bytes.len() / sector + 1;
        let mut tables: Vec<u32> = words(bytes.get(76..76 + 4 * IN_HEAD)?).collect();
        let (mut next, mut seen) = (word(bytes, 68)?, 0);
        while next < RESERVED {
            seen += 1;
            if seen > most {
                return None;
            }
            let more: Vec<u32> = words(file.sector(next)?).collect();
            let (last, more) = more.split_last()?;
            tables.extend(more);
            next = *last;
        }
        tables.retain(|table| *table < RESERVED);
        if tables.len() > most {
            return None;
        }
        for table in tables {
            let chains: Vec<u32> = words(file.sector(table)?).collect();
            file.chains.extend(chains);
        }
        file.entries = file.chain(word(bytes, 48)?, usize::MAX)?.chunks_exact(ENTRY).filter_map(entry).collect();
        if word(bytes, 64)? > 0 {
            file.small_chains = words(&file.chain(word(bytes, 60)?, usize::MAX)?).collect();
        }
        Some(file)
    }

    /// A sector; the last one of a file may be cut off.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize + 1).checked_mul(self.sector)?;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// What a chain of sectors holds, at most `size` bytes; `None` if it leads round in a circle or out of the file.
    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        let mut next = start;
        while next != END && found.len() < size {
            // Every sector once is all that there is.
            if found.len() > self.bytes.len() {
                return None;
            }
            found.extend_from_slice(self.sector(next)?);
            next = *self.chains.get(next as usize)?;
        }
        found.truncate(size);
        Some(found)
    }

    /// The stream of this name, in whatever case.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.size >= SMALL_STREAM {
            return self.chain(entry.start, entry.size);
        }
        let root = self.entries.first()?;
        let small = self.chain(root.start, root.size)?;
        let mut found = Vec::new();
        let mut next = entry.start;
        while next != END && found.len() < entry.size {
            let start = (next as usize).checked_mul(SMALL_SECTOR)?;
            found.extend_from_slice(small.get(start..(start + SMALL_SECTOR).min(small.len()))?);
            next = *self.small_chains.get(next as usize)?;
        }
        found.truncate(entry.size);
        Some(found)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let name: Vec<u16> = bytes[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let end = name.iter().position(|unit| *unit == 0).unwrap_or(name.len());
    let size = usize::try_from(word(bytes, 120)?).ok()?;
    Some(Entry { name: String::from_utf16_lossy(&name[..end]), start: word(bytes, 116)?, size })
}

/// A container with one stream, which is called `Workbook`.
pub(super) fn written(mut stream: Vec<u8>) -> Vec<u8> {
    // A smaller one would belong into small sectors.
    stream.resize(stream.len().max(SMALL_STREAM), 0);
    let size = stream.len();
    let content = size.div_ceil(WRITTEN);
    stream.resize(content * WRITTEN, 0);
    let in_table = WRITTEN / 4;
    // The table holds its own sectors, too.
    let mut tables = 1;
    while tables * in_table < content + 1 + tables {
        tables += 1;
    }
    let mut head = vec![0; WRITTEN];
    head[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    head[26] = 4;
    head[28..34].copy_from_slice(&[0xfe, 0xff, 12, 0, 6, 0]);
    let put = |bytes: &mut [u8], at: usize, value: usize| {
        bytes[at..at + 4].copy_from_slice(&u32::try_from(value).unwrap_or(END).to_le_bytes());
    };
    put(&mut head, 44, tables);
    put(&mut head, 48, content);
    put(&mut head, 60, END as usize);
    put(&mut head, 68, END as usize);
    head[76..76 + 4 * IN_HEAD].fill(0xff);
    for table in 0..tables.min(IN_HEAD) {
        put(&mut head, 76 + 4 * table, content + 1 + table);
    }
    let mut directory = vec![0; WRITTEN];
    for (at, name, size) in [(0, "Root Entry", 0), (ENTRY, "Workbook", size)] {
        for (place, unit) in name.encode_utf16().enumerate() {
            directory[at + 2 * place..at + 2 * place + 2].copy_from_slice(&unit.to_le_bytes());
        }
        put(&mut directory, at + 120, size);
    }
    let mut table = vec![0xff; tables * WRITTEN];
    for sector in 0..content {
        put(&mut table, 4 * sector, if sector + 1 == content { END as usize } else { sector + 1 });
    }
    put(&mut table, 4 * content, END as usize);
    [head, stream, directory, table].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        for size in [1, 5000, 3 << 20] {
            let stream: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            let file = written(stream.clone());
            let found = Compound::open(&file).expect("a container").stream("workbook").expect("a stream");
            assert!(found.starts_with(&stream) && found.len() == size.max(4096), "{size}");
        }
    }

    #[test]
    fn chains_that_lead_nowhere_are_refused() {
        let file = written(vec![7; 20_000]);
        let table = file.len() - WRITTEN;
        for (at, value) in [
            // A circle of two sectors, a chain out of the file, one out of the table.
            (table + 4, 0_u32),
            (table + 4, 5_000),
            (table + 4, 0x00ff_ffff),
            // The directory leads round in a circle.
            (table + 4 * 5, 5),
            // The table of tables names itself for ever.
            (68, 0),
        ] {
            let mut file = file.clone();
            file[at..at + 4].copy_from_slice(&value.to_le_bytes());
            let whole = Compound::open(&file).and_then(|file| file.stream("Workbook"));
            // The circle of the stream ends with its size.
            assert!(whole.is_none_or(|stream| stream.len() <= 20_000), "{at} {value}");
        }
        assert!(Compound::open(&file[..600]).is_none());
    }
}
