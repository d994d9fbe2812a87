package com.foobar.database;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which server is believed, as seen on real groups that were frozen and cut in two. */
class RoleCallTests {

	private static final String WELL = "a ONLINE PRIMARY,b ONLINE SECONDARY,c ONLINE SECONDARY";

	@Test
	void aServerAloneIsWhatItSays() {
		assertThat(roles(Map.of("a", alone(true, false), "b", alone(false, true), "c", alone(false, false))))
			.containsExactlyInAnyOrderEntriesOf(Map.of("a", Role.PRIMARY, "b", Role.REPLICA, "c", Role.DETACHED));
	}

	@Test
	void theGroupNamesItsPrimary() {
		assertThat(roles(
				Map.of("a", member("a", true, WELL), "b", member("b", false, WELL), "c", member("c", false, WELL))))
			.containsExactlyInAnyOrderEntriesOf(Map.of("a", Role.PRIMARY, "b", Role.REPLICA, "c", Role.REPLICA));
	}

	@Test
	void aPrimaryOfWhichTheMajoritySaysNothingIsNotBelieved() {
		assertThat(roles(Map.of("a", member("a", true, WELL)))).containsEntry("a", Role.UNCONFIRMED);
	}

	@Test
	void whoeverIsNamedTwiceVotesOnce() {
		String alone = "a ONLINE PRIMARY,b ONLINE SECONDARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("a", member("a", true, alone), "also-a", member("a", true, alone)))).containsEntry("a",
				Role.UNCONFIRMED);
	}

	@Test
	void aPrimaryThatThawedIsNotBelievedWhileTheOthersNameAnother() {
		String new_ = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		assertThat(roles(
				Map.of("a", member("a", true, WELL), "b", member("b", true, new_), "c", member("c", false, new_))))
			.containsExactlyInAnyOrderEntriesOf(Map.of("a", Role.UNCONFIRMED, "b", Role.PRIMARY, "c", Role.REPLICA));
	}

	@Test
	void whoeverIsCutOffIsNotBelieved() {
		String alone = "a ONLINE PRIMARY,b UNREACHABLE SECONDARY,c UNREACHABLE SECONDARY";
		assertThat(roles(Map.of("a", member("a", true, alone)))).containsEntry("a", Role.UNCONFIRMED);
		String cut = "a UNREACHABLE PRIMARY,b UNREACHABLE SECONDARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("c", member("c", false, cut)))).containsEntry("c", Role.UNCONFIRMED);
	}

	@Test
	void aPrimaryThatStillAppliesIsPromoting() {
		String next = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		assertThat(roles(Map.of("b", member("b", false, next), "c", member("c", false, next))))
			.containsExactlyInAnyOrderEntriesOf(Map.of("b", Role.PROMOTING, "c", Role.REPLICA));
	}

	@Test
	void aMemberThatRecoversOrLeftIsNotBelievedEvenIfItAcceptsWrites() {
		String recovering = "a ONLINE PRIMARY,b ONLINE SECONDARY,c RECOVERING SECONDARY";
		assertThat(roles(Map.of("c", member("c", false, recovering)))).containsEntry("c", Role.UNCONFIRMED);
		assertThat(roles(Map.of("c", member("c", true, "c OFFLINE ")))).containsEntry("c", Role.UNCONFIRMED);
		assertThat(roles(Map.of("c", member("c", true, "")))).containsEntry("c", Role.UNCONFIRMED);
	}

	@Test
	void theLastMemberOfAGroupThatShrankInOrderIsThePrimary() {
		assertThat(roles(Map.of("a", member("a", true, "a ONLINE PRIMARY")))).containsEntry("a", Role.PRIMARY);
	}

	private static Map<String, Role> roles(Map<String, Report> reports) {
		return RoleCall.roles(reports);
	}

	private static Report alone(boolean writable, boolean replicating) {
		return new Report("x", writable, replicating, GtidSet.EMPTY, false, List.of(), 151);
	}

	private static Report member(String uuid, boolean writable, String view) {
		var members = Stream.of(view.split(","))
			.filter((member) -> !member.isEmpty())
			.map((member) -> member.split(" "))
			.map((words) -> new Report.Member(words[0], words[1], words.length > 2 && words[2].equals("PRIMARY")))
			.toList();
		return new Report(uuid, writable, false, GtidSet.EMPTY, true, members, 151);
	}

}
