-- A site of 10,000 articles on which everything is as large as it may be: 20,000 comments of 10,000 ampersands on
-- one article, 20,000 tags, and texts of letters that take three bytes, and nine in an address.

SET SESSION sql_log_bin = 0;
SET SESSION cte_max_recursion_depth = 20000;

CREATE TEMPORARY TABLE numbers (n INT NOT NULL PRIMARY KEY);
INSERT INTO numbers
WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 20000) SELECT n FROM counted;

INSERT INTO users (id, username, email, password, bio, image, created_at)
SELECT n, CONCAT('author-', n), CONCAT('author-', n, '@example.com'), '!', REPEAT('字', IF(n <= 100, 2000, 10)),
       CONCAT('https://example.com/', REPEAT('字', IF(n <= 100, 1900, 10))), '2024-01-01'
  FROM numbers WHERE n <= 10000;

INSERT INTO articles (id, slug, title, description, body, author_id, created_at, updated_at)
SELECT n, IF(n = 1, 'crowded', CONCAT(REPEAT('字', 240), '-', n)), CONCAT(REPEAT('&', 240), ' ', n),
       CONCAT('large ', REPEAT('&', 990)), IF(n > 9900, REPEAT('& ', 50000), 'Short.'), 1 + n % 10000,
       '2024-01-01' + INTERVAL n MINUTE, '2024-01-01' + INTERVAL n MINUTE
  FROM numbers WHERE n <= 10000;

INSERT INTO article_tags (article_id, tag, article_created_at)
SELECT id, CONCAT(REPEAT('字', 54), '-', t.n * 10000 + id), created_at FROM articles JOIN (VALUES ROW(0), ROW(1)) t (n);
INSERT INTO article_tags (article_id, tag, article_created_at) SELECT id, 'large', created_at FROM articles;

INSERT INTO favorites (user_id, article_id, article_created_at) SELECT 1, id, created_at FROM articles;

INSERT INTO comments (article_id, author_id, body, created_at)
SELECT 1, 1 + n % 100, REPEAT('&', 10000), '2026-01-01' + INTERVAL n SECOND FROM numbers;

ANALYZE TABLE users, articles, article_tags, favorites, comments;
