-- What a first visitor of the embedded site finds. Nobody can sign in as these authors: '!' is no password's hash.

INSERT INTO users (id, username, email, password, bio, created_at) VALUES
  (1, 'ada', 'ada@example.com', '!', 'Writes programs for engines that are not built yet.', TIMESTAMP '2026-01-05 08:00:00'),
  (2, 'grace', 'grace@example.com', '!', 'Explains nanoseconds with a piece of wire.', TIMESTAMP '2026-01-06 08:00:00'),
  (3, 'katherine', 'katherine@example.com', '!', 'Checks the numbers before anyone flies on them.', TIMESTAMP '2026-01-07 08:00:00');
ALTER TABLE users ALTER COLUMN id RESTART WITH 1000;

INSERT INTO articles (id, slug, title, description, body, author_id, created_at, updated_at) VALUES
  (1, 'a-site-that-does-not-stop', 'A site that does not stop',
   'Two of everything is the easy half. The other half is knowing which of the two to trust.',
   'Buying a second server is easy. What takes thought is the moment the first one falls silent.

Is it dead, or only slow? May its twin take over, or would the two then disagree for ever?

## Three questions for every part

1. Who notices that it is gone, and how soon?
2. Who takes its place, and how do the others learn of it?
3. What happens when it comes back, believing that nothing has changed?

A part of a system for which these are answered may fail on a Friday evening. The others *will*.',
   1, TIMESTAMP '2026-03-02 09:15:00', TIMESTAMP '2026-03-02 09:15:00'),
  (2, 'the-length-of-a-nanosecond', 'The length of a nanosecond',
   'Thirty centimetres of wire teach more about distributed systems than a shelf of papers.',
   'Light travels about **thirty centimetres** in a nanosecond. Cut a wire to that length and keep it on your desk.

A replica in the next rack is a few wires away. One on another continent is two hundred thousand *kilometres* of them, there and back again several times for every promise it has to make.

> Whoever asks why the far copy is late should be handed the wire.',
   2, TIMESTAMP '2026-03-09 14:40:00', TIMESTAMP '2026-03-09 14:40:00'),
  (3, 'check-the-numbers', 'Check the numbers',
   'A backup that was never restored is a hope. So is a failover that was never tried.',
   'Before the flight the numbers were worked out again, by hand, by someone who had not seen the first result. They agreed to the last digit, and only then did anyone climb in.

The same habit serves a database well:

- restore last night''s backup this morning, and count the rows;
- kill the primary on a quiet day, with everybody watching;
- write down how long it took, and compare it next month.

What is done only in an emergency is done for the first time.',
   3, TIMESTAMP '2026-03-16 07:05:00', TIMESTAMP '2026-03-16 07:05:00'),
  (4, 'reading-your-own-writes', 'Reading your own writes',
   'Publish, reload, and find nothing: why that happens, and why a faster replica is no cure.',
   'You press *Publish*, the page reloads, and your article is not there. It is safe on the primary; the page was read from a copy that had not heard of it yet.

A faster copy makes this rarer, which is worse: now nobody can reproduce it.

The cure is to remember **how far** each reader has already seen, and to ask only a copy that is at least as far.',
   1, TIMESTAMP '2026-03-23 16:20:00', TIMESTAMP '2026-03-23 16:20:00');
ALTER TABLE articles ALTER COLUMN id RESTART WITH 1000;

INSERT INTO article_tags (article_id, tag) VALUES
  (1, 'availability'), (1, 'operations'),
  (2, 'latency'), (2, 'replication'),
  (3, 'backups'), (3, 'operations'),
  (4, 'consistency'), (4, 'replication');

INSERT INTO follows (follower_id, followed_id) VALUES (2, 1), (3, 1), (1, 3);
INSERT INTO favorites (user_id, article_id) VALUES (2, 1), (3, 1), (1, 2), (1, 3), (2, 4), (3, 4);
