-- Fits of the parameters and what became of them. A setting keeps only what holds now; this keeps what was tried, the figures
-- on answers that a fit had not seen, and the value before, to which `retain optimize --revert` goes back.
--
-- `deck` is null for the default. `before` and `fitted` are the text of the setting `parameters`; `before` is null where the
-- deck had no value of its own, and `fitted` where the fit was not adopted. `log_answers` is how many answers the log held.

create table fit (
    id integer primary key,
    at_ms integer not null,
    deck integer references deck (id),
    answers integer not null check (answers >= 0),
    log_answers integer not null check (log_answers >= 0),
    held_out integer not null check (held_out >= 0),
    loss_before real not null,
    loss_default real not null,
    loss_fitted real not null,
    gain real not null,
    gain_error real not null,
    before text,
    fitted text,
    reverted_ms integer
) strict;
