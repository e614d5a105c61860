-- A day of the log is sealed when an entry of a later day is written, and days go by the time in the ids. Ids only rise: after one entry that
-- was made while the clock was ten years ahead, all later ones have ids of that day, and it would be sealed ten years later. So within a
-- day of ids the runs that are over are sealed, too: a run is over when an entry of another day of the clock follows. `through` is the id of its last
-- entry, `day` the day (of UTC) on which that was made; the hash is over the seal of the run before it in this day of ids, and its entries.
create table run_seal (
    through blob not null primary key check (length(through) = 16),
    day integer not null,
    entries integer not null check (entries > 0),
    hash blob not null check (length(hash) = 32)
) strict, without rowid;
