-- A site of 100,000 articles, as skewed as real ones: a few authors, tags and readers have most
-- of everything. Nothing is random, so each load gives the same site.

SET SESSION cte_max_recursion_depth = 100000;

CREATE TEMPORARY TABLE numbers (n INT NOT NULL PRIMARY KEY);
INSERT INTO numbers
WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 100000) SELECT n FROM counted;

INSERT INTO users (id, username, email, password, bio, created_at)
SELECT n, CONCAT('author-', n), CONCAT('author-', n, '@example.com'), '!', 'Writes.', '2024-01-01'
  FROM numbers WHERE n <= 2000;

-- Every number from its own CRC, and small ones more often.
INSERT INTO articles (id, slug, title, description, body, author_id, created_at, updated_at)
SELECT n, CONCAT('article-', n), CONCAT('Article ', n), CONCAT('What article ', n, ' is about'),
       REPEAT('Some *words* of it. ', 80), 1 + FLOOR(2000 * POW(CRC32(CONCAT('author', n)) / 4294967296e0, 3)),
       '2024-01-01' + INTERVAL n * 10 MINUTE, '2024-01-01' + INTERVAL n * 10 MINUTE
  FROM numbers;

INSERT INTO article_tags (article_id, tag, article_created_at)
SELECT id, 'popular', created_at FROM articles WHERE id % 10 < 3;
INSERT INTO article_tags (article_id, tag, article_created_at)
SELECT id, 'rare', created_at FROM articles WHERE id % 20000 = 0;
-- What many wrote about once, and nobody does now.
INSERT INTO article_tags (article_id, tag, article_created_at)
SELECT id, 'forgotten', created_at FROM articles WHERE id <= 20000;
INSERT IGNORE INTO article_tags (article_id, tag, article_created_at)
SELECT id, CONCAT('topic-', FLOOR(2000 * POW(CRC32(CONCAT(t.n, 'topic', id)) / 4294967296e0, 3))), created_at
  FROM articles JOIN (VALUES ROW(1), ROW(2)) t (n);

INSERT IGNORE INTO favorites (user_id, article_id, article_created_at)
SELECT 1 + FLOOR(2000 * POW(CRC32(CONCAT('fan', t.n, '-', numbers.n)) / 4294967296e0, 2)), id, created_at
  FROM numbers JOIN (VALUES ROW(1), ROW(2), ROW(3)) t (n)
  JOIN articles ON id = 1 + FLOOR(100000 * POW(CRC32(CONCAT('liked', t.n, '-', numbers.n)) / 4294967296e0, 2));
-- An article that everybody likes.
INSERT IGNORE INTO favorites (user_id, article_id, article_created_at)
SELECT users.id, articles.id, articles.created_at FROM users JOIN articles ON articles.id = 100000;

INSERT IGNORE INTO follows (follower_id, followed_id)
SELECT 1 + n % 2000, 1 + FLOOR(2000 * POW(CRC32(CONCAT('followed', n)) / 4294967296e0, 2)) FROM numbers WHERE n <= 50000;

INSERT INTO comments (article_id, author_id, body, created_at)
SELECT 1 + FLOOR(100000 * POW(CRC32(CONCAT('comment', n)) / 4294967296e0, 2)), 1 + n % 2000, 'Well said.',
       '2026-01-01' + INTERVAL n SECOND
  FROM numbers;

INSERT INTO former_slugs (slug, article_id) SELECT CONCAT('former-', n), n FROM numbers;

INSERT INTO answered_requests (owner_id, idempotency_key, created_at)
SELECT 1 + n % 2000, CONCAT('key-', n), UTC_TIMESTAMP(6) FROM numbers;

ANALYZE TABLE users, articles, article_tags, favorites, follows, comments, former_slugs, answered_requests;
