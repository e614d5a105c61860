//! Lists of people, hosts and goods: tables that nobody memorises, and that become cards only on demand.

use std::collections::HashSet;

use crate::bank::format::record::table::TableRow;

/// What the columns of such lists are called.
const NAMES: &str = "name names firstname lastname fullname surname forename username user student pupil employee member customer \
    teacher vorname nachname schüler schülerin mitarbeiter kunde nom prénom élève nombre apellido apellidos alumno nome cognome \
    sobrenome aluno имя фамилия 姓名 名前 氏名 이름 email mail phone mobile telephone telefon téléphone teléfono telefono telefone tel \
    address adresse dirección indirizzo endereço адрес age alter birthday geburtstag salary department class klasse classe grade \
    score host hostname ip mac server port item sku article artikel produkt product producto produit prodotto товар price preis prix \
    precio prezzo preço цена 价格 quantity qty menge anzahl quantité cantidad quantità stock bestand supplier lieferant total amount \
    betrag order date datum status";

/// Whether rows without a name for the sides of cards are such a list.
pub(super) fn is_register(rows: &[TableRow]) -> bool {
    let width = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    let Some(((_, first), body)) = rows.split_first() else { return false };
    let known: HashSet<&str> = NAMES.split_whitespace().collect();
    let named = first.iter().filter(|cell| is_name(cell, &known)).count();
    let share = |place: usize, holds: fn(&str) -> bool| {
        let cells: Vec<&str> = body
            .iter()
            .filter_map(|(_, row)| row.get(place))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        !cells.is_empty() && cells.iter().filter(|cell| holds(cell)).count() * 10 >= cells.len() * 8
    };
    let titled = |place: usize| {
        share(place, is_number) && first.get(place).is_some_and(|cell| !is_number(cell) && !cell.is_empty())
    };
    named > 1 && (width > 2 || named == width && share(1, is_number))
        || (0..width).any(|place| share(place, is_address))
        || (1..width).any(|place| share(place, is_tick))
        || (1..width).any(titled)
}

/// Whether a cell is called as columns of such lists are, in one word or as the last of two (`Last name`).
fn is_name(cell: &str, known: &HashSet<&str>) -> bool {
    let lower = cell.trim().to_lowercase();
    let words: Vec<&str> = lower.split(['_', ' ', '-']).filter(|word| !word.is_empty()).collect();
    words.len() <= 2 && words.last().is_some_and(|word| known.contains(word.trim_end_matches(['.', ':'])))
}

/// A number, an amount or a measure in figures.
fn is_number(cell: &str) -> bool {
    let bare = cell.trim().trim_matches(['€', '$', '£', '¥', '%', ' ', '+']);
    bare.contains(|char: char| char.is_ascii_digit())
        && bare.chars().all(|char| char.is_ascii_digit() || ".,' -".contains(char))
}

/// A sign that ticks its row off.
fn is_tick(cell: &str) -> bool {
    ["x", "X", "✓", "✔", "✗", "✘", "×", "☑", "☒", "☐", "✅", "❌"].contains(&cell)
}

/// An address of mail, of a host or of a page, or a number to call.
fn is_address(cell: &str) -> bool {
    let cell = cell.trim();
    let mail =
        cell.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !cell.contains(' '));
    let parts: Vec<&str> = cell.split(['.', '/']).collect();
    let host =
        parts.len() >= 4 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let call = digits >= 7
        && cell.starts_with(['+', '0', '('])
        && cell.chars().all(|char| char.is_ascii_digit() || "+-/() ".contains(char));
    mail || host || call || cell.starts_with("http://") || cell.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(text: &str) -> bool {
        let cells = |line: &str| line.split(';').map(str::to_owned).collect();
        let rows: Vec<TableRow> = (1..).zip(text.lines().map(cells)).collect();
        is_register(&rows)
    }

    #[test]
    fn lists_of_people_and_goods_are_no_cards() {
        for text in [
            "Name;Email\nAnna Berg;anna@example.org\nBert Cook;bert@example.org",
            "Anna Berg;+49 30 1234567\nBert Cook;+49 30 7654321",
            "First name;Last name;Class\nAnna;Berg;7a\nBert;Cook;7b",
            "Item;Quantity\nrope;3\nmast;1",
            "Town;Land;People\nLima;Peru;10000000\nOslo;Norway;700000",
            "printer;10.0.0.1\nrouter;10.0.0.2",
            "Anna;x;\nBert;;x\nCleo;x;",
        ] {
            assert!(register(text), "{text}");
        }
        for text in [
            "phone;Telefon\nname;Name\nprice;Preis",
            "rope;Seil;1\nmast;Mast;1\nkeel;Kiel;2\noar;Ruder;2",
            "Hastings;1066\nMarignano;1515",
            "the;der;900\nof;von;850\nand;und;790",
            "rope;Seil;a long line\nmast;Mast;a tall pole",
        ] {
            assert!(!register(text), "{text}");
        }
    }
}
