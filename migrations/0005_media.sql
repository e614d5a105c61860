-- Pictures and sounds of questions. `name` is what the texts call them; `file` is the name below `media` in the data folder, made of
-- a hash of the content, so that what two banks share is kept once and what a bank replaces is told.

create table question_media (
    question integer not null references question (id),
    name text not null,
    file text not null,
    primary key (question, name)
) strict, without rowid;

-- Its media as the question had them before an import: a JSON object of names and files.
alter table question_before add column media text not null default '{}';
