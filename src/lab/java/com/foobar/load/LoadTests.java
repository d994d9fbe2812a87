package com.foobar.load;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.foobar.load.Event.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the load client records the responses of a healthy site, and repeats writes
 * that get no response.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LoadTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final Run run = new Run(new PrintStream(this.output));

	@LocalServerPort
	private int port;

	@Test
	void healthySiteReturnsEveryWrite() {
		var load = perform("http://localhost:" + this.port);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> kinds().containsAll(Set.of(Kind.FOUND, Kind.NEW_CONNECTION_SERVED))
					&& subjects().contains("some-w1-a1"));
		this.run.end();
		load.join();
		assertThat(events()).extracting(Event::kind)
			.containsOnly(Kind.WRITTEN, Kind.FOUND, Kind.READ, Kind.NEW_CONNECTION_SERVED);
		assertThat(subjects()).contains("/", "/api/articles", "some-w1", "some-w1-a1");
	}

	@Test
	void retriesWritesWithoutResponseUntilTheEnd() {
		var load = perform("http://localhost:1");
		Awaitility.await()
			.until(() -> events().stream().filter((event) -> event.kind() == Kind.ATTEMPT_FAILED).count() > 4);
		this.run.end();
		load.join();
		assertThat(kinds()).containsExactly(Kind.ATTEMPT_FAILED, Kind.UNRESOLVED, Kind.READ_FAILED,
				Kind.NEW_CONNECTION_FAILED);
	}

	private CompletableFuture<Void> perform(String address) {
		return CompletableFuture.runAsync(() -> Load.perform(this.run, address, Trust.jdkDefault(), "some"));
	}

	private Set<Kind> kinds() {
		Set<Kind> kinds = EnumSet.noneOf(Kind.class);
		events().forEach((event) -> kinds.add(event.kind()));
		return kinds;
	}

	private List<String> subjects() {
		return events().stream().map(Event::subject).toList();
	}

	private List<Event> events() {
		return this.output.toString(StandardCharsets.UTF_8).lines().map(Event::parse).toList();
	}

}
