-- Where an article was before its title changed, so that links to it go on working. An
-- article that has the slug now comes first.

CREATE TABLE former_slugs (
  slug       VARCHAR(255) COLLATE utf8mb4_0900_bin NOT NULL PRIMARY KEY,
  article_id BIGINT NOT NULL,
  FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE
);
