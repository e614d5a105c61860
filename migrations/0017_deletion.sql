-- A deletion hides and can be taken back: no row of a question goes, because the log names its cards. A deleted question is not asked
-- (a move suspends its cards, as the log says), not listed, not found and not printed, and its answers stay what they were. `cards`
-- has what its cards asked for and whether they were suspended before, so that a restored question is what it was:
-- `[{"card": 1, "place": 0, "suspended": 0}]`. `deck` is the deck that it was deleted with, null if it was deleted alone.
-- An erased question has lost its texts, and cannot be restored: `retain purge`.
create table deleted (
    question integer primary key references question (id),
    deck integer references deck (id),
    at_ms integer not null,
    cards text not null,
    erased integer not null default 0 check (erased in (0, 1))
) strict;

-- Decks that are not in use: an archived deck is left out of the days and of the lists until somebody names it, a deleted one is gone
-- for people. It is no column of `deck`, because deeds keep rows of `deck` whole, also those of older schemas.
create table shelf (
    deck integer primary key references deck (id),
    archived integer not null check (archived in (0, 1)),
    deleted integer not null check (deleted in (0, 1)),
    at_ms integer not null
) strict;
