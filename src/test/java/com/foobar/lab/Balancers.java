package com.foobar.lab;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/** The two balancers, and who of them holds the address that visitors come to. */
final class Balancers {

	static final List<String> ALL = List.of("lb-01", "lb-02");

	private Balancers() {
	}

	/** Who has it, once that is one and no more. */
	static String awaitHolder() {
		return Awaitility.await("one balancer to hold " + Lab.ADDRESS)
			.atMost(Duration.ofSeconds(30))
			.until(Balancers::holders, (holders) -> holders.size() == 1)
			.getFirst();
	}

	static String awaitOtherHolderThan(String before) {
		return Awaitility.await("another balancer than %s to hold %s".formatted(before, Lab.ADDRESS))
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> ALL.stream().filter((balancer) -> !balancer.equals(before)).filter(Balancers::holds).toList(),
					(holders) -> !holders.isEmpty())
			.getFirst();
	}

	private static List<String> holders() {
		return ALL.stream().filter(Balancers::holds).toList();
	}

	private static boolean holds(String balancer) {
		return !Lab.on(balancer, "ip", "-oneline", "address", "show", "to", Lab.ADDRESS).isEmpty();
	}

}
