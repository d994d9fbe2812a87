package com.foobar.lab;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that visitors fill no table of connections, and that a balancer without its rules
 * admits operators only.
 */
@Tag("lab")
@Tag("group")
class FirewallIntegrationTests {

	private static final int VISITORS = 200;

	@Test
	void connectionsOfVisitorsAreNotTracked() {
		String holder = Balancers.awaitHolder();
		int before = trackedConnections(holder);
		try (SlowVisitors visitors = SlowVisitors.withHalfAHeader(VISITORS)) {
			int during = trackedConnections(holder);
			assertThat(visitors.allTurnedAway()).as("the balancer closed all connections before they were counted")
				.isFalse();
			assertThat(during).isLessThan(before + VISITORS / 2);
		}
	}

	@Test
	void balancerWithoutItsRulesAdmitsOnlyOperators() {
		String spare = Balancers.awaitHolder().equals("lb-01") ? "lb-02" : "lb-01";
		Lab.on(spare, "sh", "-c", "echo nonsense >> /etc/foobar/firewall.nft");
		Lab.powerOff(spare);
		Lab.powerOn(spare);
		try {
			Awaitility.await("ssh on %s answers".formatted(spare))
				.atMost(Duration.ofSeconds(60))
				.ignoreExceptions()
				.until(() -> Lab.on("control", "ssh", spare, "systemctl", "is-active", "haproxy"), "active"::equals);
			assertThat(Lab.on("control", "ssh", spare, "systemctl show --property ActiveState foobar-firewall"))
				.contains("failed");
			assertThatIllegalStateException()
				.isThrownBy(() -> Lab.on("control", "curl", "--silent", "--max-time", "3", "http://" + spare + "/"));
			// The balancer does not receive the messages of the other one, but must not
			// take the address.
			assertThat(Balancers.awaitHolder()).isNotEqualTo(spare);
		}
		finally {
			Lab.on(spare, "cp", "/etc/foobar/firewall.new", "/etc/foobar/firewall.nft");
			Lab.on(spare, "systemctl", "restart", "foobar-firewall");
		}
		Awaitility.await("keepalived on %s runs".formatted(spare))
			.atMost(Duration.ofSeconds(30))
			.ignoreExceptions()
			.until(() -> Lab.on(spare, "systemctl", "is-active", "keepalived"), "active"::equals);
		assertThat(Lab.on("control", "curl", "--silent", "--include", "http://" + spare + "/")).contains(" 308 ");
	}

	private static int trackedConnections(String server) {
		return Integer.parseInt(Lab.on(server, "cat", "/proc/sys/net/netfilter/nf_conntrack_count"));
	}

}
