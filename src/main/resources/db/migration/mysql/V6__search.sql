-- What articles are found by. The embedded database has no such index: there each search
-- looks into every article.
--
-- Case and accents matter to an index of columns that are compared byte by byte, so these
-- three no longer are: CAFE finds Café. Nothing but the search compares them.
--
-- That costs nothing as long as no index has the columns. The first full-text index copies the
-- table, to add InnoDB's hidden column FTS_DOC_ID; a second would not. Meanwhile nobody can
-- write articles, here and then once more on each replica, which falls behind for as long:
-- 44 seconds for 20,000 articles of 250 words, measured on a busy machine. Both in one
-- statement took three times that.
--
-- MySQL's own parser, which splits at spaces and signs: good for languages that put spaces
-- between words. It leaves out words of one or two letters (innodb_ft_min_token_size) and 36
-- English ones (information_schema.innodb_ft_default_stopword). The ngram parser would also
-- find parts of words, and Chinese and Japanese, but asked for "database" it finds whatever
-- has "at" or "se" in it.
--
-- The index of a server is its own and not replicated, and what it shows has been committed:
-- an article is found as soon as it can be read there. After a crash the first search reads
-- again what was not yet on disk. Words of deleted articles stay until
-- OPTIMIZE TABLE articles with innodb_optimize_fulltext_only = ON.

ALTER TABLE articles
  MODIFY title       VARCHAR(255)  COLLATE utf8mb4_0900_ai_ci NOT NULL,
  MODIFY description VARCHAR(1000) COLLATE utf8mb4_0900_ai_ci NOT NULL,
  MODIFY body        MEDIUMTEXT    COLLATE utf8mb4_0900_ai_ci NOT NULL;

CREATE FULLTEXT INDEX articles_words ON articles (title, description, body);
