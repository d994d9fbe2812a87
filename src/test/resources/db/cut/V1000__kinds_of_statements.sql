-- Statements of the kinds that migrations have: each has to be done once, wherever a run of this one
-- was cut. Rows are changed before, between and after the changes of the schema.

CREATE TABLE counted (id INT NOT NULL PRIMARY KEY, n INT NOT NULL);
INSERT INTO counted VALUES (1, 0);
UPDATE counted SET n = n + 1;
ALTER TABLE counted ADD COLUMN a INT, ADD COLUMN b INT;
/* The next statement needs it, in whichever session. */
SET @step = 10;
UPDATE counted SET n = n + @step;
ALTER TABLE counted RENAME COLUMN a TO c;
ALTER TABLE counted ADD CONSTRAINT counted_few CHECK (n < 100000);
CREATE INDEX counted_b ON counted (b);
ALTER TABLE counted RENAME INDEX counted_b TO counted_by_b;
CREATE VIEW counted_rows AS SELECT id FROM counted;
CREATE TRIGGER counted_changes BEFORE UPDATE ON counted FOR EACH ROW SET NEW.b = COALESCE(OLD.b, 0) + 1;
UPDATE counted SET n = n + 100;
DROP TRIGGER counted_changes;
ALTER TABLE counted DROP CONSTRAINT counted_few;
ALTER TABLE counted DROP PRIMARY KEY, ADD PRIMARY KEY (id, n);
RENAME TABLE counted TO counted_once;
DROP VIEW counted_rows;
CREATE TABLE counted_more (id INT NOT NULL PRIMARY KEY);
DROP TABLE counted_more;
UPDATE counted_once SET n = n + 1000;
