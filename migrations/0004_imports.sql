-- What an import changed, so that it can be taken back as a whole. New decks and questions are ranges of numbers, because an
-- import is one transaction and numbers rise; what was there before is kept as it was. Nothing of the log is ever taken back:
-- moves are answered by moves, and a question that was answered since stays.

-- The files of one command are one batch. `kind`: 0 a bank, 1 a history of answers.
create table import (
    id integer primary key,
    batch integer not null,
    kind integer not null check (kind in (0, 1)),
    path text not null,
    deck text not null,
    source integer,
    at_ms integer not null,
    decks_from integer not null default 0,
    decks_to integer not null default 0,
    questions_from integer not null default 0,
    questions_to integer not null default 0,
    taken_back_ms integer
) strict;

-- A question as it was before the import changed it; `tags` is a JSON array.
create table question_before (
    import integer not null references import (id),
    question integer not null,
    kind integer not null,
    stem text not null,
    explanation text,
    topic integer,
    key_origin integer not null,
    key_rule text,
    markup integer not null,
    choices text not null,
    content integer,
    tags text not null,
    primary key (import, question)
) strict, without rowid;

-- Where the bank held a question before; `position` is null where it did not.
create table placement_before (
    import integer not null references import (id),
    question integer not null,
    position integer,
    line integer,
    external_id text,
    fingerprint integer,
    stem_fingerprint integer,
    options_fingerprint integer,
    primary key (import, question)
) strict, without rowid;

-- A move that the import made, with the day on which the card had been due.
create table import_move (
    import integer not null references import (id),
    move blob not null check (length(move) = 16),
    card integer not null,
    due_day integer,
    primary key (import, move)
) strict, without rowid;
