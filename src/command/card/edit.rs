//! `retain card edit`: the question of a card in the person's editor, or from a file.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use tempfile::TempPath;
use uuid::Uuid;

use crate::command::{Context, ask};
use crate::error::{Error, Result};
use crate::model::shell_word;
use crate::study::{Trainer, short_id};
use crate::ui::paint::Paint;
use crate::ui::{diagnostics, edits};

pub(super) fn run(context: &Context, name: &str, file: Option<&Path>) -> Result<()> {
    let mut trainer = context.trainer()?;
    trainer.refuse_read_only()?;
    // A question with several cards is edited as a whole.
    let card = match Uuid::try_parse(name) {
        Ok(uid) => uid,
        Err(_) => super::only(context, &mut trainer, name)?.uid,
    };
    match file {
        Some(path) => {
            let text = read_text(path)?;
            take_over(context, &mut trainer, card, None, &text, &path.display().to_string())?
        }
        None => by_editor(context, &mut trainer, card),
    }
}

/// Applies the text and says what came of it; `name` names it in problems.
///
/// # Errors
/// When nothing can be changed by any text. A text that cannot be used is the inner error.
fn take_over(
    context: &Context,
    trainer: &mut Trainer,
    card: Uuid,
    before: Option<&str>,
    text: &str,
    name: &str,
) -> Result<Result<()>> {
    let paint = Paint::new(context.color_err());
    let edited = match trainer.edit_question(card, before, text)? {
        Ok(edited) => edited,
        Err(refusal) => return Ok(Err(edits::refused(refusal, name, paint))),
    };
    context.talk(&diagnostics::problems(name, &edited.warnings, usize::MAX, paint))?;
    context.talk(&edits::words(&edited)).map(Ok)
}

fn by_editor(context: &Context, trainer: &mut Trainer, card: Uuid) -> Result<()> {
    let text = trainer.question_text(card)?;
    let (file, editor) = (draft(&text)?, context.editor());
    loop {
        let ended = editor.open(&file);
        let now = editor.written(&file);
        // Without a file there is nothing to keep, and nothing to edit again.
        if matches!(&now, Err(error) if error.code() == "no-text") {
            return now.map(|_| ());
        }
        if matches!(&now, Ok(now) if *now == text) {
            ended?;
            return context.talk("nothing changed");
        }
        let name = file.display().to_string();
        let taken = match ended.and(now) {
            Ok(now) => match take_over(context, trainer, card, Some(&text), &now, &name) {
                Ok(taken) => taken,
                // Another text would not change this.
                Err(error) => return Err(kept(file, card, error)),
            },
            Err(error) => Err(error),
        };
        let Err(error) = taken else {
            return Ok(());
        };
        if context.quiet || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Err(kept(file, card, error));
        }
        context.talk(&diagnostics::error(&error, Paint::new(context.color_err())))?;
        if ask::go_on(context, "edit again?")? != Some(true) {
            return Err(kept(file, card, Error::person("the question is as it was")));
        }
    }
}

/// The file for the editor. Editors tell by its name what they open, and many replace it instead of writing to it.
fn draft(text: &str) -> Result<TempPath> {
    let failed = |error: io::Error| {
        Error::person(format!("no file for the editor can be made: {error}")).hint("set `TMPDIR` to a folder with room")
    };
    let file = tempfile::Builder::new().prefix("retain-").suffix(".txt").tempfile().map_err(failed)?;
    fs::write(file.path(), text).map_err(failed)?;
    Ok(file.into_temp_path())
}

/// The failure, with where the person finds what they wrote.
fn kept(file: TempPath, card: Uuid, error: Error) -> Error {
    let path: PathBuf = file.to_path_buf();
    let hint = match file.keep() {
        Ok(path) => {
            let (card, file) = (short_id(card), shell_word(&path.display().to_string()));
            format!("the text is kept: fix it, then `retain card edit {card} --file {file}`")
        }
        Err(_) => format!("the text is in {}", path.display()),
    };
    error.hint(hint)
}

fn read_text(path: &Path) -> Result<String> {
    let failed = |error: io::Error| {
        Error::person(format!("{}: the text cannot be read: {error}", path.display())).hint("check the path")
    };
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
    } else {
        bytes = fs::read(path).map_err(failed)?;
    }
    String::from_utf8(bytes)
        .map_err(|_| Error::person(format!("{}: the text is not UTF-8", path.display())).hint("save it in UTF-8"))
}
