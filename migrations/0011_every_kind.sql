-- Every kind of question is asked, not only those with choices. A text with deletions has a card for each: `place` says which of
-- them a card asks for (0 for all other kinds), and is null where the text no longer has it. Questions that had no card
-- until now, because nothing could ask them, get theirs. An answer also keeps what was typed, and whether the person overruled
-- how it was graded.

alter table card add column place integer default 0;

insert into card (uid, question, ordinal, place)
select card_uid(question.uid, asked.value), question.id, asked.value, asked.value
from question, json_each(asked_places(question.kind, question.stem)) as asked
where question.key_origin <> 2 and not exists (select 1 from card where card.question = question.id);

insert into memory (card, question, deck, topic, state, step, repetitions, lapses, suspended, parameters)
select card.id, question.id, question.deck, question.topic, 0, 0, 0, 0, 0, 0
from card join question on question.id = card.question
where not exists (select 1 from memory where memory.card = card.id);

alter table review add column typed text;
alter table review add column overruled integer not null default 0 check (overruled in (0, 1));
