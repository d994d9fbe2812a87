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
 * Compares what people were told with what the database servers have, once all of them
 * run again: whatever happened, that must be the same.
 */
final class Judge {

	private final Journal journal;

	Judge(Journal journal) {
		this.journal = journal;
	}

	/** Where one server was the primary before, and that one or another one is after. */
	void decide(List<String> servers, String before, String after) {
		assertAll(() -> decideWhatIsKept(servers, after), () -> assertOnePrimaryAtATime(before, after));
	}

	/** Where servers were the primary one after the other, and that one is at last. */
	void decideWhatIsKept(List<String> servers, String after) {
		assertAll(this.journal::assertNothingStale,
				() -> servers.forEach((server) -> this.journal.assertKept(server, present(server, after))),
				() -> commented().assertKept("the API", comments()),
				() -> servers.forEach((server) -> assertNothingOfItsOwn(server, after)));
	}

	private List<String> present(String server, String primary) {
		assertThat(Lab.ask(server, "SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', 60)".formatted(executed(primary))))
			.as("%s has caught up with %s", server, primary)
			.isEqualTo("0");
		return Lab.ask(server, """
				SELECT username FROM foobar.users WHERE username LIKE '%1$s-%%'
				UNION ALL SELECT title FROM foobar.articles WHERE title LIKE '%1$s-%%'
				UNION ALL SELECT body FROM foobar.comments WHERE body LIKE '%1$s-%%'
				""".formatted(this.journal.run())).lines().toList();
	}

	// What the primary lacks, a second primary wrote.
	private static void assertNothingOfItsOwn(String server, String primary) {
		String executed = executed(server);
		assertThat(Lab.ask(primary, "SELECT GTID_SUBTRACT('%s', @@gtid_executed)".formatted(executed)))
			.as("transactions of %s that %s has not", server, primary)
			.isEmpty();
	}

	private static String executed(String server) {
		return Lab.ask(server, "SELECT REPLACE(@@gtid_executed, '\\n', '')");
	}

	private Journal commented() {
		return this.journal.only((event) -> event.subject().matches(".+-c\\d+"));
	}

	private List<String> comments() {
		List<String> comments = new ArrayList<>();
		this.journal.of(Kind.WRITTEN)
			.stream()
			.map(Event::subject)
			.filter((subject) -> subject.matches(".+-a\\d+"))
			.forEach((article) -> comments.addAll(comments(article)));
		return comments;
	}

	private static List<String> comments(String article) {
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
		List<Integer> expected = before.equals(after) ? List.of(id(after)) : List.of(id(before), id(after));
		assertThat(Origins.of(log, this.journal.began())).as("ids of the primaries, one after the other")
			.isEqualTo(expected);
	}

	private static int id(String server) {
		return Integer.parseInt(Lab.ask(server, "SELECT @@server_id"));
	}

}
