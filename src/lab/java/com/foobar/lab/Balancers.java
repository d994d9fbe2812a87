package com.foobar.lab;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/** Finds which of the two balancers holds an address of the site. */
final class Balancers {

	static final List<String> ALL = List.of("lb-01", "lb-02");

	private Balancers() {
	}

	/**
	 * Waits until exactly one balancer holds the site's IPv4 address, for 30 seconds at
	 * most, and returns that balancer.
	 */
	static String awaitHolder() {
		return awaitHolder(Lab.ADDRESS);
	}

	static String awaitHolder(String address) {
		return Awaitility.await("exactly one balancer holds " + address)
			.atMost(Duration.ofSeconds(30))
			.until(() -> holders(address), (holders) -> holders.size() == 1)
			.getFirst();
	}

	/**
	 * Waits until another balancer than before holds the site's IPv4 address, for 30
	 * seconds at most, and returns that balancer. The former one may still hold it.
	 */
	static String awaitOtherHolderThan(String former) {
		return Awaitility.await("another balancer than %s holds %s".formatted(former, Lab.ADDRESS))
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> holders(Lab.ADDRESS).stream().filter((balancer) -> !balancer.equals(former)).toList(),
					(holders) -> !holders.isEmpty())
			.getFirst();
	}

	static List<String> holders(String address) {
		return ALL.stream().filter((balancer) -> Lab.hasAddress(balancer, address)).toList();
	}

}
