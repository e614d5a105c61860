//! Kinds with numbers, which the database keeps, and names, which tables, banks and JSON write.

use super::{CardState, Confidence, KeyOrigin, Kind, Markup, Rating, ReviewKind};

macro_rules! numbered {
    ($($kind:ident),+) => {$(
        impl $kind {
            /// The number under which the database keeps it.
            pub fn number(self) -> u8 {
                self as u8
            }

            /// The value with this number.
            pub fn from_number(number: u8) -> Option<Self> {
                Self::from_repr(number)
            }

            /// Its name, as tables, banks and JSON write it.
            pub fn name(self) -> &'static str {
                self.into()
            }
        }
    )+};
}

macro_rules! from_name {
    ($($kind:ident),+) => {$(
        impl $kind {
            /// The value with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                name.parse().ok()
            }
        }
    )+};
}

numbered!(CardState, Confidence, KeyOrigin, Kind, Markup, Rating, ReviewKind);
from_name!(Kind, Markup);
