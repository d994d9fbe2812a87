-- What a first visitor of the embedded site finds. Nobody can sign in as these authors: '!' is no password's hash.

INSERT INTO users (id, username, email, password, bio, created_at) VALUES
  (1, 'ada', 'ada@example.com', '!',
   'Writes programs for engines that are not built yet. Mostly about Java, transactions and what happens between two servers.',
   TIMESTAMP '2026-01-05 08:00:00'),
  (2, 'grace', 'grace@example.com', '!',
   'Explains nanoseconds with a piece of wire. On call since before it was called that.',
   TIMESTAMP '2026-01-06 08:00:00'),
  (3, 'katherine', 'katherine@example.com', '!',
   'Checks the numbers before anyone flies on them.',
   TIMESTAMP '2026-01-07 08:00:00'),
  (4, 'radia', 'radia@example.com', '!',
   'Networks, votes, and the shortest way between two machines that do not trust each other.',
   TIMESTAMP '2026-02-11 17:30:00'),
  (5, 'jan', 'jan@example.com', '!',
   'Sets type for screens. Believes that a page is finished when nobody notices it.',
   TIMESTAMP '2026-03-20 11:45:00');
ALTER TABLE users ALTER COLUMN id RESTART WITH 1000;

INSERT INTO articles (id, slug, title, description, body, author_id, created_at, updated_at) VALUES
  (1, 'the-length-of-a-nanosecond', 'The length of a nanosecond',
   'Thirty centimetres of wire teach more about distributed systems than a shelf of papers.',
   'Light travels about **thirty centimetres** in a nanosecond. Cut a wire to that length and keep it on your desk.

A replica in the next rack is a few wires away. One on the other side of the world is twenty thousand *kilometres* of them, and glass is slower than air: light in a fibre covers only some twenty centimetres in that time. There and back is two hundred milliseconds before either machine has done any work, and no budget makes it less.

So when somebody asks for copies on two continents that always agree, do not argue. Count:

- one promise is one round trip at the very least;
- a form that makes three promises, one after the other, takes three;
- a page that makes thirty should not have been written.

> Whoever asks why the far copy is late should be handed the wire.',
   2, TIMESTAMP '2026-04-14 14:40:00', TIMESTAMP '2026-04-14 14:40:00'),

  (2, 'reading-your-own-writes', 'Reading your own writes',
   'Publish, reload, and find nothing: why that happens, and why a faster replica is no cure.',
   'You press *Publish*, the page reloads, and your article is not there. It is safe on the primary; the page was read from a copy that had not heard of it yet.

A faster copy makes this rarer, which is worse: now nobody can reproduce it.

## Three cures that are none

1. **Wait a second after each write.** Too long on most days, and too short on the day that matters.
2. **Read from the primary for a while.** Then the primary does all the work whenever everybody writes, which is when it has the least to spare. And it helps only the one who wrote, not the colleague they send the link to.
3. **Pin each visitor to one server.** Until that server is restarted.

## The one that works

Remember **how far** each reader has already seen, and ask only a copy that is at least as far. MySQL numbers its transactions, and tells the number of the one you have just committed, if asked:

```sql
SET SESSION session_track_gtids = OWN_GTID;
```

A replica can be asked to wait for it, and to give up in time:

```sql
SELECT WAIT_FOR_EXECUTED_GTID_SET(''3E11FA47-71CA-11E1-9E33-C80AA9429562:1-5'', 0.05);
```

It answers 0 when it got there. The position travels with the reader, in a cookie, so that it does not matter which web server they meet next.',
   1, TIMESTAMP '2026-05-05 16:20:00', TIMESTAMP '2026-05-05 16:20:00'),

  (3, 'check-the-numbers', 'Check the numbers',
   'A backup that was never restored is a hope. So is a failover that was never tried.',
   'Before the flight the numbers were worked out again, by hand, by someone who had not seen the first result. They agreed, and only then did anyone climb in.

The same habit serves a database well:

- restore last night''s backup this morning, and count the rows;
- kill the primary on a quiet day, with everybody watching;
- write down how long it took, and compare it next month.

What is done only in an emergency is done for the first time.',
   3, TIMESTAMP '2026-05-19 07:05:00', TIMESTAMP '2026-05-19 07:05:00'),

  (4, 'sixty-six-characters', 'Sixty-six characters',
   'How long a line may be, and why so many pages on a wide screen are hard to read.',
   'Open a long article on a wide screen, and let the lines run from one edge to the other. By the fourth paragraph you have read some line twice. Nothing is wrong with your eyes: at the end of each line they jump back to find the next one, and the longer the jump, the more often they miss.

Book printers settled this long ago. Forty-five to seventy-five characters is comfortable, spaces included, and **sixty-six** is the number that most often gets quoted. A stylesheet needs one line for it:

```css
.article-content { max-width: 66ch; }
```

A `ch` is the width of the digit 0 in the font at hand. Most letters are narrower than that, so sixty-six of them hold rather more than sixty-six characters. Begin there, then count a few lines and go down.

Three things follow:

* **Longer lines need more space between them.** What looks generous at forty characters looks cramped at eighty.
* **Size is measured in the reader''s unit, not in yours.** Say `rem`, and somebody who set their browser to large letters gets them, with the line as long as it was.
* **Code is the exception.** Let it scroll. A wrapped line of code is a different line of code.

None of this is taste. Taste begins afterwards.',
   5, TIMESTAMP '2026-06-02 09:30:00', TIMESTAMP '2026-06-02 09:30:00'),

  (5, 'drain-before-you-stop', 'Drain before you stop',
   'Restarting a web server without anybody noticing takes four steps. Most people know two of them.',
   'Two web servers, a balancer before them, and a new version to install. The obvious way is to stop the first one, replace it, start it, and do the same to the second. It loses requests twice: those that were being answered when it stopped, and those that the balancer sent before its next health check failed.

The way that loses none:

1. **Tell the balancer to send nothing new.** HAProxy does it at run time, without a reload:

       echo "set server site/web-01 state drain" | socat stdio /run/haproxy/admin.sock

2. **Wait until what is under way is finished.** `show stat` has a column `scur`, the sessions that are open now. A limit belongs here: one browser with a slow download must not hold up a release.
3. **Stop, replace, start, and wait** until the server itself says that it is ready. Not until its port is open; a port opens long before the first page can be answered.
4. **Put it back**, and only then touch the next one:

       echo "set server site/web-01 state ready" | socat stdio /run/haproxy/admin.sock

Steps two and three are the ones that get left out. Spring Boot helps from its side: it shuts down *gracefully* by default since version 3.4, which means that it accepts nothing new and lets running requests end, for up to thirty seconds.

And if the new version never becomes ready? Then the release ends right there, with the old version still serving on the other server. That is the nicest property of doing one after the other: the worst case is boring.',
   4, TIMESTAMP '2026-06-23 13:10:00', TIMESTAMP '2026-06-23 13:10:00'),

  (6, 'thirty-thousand-rows-for-ten', 'Thirty thousand rows for ten',
   'The page showed ten articles. The database read thirty thousand to find them, every time.',
   'The list of a popular tag took eighty milliseconds. Not slow enough for anybody to complain; slow enough that forty readers at once kept a processor busy with nothing else.

```sql
SELECT articles.*
  FROM article_tags JOIN articles ON articles.id = article_id
 WHERE tag = ''operations''
 ORDER BY created_at DESC
 LIMIT 10;
```

There was an index on the tag, and it was used. That is the trap: *using an index* is not the same as *reading little*. The index found thirty thousand articles, in no useful order. So the server fetched each of them, sorted them by date, and threw away all but ten.

`EXPLAIN ANALYZE` tells on it at once, because it runs the statement and counts:

```
-> Limit: 10 row(s)  (actual rows=10)
    -> Sort: created_at DESC  (actual rows=10)
        -> Nested loop inner join  (actual rows=30000)
```

Read such a plan from the inside out, and look for the place where a large number becomes a small one. Everything below it is work that nobody sees.

The cure was a copy of the date in the table of tags, and an index that holds what the list asks for, in the order in which it asks:

```sql
CREATE INDEX article_tags_newest ON article_tags (tag, article_created_at, article_id);
```

An index is a sorted list. If the rows you want lie next to each other in it, in the right order, the server reads ten and stops. If they do not, no amount of memory will save you; it only delays the day when you have to think about it.

Afterwards the list took less than a millisecond. Counting, for the page numbers below it, still reads thirty thousand entries of the index. One cannot know how many there are without counting them. But that is another article.',
   3, TIMESTAMP '2026-07-07 10:00:00', TIMESTAMP '2026-07-07 10:00:00'),

  (7, 'a-pool-is-a-queue', 'A pool is a queue',
   'Virtual threads make waiting cheap. They do not make the database any wider.',
   'With one line, Spring Boot answers every request on a virtual thread:

```yaml
spring.threads.virtual.enabled: true
```

A request that waits costs next to nothing then. Ten thousand may wait at once. It is tempting to conclude that ten thousand may be *served* at once, and a team I know did conclude that, on a Monday.

What they had removed was the only limit in front of their database. Before, two hundred threads had queued for twenty connections. Now everybody who came in queued for the same twenty, and after thirty seconds all of them gave up together, got an error, and pressed reload.

## Where the limit belongs

A connection pool is a queue with a number of counters. Three questions size it:

- How many statements can the server really work on at once? A few for each of its cores, not hundreds.
- How long may somebody wait for a counter to become free? Less than a reader is patient, so that they get an honest answer.
- How many may wait? Whoever is beyond that is better turned away *at once*.

More connections do not make the server quicker. Past a point they make it slower, since they compete for the same locks, the same memory, the same disk.

## What virtual threads are good for

Everything that waits for something else than your bottleneck. Calling three services side by side. Holding a thousand requests for the two seconds in which a new primary takes over, without starving the readers who need no primary at all. That is worth a great deal.

One old warning can be forgotten, by the way: since Java 24 a virtual thread that blocks inside `synchronized` no longer holds on to its carrier. Before, a driver with one such block could bring everything to a halt.',
   1, TIMESTAMP '2026-07-28 15:45:00', TIMESTAMP '2026-07-28 15:45:00'),

  (8, 'three-is-the-smallest-crowd', 'Three is the smallest crowd',
   'Why two database servers cannot decide anything, and four are no safer than three.',
   'Two servers lose sight of each other. Each has two explanations: *the other is dead*, or *the wire is cut*. From where they stand, both look exactly the same.

If each assumes the first, there are two primaries, and by the evening two histories that cannot be put together again. If each assumes the second, there is none. So a pair needs somebody outside to decide, be it a person with a pager.

Three servers can decide among themselves, by majority.

The rule is *more than half*. Of three, two; so one may fail. Of four, three; so **still only one** may fail, and you have bought a server that adds nothing but another thing to break. Of five, three; two may fail.

MySQL''s Group Replication works that way, with up to nine members. Those who see a majority go on. Those who do not must stop accepting writes, and this is worth checking, for how long they may hesitate is a setting:

```ini
group_replication_unreachable_majority_timeout = 5
```

Its default is 0, and that means *wait for ever*: whoever writes to a server that was cut off hangs until somebody comes.

One more thing. The third vote need not be as large as the others, but it has to live somewhere else. Three votes in one rack are one vote, and its name is the power supply.',
   4, TIMESTAMP '2026-08-11 08:20:00', TIMESTAMP '2026-08-11 08:20:00'),

  (9, 'the-friday-the-disk-filled-up', 'The Friday the disk filled up',
   'Nothing crashed. That was the problem. A short account of a long evening.',
   '**16:52.** Publishing an article takes very long. Reading works. No alarm.

**16:58.** Publishing does not end at all. All servers are up, all health checks green. The first theory is a lock; half an hour goes into looking for one.

**17:31.** Somebody types `df -h`. The primary''s disk has 0 bytes left.

MySQL does not fall over when its disk is full. It *waits*. It looks once a minute whether there is room again, and writes a line to its error log every ten. Every commit waits with it. To a health check that only reads, all this looks perfectly well.

## What had filled it

The binary log. It is kept for thirty days unless one says otherwise:

```sql
SELECT @@binlog_expire_logs_seconds;  -- 2592000
```

Thirty days had fitted for two years. Then we began to keep pictures in the database. (Do not keep pictures in the database.)

## What we did

Deleted old logs, by asking MySQL to do it and not with `rm`, after making sure that every replica had read them:

```sql
PURGE BINARY LOGS BEFORE NOW() - INTERVAL 3 DAY;
```

**17:44.** Everything that had been waiting was committed at once. Nothing was lost; a few people found that they had published the same article four times.

## What we changed

1. An alarm at 80 % of any disk, and one on *how soon it will be full*, which is the number that matters.
2. The health check now writes.
3. A form that is sent twice has its effect once.

The third had nothing to do with the disk, and is what readers noticed.',
   2, TIMESTAMP '2026-08-25 18:05:00', TIMESTAMP '2026-08-25 18:05:00'),

  (10, 'three-people-and-a-pager', 'Three people and a pager',
   'What a small team can promise, and what it should not.',
   'There are three of us. One is always on holiday, ill, or on a train. So one and a half people run this site, and every rule below comes from dividing by one and a half.

**An alarm is a question that needs a person.** If the answer is always the same, write it down as a script and remove the alarm. If the answer is always "it went away by itself", remove the alarm. We began with forty; six are left.

**Nobody is woken for what can wait.** One server of two is down at night: the site is up, so it can wait. Both are down: it cannot. Decide it in daylight, for at three in the morning everything seems urgent.

**Whoever is woken may go home early.** Not *can*, if there is time. Does.

**A page for each alarm.** Its first line says what readers notice. The second says what to type first. Written by the one who was woken last, while they are still angry.

**Boring parts.** Each piece that only one of us understands is a holiday that they cannot take. We gave up two clever things this year, and nobody missed them except the one who had built them (me).

What we promise our readers is that the site can be read at all hours, and written to except for a minute now and then. We do not promise that somebody answers a mail at midnight. It turned out that nobody had asked for it.',
   3, TIMESTAMP '2026-09-08 12:00:00', TIMESTAMP '2026-09-08 12:00:00'),

  (11, 'your-name-is-too-long-for-us', 'Your name is too long for us',
   'Letters, and what software does to them. With a café, a family of emoji, and some Arabic.',
   'Take the word **café**. It has four letters. In Unicode it may have four *code points* or five, for `é` can be written as one, or as an `e` with an accent that is put on top of it. Both look the same, as they should. A program that compares them byte by byte thinks otherwise.

Now take 👩‍🚀. One picture, three code points: a woman, an invisible joiner, and a rocket. In UTF-8 that is eleven bytes. If your form says "at most ten characters", does she fit?

## Not everybody writes from the left

The Arabic for *peace* is سلام and the Hebrew is שלום, and both run from right to left, also in the middle of a sentence that does not. Browsers sort this out by themselves, mostly. They need help where you put somebody''s text between your own: a name in Arabic, followed by a number, can swallow the number. The cure is an element that hardly anybody knows:

```html
<bdi>سلام</bdi> wrote 3 articles
```

And in a language that may run either way, let the browser decide for each paragraph: `dir="auto"`.

日本語 has no spaces between words, so "the first twenty words" is a rule that means nothing there. ქართული has had capital letters in Unicode only since 2018, and headlines are about the only place that uses them. The German ß becomes two letters when it is shouted.

## What to do about it

1. UTF-8, everywhere. In MySQL that is `utf8mb4`; what was once called `utf8` there has three bytes at most, and no room for 🎉.
2. Decide *on purpose* what counts as equal. Are *Jose* and *José* the same person? For signing in, certainly not. For a search, please.
3. Do not ask for a first name and a last name. Ask what to call somebody.
4. Never cut a text by counting bytes. Somebody''s name is in there.

مرحبا, 你好, שלום: all of them can sign up here. Try it.',
   5, TIMESTAMP '2026-09-29 10:15:00', TIMESTAMP '2026-09-29 10:15:00'),

  (12, 'what-to-write-after-it-broke', 'What to write after it broke',
   'Four paragraphs, in this order, on the next day. None of them is about who did it.',
   'The site was down for eleven minutes, and now somebody has to write about it. Here is a form that has served us well.

### 1. What readers noticed

Begin outside. "Between 14:02 and 14:13 no article could be opened; nothing that was published got lost." Not "a node was evicted from the cluster". If you cannot say what readers noticed, you do not know yet what happened.

### 2. What happened

In the order of the clock, with the times. What people *believed* belongs in it, above all when it was wrong: **14:05, we think it is the network.** Without this the next reader will not understand why nobody did the obvious thing.

### 3. Why it was possible

Not why somebody did it. People type the wrong name every day; what made the wrong name work? Keep asking until you reach something that you could change. Then go one further.

> "Be more careful" is not a measure. We were careful yesterday.

### 4. What will be different

Few things, each with a name and a date. Two that are done are worth ten that are planned. And one sentence on what you will *not* do, and why; it saves the discussion next time.

Send it to everybody. The second best time to read such a report is before one''s own incident.',
   2, TIMESTAMP '2026-10-13 16:30:00', TIMESTAMP '2026-10-13 16:30:00'),

  (13, 'one-click-from-end-to-end', 'One click, from end to end',
   'What happens between a tap on a headline and the first line of an article: nine stations, their clocks, and what goes wrong at each.',
   'Somebody on a train taps a headline. A quarter of a second later they read. This is the story of that quarter, station by station, on a small site: two balancers, two web servers, three databases. The times are what I measured on an ordinary day. Yours will differ; the *order* of them rarely does.

## 1. The name

`www.foobar.com` must become a number. Usually the phone knows it still, for names come with the time that they may be kept. If not, somebody else nearby knows, and if nobody does, it takes three questions: to a root server, to one for `.com`, and to ours.

*Clock:* 0 to 50 milliseconds.

*What goes wrong:* the time to keep it was set to a day, and you need to move today. Lower it the day **before** you move.

## 2. The handshake

Before a byte of the page, phone and balancer agree on keys. With TLS 1.3 that takes one round trip, after the one that TCP needs to say hello. A train''s round trip is long, and so this is often the largest part of everything that follows.

*Clock:* two round trips, 60 to 200 milliseconds. With HTTP/3 one, because QUIC says hello and agrees on keys at the same time.

*What goes wrong:* certificates end. All of them, on a date that was known from the first day. Let a program renew them, and let *another* program look from outside at what visitors really get.

## 3. The balancer

HAProxy reads the request and chooses a web server. It picks the one with the fewest requests under way, which sends less to whoever is slow, without anybody having to notice that they are slow:

```
backend site
    balance leastconn
    option httpchk GET /readyz
    option redispatch
    default-server check inter 1s fall 2 rise 2
    server web-01 10.0.0.11:80
    server web-02 10.0.0.12:80
```

`fall 2` with `inter 1s` means that for up to two seconds requests still go to a server that has just died. When the connection cannot even be made, HAProxy tries again and, thanks to `redispatch`, elsewhere. Once the request has been sent, it would have to guess whether it had any effect; so by default it does not.

*Clock:* a fraction of a millisecond.

*What goes wrong:* the health check asks something that the page does not need. Then a small fault in a side room takes the whole house down.

## 4. The cache

nginx, on the web server, keeps what anonymous readers get. For one second. It sounds useless, and is the most effective line in all our configuration: when a thousand people open the same article in that second, the application renders it once.

For that to be safe, a page for anonymous readers must be the same for all of them: no name in the corner, no token in a form, no cookie. It is easier to build that way from the start than to get there later.

*Clock:* less than a millisecond, and usually the journey ends here.

*What goes wrong:* one page with a visitor''s name on it, kept for a second, shown to a thousand.

## 5. The filters

In the application, before our own code, the request passes through a row of filters. Who is it? Have they been here before? Is the token they carry one of ours? A token that is signed can be checked without asking anybody. Whether its owner still *exists* cannot, and so a signed-in reader costs one look-up by primary key.

*Clock:* about half a millisecond.

*What goes wrong:* something slow is added here "just for now", and every page pays for it.

## 6. The transaction

The method that reads an article says what it needs:

```java
@Transactional(readOnly = true)
Article find(String slug, @Nullable Visitor reader) {
    return select(slug, reader);
}
```

`readOnly` is not decoration. It is how the data source knows that a replica will do. A connection is taken from that replica''s pool when the first statement is sent, not when the method begins, and goes back when it ends.

*Clock:* microseconds, unless the pool is empty.

*What goes wrong:* a call to some other system in the middle of a transaction. The connection waits with it, and twenty such calls later everybody does. Talk to the database, then let go of it, then talk to others.

## 7. The statement

*One* statement fetches the article with its author, its tags, and how many like it. Not one for the article and then one for each of its parts. Each round trip inside the data centre takes a fifth of a millisecond, which is nothing. Ten articles with four parts each are forty of them, which is a page that feels heavy, and nobody can say why.

The slug has a unique index, so finding the row takes a walk from the root of a tree to one of its leaves. With a hundred thousand articles that is three steps, with ten million perhaps four. Trees are the nicest thing that ever happened to databases.

*Clock:* half a millisecond.

*What goes wrong:* see [Thirty thousand rows for ten](/article/thirty-thousand-rows-for-ten).

## 8. The page

The body is Markdown, which becomes HTML, which goes into a template. Ours are compiled together with the code: rendering is a sequence of writes, and a misspelt name stops the build instead of a page. Everything that came from people is escaped on the way out. Always on the way *out*, and never on the way in, for only there is it known whether it lands in a text, an attribute, or an address.

*Clock:* a few hundred microseconds.

*What goes wrong:* the template asks the database. The page looks fine with three rows.

## 9. Back again

The answer goes the same way home, compressed. The browser meets a style sheet, which it has from last time: its name contains a hash of what is in it, so it may be kept for a year, and a new one has a new name. The first line appears.

*Clock:* half a round trip, and whatever the train''s tunnel adds.

---

Add it up, and of 250 milliseconds some **three** were ours. The others belong to distance and to handshakes. There are two ways to react to that. One is to shrug: whatever we do inside hardly matters. The other is to see what those three milliseconds buy. A server that needs three instead of thirty serves ten times as many people, or the same number with nine machines less to look after. And when one of two machines dies, the other has room.

I have never regretted measuring where the time goes, and was wrong about it beforehand nearly every time.',
   4, TIMESTAMP '2026-10-27 09:00:00', TIMESTAMP '2026-10-28 08:12:00'),

  (14, 'a-site-that-does-not-stop', 'A site that does not stop',
   'Two of everything is the easy half. The other half is knowing which of the two to trust.',
   'Buying a second server is easy. What takes thought is the moment the first one falls silent.

Is it dead, or only slow? May its twin take over, or would the two then disagree for ever?

## Three questions for every part

1. Who notices that it is gone, and how soon?
2. Who takes its place, and how do the others learn of it?
3. What happens when it comes back, believing that nothing has changed?

A part of a system for which these are answered may fail on a Friday evening. The others *will*.

The third is the one that gets forgotten. A server that was away is not empty: it is full of yesterday. Let it in only after it has caught up, and never let it speak first.',
   1, TIMESTAMP '2026-11-10 09:15:00', TIMESTAMP '2026-11-10 09:15:00');
ALTER TABLE articles ALTER COLUMN id RESTART WITH 1000;

INSERT INTO article_tags (article_id, tag) VALUES
  (1, 'latency'), (1, 'replication'),
  (2, 'consistency'), (2, 'mysql'), (2, 'replication'),
  (3, 'backups'), (3, 'operations'),
  (4, 'design'), (4, 'typography'),
  (5, 'availability'), (5, 'haproxy'), (5, 'operations'),
  (6, 'mysql'), (6, 'performance'),
  (7, 'java'), (7, 'performance'), (7, 'spring'),
  (8, 'availability'), (8, 'mysql'), (8, 'replication'),
  (9, 'incidents'), (9, 'mysql'), (9, 'operations'),
  (10, 'operations'), (10, 'teams'),
  (11, 'typography'), (11, 'unicode'),
  (12, 'incidents'), (12, 'teams'), (12, 'writing'),
  (13, 'haproxy'), (13, 'java'), (13, 'mysql'), (13, 'networks'), (13, 'spring'),
  (14, 'availability'), (14, 'operations');

INSERT INTO follows (follower_id, followed_id) VALUES
  (1, 3), (1, 4), (2, 1), (2, 3), (3, 1), (4, 1), (4, 2), (5, 2), (5, 4);

INSERT INTO favorites (user_id, article_id) VALUES
  (1, 1), (4, 1),
  (2, 2), (3, 2), (4, 2),
  (1, 3), (2, 3),
  (1, 4), (2, 4), (3, 4),
  (1, 5), (3, 5),
  (1, 6), (4, 6), (5, 6),
  (2, 7), (4, 7),
  (1, 8), (3, 8),
  (1, 9), (3, 9), (4, 9), (5, 9),
  (1, 10), (2, 10), (4, 10),
  (1, 11), (2, 11), (3, 11), (4, 11),
  (3, 12),
  (1, 13), (2, 13), (5, 13),
  (2, 14), (3, 14), (4, 14);
