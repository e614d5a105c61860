//! Pictures among the rows of the body: hung where their words stand, and drawn where they are seen.
//!
//! The words stay with a picture, dim, for those who cannot see it, and take its place until it is there.

use std::iter;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::body::{Body, Row, Words};
use crate::ui::tui::pictures::{HIGHEST, Pictures, Room};
use crate::ui::tui::theme::Theme;

/// A line of a picture.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    picture: Rc<Hung>,
    /// Its number in the picture, from 0.
    at: u16,
}

/// A picture that was hung.
#[derive(Debug)]
struct Hung {
    file: String,
    room: Room,
    column: u16,
    width: u16,
    height: u16,
    caption: Caption,
    /// What stands in its place as long as it is not there.
    words: Line<'static>,
}

/// Where the words stand beside a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caption {
    /// What has a sign before it, as an option has its letter, keeps it above the picture.
    Above,
    Below,
    /// The name of a file says nothing beside its picture.
    Gone,
}

/// Hangs the pictures of a question whose sizes are known: a body of which `height` lines are seen shows half of one at most.
pub(super) fn hang(body: Body, pictures: &Pictures, media: &[(String, String)], height: u16, theme: &Theme) -> Body {
    if media.is_empty() {
        return body;
    }
    let width = body.width;
    let mut hung = Body::new(width);
    let mut rows = body.into_iter();
    while let Some(row) = rows.next() {
        let found = row.words.clone().and_then(|words| {
            let (_, file) = media.iter().find(|(name, _)| *name == words.name)?;
            let columns = u16::try_from(width.saturating_sub(words.column)).ok()?;
            let room = Room { columns, rows: (height / 2).min(HIGHEST) };
            let picture = picture(&row, &words, file, room, pictures)?;
            Some((Rc::new(picture), words.rows))
        });
        let Some((picture, lines)) = found else {
            hung.rows.push(row);
            continue;
        };
        let choice = row.choice;
        let piece = |at| Row { choice, piece: Some(Piece { picture: Rc::clone(&picture), at }), ..Row::default() };
        let pieces = (0..picture.height).map(piece);
        let caption = iter::once(row).chain(rows.by_ref().take(lines.saturating_sub(1))).collect::<Vec<_>>();
        match picture.caption {
            Caption::Above => hung.rows.extend(caption.into_iter().chain(pieces)),
            Caption::Below => {
                let caption = caption.into_iter().map(|row| Row { line: dimmed(&row.line, theme), ..row });
                hung.rows.extend(pieces.chain(caption));
            }
            Caption::Gone => hung.rows.extend(pieces),
        }
    }
    hung
}

/// The picture in this file, which the words that begin in this row stand for.
fn picture(row: &Row, words: &Words, file: &str, room: Room, pictures: &Pictures) -> Option<Hung> {
    let size = pictures.size(file, room)?;
    let caption = if !beside(&row.line, words.column).trim().is_empty() {
        Caption::Above
    } else if words.alt.trim().is_empty() {
        Caption::Gone
    } else {
        Caption::Below
    };
    let words_of = if words.alt.trim().is_empty() { &words.name } else { &words.alt };
    Some(Hung {
        file: file.to_owned(),
        room,
        column: u16::try_from(words.column).ok()?,
        width: size.width,
        height: size.height,
        caption,
        words: Line::from(format!("[image: {}]", clean(words_of))),
    })
}

/// Names and alts in one line, without what would steer a terminal.
fn clean(words: &str) -> String {
    words.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

/// What of a line stands before this column.
fn beside(line: &Line<'_>, column: usize) -> String {
    line.spans.iter().flat_map(|span| span.content.chars()).take(column).collect()
}

fn dimmed(line: &Line<'static>, theme: &Theme) -> Line<'static> {
    let mut line = line.clone();
    line.spans.iter_mut().for_each(|span| span.style = theme.dim);
    line
}

/// Draws the pictures among the rows from `top` on.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, rows: &[Row], top: u16, pictures: &Pictures, theme: &Theme) {
    let seen = rows.iter().skip(usize::from(top)).take(usize::from(area.height));
    let mut last: Option<&Rc<Hung>> = None;
    for (row, y) in seen.zip(area.y..) {
        let Some(Piece { picture, at }) = &row.piece else {
            last = None;
            continue;
        };
        // The first line that is seen draws all that are.
        if last.is_some_and(|last| Rc::ptr_eq(last, picture)) {
            continue;
        }
        last = Some(picture);
        let from = usize::from(top) + usize::from(y - area.y);
        let lines = rows[from..].iter().take(usize::from(area.bottom() - y));
        let of_it = |row: &&Row| row.piece.as_ref().is_some_and(|piece| Rc::ptr_eq(&piece.picture, picture));
        let lines = u16::try_from(lines.take_while(of_it).count()).unwrap_or(u16::MAX);
        let x = area.x.saturating_add(picture.column);
        let place = Rect { x, y, width: picture.width, height: lines }.intersection(area);
        if place.is_empty() {
            continue;
        }
        let said = match picture.caption {
            Caption::Above => *at == 0 && y > area.y,
            Caption::Below => at + lines == picture.height && y + lines < area.bottom(),
            Caption::Gone => false,
        };
        if !pictures.draw(buffer, place, (&picture.file, picture.room), *at) && !said {
            buffer.set_line(x, y, &picture.words.clone().style(theme.dim), area.right() - x);
        }
    }
}
