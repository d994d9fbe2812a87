package com.foobar.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.foobar.database.MySqlServers;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests an instance with the smallest supported heap on the largest site that users can
 * create. The instance must answer every request and stay alive. The test prints the
 * memory and the time that it took.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SmallHeapIntegrationTests {

	private static final int READERS = 8;

	// The largest body in bytes of each kind of response, including the markup of HTML,
	// XML or JSON.
	private static final Map<String, Integer> MAX_BYTES = Map.of("page", 1_500_000, "comments", 2_500_000, "list",
			4_000_000, "feed", 2_500_000, "sitemap", 50_000_000);

	private static final MySQLContainer server = MySqlServers.server(1, "--innodb-buffer-pool-size=512M",
			"--innodb-redo-log-capacity=1G", "--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0",
			// A replication group also rejects a transaction that is too large.
			"--max-binlog-cache-size=50M");

	private static SiteProcess site;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Map<String, List<ReadResponse>> responses = new ConcurrentHashMap<>();

	@BeforeAll
	static void start() throws SQLException {
		server.start();
		MySqlServers.createAccounts(server);
		site = SiteProcess.start("small-heap", "384m", MySqlServers.settings(List.of(server), server));
		try (Connection connection = DriverManager.getConnection(MySqlServers.url(server), "root",
				MySqlServers.PASSWORD)) {
			ScriptUtils.executeSqlScript(connection,
					new ClassPathResource("crowded-site.sql", SmallHeapIntegrationTests.class));
		}
	}

	@AfterAll
	static void stop() {
		site.close();
		server.stop();
	}

	@Test
	@Order(1)
	void smallHeapIsEnoughForEightConcurrentReadersOfEveryList() throws Exception {
		List<String> addresses = addresses();
		try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
			for (String address : addresses) {
				readAll(readers, IntStream.range(0, READERS).mapToObj((reader) -> List.of(address)).toList());
			}
			readAll(readers, IntStream.range(0, READERS).mapToObj((reader) -> {
				List<String> rotated = new ArrayList<>(addresses);
				Collections.rotate(rotated, 3 * reader);
				return rotated;
			}).toList());
		}
		printResponses(addresses);
		assertThat(site.isAlive()).isTrue();
		assertThat(this.responses).allSatisfy((address, responses) -> assertThat(responses).hasSize(2 * READERS)
			.allSatisfy((response) -> assertThat(response.bytes()).as(address).isLessThan(maxBytes(address))));
	}

	@Test
	@Order(2)
	void articleWithMoreCommentsThanOneTransactionMayDeleteIsDeleted() throws Exception {
		String token = register();
		MySqlServers.run(server,
				"UPDATE articles SET author_id = (SELECT id FROM users WHERE username = 'owner') WHERE id = 1");
		String address = "/api/articles/crowded";
		HttpRequest deletion = HttpRequest.newBuilder(URI.create(site.url() + address))
			.header("Authorization", "Token " + token)
			.header("Idempotency-Key", "deletion")
			.DELETE()
			.build();
		assertThat(this.client.send(deletion, HttpResponse.BodyHandlers.ofString())).satisfies((response) -> {
			assertThat(response.body()).isEmpty();
			assertThat(response.statusCode()).isEqualTo(204);
		});
		for (String deleted : List.of(address, address + "/comments", "/article/crowded")) {
			assertThat(this.client.send(request(deleted), HttpResponse.BodyHandlers.discarding()).statusCode())
				.as(deleted)
				.isEqualTo(404);
		}
	}

	private String register() throws Exception {
		HttpRequest registration = HttpRequest.newBuilder(URI.create(site.url() + "/api/users"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"user":{"username":"owner","email":"owner@example.com","password":"password1"}}
					"""))
			.build();
		return JsonPath.read(this.client.send(registration, HttpResponse.BodyHandlers.ofString()).body(),
				"$.user.token");
	}

	private List<String> addresses() throws Exception {
		List<String> addresses = new ArrayList<>(List.of("/", "/?page=900", "/tag/large", "/tag/large?page=900",
				"/profile/author-1", "/profile/author-1/favorites", "/search?q=large", "/search?q=large&page=900",
				"/api/articles?limit=100", "/api/articles?tag=large&limit=100&offset=5000",
				"/api/articles?favorited=author-1&limit=100", "/api/tags", "/feed.atom", "/tag/large/feed.atom",
				"/profile/author-9999/feed.atom", "/sitemap.xml", "/sitemap-articles-0.xml", "/sitemap-authors-0.xml",
				"/article/crowded", "/api/articles/crowded/comments"));
		addresses.add(nextPage("/article/crowded", "<a [^>]*href=\"([^\"]+)\"[^>]*rel=\"next\""));
		addresses.add(nextPage("/api/articles/crowded/comments", "link: <([^>]+)>; rel=\"next\""));
		addresses.add(nextPage("/api/tags", "link: <([^>]+)>; rel=\"next\""));
		addresses.add(nextPage("/feed.atom", "<link rel=\"next\" [^>]*href=\"http://localhost:8080([^\"]+)\""));
		return addresses;
	}

	// Returns the address of the next page, to which the response at the address links.
	private String nextPage(String address, String link) throws Exception {
		HttpResponse<String> response = this.client.send(request(address), HttpResponse.BodyHandlers.ofString());
		String head = response.headers().firstValue("Link").map("link: %s"::formatted).orElse("");
		Matcher matcher = Pattern.compile(link).matcher(head + response.body());
		assertThat(matcher.find()).as("a link to the next page on " + address).isTrue();
		return matcher.group(1).replace("&amp;", "&");
	}

	private void readAll(ExecutorService readers, List<List<String>> addressesByReader) throws Exception {
		List<Callable<Void>> tasks = addressesByReader.stream().map((addresses) -> (Callable<Void>) () -> {
			addresses.forEach(this::read);
			return null;
		}).toList();
		for (Future<Void> task : readers.invokeAll(tasks)) {
			task.get();
		}
	}

	// Retries after a 503 response when the time in its Retry-After header has passed.
	private void read(String address) {
		long start = System.nanoTime();
		int refusals = 0;
		while (true) {
			HttpResponse<Long> response = send(address);
			if (response.statusCode() == 200) {
				Duration duration = Duration.ofNanos(System.nanoTime() - start);
				this.responses.computeIfAbsent(address, (key) -> Collections.synchronizedList(new ArrayList<>()))
					.add(new ReadResponse(response.body(), duration, refusals));
				return;
			}
			assertThat(response.statusCode()).as(address).isEqualTo(503);
			long seconds = response.headers().firstValueAsLong("Retry-After").orElseThrow();
			assertThat(++refusals).as("503 responses of " + address).isLessThan(30);
			LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
		}
	}

	private HttpResponse<Long> send(String address) {
		try {
			return this.client.send(request(address), (head) -> HttpResponse.BodySubscribers
				.mapping(HttpResponse.BodySubscribers.ofInputStream(), SmallHeapIntegrationTests::length));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The request of %s failed, and the instance %s".formatted(address,
					site.isAlive() ? "is alive" : "has ended: " + site.lastLogLine()), ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Long length(InputStream body) {
		try (body) {
			return body.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static HttpRequest request(String address) {
		return HttpRequest.newBuilder(URI.create(site.url() + address)).timeout(Duration.ofSeconds(60)).build();
	}

	private static int maxBytes(String address) {
		return address.contains("sitemap") ? MAX_BYTES.get("sitemap")
				: address.contains("feed.atom") ? MAX_BYTES.get("feed")
						: address.contains("/comments") ? MAX_BYTES.get("comments")
								: address.startsWith("/api") ? MAX_BYTES.get("list") : MAX_BYTES.get("page");
	}

	private void printResponses(List<String> addresses) {
		print("%n%-60s%12s%10s%10s%10s", "384 MB of heap, eight readers at a time", "bytes", "median ms", "longest",
				"refused");
		for (String address : addresses) {
			List<ReadResponse> responses = this.responses.get(address);
			List<Long> durations = responses.stream()
				.map((response) -> response.duration().toMillis())
				.sorted()
				.toList();
			print("%-60s%12d%10d%10d%10d", address, responses.getFirst().bytes(), durations.get(durations.size() / 2),
					durations.getLast(), responses.stream().mapToInt(ReadResponse::refusals).sum());
		}
		print("Heap: %s", site.heap());
	}

	private static void print(String format, Object... values) {
		System.out.printf(Locale.ROOT, format + "%n", values);
	}

	/**
	 * Response that a reader has received.
	 *
	 * @param refusals the number of 503 responses before it
	 */
	private record ReadResponse(long bytes, Duration duration, int refusals) {
	}

}
