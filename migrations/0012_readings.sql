-- Importing a bank again knows its path. `named` is the deck that the bank itself asked for when it was imported last (null where it
-- named none): a bank that still asks for it follows its deck to another name, one that asks for another deck has been changed. And
-- what a person said about how a file is read (its format, its key, how keys are written, its columns) holds for its path
-- until something else is said, so that nobody is asked twice.

alter table source add column named text;
update source set named = (select name from deck where deck.id = source.deck);

create table reading (
    path text primary key,
    format text,
    key text,
    key_base text,
    columns text,
    at_ms integer not null
) strict, without rowid;
