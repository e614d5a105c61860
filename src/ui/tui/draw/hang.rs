//! Pictures among the rows of the body, at the place of their descriptions.
//!
//! The description stays as a dim caption for those who cannot see the picture, and takes its place until it is ready.

use std::iter;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::body::{Body, BodyRow, Caption, Hung, ImageWords, PictureSlice};
use crate::ui::theme::Theme;
use crate::ui::tui::pictures::{HIGHEST, PictureRoom, Pictures};

/// Inserts the pictures of a question whose sizes are known. A picture takes at most half of the `height` visible lines.
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
            let room = PictureRoom { columns, rows: (height / 2).min(HIGHEST) };
            let picture = picture(&row, &words, file, room, pictures)?;
            Some((Rc::new(picture), words.rows))
        });
        let Some((picture, lines)) = found else {
            hung.rows.push(row);
            continue;
        };
        let choice = row.choice;
        let piece = |at| BodyRow {
            choice,
            piece: Some(PictureSlice { picture: Rc::clone(&picture), at }),
            ..BodyRow::default()
        };
        let pieces = (0..picture.height).map(piece);
        let caption = iter::once(row).chain(rows.by_ref().take(lines.saturating_sub(1))).collect::<Vec<_>>();
        match picture.caption {
            Caption::Above => hung.rows.extend(caption.into_iter().chain(pieces)),
            Caption::Below => {
                let caption = caption.into_iter().map(|row| BodyRow { line: dimmed(&row.line, theme), ..row });
                hung.rows.extend(pieces.chain(caption));
            }
            Caption::Gone => hung.rows.extend(pieces),
        }
    }
    hung
}

/// The picture in this file, whose description begins in this row.
fn picture(row: &BodyRow, words: &ImageWords, file: &str, room: PictureRoom, pictures: &Pictures) -> Option<Hung> {
    let size = pictures.size(file, room)?;
    let caption = if !text_before(&row.line, words.column).trim().is_empty() {
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

/// A name or an alternative text without control characters.
fn clean(words: &str) -> String {
    words.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

/// The text of a line before a column.
fn text_before(line: &Line<'_>, column: usize) -> String {
    line.spans.iter().flat_map(|span| span.content.chars()).take(column).collect()
}

fn dimmed(line: &Line<'static>, theme: &Theme) -> Line<'static> {
    let mut line = line.clone();
    line.spans.iter_mut().for_each(|span| span.style = theme.dim);
    line
}

/// Draws the pictures among the rows from `top` on.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, rows: &[BodyRow], top: u16, pictures: &Pictures, theme: &Theme) {
    let seen = rows.iter().skip(usize::from(top)).take(usize::from(area.height));
    let mut last: Option<&Rc<Hung>> = None;
    for (row, y) in seen.zip(area.y..) {
        let Some(PictureSlice { picture, at }) = &row.piece else {
            last = None;
            continue;
        };
        // The first visible line draws all lines of its picture.
        if last.is_some_and(|last| Rc::ptr_eq(last, picture)) {
            continue;
        }
        last = Some(picture);
        let from = usize::from(top) + usize::from(y - area.y);
        let lines = rows[from..].iter().take(usize::from(area.bottom() - y));
        let of_it = |row: &&BodyRow| row.piece.as_ref().is_some_and(|piece| Rc::ptr_eq(&piece.picture, picture));
        let lines = u16::try_from(lines.take_while(of_it).count()).unwrap_or(u16::MAX);
        let x = area.x.saturating_add(picture.column);
        let place = Rect { x, y, width: picture.width, height: lines }.intersection(area);
        if place.is_empty() {
            continue;
        }
        let captioned = match picture.caption {
            Caption::Above => *at == 0 && y > area.y,
            Caption::Below => at + lines == picture.height && y + lines < area.bottom(),
            Caption::Gone => false,
        };
        if !pictures.draw(buffer, place, (&picture.file, picture.room), *at) && !captioned {
            buffer.set_line(x, y, &picture.words.clone().style(theme.dim), area.right() - x);
        }
    }
}
