package com.foobar.lab;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import com.foobar.load.Event.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * What becomes of people who read and write while something between them and the
 * databases is taken away, in one way after the other, or replaced.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontFaultsIntegrationTests {

	// Until the balancers have noticed that a server is silent.
	private static final Duration NOTICED = Duration.ofSeconds(4);

	private final AtomicLong happened = new AtomicLong();

	private String primary = "";

	private String holder = "";

	private String web = "";

	@BeforeEach
	void findOut() {
		this.primary = Group.awaitPrimary();
		this.holder = Balancers.awaitHolder();
		// A fault of the web server is not to be one of the primary.
		this.web = this.primary.equals("web-01") ? "web-02" : "web-01";
		WebServers.awaitAll();
	}

	@Test
	@Order(1)
	void killedBalancerIsReplacedWithinASecond() {
		Journal journal = Traffic.during(() -> {
			signal(this.holder, "KILL", "haproxy");
			Balancers.awaitOtherHolderThan(this.holder);
			happened();
		});
		assertAll(() -> Target.withoutVisitors(1).check("Kill HAProxy", journal), () -> assertAllLetInSince(journal),
				() -> judge(journal));
	}

	@Test
	@Order(2)
	void frozenBalancerIsReplacedAndThawsAsTheSpare() {
		Journal journal = Traffic.during(() -> {
			signal(this.holder, "STOP", "haproxy");
			try {
				Balancers.awaitOtherHolderThan(this.holder);
				happened();
			}
			finally {
				signal(this.holder, "CONT", "haproxy");
			}
		});
		assertAll(() -> Target.withoutVisitors(3).check("Freeze HAProxy", journal), () -> assertAllLetInSince(journal),
				() -> judge(journal), () -> assertThat(Balancers.awaitHolder()).isNotEqualTo(this.holder));
	}

	@Test
	@Order(3)
	void nobodyIsCutOffByReloads() {
		Journal journal = Traffic.during(() -> {
			for (int i = 0; i < 20; i++) {
				Lab.on(this.holder, "systemctl", "reload", "haproxy");
			}
		});
		assertNobodyNoticed("Reload HAProxy twenty times", journal);
	}

	@ParameterizedTest
	@CsvSource({ "nginx, Kill nginx", "foobar, Kill an instance" })
	@Order(4)
	void killedServiceCostsOnlyWhatItHadInHand(String unit, String fault) {
		Journal journal = Traffic.during(() -> {
			signal(this.web, "KILL", unit);
			happened();
			WebServers.awaitAll();
		});
		assertAll(() -> Target.withoutVisitors(1).check(fault, journal), journal::assertEveryReadServed,
				() -> since(this.happened.get(), journal).assertEveryWriteServed(), () -> judge(journal));
	}

	@Test
	@Order(6)
	void frozenInstanceKeepsNoReaderForLongAndNothingIsWrittenTwice() {
		assertTheOtherServesWhile("Freeze an instance and thaw it", () -> signal(this.web, "STOP", "foobar"),
				() -> signal(this.web, "CONT", "foobar"));
	}

	@Test
	@Order(7)
	void instanceThatIsCutOffFromTheDatabasesSendsItsVisitorsToTheOther() {
		assertTheOtherServesWhile("Cut an instance off the databases", () -> Lab.on(this.web, "nft", """
				table inet cut {
				  chain out { type filter hook output priority 0; meta skuid foobar tcp dport 3306 drop; }
				}
				"""), () -> Lab.on(this.web, "nft", "delete", "table", "inet", "cut"));
	}

	@Test
	@Order(8)
	void webServerWithoutPowerIsNotMissedAlthoughItHadThePrimary() {
		String server = this.primary.startsWith("web-") ? this.primary : this.web;
		Journal journal = Traffic.during(() -> {
			happened();
			Lab.powerOff(server);
			awaitNoticed();
			Lab.powerOn(server);
			Group.awaitPrimary();
			WebServers.awaitAll();
		});
		assertAll(() -> Target.withoutWrites(8).check("Power off a web server with the primary", journal),
				// Of what was being answered the visitor may have had a half.
				() -> since(this.happened.get() + 1_000, journal).assertEveryReadServed(), () -> judge(journal));
	}

	@Test
	@Order(9)
	void nobodyNoticesARollOut() {
		String before = WebServers.release("web-01");
		Journal journal = Traffic.during(() -> Lab.operate("deploy", "-e", "jar=" + Release.other().jar()));
		assertAll(() -> assertNobodyNoticed("Roll out another release", journal),
				() -> assertThat(WebServers.release("web-01")).isNotEqualTo(before),
				() -> assertThat(WebServers.release("web-02")).isEqualTo(WebServers.release("web-01")));
	}

	@Test
	@Order(10)
	void releaseThatIsNeverReadyIsStoppedAndNobodyNotices() {
		String before = WebServers.release("web-01");
		Journal journal = Traffic.during(
				() -> assertThatIllegalStateException()
					.isThrownBy(() -> Lab.operate("deploy", "-e", "jar=" + Release.broken().jar(), "-e",
							"application_patience_seconds=20"))
					.withMessageContaining("web-01"));
		assertAll(() -> assertNobodyNoticed("Roll out a broken release", journal),
				() -> assertThat(WebServers.release("web-01")).isEqualTo(before),
				() -> assertThat(WebServers.release("web-02")).isEqualTo(before));
	}

	@Test
	@Order(11)
	void nobodyNoticesTheWayBack() {
		String before = WebServers.release("web-01");
		Journal journal = Traffic.during(() -> Lab.operate("rollback"));
		assertAll(() -> assertNobodyNoticed("Roll back", journal),
				() -> assertThat(WebServers.release("web-01")).isNotEqualTo(before));
	}

	private void assertTheOtherServesWhile(String fault, Runnable begin, Runnable end) {
		Journal journal = Traffic.during(() -> {
			begin.run();
			try {
				happened();
				WebServers.awaitNotReady(this.web);
				awaitNoticed();
			}
			finally {
				end.run();
			}
			WebServers.awaitAll();
		});
		assertAll(() -> Target.withoutVisitors(2).check(fault, journal), journal::assertEveryReadServed,
				() -> since(this.happened.get() + NOTICED.toMillis(), journal).assertEveryWriteServed(),
				() -> judge(journal));
	}

	private void assertNobodyNoticed(String change, Journal journal) {
		assertAll(() -> Target.withoutVisitors(1).check(change, journal), journal::assertEveryReadServed,
				journal::assertEveryWriteServed, () -> judge(journal));
	}

	// People go on for so long.
	private static void awaitNoticed() {
		Awaitility.await().pollDelay(NOTICED).until(() -> true);
	}

	// A balancer that is gone takes with it what it had in hand: who comes anew is let
	// in.
	private void assertAllLetInSince(Journal journal) {
		assertThat(since(this.happened.get(), journal).of(Kind.TURNED_AWAY)).isEmpty();
	}

	private void happened() {
		this.happened.set(System.currentTimeMillis());
	}

	private static Journal since(long time, Journal journal) {
		return journal.only((event) -> event.began() > time);
	}

	private void judge(Journal journal) {
		new Judge(journal).decide(Group.MEMBERS, this.primary, Group.awaitPrimary());
	}

	private static void signal(String server, String name, String unit) {
		Lab.on(server, "systemctl", "kill", "--signal=" + name, unit);
	}

}
