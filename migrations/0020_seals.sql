-- A chain of hashes over the log, so that an answer that was changed or removed behind the program's back is told from a lost cache.
-- A day (of UTC, by the time in the ids) is sealed when the first entry of a later day is written: SHA-256 over the seal before and
-- the entries that were made here, in their order. The answers of an imported history lie in days of the past, so each import has a seal of
-- its own: `device` is 0 for what was made here, else that of the import, and `day` is 0.
create table log_seal (
    device integer not null,
    day integer not null,
    entries integer not null check (entries > 0),
    hash blob not null check (length(hash) = 32),
    primary key (device, day)
) strict, without rowid;
