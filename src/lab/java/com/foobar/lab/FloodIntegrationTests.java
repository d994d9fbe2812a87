package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

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
			    timeout %d openssl s_time -new -connect %s:443 -time %d >/dev/null 2>&1 &
			done
			wait
			""".formatted(SECONDS, Lab.ADDRESS, SECONDS);

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
		for (int i = 0; i < VISITORS; i++) {
			start("docker", "run", "--rm", "--network", "foobar-lab", "--label", "foobar-lab", "--entrypoint", "sh",
					"foobar/server", "-c", HANDSHAKES);
		}
		// Of each balancer when it had the address and when not, as far as that was seen.
		List<NavigableMap<Long, Integer>> seen = watches.stream().map(FloodIntegrationTests::read).toList();
		long nobody = longest(seen, 0);
		long both = longest(seen, 2);
		System.out.printf("A flood of handshakes: nobody had the address for %d ms, both for %d ms; moves: %s%n",
				nobody, both, moves(seen));
		assertThat(nobody).isLessThan(LONGEST);
		assertThat(both).isLessThan(LONGEST);
		assertThat(moves(seen)).as("moves of the address").isLessThanOrEqualTo(1);
		assertThat(Client.get("/").status()).isEqualTo(200);
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
		try {
			var seen = new TreeMap<Long, Integer>();
			new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.map((line) -> line.split(" "))
				.forEach((words) -> seen.put(Long.valueOf(words[0]), Integer.valueOf(words[1])));
			return seen;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
