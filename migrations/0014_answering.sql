-- A fit learns how the person answers (knowledge before the first attempt, luck, guesses that are owned up to, slips) beside the
-- parameters. Both are kept, as the setting writes them, so that a fit can be taken back whole.
alter table fit add column answering text;
alter table fit add column answering_before text;
