-- What a person says by hand. A flag marks a card to come back to, with a note that may be empty; it is no part of the log, because
-- nothing of the schedule follows from it, and goes when it is taken off. An edit changes what a question says beside its banks. A
-- bank that still says what it said when it was imported last must not undo that, so each place of a question in a bank keeps the
-- fingerprint of all that the bank said there (`content`, as in 0003; null where it is not known). And an import that is taken
-- back must leave alone what was edited after it.

create table flag (card integer primary key references card (id), note text not null, at_ms integer not null) strict;

-- The last edit of a question, and the number of the last import before it.
create table edit (
    question integer primary key references question (id),
    at_ms integer not null,
    after_import integer not null
) strict;

alter table placement add column content integer;
alter table placement_before add column content integer;

-- Where one bank alone holds a question, the question says what the bank said.
update placement set content = (select content from question where question.id = placement.question)
where question in (select question from placement group by question having count(*) = 1);
