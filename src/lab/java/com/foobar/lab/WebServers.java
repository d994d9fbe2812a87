package com.foobar.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** The web servers, and their state as the balancers see it. */
final class WebServers {

	static final List<String> ALL = List.of("web-01", "web-02");

	private WebServers() {
	}

	/** Returns the first web server other than the given server. */
	static String otherThan(String server) {
		return ALL.stream().filter((other) -> !other.equals(server)).findFirst().orElseThrow();
	}

	/** Returns the web server that has the given address in the lab's network. */
	static String at(String address) {
		return ALL.stream().filter((server) -> Lab.hasAddress(server, address)).findFirst().orElseThrow();
	}

	/**
	 * Waits until both balancers send visitors to every web server, for 90 seconds at
	 * most.
	 */
	static void awaitAll() {
		Awaitility.await("both balancers send visitors to every web server")
			.atMost(Duration.ofSeconds(90))
			.untilAsserted(() -> assertThat(states()).allSatisfy((server, state) -> assertThat(state).isEqualTo("UP")));
	}

	/**
	 * Waits until no balancer sends visitors to the given server, for 30 seconds at most.
	 */
	static void awaitNotReady(String server) {
		Awaitility.await("no balancer sends visitors to " + server)
			.atMost(Duration.ofSeconds(30))
			.until(() -> Balancers.ALL.stream().noneMatch((balancer) -> state(balancer, server).equals("UP")));
	}

	/** Returns the name of the release that runs on a server. */
	static String release(String server) {
		return Lab.on(server, "sh", "-c",
				"sed 's,.*/releases/\\([^/]*\\)/.*,\\1,' /proc/$(systemctl show --property MainPID --value foobar)/cmdline");
	}

	/**
	 * Returns the lines with the given text that nginx has logged on any web server in
	 * the last minute.
	 */
	static String log(String text) {
		return ALL.stream()
			.map((server) -> Lab.on(server, "sh", "-c",
					"journalctl --namespace access --identifier nginx --output cat --since -1min | grep -F '%s' || true"
						.formatted(text)))
			.filter((lines) -> !lines.isEmpty())
			.collect(Collectors.joining("\n"));
	}

	// A key names the web server and the balancer that reports its state.
	private static Map<String, String> states() {
		Map<String, String> states = new TreeMap<>();
		for (String balancer : Balancers.ALL) {
			ALL.forEach((server) -> states.put(server + " according to " + balancer, state(balancer, server)));
		}
		return states;
	}

	private static String state(String balancer, String server) {
		return Lab.on(balancer, "sh", "-c",
				"echo 'show stat' | socat - /run/haproxy/admin.sock | grep '^ready,%s,' | cut -d, -f18"
					.formatted(server));
	}

}
