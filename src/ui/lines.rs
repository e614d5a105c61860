//! Lines of input for the front ends without a screen, and the signals that end a session like the end of the input.

use std::io::{self, BufRead};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::{broken_stream, words};
use crate::error::{Error, Result};
use crate::model::Moment;
use crate::session::Session;

/// The longest line in bytes; longer ones are not kept in memory.
const LONGEST: usize = 1 << 20;

/// How often to look for a signal while waiting for a line.
const PATIENCE: Duration = Duration::from_millis(50);

/// How often something is tried again where nobody is there who could end it: for twenty seconds if each try fails at once, for a minute if each
/// waits for another process.
const MOST_TRIES: u32 = 40;

/// The result of waiting for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum InputLine {
    /// A line, without its end.
    Text(String),
    /// Why a line cannot be read: it is too long, or not UTF-8.
    Unreadable(&'static str),
    /// The input is over, or a signal ends the session.
    End,
    /// No line came in time.
    TimeUp,
}

/// The input, line by line. A thread reads it, because a signal does not end a waiting read. The thread reads only when a line is
/// wanted, so that an editor can use the terminal in between.
#[derive(Debug)]
pub struct InputLines {
    wanted: Sender<()>,
    lines: Receiver<io::Result<InputLine>>,
    waiting: bool,
    ended: Arc<AtomicBool>,
}

impl InputLines {
    /// The lines of `input`, until it is over or `ended` is set.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn new(mut input: impl BufRead + Send + 'static, ended: Arc<AtomicBool>) -> Result<Self> {
        let (wanted, wants) = mpsc::channel();
        let (sender, lines) = mpsc::channel();
        let read_all = move || {
            while wants.recv().is_ok() {
                let line = read_line(&mut input);
                let over = !matches!(line, Ok(InputLine::Text(_) | InputLine::Unreadable(_)));
                if sender.send(line).is_err() || over {
                    break;
                }
            }
        };
        let thread = std::thread::Builder::new().name("lines".into()).spawn(read_all);
        thread.map_err(|error| Error::fault(format!("the input cannot be read: {error}")))?;
        Ok(Self { wanted, lines, waiting: false, ended })
    }

    /// Waits for the next line, at most for `most`, if given. A line that comes later is returned by the next call.
    pub(super) fn next(&mut self, most: Option<Duration>) -> Result<InputLine> {
        if !self.waiting && self.wanted.send(()).is_err() {
            return Ok(InputLine::End);
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
                Err(RecvTimeoutError::Disconnected) => return Ok(InputLine::End),
                Err(RecvTimeoutError::Timeout) => waited += wait,
            }
            if most.is_some_and(|most| waited >= most) {
                return Ok(InputLine::TimeUp);
            }
        }
        Ok(InputLine::End)
    }
}

impl InputLines {
    /// Waits before something is tried again, unless it was tried too often; false if a signal ends the session meanwhile. `typed` is whether
    /// a person is there, who can end it.
    pub(super) fn pause(&self, tries: u32, typed: bool) -> bool {
        let mut waited = Duration::ZERO;
        while waited < words::PAUSE && !self.ended.load(Ordering::Relaxed) {
            std::thread::sleep(PATIENCE);
            waited += PATIENCE;
        }
        !self.ended.load(Ordering::Relaxed) && (typed || tries < MOST_TRIES)
    }
}

/// How long to wait for a line: until the end of an exam; else without a limit.
pub(super) fn patience(session: &Session, now: Moment) -> Option<Duration> {
    let left = session.ms_left(now).filter(|_| session.is_exam())?;
    Some(Duration::from_millis(u64::try_from(left).unwrap_or(0)))
}

/// A flag that is set by SIGTERM, SIGHUP or Ctrl-C. A second signal ends the program at once.
///
/// # Errors
/// If the signals cannot be registered.
pub fn signals() -> Result<Arc<AtomicBool>> {
    let ended = Arc::new(AtomicBool::new(false));
    let failed = |error: io::Error| Error::fault(format!("signals cannot be heard: {error}"));
    for signal in [SIGTERM, SIGHUP, SIGINT] {
        // The order matters: the first signal sets the flag that the conditional shutdown of the second one checks.
        signal_hook::flag::register_conditional_shutdown(signal, 1, Arc::clone(&ended)).map_err(failed)?;
        signal_hook::flag::register(signal, Arc::clone(&ended)).map_err(failed)?;
    }
    Ok(ended)
}

fn read_line(input: &mut impl BufRead) -> io::Result<InputLine> {
    let mut bytes = Vec::new();
    let mut too_long = false;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let length = end.unwrap_or(chunk.len());
        too_long |= bytes.len() + length > LONGEST;
        if !too_long {
            bytes.extend_from_slice(&chunk[..length]);
        }
        let over = chunk.is_empty();
        input.consume(end.map_or(length, |end| end + 1));
        if over && bytes.is_empty() && !too_long {
            return Ok(InputLine::End);
        }
        if over || end.is_some() {
            break;
        }
    }
    if too_long {
        return Ok(InputLine::Unreadable("the line is longer than a mebibyte"));
    }
    Ok(String::from_utf8(bytes).map_or(InputLine::Unreadable("the line is not UTF-8"), InputLine::Text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_broken_lines_are_told_and_the_rest_is_read() {
        let mut input = vec![b'x'; LONGEST + 5];
        input.extend(b"\n\xff\xfe\nlast");
        let mut lines = InputLines::new(io::Cursor::new(input), Arc::default()).expect("a reader");
        let mut next = || lines.next(None).expect("a line");
        assert!(matches!(next(), InputLine::Unreadable(why) if why.contains("mebibyte")));
        assert!(matches!(next(), InputLine::Unreadable(why) if why.contains("UTF-8")));
        assert_eq!(next(), InputLine::Text("last".into()));
        assert_eq!((next(), next()), (InputLine::End, InputLine::End));
    }

    #[test]
    fn waiting_ends_with_the_time_and_with_a_signal() {
        let (_open, silent) = crate::ui::tests::session::silent();
        let ended = Arc::new(AtomicBool::new(false));
        let mut lines = InputLines::new(silent, Arc::clone(&ended)).expect("a reader");
        assert_eq!(lines.next(Some(Duration::from_millis(1))).expect("a line"), InputLine::TimeUp);
        ended.store(true, Ordering::Relaxed);
        assert_eq!(lines.next(None).expect("a line"), InputLine::End);
    }
}
