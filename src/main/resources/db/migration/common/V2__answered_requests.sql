-- What requests with an Idempotency-Key were answered, for when they are sent again. A row is
-- inserted first in the transaction that does the work, and gets its answer last.

CREATE TABLE answered_requests (
  owner_id        BIGINT NOT NULL, -- who asked; 0 for somebody not signed in
  idempotency_key VARCHAR(255) COLLATE utf8mb4_0900_bin NOT NULL,
  answer          MEDIUMBLOB, -- encrypted
  created_at      DATETIME(6) NOT NULL,
  PRIMARY KEY (owner_id, idempotency_key)
);
CREATE INDEX answered_requests_by_age ON answered_requests (created_at);
