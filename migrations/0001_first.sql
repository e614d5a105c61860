-- The first schema. What is logged (review, undo, move) is append-only and guarded by triggers; what follows from the log
-- (memory) is a cache that a replay remakes. Numbers stand for the enumerations of `src/model`. Log entries are kept in the
-- order of their ids, UUIDv7 as 16 bytes, so that "today" and "the last answer" are ranges of the primary key and appending
-- never splits pages. Questions, choices and cards are never deleted, because the log names them.

create table preset (
    id integer primary key,
    name text not null unique collate nocase
) strict;

insert into preset (id, name) values (1, 'default');

-- A value that differs from the default, with when and on what evidence it was set.
create table setting (
    preset integer not null references preset (id),
    key text not null,
    value text not null,
    set_ms integer not null,
    evidence text not null,
    primary key (preset, key)
) strict, without rowid;

-- `preset` is null where the deck is scheduled by its parent's settings, or the default.
create table deck (
    id integer primary key,
    name text not null unique collate nocase,
    preset integer references preset (id)
) strict;

create table topic (
    id integer primary key,
    name text not null unique
) strict;

-- A bank: its deck and its source path.
create table source (
    id integer primary key,
    deck integer not null references deck (id),
    path text not null,
    imported_ms integer not null,
    unique (deck, path)
) strict;

create table question (
    id integer primary key,
    uid blob not null unique check (length(uid) = 16),
    deck integer not null references deck (id),
    kind integer not null check (kind between 0 and 9),
    stem text not null,
    explanation text,
    topic integer references topic (id),
    key_origin integer not null check (key_origin between 0 and 2),
    key_rule text
) strict;

create index question_deck on question (deck);

create table question_tag (
    question integer not null references question (id),
    tag text not null,
    primary key (question, tag)
) strict, without rowid;

-- Where a bank holds a question: the bank's own id for it, its place, and the fingerprints of the text as that bank has it.
create table placement (
    source integer not null references source (id),
    question integer not null references question (id),
    position integer not null,
    line integer not null,
    external_id text,
    fingerprint integer not null,
    stem_fingerprint integer not null,
    options_fingerprint integer not null,
    primary key (source, question)
) strict, without rowid;

create index placement_question on placement (question);

-- `number` is the identity of a choice within its question: given once, never reused. `position` is its place in the bank.
create table choice (
    question integer not null references question (id),
    number integer not null check (number between 0 and 255),
    position integer not null,
    text text not null,
    correct integer not null check (correct in (0, 1)),
    feedback text,
    pinned integer not null default 0 check (pinned in (0, 1)),
    retired integer not null default 0 check (retired in (0, 1)),
    primary key (question, number)
) strict, without rowid;

create table card (
    id integer primary key,
    uid blob not null check (length(uid) = 16),
    question integer not null references question (id),
    ordinal integer not null,
    unique (question, ordinal)
) strict;

create table device (
    id integer primary key,
    name text not null unique
) strict;

-- `guess_ways` is n of "one in n", 0 where luck cannot help. `picked` and `shown` are numbers of choices, a byte each.
-- The due date that was promised is a day in review and a moment in learning steps.
create table review (
    id blob not null primary key check (length(id) = 16),
    card integer not null references card (id),
    at_ms integer not null,
    day integer not null,
    offset_minutes integer not null,
    rating integer not null check (rating between 1 and 4),
    kind integer not null check (kind between 0 and 5),
    confidence integer not null check (confidence between 0 and 2),
    right integer not null check (right in (0, 1)),
    picked blob not null,
    shown blob not null,
    order_seed integer not null,
    guess_ways integer not null check (guess_ways >= 0),
    took_ms integer not null check (took_ms >= 0),
    device integer not null references device (id),
    due_day integer,
    due_ms integer,
    check ((due_day is null) <> (due_ms is null)),
    check (right = 1 or rating = 1)
) strict, without rowid;

create index review_card on review (card);

create table undo (
    id blob not null primary key check (length(id) = 16),
    review blob not null unique references review (id),
    at_ms integer not null,
    day integer not null,
    offset_minutes integer not null,
    device integer not null references device (id)
) strict, without rowid;

-- `kind`: 0 suspend, 1 unsuspend, 2 bury until `until_day`, 3 unbury, 4 due on `until_day`, 5 forget.
create table move (
    id blob not null primary key check (length(id) = 16),
    card integer not null references card (id),
    at_ms integer not null,
    day integer not null,
    offset_minutes integer not null,
    kind integer not null check (kind between 0 and 5),
    until_day integer,
    why text not null,
    device integer not null references device (id),
    check ((until_day is null) = (kind in (0, 1, 3, 5)))
) strict, without rowid;

create index move_card on move (card);

create view live_review as
    select * from review where not exists (select 1 from undo where undo.review = review.id);

create trigger review_is_never_changed before update on review
begin select raise(abort, 'the log of answers is append-only'); end;
create trigger review_is_never_deleted before delete on review
begin select raise(abort, 'the log of answers is append-only'); end;
create trigger undo_is_never_changed before update on undo
begin select raise(abort, 'the log of undos is append-only'); end;
create trigger undo_is_never_deleted before delete on undo
begin select raise(abort, 'the log of undos is append-only'); end;
create trigger move_is_never_changed before update on move
begin select raise(abort, 'the log of moves is append-only'); end;
create trigger move_is_never_deleted before delete on move
begin select raise(abort, 'the log of moves is append-only'); end;

-- The cache: a row for each card, new ones too. `deck` and `topic` repeat what the question says, so that a day's queue is
-- read from one index. `parameters` tells under which parameters and luck settings it was made.
create table memory (
    card integer primary key references card (id),
    deck integer not null references deck (id),
    topic integer,
    state integer not null check (state between 0 and 3),
    step integer not null,
    due_day integer,
    due_ms integer,
    stability real,
    difficulty real,
    last_ms integer,
    last_day integer,
    repetitions integer not null,
    lapses integer not null,
    suspended integer not null check (suspended in (0, 1)),
    buried_until integer,
    through blob,
    parameters integer not null
) strict;

-- All that a day's queue needs, so that it is read in order from the index alone.
create index memory_queue on memory
    (deck, suspended, state, due_day, buried_until, topic, stability, difficulty, last_day, due_ms);
