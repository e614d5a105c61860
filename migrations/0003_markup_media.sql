-- Texts keep the markup of their bank, so that they can be shown and printed as they were meant: 0 plain, 1 Markdown, 2 HTML.

alter table question add column markup integer not null default 0 check (markup between 0 and 2);
