-- Every tag and favorite now says when its article was created. V5 let rows do without, for the
-- version before it, which no longer runs. Every version since writes the date.
--
-- READ COMMITTED lets go at once of a row that has its date. Otherwise the UPDATE would keep every
-- row of the table locked until its end. The rows it changes are those written during one roll-out.
--
-- Each ALTER rebuilds its table while people go on writing to it, and fails at once where it could
-- not. Each replica falls behind for as long as its own rebuild takes.

SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
UPDATE article_tags SET article_created_at = (SELECT created_at FROM articles WHERE id = article_id)
 WHERE article_created_at IS NULL;
UPDATE favorites SET article_created_at = (SELECT created_at FROM articles WHERE id = article_id)
 WHERE article_created_at IS NULL;
SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;

ALTER TABLE article_tags MODIFY article_created_at DATETIME(6) NOT NULL, ALGORITHM = INPLACE, LOCK = NONE;
ALTER TABLE favorites MODIFY article_created_at DATETIME(6) NOT NULL, ALGORITHM = INPLACE, LOCK = NONE;
