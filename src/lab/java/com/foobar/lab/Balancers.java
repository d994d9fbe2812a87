package com.foobar.lab;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/** The two balancers, and who of them holds the address that visitors come to. */
final class Balancers {

	static final List<String> ALL = List.of("lb-01", "lb-02");

	private Balancers() {
	}

	/** Who has the address that visitors come to, once that is one and no more. */
	static String awaitHolder() {
		return awaitHolder(Lab.ADDRESS);
	}

	static String awaitHolder(String address) {
		return Awaitility.await("one balancer to hold " + address)
			.atMost(Duration.ofSeconds(30))
			.until(() -> holders(address), (holders) -> holders.size() == 1)
			.getFirst();
	}

	static String awaitOtherHolderThan(String before) {
		return Awaitility.await("another balancer than %s to hold %s".formatted(before, Lab.ADDRESS))
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> holders(Lab.ADDRESS).stream().filter((balancer) -> !balancer.equals(before)).toList(),
					(holders) -> !holders.isEmpty())
			.getFirst();
	}

	static List<String> holders(String address) {
		return ALL.stream().filter((balancer) -> Lab.hasAddress(balancer, address)).toList();
	}

}
