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

/** Balancers that have more to do than they can. */
@Tag("lab")
@Tag("group")
class FloodIntegrationTests {

	private static final int SECONDS = 25;

	private static final int VISITORS = 4;

	// Some looks of the watch, on a machine that is busy with the flood as well.
	private static final long LONGEST = 1000;

	private static final String HANDSHAKES = """
			for i in 1 2; do
			    timeout %d openssl s_time -new -connect %s:443 -time %d 2>&1 &
			done
			wait
			""".formatted(SECONDS + 10, Lab.ADDRESS, SECONDS);

	private static final Pattern CONNECTIONS = Pattern.compile("(\\d+) connections in \\d+ real seconds");

	// A line five times a second: when, and whether it has the address.
	private static final String HOLDER = """
			end=$(($(date +%%s) + %d))
			while [ $(date +%%s) -lt $end ]; do
			    echo "$(date +%%s%%3N) $(ip -oneline address show to %s | wc -l)"
			    sleep 0.2
			done
			""".formatted(SECONDS + 5, Lab.ADDRESS);

	@Test
	void oneBalancerHoldsTheAddressAllTheTimeInAFloodOfHandshakes() {
		Balancers.awaitHolder();
		List<Process> watches = Balancers.ALL.stream()
			.map((balancer) -> start("docker", "exec", "foobar-lab-" + balancer, "sh", "-c", HOLDER))
			.toList();
		List<Process> flood = IntStream.range(0, VISITORS)
			.mapToObj((number) -> start("docker", "run", "--rm", "--network", "foobar-lab", "--label", "foobar-lab",
					"--entrypoint", "sh", "foobar/server", "-c", HANDSHAKES))
			.toList();
		// Of each balancer when it had the address and when not, as far as that was seen.
		List<NavigableMap<Long, Integer>> seen = watches.stream().map(FloodIntegrationTests::read).toList();
		long nobody = longest(seen, 0);
		long both = longest(seen, 2);
		long handshakes = flood.stream().mapToLong(FloodIntegrationTests::handshakes).sum();
		System.out.printf("A flood of %d handshakes: nobody had the address for %d ms, both for %d ms; moves: %s%n",
				handshakes, nobody, both, moves(seen));
		assertThat(handshakes).isGreaterThan(100L * SECONDS);
		assertThat(nobody).isLessThan(LONGEST);
		assertThat(both).isLessThan(LONGEST);
		assertThat(moves(seen)).as("moves of the address").isLessThanOrEqualTo(1);
		assertThat(Client.get("/").status()).isEqualTo(200);
	}

	/** Waits for a process of the flood, and returns how many handshakes it completed. */
	private static long handshakes(Process process) {
		return CONNECTIONS.matcher(output(process))
			.results()
			.mapToLong((result) -> Long.parseLong(result.group(1)))
			.sum();
	}

	/** For how many milliseconds at most so many had it. */
	private static long longest(List<NavigableMap<Long, Integer>> seen, int holders) {
		long longest = 0;
		long since = 0;
		for (long time : times(seen)) {
			boolean so = seen.stream().mapToInt((one) -> at(one, time)).sum() == holders;
			since = so ? ((since == 0) ? time : since) : 0;
			longest = so ? Math.max(longest, time - since) : longest;
		}
		return longest;
	}

	private static int moves(List<NavigableMap<Long, Integer>> seen) {
		List<Integer> first = times(seen).stream().map((time) -> at(seen.get(0), time)).toList();
		int moves = 0;
		for (int i = 1; i < first.size(); i++) {
			moves += first.get(i).equals(first.get(i - 1)) ? 0 : 1;
		}
		return moves;
	}

	private static List<Long> times(List<NavigableMap<Long, Integer>> seen) {
		long began = seen.stream().mapToLong(NavigableMap::firstKey).max().orElseThrow();
		return seen.stream().flatMap((one) -> one.keySet().stream()).filter((time) -> time >= began).sorted().toList();
	}

	private static int at(NavigableMap<Long, Integer> one, long time) {
		return one.floorEntry(time).getValue();
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
		var seen = new TreeMap<Long, Integer>();
		output(process).lines()
			.map((line) -> line.split(" "))
			.forEach((words) -> seen.put(Long.valueOf(words[0]), Integer.valueOf(words[1])));
		return seen;
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
