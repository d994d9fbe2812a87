package com.foobar.lab;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * What an operator does to the balancers while people read and write, of which nobody
 * notices anything.
 */
@Tag("lab")
@Tag("group")
@Tag("long")
@Tag("balancer")
class BalancerOperationsIntegrationTests {

	private static final List<String> UNITS = List.of("haproxy", "keepalived");

	@Test
	void balancerIsPatchedAndRebooted() {
		String holder = Balancers.awaitHolder();
		String primary = Group.awaitPrimary();
		String before = booted(holder);
		Journal journal = Traffic.during(() -> Lab.operate("patch", holder, "-e", "reboot=true"));
		assertNobodyNoticed("Patch and reboot the balancer with the address", journal, primary);
		assertThat(Balancers.awaitHolder()).isNotEqualTo(holder);
		assertThat(booted(holder)).isNotEqualTo(before);
	}

	@Test
	void changedSettingsOfUnitsAreApplied() {
		List<String> before = Balancers.ALL.stream().map(BalancerOperationsIntegrationTests::started).toList();
		UNITS.forEach((unit) -> {
			Lab.on("lb-01", "sh", "-c", "echo '# from before' >> " + file(unit));
			// As a run leaves it that failed before it came to the restart.
			Lab.on("lb-02", "touch", file(unit));
		});
		String primary = Group.awaitPrimary();
		Journal journal = Traffic.during(() -> Lab.play("site.yml", "--limit", "balancer"));
		assertNobodyNoticed("Restart HAProxy and keepalived on each balancer", journal, primary);
		assertThat(Balancers.ALL).map(BalancerOperationsIntegrationTests::started).doesNotContainAnyElementsOf(before);
		assertThat(UNITS)
			.allSatisfy((unit) -> assertThat(Lab.on("lb-01", "cat", file(unit))).doesNotContain("from before"));
	}

	// Without addresses to move it is stopped meanwhile; with no upgrade it is not
	// rebooted either.
	@Test
	void balancerWithoutAnAddressThatMovesServesAfterItWasPatched() {
		Lab.operate("patch", "lb-02", "-e", "{\"site_addresses\": []}");
		assertThat(Lab.on("lb-02", "systemctl", "is-active", "haproxy")).isEqualToIgnoringNewLines("active");
	}

	private static void assertNobodyNoticed(String change, Journal journal, String primary) {
		assertAll(() -> Target.withoutVisitors(3).check(change, journal), journal::assertEveryReadServed,
				journal::assertEveryWriteServed,
				() -> new Judge(journal).decide(Group.MEMBERS, primary, Group.awaitPrimary()));
	}

	private static String file(String unit) {
		return "/etc/systemd/system/%s.service.d/foobar.conf".formatted(unit);
	}

	private static String booted(String server) {
		return Lab.on(server, "systemctl", "show", "--property", "UserspaceTimestampMonotonic");
	}

	private static String started(String balancer) {
		return UNITS.stream()
			.map((unit) -> Lab.on(balancer, "systemctl", "show", "--property",
					"ExecMainStartTimestampMonotonic,MainPID", unit))
			.collect(Collectors.joining("\n", balancer + "\n", ""));
	}

}
