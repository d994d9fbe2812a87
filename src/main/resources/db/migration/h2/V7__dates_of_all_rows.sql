-- What mysql/ says, in H2's words. Nobody writes to the embedded database while it migrates.

UPDATE article_tags SET article_created_at = (SELECT created_at FROM articles WHERE id = article_id)
 WHERE article_created_at IS NULL;
UPDATE favorites SET article_created_at = (SELECT created_at FROM articles WHERE id = article_id)
 WHERE article_created_at IS NULL;
ALTER TABLE article_tags ALTER COLUMN article_created_at SET NOT NULL;
ALTER TABLE favorites ALTER COLUMN article_created_at SET NOT NULL;
