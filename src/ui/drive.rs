//! The loop between a front end, the session machine and the world.

use super::paint::Paint;
use super::{FrontEnd, Wish, card, diagnostics, edits};
use crate::error::Result;
use crate::session::{Action, Next, Notice, Reply, Request, Session, Summary};
use crate::study::World;

/// Lets the person edit the question that is shown, until the text can be used or they leave it as it is.
fn edit(front: &mut dyn FrontEnd, session: &Session, world: &mut World<'_>) -> Result<Option<Action>> {
    let Some((card, before)) = world.text_of(session)? else {
        return Ok(None);
    };
    let (mut text, mut problems) = (before.clone(), None::<String>);
    loop {
        let Some(written) = front.edit(&text, problems.as_deref())? else {
            if problems.is_some() {
                let path = world.keep_text(card, &text)?;
                let kept = format!("nothing changed; the text is kept in {}", path.display());
                front.notify(&Notice::Edited(kept), world.now())?;
            }
            return Ok(None);
        };
        let edited = match world.apply_edit(card, &before, &written)? {
            None => "the card is gone".into(),
            Some(Ok(edited)) => edits::words(&edited).replace('\n', "; "),
            Some(Err(refusal)) => {
                let plain = Paint::new(false);
                let refused = edits::refused(refusal, "the text", plain);
                (text, problems) = (written, Some(diagnostics::error(&refused, plain)));
                continue;
            }
        };
        front.notify(&Notice::Edited(edited), world.now())?;
        return world.reload(card).map(|loaded| Some(Action::Edited(loaded)));
    }
}

/// Runs a session to its end: what the person does goes into the machine, what the machine asks for is done at once. What it came
/// to.
///
/// # Errors
/// If the front end or the database fails.
pub fn drive(front: &mut dyn FrontEnd, session: &mut Session, world: &mut World<'_>) -> Result<Summary> {
    let mut step = session.begin(world.now());
    loop {
        for notice in &step.notices {
            front.notify(notice, world.now())?;
        }
        step = match step.next {
            Next::Request(request) => {
                let reply = perform(front, session, world, &request)?;
                session.reply(world.now(), reply)
            }
            Next::End(summary) => {
                front.finish(&summary, world.now())?;
                return Ok(summary);
            }
            Next::Act => {
                let action = action(front, session, world)?;
                session.act(world.now(), action)
            }
        };
    }
}

/// Does what the machine asks for. What may pass is tried again, for as long as the front end waits; an answer is never dropped
/// in between.
fn perform(front: &mut dyn FrontEnd, session: &Session, world: &mut World<'_>, request: &Request) -> Result<Reply> {
    let mut tries = 0;
    loop {
        let error = match world.perform(request.clone()) {
            Ok(reply) => return Ok(reply),
            Err(error) => error,
        };
        // The person need not hear of what is well at once.
        let misread = tries == 0 && World::may_be_misread(&error);
        if !misread && (!World::may_pass(&error) || !front.hold_on(session, &error, tries)?) {
            return Err(world.give_up(request, error));
        }
        tries += 1;
    }
}

/// What the person does next with the session. What it shows aside is shown until then.
fn action(front: &mut dyn FrontEnd, session: &Session, world: &mut World<'_>) -> Result<Action> {
    loop {
        match front.act(session, world.now())? {
            Wish::Act(action) => return Ok(action),
            // Both would give the answer away.
            Wish::About | Wish::Edit if session.is_exam() => {
                front.notify(&Notice::Refused("not in an exam"), world.now())?;
            }
            Wish::About => {
                if let Some(details) = world.details(session)? {
                    front.about(&card::about(&details, world.now())?)?;
                }
            }
            Wish::Edit => {
                if let Some(action) = edit(front, session, world)? {
                    return Ok(action);
                }
            }
        }
    }
}
