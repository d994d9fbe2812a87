-- The comments on an article are deleted after it, a few at a time: a replication group does not
-- accept a transaction that deletes very many. The embedded database deletes them with it.

ALTER TABLE comments DROP FOREIGN KEY comments_ibfk_1;
