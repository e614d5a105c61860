-- Everything that questions say can be found: an index of words over stems, options, explanations, topics and tags. It keeps no texts
-- (`content=''`), only which word is where, because the texts are in `question` already. It is a cache: it follows from the questions,
-- `rebuild` remakes it, no undo knows it.
--
-- Filling it takes longer than importing the questions. So an import does not wait for it: triggers only note what the index does not know
-- yet, and the next search catches up. Questions get rising numbers, so all that are above `indexed` are new. Below it, `search_stale`
-- has those that changed. Texts are prepared before they come here (`src/model/search_text.rs`): signs, and letters of scripts that put no
-- blanks between words, are words of their own.
create virtual table search using fts5 (
    stem, options, explanation, topic, tags,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co S*' tokenchars '#'"
);

create table search_mark (one integer primary key check (one = 1), indexed integer not null) strict;
insert into search_mark (one, indexed) values (1, 0);

create table search_stale (question integer primary key) strict;

create trigger search_notes_insert after insert on question when new.id <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (new.id); end;
create trigger search_notes_update after update of id, kind, stem, explanation, topic, markup, choices on question
when old.id <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (old.id); end;
create trigger search_notes_delete after delete on question when old.id <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (old.id); end;
create trigger search_notes_tag after insert on question_tag when new.question <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (new.question); end;
create trigger search_notes_untag after delete on question_tag when old.question <= (select indexed from search_mark)
begin insert or ignore into search_stale (question) values (old.question); end;
