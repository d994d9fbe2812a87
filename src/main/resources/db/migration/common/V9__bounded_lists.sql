-- When an article got a tag that it had not when it was published: an index then has the tags used
-- last. Null where that was when the article was created, and in rows that the version before writes.

ALTER TABLE article_tags ADD COLUMN added_at DATETIME(6);
CREATE INDEX article_tags_added ON article_tags (added_at, tag);

-- Articles that are gone, and whose comments are yet to be deleted.

CREATE TABLE deleted_articles (article_id BIGINT NOT NULL PRIMARY KEY);
