package com.foobar.lab;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that no request of a visitor fails while an operator works on the balancers. */
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
		String before = bootTime(holder);
		LoadEvents events = Traffic.during(() -> Lab.operate("patch", holder, "-e", "reboot=true"));
		assertNoRequestFailed("Patch and reboot the balancer with the address", events, primary);
		assertThat(Balancers.awaitHolder()).isNotEqualTo(holder);
		assertThat(bootTime(holder)).isNotEqualTo(before);
	}

	@Test
	void changedSettingsOfUnitsAreApplied() {
		List<String> before = Balancers.ALL.stream().map(BalancerOperationsIntegrationTests::startTimes).toList();
		UNITS.forEach((unit) -> {
			Lab.on("lb-01", "sh", "-c", "echo '# from before' >> " + unitFile(unit));
			// This is the state after a run that failed before the restart.
			Lab.on("lb-02", "touch", unitFile(unit));
		});
		String primary = Group.awaitPrimary();
		LoadEvents events = Traffic.during(() -> Lab.runPlaybook("site.yml", "--limit", "balancer"));
		assertNoRequestFailed("Restart HAProxy and keepalived on each balancer", events, primary);
		assertThat(Balancers.ALL).map(BalancerOperationsIntegrationTests::startTimes)
			.doesNotContainAnyElementsOf(before);
		assertThat(UNITS)
			.allSatisfy((unit) -> assertThat(Lab.on("lb-01", "cat", unitFile(unit))).doesNotContain("from before"));
	}

	// The playbook stops a balancer that has no address to hand over. It does not reboot
	// it, because there is no upgrade.
	@Test
	void balancerWithoutVirtualAddressServesAfterAPatch() {
		Lab.operate("patch", "lb-02", "-e", "{\"virtual_addresses\": []}");
		assertThat(Lab.on("lb-02", "systemctl", "is-active", "haproxy")).isEqualToIgnoringNewLines("active");
	}

	private static void assertNoRequestFailed(String change, LoadEvents events, String primary) {
		new DataCheck(events).assertNoRequestFailed(change, Target.withoutVisits(3), primary);
	}

	private static String unitFile(String unit) {
		return "/etc/systemd/system/%s.service.d/foobar.conf".formatted(unit);
	}

	private static String bootTime(String server) {
		return Lab.on(server, "systemctl", "show", "--property", "UserspaceTimestampMonotonic");
	}

	private static String startTimes(String balancer) {
		return UNITS.stream()
			.map((unit) -> Lab.on(balancer, "systemctl", "show", "--property",
					"ExecMainStartTimestampMonotonic,MainPID", unit))
			.collect(Collectors.joining("\n", balancer + "\n", ""));
	}

}
