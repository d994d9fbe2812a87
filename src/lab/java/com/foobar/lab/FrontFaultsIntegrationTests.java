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
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * What becomes of people who read and write while something between them and the
 * databases is taken away, in one way after the other.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontFaultsIntegrationTests {

	// Until the balancers have noticed that a server is silent.
	private static final Duration NOTICED = Duration.ofSeconds(4);

	// Four who read and four who write: what each had in hand may end with its
	// connection.
	private static final int REGULARS = 8;

	private final AtomicLong happened = new AtomicLong();

	private String primary = "";

	private String holder = "";

	private String web = "";

	@BeforeEach
	void findOut() {
		this.primary = Group.awaitPrimary();
		this.holder = Balancers.awaitHolder();
		// A fault of the web server is not to be one of the primary.
		this.web = WebServers.otherThan(this.primary);
		WebServers.awaitAll();
	}

	@Test
	@Order(1)
	void killedBalancerIsReplacedWithinASecond() {
		Journal journal = Traffic.during(() -> {
			kill(this.holder, "haproxy");
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
			for (int i = 0; i < 50; i++) {
				Lab.on(this.holder, "systemctl", "reload", "haproxy");
			}
		});
		assertNobodyNoticed("Reload HAProxy fifty times", journal);
	}

	@ParameterizedTest
	@CsvSource({ "nginx, Kill nginx", "foobar, Kill an instance" })
	@Order(4)
	void killedServiceCostsOnlyWhatItHadInHand(String unit, String fault) {
		Journal journal = Traffic.during(() -> {
			kill(this.web, unit);
			happened();
			WebServers.awaitAll();
		});
		assertAll(() -> Target.withoutVisitors(1).check(fault, journal), journal::assertEveryReadServed,
				() -> assertEveryWriteServedButThoseUnderWay(journal), () -> judge(journal));
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
		if (this.primary.equals("ops-01")) {
			Lab.operate("switchover", this.web);
			this.primary = Group.awaitPrimary();
		}
		Journal journal = Traffic.during(() -> {
			Lab.powerOff(this.primary);
			happened();
			awaitNoticed();
			Lab.powerOn(this.primary);
			Group.awaitPrimary();
			WebServers.awaitAll();
		});
		assertAll(() -> Target.withoutWrites(8).check("Power off a web server with the primary", journal),
				// Of what was being answered the visitor may have had a half.
				() -> since(this.happened.get(), journal).assertEveryReadServed(),
				() -> since(this.happened.get() + NOTICED.toMillis(), journal).assertEveryWriteServed(),
				() -> judge(journal));
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
		assertAll(() -> Target.withoutVisitors(2).check(fault, journal),
				() -> Target.slowestRead(3).check(fault, journal), journal::assertEveryReadServed,
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

	// A balancer that is gone takes with it what it had in hand, and the connections:
	// each of them fails once more. Who comes anew is let in.
	private void assertAllLetInSince(Journal journal) {
		Journal since = since(this.happened.get(), journal);
		assertThat(since.of(Kind.TURNED_AWAY)).isEmpty();
		assertThat(since.of(Kind.READ_FAILED, Kind.ATTEMPT_FAILED)).hasSizeLessThanOrEqualTo(REGULARS);
	}

	private void assertEveryWriteServedButThoseUnderWay(Journal journal) {
		journal.only((event) -> event.ended() < journal.fault() || event.began() > this.happened.get())
			.assertEveryWriteServed();
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

	// Until it is gone its port takes connections.
	private static void kill(String server, String unit) {
		Lab.on(server, "sh", "-c", """
				pid=$(systemctl show --property MainPID --value %1$s)
				systemctl kill --signal=KILL %1$s
				tail --pid="$pid" --sleep-interval=0.02 --follow /dev/null
				""".formatted(unit));
	}

	private static void signal(String server, String name, String unit) {
		Lab.on(server, "systemctl", "kill", "--signal=" + name, unit);
	}

}
