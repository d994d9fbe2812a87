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
 * Tests how visitors are served while the release is replaced, by a good one and by bad
 * ones.
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
	void rollOutFailsNoRequest() {
		List<String> before = styleSheets();
		Release other = Release.other();
		LoadEvents events = Traffic.during(() -> deploy(other));
		assertAll(() -> assertNoRequestFailed("Roll out another release", events), () -> assertAllRun(other.name()),
				// Each server has the style sheets of both releases.
				() -> assertThat(styleSheets()).doesNotContainAnyElementsOf(before),
				() -> assertThat(Stream.concat(before.stream(), styleSheets().stream()))
					.allMatch((sheet) -> IntStream.range(0, 12).allMatch((i) -> Client.get(sheet).status() == 200)));
	}

	@Test
	@Order(2)
	@Tag("long")
	void releaseThatIsNeverReadyIsStoppedWithoutFailedRequests() {
		String before = WebServers.release("web-01");
		Release broken = Release.broken();
		LoadEvents events = Traffic.during(() -> assertThatIllegalStateException()
			.isThrownBy(() -> deploy(broken, "-e", "application_timeout_seconds=20"))
			.withMessageContaining("The release %s did not become ready on web-01".formatted(broken.name())));
		assertAll(() -> assertNoRequestFailed("Roll out a broken release", events), () -> assertAllRun(before),
				WebServers::awaitAll);
	}

	@Test
	@Order(3)
	@Tag("long")
	void releaseThatAnswersWithErrorsIsRevertedOnTheFirstServer() {
		String before = WebServers.release("web-01");
		Release failing = Release.failing();
		LoadEvents events = Traffic.during(() -> assertThatIllegalStateException().isThrownBy(() -> deploy(failing))
			.withMessageMatching("(?s).*The release %s answered \\d+ of \\d+ requests with an error of its own .*"
				.formatted(failing.name())));
		assertThat(events.of(Kind.READ_FAILED)).as("failed reads, which reveal the bad release").isNotEmpty();
		assertAll(() -> assertAllRun(before), WebServers::awaitAll, () -> assertConsistent(events));
	}

	@Test
	@Order(4)
	@Tag("long")
	void rollbackFailsNoRequest() {
		String before = WebServers.release("web-01");
		deploy(Release.other());
		LoadEvents events = Traffic.during(() -> Lab.operate("rollback"));
		assertAll(() -> assertNoRequestFailed("Roll back", events), () -> assertAllRun(before));
	}

	// The archive of classes has no use in this test, and takes minutes on this machine.
	private static void deploy(Release release, String... settings) {
		Lab.operate(Stream
			.concat(Stream.of("deploy", "-e", "jar=" + release.jar(), "-e", "application_archive=false"),
					Stream.of(settings))
			.toArray(String[]::new));
	}

	private static void assertAllRun(String release) {
		assertThat(WebServers.ALL).allSatisfy((server) -> assertThat(WebServers.release(server)).isEqualTo(release));
	}

	private static List<String> styleSheets() {
		return Jsoup.parse(Client.get("/login").body()).select("link[rel=stylesheet]").eachAttr("href");
	}

	private void assertNoRequestFailed(String change, LoadEvents events) {
		new DataCheck(events).assertNoRequestFailed(change, Target.withoutVisits(1), this.primary);
	}

	private void assertConsistent(LoadEvents events) {
		new DataCheck(events).assertConsistent(Group.MEMBERS, this.primary, Group.awaitPrimary());
	}

}
