-- A question is one row, with its choices in it. Nine rows and six index entries were written for a question of five options,
-- and reading one took two look-ups; now it is four and three, and one. A bank of 100,000 questions is imported in a third of
-- the time. What only the import guards (`uid` is derived and told apart there) has no index any more, and the cache of memory
-- no foreign keys: a replay remakes it.
--
-- `choices` is a JSON array in the order of the choices' numbers, which are their identity within the question: given once, never
-- reused. A choice has `text`; `right` where picking it is right; `at`, its place in the bank, where that is not its number;
-- `feedback`, `pinned`, `retired`; `weight`, `pair`, `tolerance` as in 0002. `content` is a fingerprint of all that the question says,
-- null where it is not known: what a bank has not changed is told by it without reading the texts.
-- `markup`: 0 plain, 1 Markdown, 2 HTML.

create table question_in_one_row (
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

insert into question_in_one_row (id, uid, deck, kind, stem, explanation, topic, key_origin, key_rule, choices)
select id, uid, deck, kind, stem, explanation, topic, key_origin, key_rule, coalesce((
    select json_group_array(json_patch('{}', json_object(
        'text', text,
        'right', iif(correct, json('true'), null),
        'at', iif(position <> number, position, null),
        'feedback', feedback,
        'pinned', iif(pinned, json('true'), null),
        'retired', iif(retired, json('true'), null),
        'weight', weight,
        'pair', pair,
        'tolerance', tolerance)) order by number)
    from choice where choice.question = question.id), '[]')
from question;

drop table choice;
drop table question;
alter table question_in_one_row rename to question;
create index question_deck on question (deck);

create table placement_by_question (
    question integer not null references question (id),
    source integer not null references source (id),
    position integer not null,
    line integer not null,
    external_id text,
    fingerprint integer not null,
    stem_fingerprint integer not null,
    options_fingerprint integer not null,
    primary key (question, source)
) strict, without rowid;

insert into placement_by_question
select question, source, position, line, external_id, fingerprint, stem_fingerprint, options_fingerprint from placement;

drop table placement;
alter table placement_by_question rename to placement;

create table memory_without_keys (
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
) strict;

insert into memory_without_keys select * from memory;

drop table memory;
alter table memory_without_keys rename to memory;

create index memory_queue on memory
    (deck, suspended, state, due_day, buried_until, topic, stability, difficulty, last_day, due_ms);
