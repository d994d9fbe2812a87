package com.foobar.lab;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import com.foobar.load.Event.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
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
 * Tests how visitors are served while something between them and the databases fails, in
 * several ways.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BalancerAndWebServerFaultsIntegrationTests {

	// The balancers need so long to detect a silent server.
	private static final Duration DETECTION_TIME = Duration.ofSeconds(4);

	// There are four readers and four writers. Each can lose the request that is under
	// way when its connection breaks.
	private static final int CLIENTS = 8;

	private final AtomicLong faultTime = new AtomicLong();

	private String primary = "";

	private String holder = "";

	private String webServer = "";

	private final Alerts alerts = Alerts.watch();

	@BeforeEach
	void findServers() {
		this.primary = Group.awaitPrimary();
		this.holder = Balancers.awaitHolder();
		// The web server does not run the primary, so that its faults do not affect the
		// primary.
		this.webServer = WebServers.otherThan(this.primary);
		WebServers.awaitAll();
	}

	// Each fault is over before it would be worth an alert.
	@AfterEach
	void assertNoAlertFired() {
		this.alerts.assertNoOtherFired();
	}

	@Test
	@Order(1)
	void killedBalancerIsReplacedWithinASecond() {
		LoadEvents events = Traffic.during(() -> {
			kill(this.holder, "haproxy");
			Balancers.awaitOtherHolderThan(this.holder);
			recordFaultTime();
		});
		assertAll(() -> Target.withoutVisits(1).check("Kill HAProxy", events), () -> assertNewVisitsServed(events),
				() -> assertConsistent(events));
	}

	@Test
	@Order(2)
	void frozenBalancerIsReplacedAndThawsAsTheBackup() {
		LoadEvents events = Traffic.during(() -> {
			signal(this.holder, "STOP", "haproxy");
			try {
				Balancers.awaitOtherHolderThan(this.holder);
				recordFaultTime();
			}
			finally {
				signal(this.holder, "CONT", "haproxy");
			}
		});
		assertAll(() -> Target.withoutVisits(3).check("Freeze HAProxy", events), () -> assertNewVisitsServed(events),
				() -> assertConsistent(events), () -> assertThat(Balancers.awaitHolder()).isNotEqualTo(this.holder));
	}

	@Test
	@Order(3)
	void reloadsFailNoRequest() {
		LoadEvents events = Traffic.during(() -> {
			for (int i = 0; i < 50; i++) {
				Lab.on(this.holder, "systemctl", "reload", "haproxy");
			}
		});
		new DataCheck(events).assertNoRequestFailed("Reload HAProxy fifty times", Target.withoutVisits(1),
				this.primary);
	}

	@ParameterizedTest
	@CsvSource({ "nginx, Kill nginx", "foobar, Kill an instance" })
	@Order(4)
	void killedServiceFailsOnlyTheWritesInProgress(String unit, String fault) {
		LoadEvents events = Traffic.during(() -> {
			kill(this.webServer, unit);
			recordFaultTime();
			WebServers.awaitAll();
		});
		assertAll(() -> Target.withoutVisits(1).check(fault, events), events::assertEveryReadServed,
				() -> assertEveryWriteServedExceptThoseUnderWay(events), () -> assertConsistent(events));
	}

	@Test
	@Order(6)
	void frozenInstanceFailsNoReadAndRepeatsNoWrite() {
		assertOtherServerServesDuring("Freeze an instance and thaw it", () -> signal(this.webServer, "STOP", "foobar"),
				() -> signal(this.webServer, "CONT", "foobar"));
	}

	@Test
	@Order(7)
	void instanceWithoutDatabasesFailsNoRead() {
		assertOtherServerServesDuring("Cut an instance off the databases", () -> Lab.on(this.webServer, "nft", """
				table inet cut {
				  chain out { type filter hook output priority 0; meta skuid foobar tcp dport 3306 drop; }
				}
				"""), () -> Lab.on(this.webServer, "nft", "delete", "table", "inet", "cut"));
	}

	@Test
	@Order(8)
	void powerFailureOfTheWebServerWithThePrimaryFailsNoLaterRead() {
		if (this.primary.equals("ops-01")) {
			Lab.operate("switchover", this.webServer);
			this.primary = Group.awaitPrimary();
		}
		LoadEvents events = Traffic.during(() -> {
			Lab.powerOff(this.primary);
			recordFaultTime();
			awaitDetection();
			Lab.powerOn(this.primary);
			Group.awaitPrimary();
			WebServers.awaitAll();
		});
		assertAll(() -> Target.withoutWrites(8).check("Power off a web server with the primary", events),
				// The visitor may have received a part of a response that was under way.
				() -> startedAfter(this.faultTime.get(), events).assertEveryReadServed(),
				() -> startedAfter(this.faultTime.get() + DETECTION_TIME.toMillis(), events).assertEveryWriteServed(),
				() -> assertConsistent(events));
	}

	private void assertOtherServerServesDuring(String fault, Runnable begin, Runnable end) {
		LoadEvents events = Traffic.during(() -> {
			begin.run();
			try {
				recordFaultTime();
				WebServers.awaitNotReady(this.webServer);
				awaitDetection();
			}
			finally {
				end.run();
			}
			WebServers.awaitAll();
		});
		assertAll(() -> Target.withoutVisits(2).check(fault, events), () -> Target.slowestRead(3).check(fault, events),
				events::assertEveryReadServed,
				() -> startedAfter(this.faultTime.get() + DETECTION_TIME.toMillis(), events).assertEveryWriteServed(),
				() -> assertConsistent(events));
	}

	// The load continues meanwhile.
	private static void awaitDetection() {
		Awaitility.await().pollDelay(DETECTION_TIME).until(() -> true);
	}

	// A failed balancer loses the requests that are under way, and the connections: one
	// more request fails on each of them. New connections succeed.
	private void assertNewVisitsServed(LoadEvents events) {
		LoadEvents afterFault = startedAfter(this.faultTime.get(), events);
		assertThat(afterFault.of(Kind.NEW_CONNECTION_FAILED)).isEmpty();
		assertThat(afterFault.of(Kind.READ_FAILED, Kind.ATTEMPT_FAILED)).hasSizeLessThanOrEqualTo(CLIENTS);
	}

	private void assertEveryWriteServedExceptThoseUnderWay(LoadEvents events) {
		events.only((event) -> event.ended() < events.fault() || event.began() > this.faultTime.get())
			.assertEveryWriteServed();
	}

	private void recordFaultTime() {
		this.faultTime.set(System.currentTimeMillis());
	}

	private static LoadEvents startedAfter(long time, LoadEvents events) {
		return events.only((event) -> event.began() > time);
	}

	private void assertConsistent(LoadEvents events) {
		new DataCheck(events).assertConsistent(Group.MEMBERS, this.primary, Group.awaitPrimary());
	}

	// Kills a service and waits until its process is gone, because its port takes
	// connections until then.
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
