-- Presets are shared among decks, so a deck's own values move out of them into a table of their own: until now every deck with a
-- value of its own had a preset to itself, and no other preset but the default was ever made. `deck.preset` names a shared one.
-- The queue also learns which question a card belongs to, so that cards of one question are told apart from the index alone.

create table deck_setting (
    deck integer not null references deck (id),
    key text not null,
    value text not null,
    set_ms integer not null,
    evidence text not null,
    primary key (deck, key)
) strict, without rowid;

insert into deck_setting (deck, key, value, set_ms, evidence)
select deck.id, setting.key, setting.value, setting.set_ms, setting.evidence
from deck join setting on setting.preset = deck.preset where deck.preset <> 1;

update deck set preset = null;
delete from setting where preset <> 1;
delete from preset where id <> 1;

alter table memory add column question integer;
update memory set question = (select question from card where card.id = memory.card);
drop index memory_queue;
create index memory_queue on memory
    (deck, suspended, state, due_day, buried_until, topic, stability, difficulty, last_day, due_ms, question);
