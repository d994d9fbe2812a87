package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that one balancer at a time holds the site's address while both are overloaded.
 */
@Tag("lab")
@Tag("group")
class FloodIntegrationTests {

	private static final int SECONDS = 25;

	private static final int CLIENTS = 4;

	// This is a few intervals of the observation, which runs on the same busy machine.
	private static final long LONGEST_MILLIS = 1000;

	private static final String HANDSHAKES = """
			for i in 1 2; do
			    timeout %d openssl s_time -new -connect %s:443 -time %d 2>&1 &
			done
			wait
			""".formatted(SECONDS + 10, Lab.ADDRESS, SECONDS);

	private static final Pattern CONNECTIONS = Pattern.compile("(\\d+) connections in \\d+ real seconds");

	// Prints a line five times a second: the time, and 1 if the balancer has the address
	// or else 0.
	private static final String HOLDER = """
			end=$(($(date +%%s) + %d))
			while [ $(date +%%s) -lt $end ]; do
			    echo "$(date +%%s%%3N) $(ip -oneline address show to %s | wc -l)"
			    sleep 0.2
			done
			""".formatted(SECONDS + 5, Lab.ADDRESS);

	@Test
	void oneBalancerHoldsTheAddressDuringAFloodOfHandshakes() {
		Balancers.awaitHolder();
		List<Process> watches = Balancers.ALL.stream()
			.map((balancer) -> start("docker", "exec", "foobar-lab-" + balancer, "sh", "-c", HOLDER))
			.toList();
		List<Process> flood = IntStream.range(0, CLIENTS)
			.mapToObj((number) -> start("docker", "run", "--rm", "--network", "foobar-lab", "--label", "foobar-lab",
					"--entrypoint", "sh", "foobar/server", "-c", HANDSHAKES))
			.toList();
		// Contains for each balancer the times of its observations, each with 1 if it had
		// the address or else 0.
		List<NavigableMap<Long, Integer>> samples = watches.stream().map(FloodIntegrationTests::read).toList();
		long withoutHolder = longest(samples, 0);
		long withBoth = longest(samples, 2);
		long handshakes = flood.stream().mapToLong(FloodIntegrationTests::handshakes).sum();
		System.out.printf("A flood of %d handshakes: no balancer had the address for %d ms, both for %d ms; %s moves%n",
				handshakes, withoutHolder, withBoth, moves(samples));
		assertThat(handshakes).isGreaterThan(100L * SECONDS);
		assertThat(withoutHolder).isLessThan(LONGEST_MILLIS);
		assertThat(withBoth).isLessThan(LONGEST_MILLIS);
		assertThat(moves(samples)).as("moves of the address").isLessThanOrEqualTo(1);
		assertThat(Client.get("/").status()).isEqualTo(200);
	}

	/** Waits for a process of the flood, and returns how many handshakes it completed. */
	private static long handshakes(Process process) {
		return CONNECTIONS.matcher(output(process))
			.results()
			.mapToLong((result) -> Long.parseLong(result.group(1)))
			.sum();
	}

	/**
	 * Returns the longest time in milliseconds in which so many balancers had the
	 * address.
	 */
	private static long longest(List<NavigableMap<Long, Integer>> samples, int holders) {
		long longest = 0;
		long since = 0;
		for (long time : times(samples)) {
			boolean matches = samples.stream().mapToInt((balancer) -> held(balancer, time)).sum() == holders;
			since = matches ? ((since == 0) ? time : since) : 0;
			longest = matches ? Math.max(longest, time - since) : longest;
		}
		return longest;
	}

	private static int moves(List<NavigableMap<Long, Integer>> samples) {
		List<Integer> first = times(samples).stream().map((time) -> held(samples.get(0), time)).toList();
		int moves = 0;
		for (int i = 1; i < first.size(); i++) {
			moves += first.get(i).equals(first.get(i - 1)) ? 0 : 1;
		}
		return moves;
	}

	private static List<Long> times(List<NavigableMap<Long, Integer>> samples) {
		long began = samples.stream().mapToLong(NavigableMap::firstKey).max().orElseThrow();
		return samples.stream()
			.flatMap((balancer) -> balancer.keySet().stream())
			.filter((time) -> time >= began)
			.sorted()
			.toList();
	}

	private static int held(NavigableMap<Long, Integer> balancer, long time) {
		return balancer.floorEntry(time).getValue();
	}

	private static Process start(String... command) {
		try {
			return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static NavigableMap<Long, Integer> read(Process process) {
		var samples = new TreeMap<Long, Integer>();
		output(process).lines()
			.map((line) -> line.split(" "))
			.forEach((words) -> samples.put(Long.valueOf(words[0]), Integer.valueOf(words[1])));
		return samples;
	}

	private static String output(Process process) {
		try {
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
