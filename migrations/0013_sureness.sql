-- A person may say before an answer is judged that they are sure of it. `sure` is null where nobody asked. Cards that were answered surely and
-- wrongly come first when they are due, so these few answers have an index of their own. It holds all that is asked of them, for each look at
-- the log itself would take as long as ten at the index.

alter table review add column sure integer check (sure in (0, 1));

create index review_sure_and_wrong on review (card, day, practice, sure, right) where sure = 1 and right = 0;
