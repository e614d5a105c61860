//! Changes of seeds, each of which follows from a number: the same number makes the same input again.

/// What formats are made of.
const WORDS: &[&str] = &[
    "\n",
    "\n\n",
    "- ",
    "- A. ",
    " *",
    "*",
    "**",
    "1. ",
    "Answer: ",
    "[x] ",
    "[ ] ",
    "{",
    "}",
    "=",
    "~",
    "::",
    "#",
    "---\n",
    "```",
    "|",
    ",",
    "\t",
    "\"",
    "'",
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "&amp;",
    "&#x202e;",
    "{{c1::",
    "}}",
    "![](",
    "](",
    ")",
    "$",
    "$$",
    "\\(",
    "\\begin{",
    "\\",
    "\u{0}",
    "\u{1b}[",
    "\u{202e}",
    "\u{feff}",
    "ü",
    "日本",
    "\u{1F1E9}\u{1F1EA}",
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "4294967295",
    "18446744073709551616",
    "NaN",
    "type",
    "answer",
    "pick",
    "xmlns:a=\"b\"",
    " r=\"XFD1048576\"",
    "number-columns-repeated=\"4000000000\"",
];

/// A source of changed inputs.
#[derive(Debug)]
pub struct Mutator {
    state: u64,
}

impl Mutator {
    pub fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    fn number(&mut self, below: usize) -> usize {
        // Xorshift (Marsaglia 2003).
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % below.max(1)
    }

    /// One of the seeds, changed up to eight times, and no longer than `most`.
    pub fn input(&mut self, seeds: &[Vec<u8>], most: usize) -> Vec<u8> {
        let pick = self.number(seeds.len() + 1);
        let mut bytes = seeds.get(pick).cloned().unwrap_or_default();
        for _ in 0..=self.number(8) {
            self.change(&mut bytes, seeds);
        }
        bytes.truncate(most);
        bytes
    }

    fn range(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let start = self.number(bytes.len() + 1);
        let most = match self.number(3) {
            0 => 5,
            1 => 50,
            _ => bytes.len() + 1,
        };
        let length = self.number(most);
        start..(start + length).min(bytes.len())
    }

    fn change(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let place = self.number(bytes.len() + 1);
        let range = self.range(bytes);
        match self.number(9) {
            0 if !bytes.is_empty() => {
                let place = place % bytes.len();
                bytes[place] ^= 1 << self.number(8);
            }
            1 if !bytes.is_empty() => {
                let place = place % bytes.len();
                bytes[place] = [0, 1, 0x7f, 0x80, 0xff, b'\n', b'9'][self.number(7)];
            }
            2 => drop(bytes.drain(range)),
            3 => {
                let copy = bytes[range].to_vec();
                bytes.splice(place..place, copy);
            }
            4 => {
                let copy = bytes[range].to_vec();
                let times = self.number(40);
                bytes.splice(place..place, copy.repeat(if copy.len() > 200 { 1 } else { times }));
            }
            5 | 6 => {
                let word = WORDS[self.number(WORDS.len())];
                bytes.splice(place..place, word.bytes());
            }
            7 if !seeds.is_empty() => {
                let other = &seeds[self.number(seeds.len())];
                let part = self.range(other);
                bytes.splice(place..place, other[part].iter().copied());
            }
            _ => {
                let random: Vec<u8> = (0..self.number(6)).map(|_| self.number(256) as u8).collect();
                bytes.splice(place..place, random);
            }
        }
    }
}
