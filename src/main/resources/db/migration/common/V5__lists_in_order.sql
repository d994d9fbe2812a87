-- When the article was created, beside each of its tags and favorites: an index then has the
-- articles of a tag, or of a reader, in the order they are listed. Null in rows that the version
-- before writes, while a roll-out lasts; lists that have such rows are sorted instead.

ALTER TABLE article_tags ADD COLUMN article_created_at DATETIME(6);
UPDATE article_tags SET article_created_at = (SELECT created_at FROM articles WHERE id = article_id);
CREATE INDEX article_tags_newest ON article_tags (tag, article_created_at, article_id);
DROP INDEX article_tags_by_tag ON article_tags;

ALTER TABLE favorites ADD COLUMN article_created_at DATETIME(6);
UPDATE favorites SET article_created_at = (SELECT created_at FROM articles WHERE id = article_id);
CREATE INDEX favorites_newest ON favorites (user_id, article_created_at, article_id);
