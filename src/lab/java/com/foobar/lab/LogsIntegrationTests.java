package com.foobar.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the logs of a server that is gone are on the server that keeps all journals,
 * and that nothing is lost while that one is gone.
 */
@Tag("lab")
@Tag("group")
class LogsIntegrationTests {

	private static final String OPS = "ops-01";

	private static final Duration LATENCY = Duration.ofSeconds(1);

	private String killed = "";

	@BeforeEach
	void assumeThatJournalsAreKept() {
		assumeThat(Lab.on(OPS, "sh", "-c", "systemctl is-enabled journal-remote-tls || true"))
			.as("the lab has a group ops")
			.isEqualTo("enabled");
	}

	@AfterEach
	void startAgain() {
		if (!this.killed.isEmpty()) {
			Lab.powerOn(this.killed);
			await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> isActive(this.killed, "haproxy"));
		}
		Lab.on(OPS, "systemctl", "start", "journal-remote-tls");
	}

	@Test
	void accessLinesOfTheLastSecondOfAKilledBalancerAreFound() {
		this.killed = Balancers.awaitHolder();
		List<Sent> sent = new ArrayList<>();
		Instant end = Instant.now().plusSeconds(5);
		while (Instant.now().isBefore(end)) {
			String id = Client.get("/").header("X-Request-Id").orElseThrow();
			sent.add(new Sent(id, Instant.now()));
		}
		Instant kill = Instant.now();
		Lab.powerOff(this.killed);
		List<String> last = sent.stream()
			.filter((request) -> request.at().isAfter(kill.minus(LATENCY)))
			.map(Sent::id)
			.toList();
		assertThat(last).anySatisfy((id) -> assertThat(find(id)).contains(this.killed, "haproxy"));
	}

	@Test
	void aRequestIsFoundOnAllItsServers() {
		String id = Client.get("/actuator-of-nobody").header("X-Request-Id").orElseThrow();
		await().atMost(Duration.ofSeconds(20))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(find(id)).contains("haproxy", "nginx"));
	}

	@Test
	void nothingIsLostWhileNobodyReceives() {
		Lab.on(OPS, "systemctl", "stop", "journal-remote-tls");
		String id = Client.get("/").header("X-Request-Id").orElseThrow();
		// Longer than an uploader waits between two attempts.
		await().atMost(Duration.ofSeconds(30))
			.until(() -> Lab.isInJournal("web-01", "--unit=systemd-journal-upload@access", "Scheduled restart"));
		Lab.on(OPS, "systemctl", "start", "journal-remote-tls");
		await().atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(find(id)).contains("haproxy", "nginx"));
	}

	private static String find(String id) {
		return Lab.runPlaybook("find.yml", "-e", "id=" + id);
	}

	private static boolean isActive(String server, String unit) {
		return Lab.on(server, "systemctl", "is-active", unit).equals("active");
	}

	/**
	 * A request whose response has arrived.
	 */
	private record Sent(String id, Instant at) {
	}

}
