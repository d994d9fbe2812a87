package com.foobar.lab;

import java.util.List;

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
class BalancerOperationsIntegrationTests {

	private static final String UNIT = "/etc/systemd/system/haproxy.service.d/foobar.conf";

	@Test
	void balancerIsPatchedAndRebooted() {
		String holder = Balancers.awaitHolder();
		String primary = Group.awaitPrimary();
		Journal journal = Traffic.during(() -> Lab.operate("patch", holder));
		assertNobodyNoticed("Patch the balancer with the address", journal, primary);
		assertThat(Balancers.awaitHolder()).isNotEqualTo(holder);
	}

	@Test
	void changedSettingsOfUnitsAreApplied() {
		List<String> before = Balancers.ALL.stream().map(BalancerOperationsIntegrationTests::started).toList();
		Balancers.ALL.forEach((balancer) -> Lab.on(balancer, "sh", "-c", "echo '# from before' >> " + UNIT));
		String primary = Group.awaitPrimary();
		Journal journal = Traffic.during(() -> Lab.play("site.yml", "--limit", "balancer"));
		assertNobodyNoticed("Restart HAProxy on each balancer", journal, primary);
		assertThat(Balancers.ALL).map(BalancerOperationsIntegrationTests::started).doesNotContainAnyElementsOf(before);
		assertThat(Lab.on("lb-01", "cat", UNIT)).doesNotContain("from before");
	}

	private static void assertNobodyNoticed(String change, Journal journal, String primary) {
		assertAll(() -> Target.withoutVisitors(3).check(change, journal), journal::assertEveryReadServed,
				journal::assertEveryWriteServed,
				() -> new Judge(journal).decide(Group.MEMBERS, primary, Group.awaitPrimary()));
	}

	private static String started(String balancer) {
		return balancer + Lab.on(balancer, "systemctl", "show", "--property", "ExecMainStartTimestampMonotonic,MainPID",
				"haproxy");
	}

}
