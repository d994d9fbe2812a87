package com.foobar.database.topology;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which server is believed, as seen on real groups that were frozen and cut in two. */
class RoleResolverTests {

	private static final String WELL = "a ONLINE PRIMARY,b ONLINE SECONDARY,c ONLINE SECONDARY";

	@Test
	void aServerAloneIsWhatItSays() {
		assertThat(roles(Map.of("a", alone(true, false), "b", alone(false, true), "c", alone(false, false))))
			.containsExactlyInAnyOrderEntriesOf(
					Map.of("a", ServerRole.PRIMARY, "b", ServerRole.REPLICA, "c", ServerRole.DETACHED));
	}

	@Test
	void theGroupNamesItsPrimary() {
		assertThat(roles(
				Map.of("a", member("a", true, WELL), "b", member("b", false, WELL), "c", member("c", false, WELL))))
			.containsExactlyInAnyOrderEntriesOf(
					Map.of("a", ServerRole.PRIMARY, "b", ServerRole.REPLICA, "c", ServerRole.REPLICA));
	}

	@Test
	void aPrimaryOfWhichTheMajoritySaysNothingIsNotBelieved() {
		assertThat(roles(Map.of("a", member("a", true, WELL)))).containsEntry("a", ServerRole.UNCONFIRMED);
	}

	@Test
	void whoeverIsNamedTwiceVotesOnce() {
		String alone = "a ONLINE PRIMARY,b ONLINE SECONDARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("a", member("a", true, alone), "also-a", member("a", true, alone)))).containsEntry("a",
				ServerRole.UNCONFIRMED);
	}

	@Test
	void aPrimaryThatThawedIsNotBelievedWhileTheOthersNameAnother() {
		String new_ = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		assertThat(roles(
				Map.of("a", member("a", true, WELL), "b", member("b", true, new_), "c", member("c", false, new_))))
			.containsExactlyInAnyOrderEntriesOf(
					Map.of("a", ServerRole.UNCONFIRMED, "b", ServerRole.PRIMARY, "c", ServerRole.REPLICA));
	}

	@Test
	void whoeverIsCutOffIsNotBelieved() {
		String alone = "a ONLINE PRIMARY,b UNREACHABLE SECONDARY,c UNREACHABLE SECONDARY";
		assertThat(roles(Map.of("a", member("a", true, alone)))).containsEntry("a", ServerRole.UNCONFIRMED);
		String cut = "a UNREACHABLE PRIMARY,b UNREACHABLE SECONDARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("c", member("c", false, cut)))).containsEntry("c", ServerRole.UNCONFIRMED);
	}

	@Test
	void aPrimaryThatStillAppliesIsPromoting() {
		String next = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("b", member("b", false, next), "c", member("c", false, next))))
			.containsExactlyInAnyOrderEntriesOf(Map.of("b", ServerRole.PROMOTING, "c", ServerRole.REPLICA));
	}

	@Test
	void aMemberThatRecoversOrLeftIsNotBelievedEvenIfItAcceptsWrites() {
		String recovering = "a ONLINE PRIMARY,b ONLINE SECONDARY,c RECOVERING SECONDARY";
		assertThat(roles(Map.of("c", member("c", false, recovering)))).containsEntry("c", ServerRole.UNCONFIRMED);
		assertThat(roles(Map.of("c", member("c", true, "c OFFLINE ")))).containsEntry("c", ServerRole.UNCONFIRMED);
		assertThat(roles(Map.of("c", member("c", true, "")))).containsEntry("c", ServerRole.UNCONFIRMED);
	}

	@Test
	void theLastMemberOfAGroupThatShrankInOrderIsThePrimary() {
		assertThat(roles(Map.of("a", member("a", true, "a ONLINE PRIMARY")))).containsEntry("a", ServerRole.PRIMARY);
	}

	private static Map<String, ServerRole> roles(Map<String, ProbeResult> reports) {
		return RoleResolver.roles(reports);
	}

	private static ProbeResult alone(boolean writable, boolean replicating) {
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
