package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.foobar.load.Event;
import com.foobar.load.Event.Kind;
import com.jayway.jsonpath.JsonPath;
import org.jsoup.Jsoup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Compares what the load client recorded with the data of the database servers after all
 * of them run again. Both have to agree after every fault.
 */
final class DataCheck {

	private final LoadEvents events;

	DataCheck(LoadEvents events) {
		this.events = events;
	}

	/**
	 * Asserts everything that {@link #assertNothingLost} does, and that there was one
	 * primary at a time: one before the fault, and the same or another one after it.
	 */
	void assertConsistent(List<String> servers, String before, String after) {
		assertAll(() -> assertNothingLost(servers, after), () -> assertOnePrimaryAtATime(before, after));
	}

	/**
	 * Asserts that a change of a site with a group failed no request, and that no data is
	 * inconsistent after it.
	 * @param target the target for the time without visits
	 * @param before the primary before the change
	 */
	void assertNoRequestFailed(String change, Target target, String before) {
		assertAll(() -> target.check(change, this.events), this.events::assertEveryReadServed,
				this.events::assertEveryWriteServed,
				() -> assertConsistent(Group.MEMBERS, before, Group.awaitPrimary()));
	}

	/**
	 * Asserts that no acknowledged write is lost, that no write is there twice, that no
	 * read after a write missed it, and that no server has transactions that the primary
	 * lacks. Several servers may have been the primary in turn.
	 * @param primary the primary at the end
	 */
	void assertNothingLost(List<String> servers, String primary) {
		assertAll(this.events::assertNothingStale,
				() -> servers.forEach((server) -> this.events.assertWritesKept(server, writtenNames(server, primary))),
				() -> onlyComments().assertWritesKept("the API", commentsInApi()),
				() -> servers.forEach((server) -> assertNoErrantTransactions(server, primary)));
	}

	private List<String> writtenNames(String server, String primary) {
		assertThat(Lab.sql(server, "SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', 60)".formatted(executedGtids(primary))))
			.as("%s applies all transactions of %s within 60 seconds; 0 means yes", server, primary)
			.isEqualTo("0");
		return Lab.sql(server, """
				SELECT username FROM foobar.users WHERE username LIKE '%1$s-%%'
				UNION ALL SELECT title FROM foobar.articles WHERE title LIKE '%1$s-%%'
				UNION ALL SELECT body FROM foobar.comments WHERE body LIKE '%1$s-%%'
				""".formatted(this.events.run())).lines().toList();
	}

	// If the primary lacks a transaction of a server, there was a second primary.
	private static void assertNoErrantTransactions(String server, String primary) {
		String gtids = executedGtids(server);
		assertThat(Lab.sql(primary, "SELECT GTID_SUBTRACT('%s', @@gtid_executed)".formatted(gtids)))
			.as("transactions of %s that %s lacks", server, primary)
			.isEmpty();
	}

	private static String executedGtids(String server) {
		return Lab.sql(server, "SELECT REPLACE(@@gtid_executed, '\\n', '')");
	}

	private LoadEvents onlyComments() {
		return this.events.only((event) -> event.subject().matches(".+-c\\d+"));
	}

	private List<String> commentsInApi() {
		List<String> comments = new ArrayList<>();
		this.events.of(Kind.WRITTEN)
			.stream()
			.map(Event::subject)
			.filter((subject) -> subject.matches(".+-a\\d+"))
			.forEach((article) -> comments.addAll(commentsInApi(article)));
		return comments;
	}

	private static List<String> commentsInApi(String article) {
		String url = "%s/api/articles/%s/comments".formatted(Lab.URL, article);
		try {
			return JsonPath.read(Jsoup.connect(url).ignoreContentType(true).maxBodySize(0).execute().body(),
					"$.comments[*].body");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(url, ex);
		}
	}

	private void assertOnePrimaryAtATime(String before, String after) {
		String log = Lab.on(after, "sh", "-c", """
				mysqlbinlog --base64-output=DECODE-ROWS \
				    $(mysql --skip-column-names --execute 'SELECT @@log_bin_basename').[0-9]* |
				    grep -E 'GTID|Table_map'
				""");
		List<Integer> expected = before.equals(after) ? List.of(serverId(after))
				: List.of(serverId(before), serverId(after));
		assertThat(TransactionOrigins.of(log, this.events.began()))
			.as("server ids of the primaries, in the order of the binary log")
			.isEqualTo(expected);
	}

	private static int serverId(String server) {
		return Integer.parseInt(Lab.sql(server, "SELECT @@server_id"));
	}

}
