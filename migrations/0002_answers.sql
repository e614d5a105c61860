-- Questions that are not picked from choices keep their answers as choices too: the accepted texts of a short answer, the numbers
-- of a numeric one, the pairs of a matching one. `weight` is the share of the mark (1 is all of it, negative takes off), null
-- where right and wrong say all; `pair` is the other half of a pair; `tolerance` is how far a number may be off.

alter table choice add column weight real;
alter table choice add column pair text;
alter table choice add column tolerance real check (tolerance >= 0);
