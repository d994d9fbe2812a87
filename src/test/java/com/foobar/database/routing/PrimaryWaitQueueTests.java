package com.foobar.database.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.foobar.database.Deadline;
import com.foobar.database.FailoverProperties;
import com.foobar.database.PrimaryWaitTimeoutException;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests how writes wait for a primary. */
class PrimaryWaitQueueTests {

	private final StubServer first = new StubServer("first");

	private final StubServer second = new StubServer("second");

	private final StubCluster cluster = new StubCluster(this.first, this.second).roles(ServerRole.DETACHED,
			ServerRole.REPLICA);

	private StubSite site = new StubSite(this.cluster, new FailoverProperties(Duration.ofSeconds(5), 3));

	@Test
	void writeWaitsForAPrimary() {
		CompletableFuture<Integer> write = write();
		Awaitility.await().until(() -> waiting() == 1);
		this.cluster.roles(ServerRole.DETACHED, ServerRole.PRIMARY);
		assertThat(write).succeedsWithin(Duration.ofSeconds(2));
		assertThat(this.second.statements()).isOne();
		assertThat(waiting()).isZero();
		assertThat(timerCount("connected")).isOne();
	}

	@Test
	void writeWaitsNoLongerThanTheTimeout() {
		this.site = new StubSite(this.cluster, new FailoverProperties(Duration.ofMillis(200), 3));
		assertFailsAfter(Duration.ofMillis(200), System.nanoTime());
		assertThat(timerCount("rejected")).isOne();
	}

	@Test
	void writeWaitsNoLongerThanItsDeadline() {
		long began = System.nanoTime();
		Deadline.after(Duration.ofMillis(200)).call(() -> {
			assertFailsAfter(Duration.ofMillis(200), began);
			return null;
		});
	}

	private void assertFailsAfter(Duration wait, long began) {
		assertThatExceptionOfType(PrimaryWaitTimeoutException.class)
			.isThrownBy(() -> this.site.work().write(StubSite.statement()))
			.withMessage("No database server accepts writes [first DETACHED, second REPLICA]");
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(wait, wait.plusMillis(800));
	}

	@Test
	void queueHoldsNoMoreWritesThanLimit() {
		for (int i = 0; i < 3; i++) {
			write();
		}
		Awaitility.await().until(() -> waiting() == 3);
		assertThatExceptionOfType(PrimaryWaitTimeoutException.class)
			.isThrownBy(() -> this.site.work().write(StubSite.statement()))
			.withMessageContaining("[3] wait for one already");
		this.cluster.roles(ServerRole.PRIMARY, ServerRole.REPLICA);
		Awaitility.await().until(() -> this.first.statements() == 3);
	}

	@Test
	void writeWithAnUnreachablePrimaryWaitsForTheNextOne() {
		this.cluster.roles(ServerRole.PRIMARY, ServerRole.REPLICA);
		this.first.reachable(false);
		CompletableFuture<Integer> write = write();
		Awaitility.await().until(() -> waiting() == 1);
		assertThat(this.first.node().isSuspect()).isTrue();
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.PRIMARY);
		assertThat(write).succeedsWithin(Duration.ofSeconds(2));
		assertThat(this.second.statements()).isOne();
	}

	@Test
	void waitingWritesConnectToTheNewPrimaryAFewAtATime() {
		this.site = new StubSite(this.cluster, new FailoverProperties(Duration.ofSeconds(5), 50));
		// Opening a connection takes a while, as in a pool that opens its connections one
		// by one.
		var opening = new AtomicInteger();
		var mostAtOnce = new AtomicInteger();
		this.second.onConnect(() -> {
			mostAtOnce.accumulateAndGet(opening.incrementAndGet(), Math::max);
			Awaitility.await().pollDelay(Duration.ofMillis(20)).until(() -> true);
			opening.decrementAndGet();
		});
		var writes = IntStream.range(0, 20).mapToObj((i) -> write()).toList();
		Awaitility.await().until(() -> waiting() == 20);
		this.cluster.roles(ServerRole.DETACHED, ServerRole.PRIMARY);
		assertThat(writes).allSatisfy((write) -> assertThat(write).succeedsWithin(Duration.ofSeconds(5)));
		// At most two writes connect at once. This is half of the four connections that
		// StubSite sets as the pool's size.
		assertThat(mostAtOnce.get()).as("writes that connect at once").isPositive().isLessThanOrEqualTo(2);
	}

	private CompletableFuture<Integer> write() {
		return CompletableFuture.supplyAsync(() -> this.site.work().write(StubSite.statement()),
				(work) -> Thread.ofVirtual().start(work));
	}

	private int waiting() {
		return (int) this.site.meters.get("database.primary.waiting").gauge().value();
	}

	private long timerCount(String outcome) {
		return this.site.meters.get("database.primary.wait").tag("outcome", outcome).timer().count();
	}

}
