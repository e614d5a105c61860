//! LaTeX to parts of a formula.

use super::atom::{Atom, Class, group, is_product, join};
use super::scripted;
use super::symbols::{accent, letter, symbol};

/// The deepest nesting of groups.
const DEEPEST: usize = 24;

/// The parts of a formula; `None` if one of them cannot be shown in a line.
pub(super) fn parse(source: &str) -> Option<Vec<Atom>> {
    let mut reader = FormulaReader { rest: source, depth: 0 };
    let atoms = reader.list(None)?;
    reader.rest.is_empty().then_some(atoms)
}

struct FormulaReader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> FormulaReader<'a> {
    fn next(&mut self) -> Option<char> {
        let char = self.rest.chars().next()?;
        self.rest = &self.rest[char.len_utf8()..];
        Some(char)
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn takes(&mut self, start: &str) -> bool {
        let rest = self.rest.strip_prefix(start);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The parts up to and including `end`, or to the end of the formula.
    fn list(&mut self, end: Option<char>) -> Option<Vec<Atom>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut atoms = Vec::new();
        loop {
            self.skip_blanks();
            match (self.rest.chars().next(), end) {
                (None, None) => break,
                (None, Some(_)) => return None,
                (Some(char), Some(end)) if char == end => {
                    self.next();
                    break;
                }
                (Some('^' | '_' | '\''), _) => {
                    let empty = Atom::new("", Class::Ord);
                    atoms.push(self.scripts(empty)?);
                }
                _ => {
                    if let Some(atom) = self.atom(true)? {
                        atoms.push(self.scripts(atom)?);
                    }
                }
            }
        }
        self.depth -= 1;
        Some(atoms)
    }

    /// The argument of a command or a script: a group or the next sign.
    fn argument(&mut self) -> Option<Vec<Atom>> {
        self.skip_blanks();
        if self.takes("{") {
            return self.list(Some('}'));
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let atom = self.atom(false)?;
        self.depth -= 1;
        Some(atom.into_iter().collect())
    }

    /// The next part without its scripts; `Some(None)` for commands that show nothing. `many` reads all digits of a number.
    #[expect(clippy::option_option, reason = "a formula that cannot be shown is not a part that shows nothing")]
    fn atom(&mut self, many: bool) -> Option<Option<Atom>> {
        let start = self.rest;
        let char = self.next()?;
        let class = match char {
            '{' => {
                let mut atom = group(self.list(Some('}'))?);
                // Braces remove the blanks, as in `10{,}000`.
                if matches!(atom.class, Class::Punct | Class::HistogramBin | Class::Rel | Class::Open | Class::Close) {
                    atom.class = Class::Ord;
                }
                return Some(Some(atom));
            }
            '\\' => return self.command(),
            '}' | '&' | '#' | '%' | '$' | '^' | '_' => return None,
            '~' => return Some(Some(Atom::new("", Class::Space))),
            '0'..='9' => {
                let more = |char: char| char.is_ascii_digit() || char == '.';
                let length = if many { start.len() - start.trim_start_matches(more).len() } else { 1 };
                let number = start[..length].trim_end_matches('.');
                self.rest = &start[number.len()..];
                return Some(Some(Atom::new(number, Class::Ord)));
            }
            '-' => return Some(Some(Atom::new("−", Class::HistogramBin))),
            '+' | '*' => Class::HistogramBin,
            '=' | '<' | '>' => Class::Rel,
            ',' | ';' | ':' => Class::Punct,
            '(' | '[' => Class::Open,
            ')' | ']' | '!' | '?' => Class::Close,
            _ => Class::Ord,
        };
        Some(Some(Atom::new(char, class)))
    }

    /// `atom` with the exponents, indices and primes that follow it.
    fn scripts(&mut self, atom: Atom) -> Option<Atom> {
        let (mut up, mut down, mut primes) = (None, None, String::new());
        loop {
            self.skip_blanks();
            if self.takes("'") {
                primes.push('′');
            } else if up.is_none() && self.takes("^") {
                up = Some(join(&self.argument()?, true));
            } else if down.is_none() && self.takes("_") {
                down = Some(join(&self.argument()?, true));
            } else if self.rest.starts_with(['^', '_']) {
                return None;
            } else if !(self.takes(r"\limits") || self.takes(r"\nolimits")) {
                break;
            }
        }
        if up.is_none() && down.is_none() && primes.is_empty() {
            return Some(atom);
        }
        let class = if matches!(atom.class, Class::Op | Class::Close) { atom.class } else { Class::Ord };
        let mut text = atom.bracketed() + &primes;
        if let Some(down) = down.filter(|down| !down.is_empty()) {
            text.push_str(&scripted(&down, false));
        }
        match up.as_deref() {
            None | Some("") => {}
            Some("∘" | "°") => text.push('°'),
            // These are already raised.
            Some(sign @ ("′" | "′′" | "*" | "†" | "‡")) => text.push_str(sign),
            Some("⊤") => text.push('ᵀ'),
            Some(up) => text.push_str(&scripted(up, true)),
        }
        Some(Atom::new(text, class))
    }

    #[expect(clippy::option_option, reason = "a formula that cannot be shown is not a part that shows nothing")]
    fn command(&mut self) -> Option<Option<Atom>> {
        let length = self.rest.len() - self.rest.trim_start_matches(|char: char| char.is_ascii_alphabetic()).len();
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest;
        let atom = match name {
            "" => match self.next()? {
                '{' => Atom::new("{", Class::Open),
                '}' => Atom::new("}", Class::Close),
                '|' => Atom::new("‖", Class::Ord),
                char @ ('%' | '$' | '#' | '&' | '_') => Atom::new(char, Class::Ord),
                ' ' | ',' | ';' | ':' | '>' => Atom::new("", Class::Space),
                '!' => return Some(None),
                _ => return None,
            },
            "quad" | "qquad" | "enspace" | "thinspace" | "space" => Atom::new("", Class::Space),
            "displaystyle" | "textstyle" | "scriptstyle" | "limits" | "nolimits" | "big" | "Big" | "bigg" | "Bigg"
            | "bigl" | "bigr" | "Bigl" | "Bigr" | "biggl" | "biggr" | "Biggl" | "Biggr" | "bigm" | "Bigm" | "rm"
            | "bf" | "it" | "mathstrut" => return Some(None),
            "left" | "right" | "middle" => return self.delimiter(name),
            "frac" | "dfrac" | "tfrac" | "cfrac" => self.fraction()?,
            "binom" | "dbinom" | "tbinom" => {
                let (n, k) = (join(&self.argument()?, false), join(&self.argument()?, false));
                Atom::new(format!("C({n}, {k})"), Class::Ord)
            }
            "sqrt" => self.root()?,
            "pmod" => Atom::new(format!("(mod {})", join(&self.argument()?, false)), Class::Op),
            "text" | "textrm" | "textit" | "textbf" | "texttt" | "textsf" | "textnormal" | "mbox" | "hbox" => {
                Atom::new(self.words()?, Class::Ord)
            }
            "operatorname" => {
                self.takes("*");
                Atom::new(join(&self.argument()?, true), Class::Op)
            }
            "mathrm" | "mathit" | "mathsf" | "mathtt" | "mathbf" | "mathnormal" | "boldsymbol" | "bm" | "pmb"
            | "symbf" => group(self.argument()?),
            "not" => {
                self.skip_blanks();
                let mut atom = self.atom(false)??;
                let one = atom.text.chars().count() == 1;
                atom.text.push('\u{338}');
                // `=` and `∈` have their own negations.
                atom.text = match atom.text.as_str() {
                    "=\u{338}" => "≠".into(),
                    "∈\u{338}" => "∉".into(),
                    _ => atom.text,
                };
                return one.then_some(Some(atom));
            }
            _ => match (symbol(name), accent(name)) {
                (Some((symbol, class)), _) => Atom::new(symbol, class),
                (None, Some(mark)) => accented(&self.argument()?, mark)?,
                (None, None) => {
                    // An alphabet, or nothing that is known.
                    letter(name, 'A')?;
                    let plain = join(&self.argument()?, true);
                    Atom::new(plain.chars().map(|char| letter(name, char)).collect::<Option<String>>()?, Class::Ord)
                }
            },
        };
        Some(Some(atom))
    }

    #[expect(clippy::option_option, reason = "a formula that cannot be shown is not a part that shows nothing")]
    fn delimiter(&mut self, side: &str) -> Option<Option<Atom>> {
        self.skip_blanks();
        if self.takes(".") {
            return Some(None);
        }
        let mut atom = self.atom(false)??;
        atom.class = match side {
            "left" => Class::Open,
            "right" => Class::Close,
            _ => Class::Rel,
        };
        Some(Some(atom))
    }

    fn fraction(&mut self) -> Option<Atom> {
        let (over, under) = (self.argument()?, self.argument()?);
        let bare = |atoms: &[Atom]| join(atoms, false);
        if let Some(vulgar) = vulgar(&bare(&over), &bare(&under)) {
            return Some(Atom::new(vulgar, Class::Ord));
        }
        if over.is_empty() || under.is_empty() {
            return None;
        }
        let over = if is_product(&over) { bare(&over) } else { format!("({})", bare(&over)) };
        Some(Atom::new(format!("{over}/{}", group(under).bracketed()), Class::Frac))
    }

    fn root(&mut self) -> Option<Atom> {
        self.skip_blanks();
        let degree = if self.takes("[") { join(&self.list(Some(']'))?, true) } else { String::new() };
        let sign = match degree.as_str() {
            "" | "2" => "√".to_owned(),
            "3" => "∛".to_owned(),
            "4" => "∜".to_owned(),
            degree => super::scripts::script(degree, true)? + "√",
        };
        let inside = group(self.argument()?);
        let class = if inside.single && !inside.text.ends_with(')') { Class::Root } else { Class::Ord };
        Some(Atom { single: false, ..Atom::new(format!("{sign}{}", inside.bracketed()), class) })
    }

    /// The literal content of a `\text`.
    fn words(&mut self) -> Option<String> {
        self.skip_blanks();
        if !self.takes("{") {
            return None;
        }
        let mut words = String::new();
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                '$' => return None,
                '~' => words.push(' '),
                '\\' => match self.next()? {
                    char if char.is_alphanumeric() || char == '\\' || char == '(' => return None,
                    char => words.push(char),
                },
                char => words.push(char),
            }
        }
        Some(words.replace('\n', " "))
    }
}

fn accented(atoms: &[Atom], mark: char) -> Option<Atom> {
    let plain = join(atoms, true);
    let lines = matches!(mark, '\u{305}' | '\u{332}');
    if plain.is_empty() || !lines && plain.chars().count() != 1 {
        return None;
    }
    // The dot of an i would collide with the mark.
    let bare = |char| match char {
        'i' if !lines => 'ı',
        'j' if !lines => 'ȷ',
        char => char,
    };
    let text: String = plain.chars().flat_map(|char| [bare(char), mark]).collect();
    Some(Atom::new(text, Class::Ord))
}

/// The fraction as one character, if Unicode has it.
fn vulgar(over: &str, under: &str) -> Option<&'static str> {
    const FRACTIONS: [(&str, &str, &str); 18] = [
        ("1", "2", "½"),
        ("1", "3", "⅓"),
        ("2", "3", "⅔"),
        ("1", "4", "¼"),
        ("3", "4", "¾"),
        ("1", "5", "⅕"),
        ("2", "5", "⅖"),
        ("3", "5", "⅗"),
        ("4", "5", "⅘"),
        ("1", "6", "⅙"),
        ("5", "6", "⅚"),
        ("1", "7", "⅐"),
        ("1", "8", "⅛"),
        ("3", "8", "⅜"),
        ("5", "8", "⅝"),
        ("7", "8", "⅞"),
        ("1", "9", "⅑"),
        ("1", "10", "⅒"),
    ];
    FRACTIONS.iter().find(|(one, other, _)| *one == over && *other == under).map(|(.., sign)| *sign)
}
