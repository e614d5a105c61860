-- The first new cards of a deck in the order of its bank: without this index all of them were read to find them. Its condition is
-- written in the queries as it is here.
create index memory_new on memory (deck, card, buried_until, topic, question) where state = 0 and suspended = 0;

-- The index of words takes marks off Greek, Cyrillic, Arabic and Hebrew letters from now on, so all is to be learnt again. It is a cache:
-- the next search fills it.
drop table search;
create virtual table search using fts5 (
    stem, options, explanation, topic, tags,
    content = '', contentless_delete = 1, prefix = '2',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co S*' tokenchars '#'"
);
update search_mark set indexed = 0;
delete from search_stale;
