package com.foobar.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.foobar.lab.Client.Response;
import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how a write ends if a program that handles it is killed. If the program is behind
 * the balancer, the write is done once at most, and a visitor who sent no key is told
 * that the outcome is unknown, and not to send the write again. If it is the balancer,
 * visitors' programs send the write again, and only a key prevents that it is done twice.
 */
@Tag("lab")
@Tag("group")
class InterruptedWriteIntegrationTests {

	private static final String HOLD = "DO SLEEP(60)";

	private static final Duration TIMEOUT = Duration.ofSeconds(40);

	private static final String NO_HEADER = "X-None: -";

	private static String article;

	private static String token;

	private String primary;

	@BeforeAll
	static void publish() throws IOException {
		article = SiteRequests.publish();
		Response response = post("--http1.1", "/api/users/login",
				"{\"user\":{\"email\":\"%s@example.com\",\"password\":\"password1\"}}".formatted(article), NO_HEADER);
		token = JsonPath.read(response.body(), "$.user.token");
	}

	@BeforeEach
	void findPrimary() {
		this.primary = Group.awaitPrimary();
	}

	// Later tests need the web servers, too.
	@AfterEach
	void awaitSite() {
		WebServers.awaitAll();
	}

	@ParameterizedTest(name = "{0} is killed")
	@ValueSource(strings = { "nginx", "foobar" })
	void writeOnAKilledServerIsAppliedAtMostOnceAndItsOutcomeIsUnknown(String killed) {
		CompletableFuture<Void> lock = lockTable();
		List<Comment> comments = Stream.of("--http1.1", "--http2", "--http3-only")
			.map((protocol) -> Comment.post(protocol, NO_HEADER))
			.toList();
		awaitWaitingWrites(comments.size());
		WebServers.ALL.forEach((server) -> Lab.on(server, "systemctl", "kill", "--signal", "KILL", killed));
		releaseTable();
		WebServers.ALL.forEach((server) -> startAtOnce(server, killed));
		assertThat(comments)
			.allSatisfy((comment) -> assertThat(comment.response()).succeedsWithin(TIMEOUT).satisfies((response) -> {
				assertThat(response.status()).isIn(502, 503, 504);
				assertThat(response.header("Retry-After")).isEmpty();
				assertThat(response.body()).contains("may have been made or not");
			}));
		assertThat(lock).failsWithin(Duration.ofSeconds(5));
		Awaitility.await()
			.during(Duration.ofSeconds(2))
			.until(() -> comments.stream().allMatch((comment) -> count(comment) <= 1));
	}

	@ParameterizedTest(name = "{0} is killed on the one server, and the other lives")
	@ValueSource(strings = { "nginx", "foobar" })
	void writeOnAKilledServerIsNotRetriedOnTheOther(String killed) {
		CompletableFuture<Void> lock = lockTable();
		List<Comment> comments = IntStream.range(0, 6)
			.mapToObj((i) -> Comment.post((i % 2 != 0) ? "--http1.1" : "--http2", NO_HEADER))
			.toList();
		awaitWaitingWrites(comments.size());
		String server = WebServers.at(addressOfWaitingInstance());
		Lab.on(server, "systemctl", "kill", "--signal", "KILL", killed);
		releaseTable();
		startAtOnce(server, killed);
		assertThat(comments).allSatisfy((comment) -> assertThat(comment.response()).succeedsWithin(TIMEOUT)
			.satisfies((response) -> assertThat(response.status()).isIn(201, 502, 503, 504)));
		assertThat(comments).filteredOn((comment) -> comment.response().join().status() != 201).isNotEmpty();
		assertThat(lock).failsWithin(Duration.ofSeconds(5));
		Awaitility.await()
			.during(Duration.ofSeconds(2))
			.until(() -> comments.stream()
				.allMatch((comment) -> count(comment) <= 1
						&& (count(comment) == 1 || comment.response().join().status() != 201)));
	}

	@Test
	void writeRetriedAfterAKilledBalancerIsAppliedTwiceUnlessItHasAKey() {
		CompletableFuture<Void> lock = lockTable();
		List<Comment> comments = postWithAndWithoutKey("--http1.1", "--http2");
		awaitWaitingWrites(comments.size());
		Lab.on(Balancers.awaitHolder(), "systemctl", "kill", "--signal", "KILL", "haproxy");
		awaitWaitingWrites(2 * comments.size());
		releaseTable();
		assertThat(comments).allSatisfy((comment) -> assertThat(comment.response()).succeedsWithin(TIMEOUT)
			.satisfies((response) -> assertThat(response.status()).isEqualTo(201)));
		assertThat(lock).failsWithin(Duration.ofSeconds(5));
		Awaitility.await()
			.during(Duration.ofSeconds(2))
			.until(() -> comments.stream().map(this::count).toList(), List.of(2, 1, 2, 1)::equals);
	}

	// Browsers send such a request again, and curl does with these options.
	private static List<Comment> postWithAndWithoutKey(String... protocols) {
		return Stream.of(protocols)
			.flatMap((protocol) -> Stream.of(NO_HEADER, "Idempotency-Key: " + UUID.randomUUID())
				.map((key) -> Comment.post(protocol, key, "--retry", "10", "--retry-delay", "1", "--retry-all-errors",
						"--no-show-error")))
			.toList();
	}

	private CompletableFuture<Void> lockTable() {
		CompletableFuture<Void> lock = CompletableFuture.runAsync(
				() -> Lab.sql(this.primary, "LOCK TABLES foobar.comments READ; " + HOLD), Thread::startVirtualThread);
		Awaitility.await("the table is locked").until(() -> !lockHolder().isEmpty());
		return lock;
	}

	// systemd restarts a unit with growing delays if it fails often. The reset ends these
	// delays.
	private static void startAtOnce(String server, String unit) {
		Lab.on(server, "sh", "-c", "systemctl reset-failed $0; systemctl restart $0", unit);
	}

	private static Response post(String protocol, String path, String json, String header, String... more) {
		List<String> arguments = new ArrayList<>(List.of(protocol, "--header", "Content-Type: application/json",
				"--header", header, "--data", json, Client.SITE + path));
		arguments.addAll(List.of(more));
		return Client.curl(arguments.toArray(String[]::new));
	}

	private void awaitWaitingWrites(int number) {
		Awaitility.await(number + " writes wait").until(() -> waitingWrites() == number);
	}

	// Returns the number of writes that wait for the table, or for the key of a request
	// that waits for it.
	private int waitingWrites() {
		return Integer.parseInt(Lab.sql(this.primary, """
				SELECT (SELECT COUNT(*) FROM performance_schema.metadata_locks
				         WHERE object_name = 'comments' AND lock_status = 'PENDING')
				     + (SELECT COUNT(*) FROM performance_schema.data_lock_waits)
				"""));
	}

	private String addressOfWaitingInstance() {
		return Lab.sql(this.primary, """
				SELECT processlist_host
				  FROM performance_schema.metadata_locks JOIN performance_schema.threads ON owner_thread_id = thread_id
				 WHERE object_name = 'comments' AND lock_status = 'PENDING' LIMIT 1
				""");
	}

	private void releaseTable() {
		Lab.sql(this.primary, "KILL " + lockHolder());
	}

	private String lockHolder() {
		return Lab.sql(this.primary,
				"SELECT processlist_id FROM performance_schema.threads WHERE processlist_info = '%s'".formatted(HOLD));
	}

	private int count(Comment comment) {
		return Integer.parseInt(Lab.sql(this.primary,
				"SELECT COUNT(*) FROM foobar.comments WHERE body = '%s'".formatted(comment.text())));
	}

	/** A comment whose request is under way. */
	private record Comment(String text, CompletableFuture<Response> response) {

		static Comment post(String protocol, String header, String... more) {
			String text = "comment-" + UUID.randomUUID();
			List<String> arguments = new ArrayList<>(List.of("--header", "Authorization: Token " + token));
			arguments.addAll(List.of(more));
			return new Comment(text, CompletableFuture.supplyAsync(() -> InterruptedWriteIntegrationTests.post(protocol,
					"/api/articles/%s/comments".formatted(article), "{\"comment\":{\"body\":\"%s\"}}".formatted(text),
					header, arguments.toArray(String[]::new)), Thread::startVirtualThread));
		}

	}

}
