-- Names and addresses of people are compared without case, everything in a URL exactly.
-- The embedded database ignores COLLATE: h2/ says the same in its own words.

CREATE TABLE users (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  username   VARCHAR(64)  COLLATE utf8mb4_0900_as_ci NOT NULL,
  email      VARCHAR(254) COLLATE utf8mb4_0900_as_ci NOT NULL,
  password   VARCHAR(255) COLLATE utf8mb4_0900_bin NOT NULL, -- hashed, with its algorithm in front
  bio        VARCHAR(2000) COLLATE utf8mb4_0900_bin,
  image      VARCHAR(2000) COLLATE utf8mb4_0900_bin,
  created_at DATETIME(6) NOT NULL,
  CONSTRAINT users_username UNIQUE (username),
  CONSTRAINT users_email UNIQUE (email)
);

CREATE TABLE follows (
  follower_id BIGINT NOT NULL,
  followed_id BIGINT NOT NULL,
  PRIMARY KEY (follower_id, followed_id),
  FOREIGN KEY (follower_id) REFERENCES users (id) ON DELETE CASCADE,
  FOREIGN KEY (followed_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE articles (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  slug        VARCHAR(255) COLLATE utf8mb4_0900_bin NOT NULL,
  title       VARCHAR(255) COLLATE utf8mb4_0900_bin NOT NULL,
  description VARCHAR(1000) COLLATE utf8mb4_0900_bin NOT NULL,
  body        MEDIUMTEXT COLLATE utf8mb4_0900_bin NOT NULL,
  author_id   BIGINT NOT NULL,
  created_at  DATETIME(6) NOT NULL,
  updated_at  DATETIME(6) NOT NULL,
  CONSTRAINT articles_slug UNIQUE (slug),
  FOREIGN KEY (author_id) REFERENCES users (id)
);
CREATE INDEX articles_newest ON articles (created_at, id);
CREATE INDEX articles_by_author ON articles (author_id, created_at, id);

CREATE TABLE article_tags (
  article_id BIGINT NOT NULL,
  tag        VARCHAR(64) COLLATE utf8mb4_0900_bin NOT NULL,
  PRIMARY KEY (article_id, tag),
  FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX article_tags_by_tag ON article_tags (tag, article_id);

CREATE TABLE favorites (
  user_id    BIGINT NOT NULL,
  article_id BIGINT NOT NULL,
  PRIMARY KEY (article_id, user_id),
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE
);
