//! Lines of input for the front ends without a screen, and the signals that end a session as the end of the input does.

use std::io::{self, BufRead};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::broken_stream;
use crate::error::{Error, Result};
use crate::model::Moment;
use crate::session::Session;

/// A longer line is no answer, and is not kept in memory.
const LONGEST: usize = 1 << 20;

/// How long to wait for a line before looking for a signal.
const PATIENCE: Duration = Duration::from_millis(50);

/// What came of waiting for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, without its end.
    Text(String),
    /// A line that is too long, or not UTF-8; what is wrong with it.
    Unreadable(&'static str),
    /// The input is over, or a signal ends the session.
    End,
    /// No line came in the time there was.
    TimeUp,
}

/// The input, line by line. It is read apart, because a read that waits is not ended by a signal; and only where a line is wanted,
/// so that an editor can have the terminal in between.
#[derive(Debug)]
pub struct Lines {
    wanted: Sender<()>,
    lines: Receiver<io::Result<Line>>,
    waiting: bool,
    ended: Arc<AtomicBool>,
}

impl Lines {
    /// The lines of `input`, until it is over or `ended` says so.
    ///
    /// # Errors
    /// When there is no thread left to read them.
    pub fn new(mut input: impl BufRead + Send + 'static, ended: Arc<AtomicBool>) -> Result<Self> {
        let (wanted, wants) = mpsc::channel();
        let (sender, lines) = mpsc::channel();
        let read_all = move || {
            while wants.recv().is_ok() {
                let line = read(&mut input);
                let over = !matches!(line, Ok(Line::Text(_) | Line::Unreadable(_)));
                if sender.send(line).is_err() || over {
                    break;
                }
            }
        };
        let thread = std::thread::Builder::new().name("lines".into()).spawn(read_all);
        thread.map_err(|error| Error::fault(format!("the input cannot be read: {error}")))?;
        Ok(Self { wanted, lines, waiting: false, ended })
    }

    /// Waits for the next line, no longer than `most` where there is a limit. A line that comes later is the next one.
    pub(super) fn next(&mut self, most: Option<Duration>) -> Result<Line> {
        if !self.waiting && self.wanted.send(()).is_err() {
            return Ok(Line::End);
        }
        self.waiting = true;
        let mut waited = Duration::ZERO;
        while !self.ended.load(Ordering::Relaxed) {
            let wait = most.map_or(PATIENCE, |most| PATIENCE.min(most.saturating_sub(waited)));
            match self.lines.recv_timeout(wait) {
                Ok(line) => {
                    self.waiting = false;
                    return line.map_err(broken_stream);
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(Line::End),
                Err(RecvTimeoutError::Timeout) => waited += wait,
            }
            if most.is_some_and(|most| waited >= most) {
                return Ok(Line::TimeUp);
            }
        }
        Ok(Line::End)
    }
}

/// How long to wait for a line: the time of an exam ends it, whether a line comes or not. Else as long as it takes.
pub(super) fn patience(session: &Session, now: Moment) -> Option<Duration> {
    let left = session.ms_left(now).filter(|_| session.is_exam())?;
    Some(Duration::from_millis(u64::try_from(left).unwrap_or(0)))
}

/// What becomes true when somebody asks the program to stop, by SIGTERM, SIGHUP or Ctrl-C. Who asks twice stops it at once.
///
/// # Errors
/// When signals cannot be heard.
pub fn signals() -> Result<Arc<AtomicBool>> {
    let ended = Arc::new(AtomicBool::new(false));
    let failed = |error: io::Error| Error::fault(format!("signals cannot be heard: {error}"));
    for signal in [SIGTERM, SIGHUP, SIGINT] {
        // In this order: the first signal arms what the second one finds armed.
        signal_hook::flag::register_conditional_shutdown(signal, 1, Arc::clone(&ended)).map_err(failed)?;
        signal_hook::flag::register(signal, Arc::clone(&ended)).map_err(failed)?;
    }
    Ok(ended)
}

fn read(input: &mut impl BufRead) -> io::Result<Line> {
    let mut bytes = Vec::new();
    let mut too_long = false;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let taken = end.unwrap_or(chunk.len());
        too_long |= bytes.len() + taken > LONGEST;
        if !too_long {
            bytes.extend_from_slice(&chunk[..taken]);
        }
        let over = chunk.is_empty();
        input.consume(end.map_or(taken, |end| end + 1));
        if over && bytes.is_empty() && !too_long {
            return Ok(Line::End);
        }
        if over || end.is_some() {
            break;
        }
    }
    if too_long {
        return Ok(Line::Unreadable("the line is longer than a mebibyte"));
    }
    Ok(String::from_utf8(bytes).map_or(Line::Unreadable("the line is not UTF-8"), Line::Text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_broken_lines_are_told_and_the_rest_is_read() {
        let mut input = vec![b'x'; LONGEST + 5];
        input.extend(b"\n\xff\xfe\nlast");
        let mut lines = Lines::new(io::Cursor::new(input), Arc::default()).expect("a reader");
        let mut next = || lines.next(None).expect("a line");
        assert!(matches!(next(), Line::Unreadable(why) if why.contains("mebibyte")));
        assert!(matches!(next(), Line::Unreadable(why) if why.contains("UTF-8")));
        assert_eq!(next(), Line::Text("last".into()));
        assert_eq!((next(), next()), (Line::End, Line::End));
    }

    #[test]
    fn waiting_ends_with_the_time_and_with_a_signal() {
        let (_open, silent) = crate::ui::example::silent();
        let ended = Arc::new(AtomicBool::new(false));
        let mut lines = Lines::new(silent, Arc::clone(&ended)).expect("a reader");
        assert_eq!(lines.next(Some(Duration::from_millis(1))).expect("a line"), Line::TimeUp);
        ended.store(true, Ordering::Relaxed);
        assert_eq!(lines.next(None).expect("a line"), Line::End);
    }
}
