-- A person may say before an answer is judged that they are sure of it. `sure` is null where nobody asked. Cards that were answered surely and
-- wrongly come first when they are due, so these few answers have an index of their own.

alter table review add column sure integer check (sure in (0, 1));

create index review_sure_and_wrong on review (card, day) where sure = 1 and right = 0;
