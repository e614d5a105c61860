//! Lines as grapheme clusters, each with its width, its face, and whether a row may begin with it.

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::block::StyledRun;
use super::face::TextFace;

/// A grapheme cluster of a line. It is divided only if it is wider than a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) width: usize,
    pub(super) face: TextFace,
    pub(super) blank: bool,
    /// Whether a row may begin with it.
    pub(super) breaks: bool,
}

/// The lines between hard breaks, and where each face begins.
pub(super) fn lines(runs: &[StyledRun]) -> Vec<(String, Vec<(usize, TextFace)>)> {
    let mut lines = vec![(String::new(), Vec::new())];
    for run in runs {
        for (number, part) in run.text.split('\n').enumerate() {
            if number > 0 {
                lines.push((String::new(), Vec::new()));
            }
            if let Some((line, faces)) = lines.last_mut() {
                faces.push((line.len(), run.face));
                line.push_str(part);
            }
        }
    }
    lines
}

pub(super) fn clusters(line: &str, faces: &[(usize, TextFace)], most: usize) -> Vec<Cluster> {
    let mut breaks = linebreaks(line).map(|(at, _)| at).peekable();
    let mut faces = faces.iter().peekable();
    let mut face = TextFace::PLAIN;
    let mut clusters: Vec<Cluster> = Vec::with_capacity(line.len());
    for (start, text) in line.grapheme_indices(true) {
        while let Some((_, next)) = faces.next_if(|(from, _)| *from <= start) {
            face = *next;
        }
        while breaks.next_if(|at| *at < start).is_some() {}
        let allowed = breaks.peek() == Some(&start);
        let mut add = |start: usize, text: &str, width: usize, allowed: bool| {
            let blank = matches!(text, " " | "\u{200b}");
            let breaks = allowed && clusters.last().is_some_and(|last| last.blank || parts(line, *last, face, width));
            clusters.push(Cluster { start, end: start + text.len(), width, face, blank, breaks });
        };
        let width = text.width();
        if width <= most {
            add(start, text, width, allowed);
        } else {
            for (at, char) in text.char_indices() {
                let char = &text[at..at + char.len_utf8()];
                add(start + at, char, char.width(), allowed && at == 0);
            }
        }
    }
    clusters
}

/// Whether a row may end after `last`, which is not blank, if Unicode allows it. Options of commands and paths stay whole, and code is
/// broken only at blanks and between wide characters.
fn parts(line: &str, last: Cluster, face: TextFace, width: usize) -> bool {
    let wide = last.width == 2 || width == 2;
    if face.has(TextFace::CODE) {
        return wide;
    }
    let before = || line[..last.start].chars().next_back().is_some_and(char::is_alphanumeric);
    wide || !matches!(&line[last.start..last.end], "-" | "/") || before()
}
