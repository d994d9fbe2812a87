package com.foobar.database.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Deadline;
import com.foobar.database.DeadlineExceededException;
import com.foobar.database.NoServerException;
import com.foobar.database.PrimaryWaitTimeoutException;
import com.foobar.database.ReadProperties;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests reads that must see everything that was acknowledged before they began. */
class StrongReadPositionTests {

	private final StubServer primary = new StubServer("primary").reportExecuted("u:1-9");

	private final StubServer replica = new StubServer("replica").reportExecuted("u:1-9");

	private final StubCluster cluster = new StubCluster(this.primary, this.replica).roles(ServerRole.PRIMARY,
			ServerRole.REPLICA);

	private StubSite site = new StubSite(this.cluster);

	@Test
	void replicaServesThePositionThatThePrimaryReports() {
		assertThat(readWithoutPosition()).isFalse();
		assertThat(this.replica.statements()).isOne();
	}

	@Test
	void replicaThatIsBehindThePrimaryDoesNotServeTheRead() {
		this.primary.addExecuted("u:1-10");
		assertThat(readWithoutPosition()).isFalse();
		assertThat(this.replica.statements()).isZero();
		assertThat(this.primary.statements()).isOne();
	}

	@Test
	void primaryWithoutReplicasIsNotQueried() {
		this.cluster.roles(ServerRole.PRIMARY, ServerRole.UNKNOWN);
		this.primary.answering(false);
		assertThat(readWithoutPosition()).isFalse();
		assertThat(this.primary.statements()).isOne();
	}

	@Test
	void unresponsivePrimaryBecomesSuspectAndTheReadDegrades() {
		this.primary.answering(false);
		assertThat(readWithoutPosition()).isTrue();
		assertThat(this.primary.node().isSuspect()).isTrue();
		assertThat(this.replica.statements()).isOne();
		assertThat(this.site.count("database.reads.degraded")).isOne();
	}

	@Test
	void strongReadWaitsForAFrozenPrimaryNoLongerThanForAMissingOne() {
		this.primary.frozen(true);
		long began = System.nanoTime();
		assertThat(Deadline.after(Duration.ofMillis(1500)).call(this::readWithoutPosition)).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
		assertThat(this.replica.statements()).isOne();
		assertThat(this.primary.node().isSuspect()).isFalse();
	}

	@Test
	void primaryIsNotSuspectIfTheDeadlineLeavesNoTimeToAnswer() {
		this.primary.answering(false);
		assertThatExceptionOfType(DeadlineExceededException.class)
			.isThrownBy(() -> Deadline.after(Duration.ZERO).call(this::readWithoutPosition));
		assertThat(this.primary.node().isSuspect()).isFalse();
	}

	@Test
	void strongReadWithoutPrimaryDegradesAfterTheTimeout() {
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.REPLICA);
		long began = System.nanoTime();
		assertThat(readWithoutPosition()).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(StubSite.READS.timeout(),
				StubSite.READS.timeout().plusMillis(500));
	}

	@Test
	void primaryThatAppearsDuringTheWaitIsQueried() {
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.REPLICA);
		this.replica.reportExecuted("u:1-10");
		this.site = new StubSite(this.cluster,
				new ReadProperties(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(5)));
		CompletableFuture<Boolean> degraded = CompletableFuture.supplyAsync(this::readWithoutPosition);
		Awaitility.await().until(() -> this.cluster.waitingThreads() == 1);
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.PRIMARY);
		assertThat(degraded).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(false);
	}

	@Test
	void strongTransactionWithoutPrimaryWaitsAsAWriteDoes() {
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.REPLICA);
		CompletableFuture<Integer> read = CompletableFuture
			.supplyAsync(() -> this.site.work().readStrongly(StubSite.statement()));
		Awaitility.await().until(() -> this.site.meters.get("database.primary.waiting").gauge().value() == 1);
		this.cluster.roles(ServerRole.PRIMARY, ServerRole.REPLICA);
		assertThat(read).succeedsWithin(Duration.ofSeconds(2));
		assertThat(this.replica.statements()).isOne();
	}

	@Test
	void strongTransactionWaitsOnceAndNoLongerThanAWrite() {
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.REPLICA);
		long began = System.nanoTime();
		assertThatExceptionOfType(PrimaryWaitTimeoutException.class)
			.isThrownBy(() -> this.site.work().readStrongly(StubSite.statement()));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(StubSite.FAILOVER.timeout(),
				StubSite.FAILOVER.timeout().plusMillis(500));
		assertThat(this.replica.statements()).isZero();
	}

	// The primary never answers. It becomes suspect, and the next probe result makes it
	// available again.
	@Test
	void flappingPrimaryIsQueriedOnlyUntilTheDeadline() {
		this.primary.answering(false);
		long began = System.nanoTime();
		var monitor = new Thread(() -> {
			while (!Thread.currentThread().isInterrupted()) {
				this.primary.reportExecuted("u:1-9");
				this.cluster.wakeWaitingThreads();
				Thread.onSpinWait();
			}
		});
		monitor.start();
		try {
			assertThatExceptionOfType(NoServerException.class).isThrownBy(() -> Deadline.after(Duration.ofSeconds(1))
				.call(() -> this.site.work().readStrongly(StubSite.statement())));
		}
		finally {
			monitor.interrupt();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1500));
	}

	/**
	 * Reads as the API does for a client without a position.
	 * @return whether the read was degraded
	 */
	private boolean readWithoutPosition() {
		try (var context = ConsistencyContext.begin("", true)) {
			this.site.work().read(StubSite.statement());
			return context.isDegraded();
		}
	}

}
