package com.foobar.database.topology;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link RoleResolver} with member states that were recorded on real groups with a
 * frozen member or a member that was cut off.
 */
class RoleResolverTests {

	private static final String HEALTHY = "a ONLINE PRIMARY,b ONLINE SECONDARY,c ONLINE SECONDARY";

	@Test
	void serverWithoutGroupHasTheRoleThatItReports() {
		assertThat(roles(Map.of("a", withoutGroup(true, false), "b", withoutGroup(false, true), "c",
				withoutGroup(false, false))))
			.containsExactlyInAnyOrderEntriesOf(
					Map.of("a", ServerRole.PRIMARY, "b", ServerRole.REPLICA, "c", ServerRole.DETACHED));
	}

	@Test
	void groupNamesItsPrimary() {
		assertThat(roles(Map.of("a", member("a", true, HEALTHY), "b", member("b", false, HEALTHY), "c",
				member("c", false, HEALTHY))))
			.containsExactlyInAnyOrderEntriesOf(
					Map.of("a", ServerRole.PRIMARY, "b", ServerRole.REPLICA, "c", ServerRole.REPLICA));
	}

	@Test
	void primaryWithoutReportsOfAMajorityIsUnconfirmed() {
		assertThat(roles(Map.of("a", member("a", true, HEALTHY)))).containsEntry("a", ServerRole.UNCONFIRMED);
	}

	@Test
	void serverWithTwoNamesVotesOnce() {
		String view = "a ONLINE PRIMARY,b ONLINE SECONDARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("a", member("a", true, view), "also-a", member("a", true, view)))).containsEntry("a",
				ServerRole.UNCONFIRMED);
	}

	@Test
	void formerPrimaryIsUnconfirmedWhileTheOthersNameAnother() {
		String next = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		assertThat(roles(
				Map.of("a", member("a", true, HEALTHY), "b", member("b", true, next), "c", member("c", false, next))))
			.containsExactlyInAnyOrderEntriesOf(
					Map.of("a", ServerRole.UNCONFIRMED, "b", ServerRole.PRIMARY, "c", ServerRole.REPLICA));
	}

	@Test
	void memberThatIsCutOffIsUnconfirmed() {
		String view = "a ONLINE PRIMARY,b UNREACHABLE SECONDARY,c UNREACHABLE SECONDARY";
		assertThat(roles(Map.of("a", member("a", true, view)))).containsEntry("a", ServerRole.UNCONFIRMED);
		String cut = "a UNREACHABLE PRIMARY,b UNREACHABLE SECONDARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("c", member("c", false, cut)))).containsEntry("c", ServerRole.UNCONFIRMED);
	}

	@Test
	void primaryThatStillAppliesIsPromoting() {
		String next = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("b", member("b", false, next), "c", member("c", false, next))))
			.containsExactlyInAnyOrderEntriesOf(Map.of("b", ServerRole.PROMOTING, "c", ServerRole.REPLICA));
	}

	@Test
	void memberThatRecoversOrLeftIsUnconfirmedEvenIfItAcceptsWrites() {
		String recovering = "a ONLINE PRIMARY,b ONLINE SECONDARY,c RECOVERING SECONDARY";
		assertThat(roles(Map.of("c", member("c", false, recovering)))).containsEntry("c", ServerRole.UNCONFIRMED);
		assertThat(roles(Map.of("c", member("c", true, "c OFFLINE ")))).containsEntry("c", ServerRole.UNCONFIRMED);
		assertThat(roles(Map.of("c", member("c", true, "")))).containsEntry("c", ServerRole.UNCONFIRMED);
	}

	@Test
	void onlyMemberOfAGroupIsThePrimary() {
		assertThat(roles(Map.of("a", member("a", true, "a ONLINE PRIMARY")))).containsEntry("a", ServerRole.PRIMARY);
	}

	private static Map<String, ServerRole> roles(Map<String, ProbeResult> results) {
		return RoleResolver.roles(results);
	}

	private static ProbeResult withoutGroup(boolean writable, boolean replicating) {
		return new ProbeResult("x", writable, replicating, GtidSet.EMPTY, false, List.of(), 151);
	}

	private static ProbeResult member(String uuid, boolean writable, String view) {
		var members = Stream.of(view.split(","))
			.filter((member) -> !member.isEmpty())
			.map((member) -> member.split(" "))
			.map((words) -> new ProbeResult.Member(words[0], words[1], words.length > 2 && words[2].equals("PRIMARY")))
			.toList();
		return new ProbeResult(uuid, writable, false, GtidSet.EMPTY, true, members, 151);
	}

}
