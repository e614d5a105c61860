-- A mock exam can be left and gone on with, and is remembered. `exam` is what was asked for and how it went, `exam_question` its
-- questions in their order. Both are history like the log: they are no cache that a rebuild remakes, and `retain undo` does not
-- take them back. Only a question that disappears before the exam is over is struck out, and an exam without any answer leaves nothing behind.
--
-- What an exam came to is not kept here: it follows from the answers in the log, so that an answer that is taken back later no longer counts.
-- `deck` and `narrowed` (topics and tags) are words as they were typed or called then, because decks get other names. `used_ms` is the time
-- that the person sat at it; time away from it does not count. `place` is the question that was shown last. `ending` is null
-- while the exam can be gone on with.
create table exam (
    id integer primary key,
    began_ms integer not null,
    offset_minutes integer not null,
    deck text,
    narrowed text,
    limit_ms integer check (limit_ms > 0),
    pass_mark integer not null check (pass_mark between 1 and 100),
    used_ms integer not null default 0 check (used_ms >= 0),
    place integer not null default 0,
    ended_ms integer,
    ending text check (ending in ('handed-in', 'time-up', 'left')),
    check ((ended_ms is null) = (ending is null))
) strict;

-- A card is named by its number and by its UUID (`uid`), and by neither as a reference: an import that is taken back removes cards that
-- were never answered, and their numbers are given to others. The number finds the card, for UUIDs have no index. `review` is the last answer; one that was changed before is in the log, taken back.
create table exam_question (
    exam integer not null references exam (id),
    position integer not null,
    card integer not null,
    uid blob not null check (length(uid) = 16),
    review blob references review (id),
    marked integer not null default 0 check (marked in (0, 1)),
    primary key (exam, position)
) strict, without rowid;
