-- What readers say about articles. Nothing changes a comment once it is written.

CREATE TABLE comments (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  article_id BIGINT NOT NULL,
  author_id  BIGINT NOT NULL,
  body       VARCHAR(10000) COLLATE utf8mb4_0900_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE,
  FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX comments_newest ON comments (article_id, created_at, id);
