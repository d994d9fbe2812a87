package com.foobar.lab;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.foobar.load.Event.Kind;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * What becomes of people who read and write while the release is replaced, by a good one
 * and by bad ones.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollOutIntegrationTests {

	private String primary = "";

	@BeforeEach
	void awaitSite() {
		this.primary = Group.awaitPrimary();
		WebServers.awaitAll();
	}

	@Test
	@Order(1)
	void nobodyNoticesARollOut() {
		List<String> before = sheets();
		Release other = Release.other();
		Journal journal = Traffic.during(() -> deploy(other));
		assertAll(() -> assertNobodyNoticed("Roll out another release", journal),
				() -> assertEveryoneRuns(other.name()),
				// Pages of either release find theirs on any server.
				() -> assertThat(sheets()).doesNotContainAnyElementsOf(before),
				() -> assertThat(Stream.concat(before.stream(), sheets().stream()))
					.allMatch((sheet) -> IntStream.range(0, 12).allMatch((i) -> Client.get(sheet).status() == 200)));
	}

	@Test
	@Order(2)
	void releaseThatIsNeverReadyIsStoppedAndNobodyNotices() {
		String before = WebServers.release("web-01");
		Release broken = Release.broken();
		Journal journal = Traffic.during(() -> assertThatIllegalStateException()
			.isThrownBy(() -> deploy(broken, "-e", "application_timeout_seconds=20"))
			.withMessageContaining("The release %s did not become ready on web-01".formatted(broken.name())));
		assertAll(() -> assertNobodyNoticed("Roll out a broken release", journal), () -> assertEveryoneRuns(before),
				WebServers::awaitAll);
	}

	@Test
	@Order(3)
	void releaseThatAnswersWithErrorsIsTakenBackBeforeTheOtherServerHasIt() {
		String before = WebServers.release("web-01");
		Release failing = Release.failing();
		Journal journal = Traffic.during(() -> assertThatIllegalStateException().isThrownBy(() -> deploy(failing))
			.withMessageMatching("(?s).*The release %s answered \\d+ of \\d+ requests with an error of its own .*"
				.formatted(failing.name())));
		assertThat(journal.of(Kind.READ_FAILED)).as("What had to fail for it to be noticed").isNotEmpty();
		assertAll(() -> assertEveryoneRuns(before), WebServers::awaitAll, () -> judge(journal));
	}

	@Test
	@Order(4)
	@Tag("long")
	void nobodyNoticesTheWayBack() {
		String before = WebServers.release("web-01");
		deploy(Release.other());
		Journal journal = Traffic.during(() -> Lab.operate("rollback"));
		assertAll(() -> assertNobodyNoticed("Roll back", journal), () -> assertEveryoneRuns(before));
	}

	// An archive of classes saves the site nothing here, and costs these cores minutes.
	private static void deploy(Release release, String... settings) {
		Lab.operate(Stream
			.concat(Stream.of("deploy", "-e", "jar=" + release.jar(), "-e", "application_archive=false"),
					Stream.of(settings))
			.toArray(String[]::new));
	}

	private static void assertEveryoneRuns(String release) {
		assertThat(WebServers.ALL).allSatisfy((server) -> assertThat(WebServers.release(server)).isEqualTo(release));
	}

	private static List<String> sheets() {
		return Jsoup.parse(Client.get("/login").body()).select("link[rel=stylesheet]").eachAttr("href");
	}

	private void assertNobodyNoticed(String change, Journal journal) {
		assertAll(() -> Target.withoutVisitors(1).check(change, journal), journal::assertEveryReadServed,
				journal::assertEveryWriteServed, () -> judge(journal));
	}

	private void judge(Journal journal) {
		new Judge(journal).decide(Group.MEMBERS, this.primary, Group.awaitPrimary());
	}

}
