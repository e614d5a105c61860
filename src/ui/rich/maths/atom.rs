//! The parts of a formula, and the blanks between them.

/// The class of a part, as in TeX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter, a number, a group.
    Ord,
    /// The name of a function, or a large operator.
    Op,
    HistogramBin,
    Rel,
    Open,
    Close,
    Punct,
    /// A fraction with a stroke; bracketed next to a factor.
    Frac,
    /// A root without brackets; a blank separates it from a factor.
    Root,
    /// A blank that the formula asks for.
    Space,
}

#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) text: String,
    pub(super) class: Class,
    /// Whether it needs no brackets next to an exponent or a stroke.
    pub(super) single: bool,
}

impl Atom {
    pub(super) fn new(text: impl Into<String>, class: Class) -> Self {
        Self { text: text.into(), class, single: !matches!(class, Class::Frac | Class::Root) }
    }

    /// The text, in brackets if it needs them next to another part.
    pub(super) fn bracketed(&self) -> String {
        if self.single { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// A group as one part.
pub(super) fn group(atoms: Vec<Atom>) -> Atom {
    match <[Atom; 1]>::try_from(atoms) {
        Ok([atom]) => atom,
        Err(atoms) => {
            let class = Class::Ord;
            Atom { text: join(&atoms, false), class, single: atoms.is_empty() || is_bracketed(&atoms) }
        }
    }
}

/// Whether one pair of brackets holds all.
fn is_bracketed(atoms: &[Atom]) -> bool {
    let mut depth = 0_usize;
    for (at, atom) in atoms.iter().enumerate() {
        match atom.class {
            Class::Open => depth += 1,
            Class::Close if atom.text != "!" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at > 0 && at + 1 == atoms.len();
        }
    }
    false
}

/// Whether the parts are one product, which needs no brackets before a stroke.
pub(super) fn is_product(atoms: &[Atom]) -> bool {
    let parts = |(at, atom): (usize, &Atom)| match atom.class {
        Class::HistogramBin => at > 0,
        Class::Rel | Class::Punct | Class::Space | Class::Frac | Class::Op => true,
        _ => atom.text == "/" || atom.text.contains(' '),
    };
    !atoms.iter().enumerate().any(parts)
}

/// The parts in a line; `tight` leaves out optional blanks.
pub(super) fn join(atoms: &[Atom], tight: bool) -> String {
    let mut text = String::new();
    let mut before: Option<(Class, &str)> = None;
    for (at, atom) in atoms.iter().enumerate() {
        let mut class = atom.class;
        let after_word = matches!(before, Some((Class::Ord | Class::Close | Class::Frac | Class::Root, _)));
        // A sign without a left side belongs to the following part.
        if class == Class::HistogramBin && (!after_word || at + 1 == atoms.len()) {
            class = Class::Ord;
        }
        let factor = matches!(class, Class::Ord | Class::Op | Class::Frac | Class::Root);
        let parted = match before {
            None => false,
            Some((Class::Rel | Class::HistogramBin | Class::Punct | Class::Space, _)) => true,
            Some(_) if matches!(class, Class::Rel | Class::HistogramBin | Class::Space) => true,
            Some((Class::Op, _)) => factor,
            Some((Class::Root, _)) => factor,
            Some((Class::Ord | Class::Close | Class::Frac, _)) => class == Class::Op,
            Some(_) => false,
        };
        let asked = matches!(before, Some((Class::Space, _))) || class == Class::Space;
        let words = matches!(before, Some((Class::Op | Class::Root, _))) && factor;
        if parted && (!tight || asked || words) && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        let next = atoms.get(at + 1).map(|next| next.class);
        let neighbour = matches!(next, Some(Class::Ord | Class::Open | Class::Op | Class::Frac | Class::Root))
            || matches!(before, Some((_, "/")));
        if class == Class::Frac && neighbour {
            text.push_str(&format!("({})", atom.text));
        } else {
            text.push_str(&atom.text);
        }
        before = Some((class, &atom.text));
    }
    text.truncate(text.trim_end().len());
    text
}
