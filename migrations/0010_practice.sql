-- Answers that are practice: given to a card that was not due, in a retake of misses. They are in the log like all others, and
-- nothing follows from them: memory, due dates, limits, fits and retention are those of the answers that were asked for by the
-- schedule. Whether an answer was one is a fact of the moment and cannot be told later, so it is written down.

alter table review add column practice integer not null default 0 check (practice in (0, 1));
