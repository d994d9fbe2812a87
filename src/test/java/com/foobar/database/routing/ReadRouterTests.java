package com.foobar.database.routing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Deadline;
import com.foobar.database.NoServerException;
import com.foobar.database.ReadProperties;
import com.foobar.database.Threads;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests which server serves a read that must see everything that its visitor has seen.
 */
class ReadRouterTests {

	private static final ServerRole[] HEALTHY = { ServerRole.PRIMARY, ServerRole.REPLICA, ServerRole.REPLICA };

	private final StubServer primary = new StubServer("primary", 1, Duration.ofMillis(50)).reportExecuted("u:1-9");

	private final StubServer near = new StubServer("near").reportExecuted("u:1-9");

	private final StubServer far = new StubServer("far").reportExecuted("u:1-9");

	private final StubCluster cluster = new StubCluster(this.primary, this.near, this.far).roles(HEALTHY);

	private StubSite site = new StubSite(this.cluster);

	@Test
	void replicaWithThePositionServesTheRead() {
		assertThat(readAfter("u:1-9")).isNotSameAs(this.primary);
		assertThat(count(RoutingReason.REPLICA)).isOne();
	}

	@Test
	void replicaKnownToHaveThePositionIsPreferred() {
		this.near.reportExecuted("u:1-10");
		for (int i = 0; i < 10; i++) {
			assertThat(readAfter("u:1-10")).isSameAs(this.near);
		}
		assertThat(count(RoutingReason.REPLICA)).isEqualTo(10);
	}

	@Test
	void readWaitsForAReplicaThatIsJustBehind() {
		CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS).execute(() -> {
			this.near.addExecuted("u:1-10");
			this.far.addExecuted("u:1-10");
		});
		assertThat(readAfter("u:1-10")).isNotSameAs(this.primary);
		assertThat(count(RoutingReason.CAUGHT_UP)).isOne();
	}

	@Test
	void primaryServesAPositionThatNoReplicaHas() {
		this.primary.reportExecuted("u:1-10");
		assertThat(readAfter("u:1-10")).isSameAs(this.primary);
		assertThat(count(RoutingReason.BEHIND)).isOne();
	}

	@Test
	void readDoesNotWaitForAReplicaThatIsFarBehind() {
		this.primary.reportExecuted("u:1-10");
		this.cluster.publish(HEALTHY, Map.of("near", Duration.ofSeconds(1), "far", Duration.ofSeconds(1)));
		long began = System.nanoTime();
		assertThat(readAfter("u:1-10")).isSameAs(this.primary);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(StubSite.READS.catchUpTimeout());
	}

	@Test
	void replicaBeyondTheToleratedLagIsNotRead() {
		this.cluster.publish(HEALTHY, Map.of("near", Duration.ofSeconds(6), "far", Duration.ofSeconds(6)));
		assertThat(readAfter("")).isSameAs(this.primary);
		assertThat(count(RoutingReason.NO_REPLICA)).isOne();
	}

	@Test
	void readWaitsLongerForAReplicaWhenThePrimaryIsBusy() {
		this.primary.reportExecuted("u:1-10");
		assertThat(readAfter("u:1-10")).isSameAs(this.primary);
		whilePrimaryReadPoolIsFull(() -> {
			CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> {
				this.near.addExecuted("u:1-10");
				this.far.addExecuted("u:1-10");
			});
			assertThat(readAfter("u:1-10")).isNotSameAs(this.primary);
		});
		assertThat(count(RoutingReason.CAUGHT_UP)).isOne();
	}

	@Test
	void readFailsRatherThanReturnsOlderData() {
		this.primary.reportExecuted("u:1-10");
		whilePrimaryReadPoolIsFull(() -> assertThatExceptionOfType(NoServerException.class)
			.isThrownBy(() -> Deadline.after(Duration.ofMillis(400)).call(() -> readAfter("u:1-10")))
			.withMessageContaining("No database server has the data that must be read"));
		// Writes use another pool.
		whilePrimaryReadPoolIsFull(() -> this.site.work().write(StubSite.statement()));
		assertThat(this.near.statements() + this.far.statements()).isZero();
	}

	private void whilePrimaryReadPoolIsFull(Runnable work) {
		try (var context = ConsistencyContext.begin("u:1-10", false)) {
			this.site.work().read((jdbc) -> {
				StubSite.statement().apply(jdbc);
				assertThat(this.primary.statements()).isPositive();
				Threads.runInNewThread(work);
				return 0;
			});
		}
	}

	@Test
	void suspectReplicaIsNotChosen() {
		this.near.node().markSuspect();
		for (int i = 0; i < 10; i++) {
			assertThat(readAfter("")).isSameAs(this.far);
		}
	}

	@Test
	void busyReplicaIsNotChosenWhileAnotherIsIdle() {
		this.site.work().read((jdbc) -> {
			StubSite.statement().apply(jdbc);
			StubServer busy = (this.near.statements() > 0) ? this.near : this.far;
			Threads.runInNewThread(() -> {
				for (int i = 0; i < 10; i++) {
					assertThat(readAfter("")).isNotSameAs(busy);
				}
			});
			return 0;
		});
	}

	@Test
	void detachedServerIsReadWithoutPrimaryAndReplica() {
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.DETACHED, ServerRole.UNKNOWN);
		assertThat(readAfter("u:1-9")).isSameAs(this.near);
		assertThat(count(RoutingReason.NO_PRIMARY)).isOne();
	}

	@Test
	void readWaitsNoLongerThanItsDeadline() {
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.REPLICA, ServerRole.REPLICA);
		var reads = new ReadProperties(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(5));
		this.site = new StubSite(this.cluster, reads);
		long began = System.nanoTime();
		assertThatExceptionOfType(NoServerException.class)
			.isThrownBy(() -> Deadline.after(Duration.ofMillis(100)).call(() -> readAfter("u:1-10")));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
	}

	/**
	 * Reads as a visitor who has seen the position.
	 * @return the server that has served the read
	 */
	private StubServer readAfter(String position) {
		int[] before = statements();
		try (var context = ConsistencyContext.begin(position, false)) {
			this.site.work().read(StubSite.statement());
			assertThat(context.position()).isEqualTo(position);
		}
		StubServer[] servers = { this.primary, this.near, this.far };
		int[] after = statements();
		for (int i = 0; i < servers.length; i++) {
			if (after[i] > before[i]) {
				return servers[i];
			}
		}
		throw new AssertionError("No server served the read");
	}

	private int[] statements() {
		return new int[] { this.primary.statements(), this.near.statements(), this.far.statements() };
	}

	private double count(RoutingReason reason) {
		return this.site.meters.find("database.routed")
			.tag("reason", reason.label())
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
