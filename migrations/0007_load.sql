-- How many cards are due on each day, so that an answer can choose a quiet day without counting a day's cards: at 100,000 cards
-- a range of days holds tens of thousands of them. Triggers keep the counts with the cache of memory, whoever writes to it.
-- Suspended cards and cards in learning steps are no load.

create table load (
    day integer primary key,
    cards integer not null
) strict;

create trigger memory_adds_load after insert on memory when new.state = 2 and new.suspended = 0 and new.due_day is not null
begin
    insert into load (day, cards) values (new.due_day, 1) on conflict (day) do update set cards = cards + 1;
end;

create trigger memory_takes_load after delete on memory when old.state = 2 and old.suspended = 0 and old.due_day is not null
begin
    update load set cards = cards - 1 where day = old.due_day;
    delete from load where day = old.due_day and cards <= 0;
end;

create trigger memory_loses_load after update of state, suspended, due_day on memory
when old.state = 2 and old.suspended = 0 and old.due_day is not null
    and (new.state <> 2 or new.suspended <> 0 or new.due_day is not old.due_day)
begin
    update load set cards = cards - 1 where day = old.due_day;
    delete from load where day = old.due_day and cards <= 0;
end;

create trigger memory_gains_load after update of state, suspended, due_day on memory
when new.state = 2 and new.suspended = 0 and new.due_day is not null
    and (old.state <> 2 or old.suspended <> 0 or new.due_day is not old.due_day)
begin
    insert into load (day, cards) values (new.due_day, 1) on conflict (day) do update set cards = cards + 1;
end;

insert into load (day, cards)
select due_day, count(*) from memory where state = 2 and suspended = 0 and due_day is not null group by due_day;

-- Due dates that one command moved together, so that they can be moved back together: a range of moves, which is one transaction.
-- A row that takes another back names it.
create table shift (
    id integer primary key,
    command text not null,
    first_move blob not null check (length(first_move) = 16),
    last_move blob not null check (length(last_move) = 16),
    takes_back integer unique references shift (id)
) strict;
