-- The load of a day is what it will ask for. An archived deck asks for nothing, so its cards are no reason to put another card on another
-- day. Until now they counted. The triggers look at the shelf, and the shelf has triggers of its own: a deck that goes there takes its
-- cards out of the count, and one that comes back brings them.

drop trigger memory_adds_load;
drop trigger memory_takes_load;
drop trigger memory_loses_load;
drop trigger memory_gains_load;

create trigger memory_adds_load after insert on memory
when new.state = 2 and new.suspended = 0 and new.due_day is not null
    and not exists (select 1 from shelf where shelf.deck = new.deck)
begin
    insert into load (day, cards) values (new.due_day, 1) on conflict (day) do update set cards = cards + 1;
end;

create trigger memory_takes_load after delete on memory
when old.state = 2 and old.suspended = 0 and old.due_day is not null
    and not exists (select 1 from shelf where shelf.deck = old.deck)
begin
    update load set cards = cards - 1 where day = old.due_day;
    delete from load where day = old.due_day and cards <= 0;
end;

create trigger memory_loses_load after update of state, suspended, due_day, deck on memory
when old.state = 2 and old.suspended = 0 and old.due_day is not null
    and (new.state <> 2 or new.suspended <> 0 or new.due_day is not old.due_day or new.deck <> old.deck)
    and not exists (select 1 from shelf where shelf.deck = old.deck)
begin
    update load set cards = cards - 1 where day = old.due_day;
    delete from load where day = old.due_day and cards <= 0;
end;

create trigger memory_gains_load after update of state, suspended, due_day, deck on memory
when new.state = 2 and new.suspended = 0 and new.due_day is not null
    and (old.state <> 2 or old.suspended <> 0 or new.due_day is not old.due_day or new.deck <> old.deck)
    and not exists (select 1 from shelf where shelf.deck = new.deck)
begin
    insert into load (day, cards) values (new.due_day, 1) on conflict (day) do update set cards = cards + 1;
end;

create trigger shelf_takes_load after insert on shelf
begin
    update load set cards = cards - (
        select count(*) from memory
        where deck = new.deck and suspended = 0 and state = 2 and due_day = load.day)
    where day in (
        select due_day from memory where deck = new.deck and suspended = 0 and state = 2 and due_day is not null);
    delete from load where cards <= 0;
end;

create trigger shelf_gives_load after delete on shelf
begin
    insert into load (day, cards)
    select due_day, count(*) from memory
    where deck = old.deck and suspended = 0 and state = 2 and due_day is not null group by due_day
    on conflict (day) do update set cards = cards + excluded.cards;
end;

delete from load;
insert into load (day, cards)
select due_day, count(*) from memory
where state = 2 and suspended = 0 and due_day is not null
    and not exists (select 1 from shelf where shelf.deck = memory.deck) group by due_day;
