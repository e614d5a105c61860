-- A note in a package of Anki is known by its guid. A question of ours has the id of its bank as well, and both must survive the way there
-- and back. `guid` is what the note is known by, if that is not `external_id`.
alter table placement add column guid text;
alter table placement_before add column guid text;
