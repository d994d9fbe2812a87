package com.foobar.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** The web servers, as the balancers see them. */
final class WebServers {

	static final List<String> ALL = List.of("web-01", "web-02");

	private WebServers() {
	}

	/** The first of them that is not that server. */
	static String otherThan(String server) {
		return ALL.stream().filter((other) -> !other.equals(server)).findFirst().orElseThrow();
	}

	/** The one with that address in the lab's network. */
	static String at(String address) {
		return ALL.stream().filter((server) -> Lab.hasAddress(server, address)).findFirst().orElseThrow();
	}

	/** Returns when visitors are sent to each of them, from either balancer. */
	static void awaitAll() {
		Awaitility.await("visitors to be sent to every web server")
			.atMost(Duration.ofSeconds(90))
			.untilAsserted(() -> assertThat(states()).allSatisfy((server, state) -> assertThat(state).isEqualTo("UP")));
	}

	/** Returns when no balancer sends visitors to that one. */
	static void awaitNotReady(String server) {
		Awaitility.await("no visitor to be sent to " + server)
			.atMost(Duration.ofSeconds(30))
			.until(() -> Balancers.ALL.stream().noneMatch((balancer) -> state(balancer, server).equals("UP")));
	}

	/** The release that runs there. */
	static String release(String server) {
		return Lab.on(server, "sh", "-c",
				"sed 's,.*/releases/\\([^/]*\\)/.*,\\1,' /proc/$(systemctl show --property MainPID --value foobar)/cmdline");
	}

	/**
	 * What nginx says of requests with that in the last minute, whichever server had
	 * them.
	 */
	static String log(String text) {
		return ALL.stream()
			.map((server) -> Lab.on(server, "sh", "-c",
					"journalctl --namespace access --identifier nginx --output cat --since -1min | grep -F '%s' || true"
						.formatted(text)))
			.filter((lines) -> !lines.isEmpty())
			.collect(Collectors.joining("\n"));
	}

	// By who says so and of whom.
	private static Map<String, String> states() {
		Map<String, String> states = new TreeMap<>();
		for (String balancer : Balancers.ALL) {
			ALL.forEach((server) -> states.put(balancer + " of " + server, state(balancer, server)));
		}
		return states;
	}

	private static String state(String balancer, String server) {
		return Lab.on(balancer, "sh", "-c",
				"echo 'show stat' | socat - /run/haproxy/admin.sock | grep '^ready,%s,' | cut -d, -f18"
					.formatted(server));
	}

}
