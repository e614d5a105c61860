--- index deed_reverses
CREATE INDEX deed_reverses on deed (reverses) where reverses is not null;

--- index memory_new
CREATE INDEX memory_new on memory (deck, card, buried_until, topic, question) where state = 0 and suspended = 0;

--- index memory_queue
CREATE INDEX memory_queue on memory
    (deck, suspended, state, due_day, buried_until, topic, stability, difficulty, last_day, due_ms, question);

--- index move_card
CREATE INDEX move_card on move (card);

--- index question_deck
CREATE INDEX question_deck on question (deck);

--- index review_card
CREATE INDEX review_card on review (card);

--- index review_sure_and_wrong
CREATE INDEX review_sure_and_wrong on review (card, day, practice, sure, right) where sure = 1 and right = 0;

--- index undo_move
CREATE INDEX undo_move on undo (move) where move is not null;

--- index undo_review
CREATE INDEX undo_review on undo (review) where review is not null;

--- index undo_undo
CREATE INDEX undo_undo on undo (undo) where undo is not null;

--- table card
CREATE TABLE card (
    id integer primary key,
    uid blob not null check (length(uid) = 16),
    question integer not null references question (id),
    ordinal integer not null, place integer default 0,
    unique (question, ordinal)
) strict;

--- table deck
CREATE TABLE deck (
    id integer primary key,
    name text not null unique collate nocase,
    preset integer references preset (id)
) strict;

--- table deck_setting
CREATE TABLE deck_setting (
    deck integer not null references deck (id),
    key text not null,
    value text not null,
    set_ms integer not null,
    evidence text not null,
    primary key (deck, key)
) strict, without rowid;

--- table deed
CREATE TABLE deed (
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

--- table deed_row
CREATE TABLE deed_row (
    deed blob not null references deed (id),
    number integer not null,
    of_table text not null,
    before text,
    after text,
    primary key (deed, number)
) strict, without rowid;

--- table deleted
CREATE TABLE deleted (
    question integer primary key references question (id),
    deck integer references deck (id),
    at_ms integer not null,
    cards text not null,
    erased integer not null default 0 check (erased in (0, 1))
) strict;

--- table device
CREATE TABLE device (
    id integer primary key,
    name text not null unique
) strict;

--- table edit
CREATE TABLE edit (
    question integer primary key references question (id),
    at_ms integer not null,
    after_import integer not null
) strict;

--- table exam
CREATE TABLE exam (
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

--- table exam_question
CREATE TABLE exam_question (
    exam integer not null references exam (id),
    position integer not null,
    card integer not null,
    uid blob not null check (length(uid) = 16),
    review blob references review (id),
    marked integer not null default 0 check (marked in (0, 1)),
    primary key (exam, position)
) strict, without rowid;

--- table fit
CREATE TABLE fit (
    id integer primary key,
    at_ms integer not null,
    deck integer references deck (id),
    answers integer not null check (answers >= 0),
    log_answers integer not null check (log_answers >= 0),
    held_out integer not null check (held_out >= 0),
    loss_before real not null,
    loss_default real not null,
    loss_fitted real not null,
    gain real not null,
    gain_error real not null,
    before text,
    fitted text,
    reverted_ms integer
, answering text, answering_before text) strict;

--- table flag
CREATE TABLE flag (card integer primary key references card (id), note text not null, at_ms integer not null) strict;

--- table import
CREATE TABLE import (
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

--- table import_move
CREATE TABLE import_move (
    import integer not null references import (id),
    move blob not null check (length(move) = 16),
    card integer not null,
    due_day integer,
    primary key (import, move)
) strict, without rowid;

--- table load
CREATE TABLE load (
    day integer primary key,
    cards integer not null
) strict;

--- table log_seal
CREATE TABLE log_seal (
    device integer not null,
    day integer not null,
    entries integer not null check (entries > 0),
    hash blob not null check (length(hash) = 32),
    primary key (device, day)
) strict, without rowid;

--- table memory
CREATE TABLE "memory" (
    card integer primary key,
    deck integer not null,
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
, question integer) strict;

--- table move
CREATE TABLE move (
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

--- table placement
CREATE TABLE "placement" (
    question integer not null references question (id),
    source integer not null references source (id),
    position integer not null,
    line integer not null,
    external_id text,
    fingerprint integer not null,
    stem_fingerprint integer not null,
    options_fingerprint integer not null, content integer, guid text,
    primary key (question, source)
) strict, without rowid;

--- table placement_before
CREATE TABLE placement_before (
    import integer not null references import (id),
    question integer not null,
    position integer,
    line integer,
    external_id text,
    fingerprint integer,
    stem_fingerprint integer,
    options_fingerprint integer, content integer, guid text,
    primary key (import, question)
) strict, without rowid;

--- table preset
CREATE TABLE preset (
    id integer primary key,
    name text not null unique collate nocase
) strict;

--- table question
CREATE TABLE "question" (
    id integer primary key,
    uid blob not null check (length(uid) = 16),
    deck integer not null references deck (id),
    kind integer not null check (kind between 0 and 9),
    stem text not null,
    explanation text,
    topic integer references topic (id),
    key_origin integer not null check (key_origin between 0 and 2),
    key_rule text,
    markup integer not null default 0 check (markup between 0 and 2),
    choices text not null,
    content integer
) strict;

--- table question_before
CREATE TABLE question_before (
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
    tags text not null, media text not null default '{}',
    primary key (import, question)
) strict, without rowid;

--- table question_media
CREATE TABLE question_media (
    question integer not null references question (id),
    name text not null,
    file text not null,
    primary key (question, name)
) strict, without rowid;

--- table question_tag
CREATE TABLE question_tag (
    question integer not null references question (id),
    tag text not null,
    primary key (question, tag)
) strict, without rowid;

--- table reading
CREATE TABLE reading (
    path text primary key,
    format text,
    key text,
    key_base text,
    columns text,
    at_ms integer not null
) strict, without rowid;

--- table review
CREATE TABLE review (
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
    due_ms integer, practice integer not null default 0 check (practice in (0, 1)), typed text, overruled integer not null default 0 check (overruled in (0, 1)), sure integer check (sure in (0, 1)),
    check ((due_day is null) <> (due_ms is null)),
    check (right = 1 or rating = 1)
) strict, without rowid;

--- table run_seal
CREATE TABLE run_seal (
    through blob not null primary key check (length(through) = 16),
    day integer not null,
    entries integer not null check (entries > 0),
    hash blob not null check (length(hash) = 32)
) strict, without rowid;

--- table search
CREATE VIRTUAL TABLE search using fts5 (
    stem, options, explanation, topic, tags,
    content = '', contentless_delete = 1, prefix = '2',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co S*' tokenchars '#'"
);

--- table search_config
CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

--- table search_data
CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB);

--- table search_docsize
CREATE TABLE 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

--- table search_idx
CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

--- table search_mark
CREATE TABLE search_mark (one integer primary key check (one = 1), indexed integer not null) strict;

--- table search_stale
CREATE TABLE search_stale (question integer primary key) strict;

--- table setting
CREATE TABLE setting (
    preset integer not null references preset (id),
    key text not null,
    value text not null,
    set_ms integer not null,
    evidence text not null,
    primary key (preset, key)
) strict, without rowid;

--- table shelf
CREATE TABLE shelf (
    deck integer primary key references deck (id),
    archived integer not null check (archived in (0, 1)),
    deleted integer not null check (deleted in (0, 1)),
    at_ms integer not null
) strict;

--- table shift
CREATE TABLE shift (
    id integer primary key,
    command text not null,
    first_move blob not null check (length(first_move) = 16),
    last_move blob not null check (length(last_move) = 16),
    takes_back integer unique references shift (id)
) strict;

--- table source
CREATE TABLE source (
    id integer primary key,
    deck integer not null references deck (id),
    path text not null,
    imported_ms integer not null, named text,
    unique (deck, path)
) strict;

--- table topic
CREATE TABLE topic (
    id integer primary key,
    name text not null unique
) strict;

--- table undo
CREATE TABLE "undo" (
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

--- trigger deed_is_never_changed
CREATE TRIGGER deed_is_never_changed before update on deed
begin select raise(abort, 'the history of deeds is append-only'); end;

--- trigger deed_is_never_deleted
CREATE TRIGGER deed_is_never_deleted before delete on deed
begin select raise(abort, 'the history of deeds is append-only'); end;

--- trigger memory_adds_load
CREATE TRIGGER memory_adds_load after insert on memory
when new.state = 2 and new.suspended = 0 and new.due_day is not null
    and not exists (select 1 from shelf where shelf.deck = new.deck)
begin
    insert into load (day, cards) values (new.due_day, 1) on conflict (day) do update set cards = cards + 1;
end;

--- trigger memory_gains_load
CREATE TRIGGER memory_gains_load after update of state, suspended, due_day, deck on memory
when new.state = 2 and new.suspended = 0 and new.due_day is not null
    and (old.state <> 2 or old.suspended <> 0 or new.due_day is not old.due_day or new.deck <> old.deck)
    and not exists (select 1 from shelf where shelf.deck = new.deck)
begin
    insert into load (day, cards) values (new.due_day, 1) on conflict (day) do update set cards = cards + 1;
end;

--- trigger memory_loses_load
CREATE TRIGGER memory_loses_load after update of state, suspended, due_day, deck on memory
when old.state = 2 and old.suspended = 0 and old.due_day is not null
    and (new.state <> 2 or new.suspended <> 0 or new.due_day is not old.due_day or new.deck <> old.deck)
    and not exists (select 1 from shelf where shelf.deck = old.deck)
begin
    update load set cards = cards - 1 where day = old.due_day;
    delete from load where day = old.due_day and cards <= 0;
end;

--- trigger memory_takes_load
CREATE TRIGGER memory_takes_load after delete on memory
when old.state = 2 and old.suspended = 0 and old.due_day is not null
    and not exists (select 1 from shelf where shelf.deck = old.deck)
begin
    update load set cards = cards - 1 where day = old.due_day;
    delete from load where day = old.due_day and cards <= 0;
end;

--- trigger move_is_never_changed
CREATE TRIGGER move_is_never_changed before update on move
begin select raise(abort, 'the log of moves is append-only'); end;

--- trigger move_is_never_deleted
CREATE TRIGGER move_is_never_deleted before delete on move
begin select raise(abort, 'the log of moves is append-only'); end;

--- trigger review_is_never_changed
CREATE TRIGGER review_is_never_changed before update on review
begin select raise(abort, 'the log of answers is append-only'); end;

--- trigger review_is_never_deleted
CREATE TRIGGER review_is_never_deleted before delete on review
begin select raise(abort, 'the log of answers is append-only'); end;

--- trigger search_notes_delete
CREATE TRIGGER search_notes_delete after delete on question when old.id <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (old.id); end;

--- trigger search_notes_insert
CREATE TRIGGER search_notes_insert after insert on question when new.id <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (new.id); end;

--- trigger search_notes_tag
CREATE TRIGGER search_notes_tag after insert on question_tag when new.question <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (new.question); end;

--- trigger search_notes_untag
CREATE TRIGGER search_notes_untag after delete on question_tag when old.question <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (old.question); end;

--- trigger search_notes_update
CREATE TRIGGER search_notes_update after update of id, kind, stem, explanation, topic, markup, choices on question
when old.id <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (old.id); end;

--- trigger shelf_gives_load
CREATE TRIGGER shelf_gives_load after delete on shelf
begin
    insert into load (day, cards)
    select due_day, count(*) from memory
    where deck = old.deck and suspended = 0 and state = 2 and due_day is not null group by due_day
    on conflict (day) do update set cards = cards + excluded.cards;
end;

--- trigger shelf_takes_load
CREATE TRIGGER shelf_takes_load after insert on shelf
begin
    update load set cards = cards - (
        select count(*) from memory
        where deck = new.deck and suspended = 0 and state = 2 and due_day = load.day)
    where day in (
        select due_day from memory where deck = new.deck and suspended = 0 and state = 2 and due_day is not null);
    delete from load where cards <= 0;
end;

--- trigger undo_is_never_changed
CREATE TRIGGER undo_is_never_changed before update on undo
begin select raise(abort, 'the log of undos is append-only'); end;

--- trigger undo_is_never_deleted
CREATE TRIGGER undo_is_never_deleted before delete on undo
begin select raise(abort, 'the log of undos is append-only'); end;

--- view live_move
CREATE VIEW live_move as
    select * from move where not exists (
        select 1 from undo where undo.move = move.id
        and not exists (select 1 from undo as redo where redo.undo = undo.id));

--- view live_review
CREATE VIEW live_review as
    select * from review where not exists (
        select 1 from undo where undo.review = review.id
        and not exists (select 1 from undo as redo where redo.undo = undo.id));

--- view live_undo
CREATE VIEW live_undo as
    select * from undo where undo is null and not exists (select 1 from undo as redo where redo.undo = undo.id);

