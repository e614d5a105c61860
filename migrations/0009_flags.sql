-- Cards that a person marked to come back to, with a note. A flag is a bookmark and no fact of learning: it is set and taken
-- away, and memory does not follow from it, so it is no entry of the log.

create table flag (card integer primary key references card (id), note text not null, at_ms integer not null) strict;
