-- Whatever a person did can be taken back, not only an answer. A deed is one command, or one key of a review, that changed
-- something: what it was, which entries of the log it made (`id` is before them, `last` is the last of them), and what else it changed.
-- An undo and a redo are deeds too: `reverses` names the deed or the answer that they take back or bring back. An answer is
-- no row here: it is in the log, and its id is in the same order.
--
-- Deeds are history, and never change. What they changed outside the log is kept row by row, as it was and as it became, so that a
-- deed is taken back exactly, or not at all where something else changed the row since. `batch` names the imports of one command,
-- which keep what they changed themselves (see 0004).
create table deed (
    id blob not null primary key check (length(id) = 16),
    last blob not null check (length(last) = 16),
    at_ms integer not null,
    offset_minutes integer not null,
    kind text not null,
    title text not null,
    card integer,
    batch integer,
    reverses blob check (length(reverses) = 16),
    check (last >= id)
) strict, without rowid;

create index deed_reverses on deed (reverses) where reverses is not null;

create trigger deed_is_never_changed before update on deed
begin select raise(abort, 'the history of deeds is append-only'); end;
create trigger deed_is_never_deleted before delete on deed
begin select raise(abort, 'the history of deeds is append-only'); end;

-- Rows outside the log that a deed changed, in order: JSON objects of their columns, blobs as hex; null where there was no row.
create table deed_row (
    deed blob not null references deed (id),
    number integer not null,
    of_table text not null,
    before text,
    after text,
    primary key (deed, number)
) strict, without rowid;

-- An undo names one entry that no longer counts: an answer, a move, or another undo, which is a redo. An answer can be taken back again
-- after it was brought back, so several undos may name it.
create table undo_of_any_entry (
    id blob not null primary key check (length(id) = 16),
    review blob references review (id),
    move blob references move (id),
    undo blob references undo (id),
    at_ms integer not null,
    day integer not null,
    offset_minutes integer not null,
    device integer not null references device (id),
    check ((review is not null) + (move is not null) + (undo is not null) = 1)
) strict, without rowid;

insert into undo_of_any_entry select id, review, null, null, at_ms, day, offset_minutes, device from undo;

drop view live_review;
drop table undo;
alter table undo_of_any_entry rename to undo;

create index undo_review on undo (review) where review is not null;
create index undo_move on undo (move) where move is not null;
create index undo_undo on undo (undo) where undo is not null;

create trigger undo_is_never_changed before update on undo
begin select raise(abort, 'the log of undos is append-only'); end;
create trigger undo_is_never_deleted before delete on undo
begin select raise(abort, 'the log of undos is append-only'); end;

create view live_undo as
    select * from undo where undo is null and not exists (select 1 from undo as redo where redo.undo = undo.id);
create view live_review as
    select * from review where not exists (
        select 1 from undo where undo.review = review.id
        and not exists (select 1 from undo as redo where redo.undo = undo.id));
create view live_move as
    select * from move where not exists (
        select 1 from undo where undo.move = move.id
        and not exists (select 1 from undo as redo where redo.undo = undo.id));
