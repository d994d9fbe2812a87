package com.foobar.database.routing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Crowd;
import com.foobar.database.Deadline;
import com.foobar.database.NoServerException;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Where a read runs, so that it sees all that its visitor has seen. */
class ReadRouterTests {

	private static final ServerRole[] WELL = { ServerRole.PRIMARY, ServerRole.REPLICA, ServerRole.REPLICA };

	private final StubServer primary = new StubServer("primary", 1, Duration.ofMillis(50)).reports("u:1-9");

	private final StubServer near = new StubServer("near").reports("u:1-9");

	private final StubServer far = new StubServer("far").reports("u:1-9");

	private final StubCluster cluster = new StubCluster(this.primary, this.near, this.far).roles(WELL);

	private final StubSite site = new StubSite(this.cluster);

	@Test
	void aReplicaThatHasEverythingServesIt() {
		assertThat(readAfter("u:1-9")).isNotSameAs(this.primary);
		assertThat(counted(RoutingReason.REPLICA)).isOne();
	}

	@Test
	void oneThatIsKnownToHaveItIsPreferredToOneThatIsNot() {
		this.near.reports("u:1-10");
		for (int i = 0; i < 10; i++) {
			assertThat(readAfter("u:1-10")).isSameAs(this.near);
		}
		assertThat(counted(RoutingReason.REPLICA)).isEqualTo(10);
	}

	@Test
	void aReplicaThatIsJustBehindIsWaitedFor() {
		CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS).execute(() -> {
			this.near.has("u:1-10");
			this.far.has("u:1-10");
		});
		assertThat(readAfter("u:1-10")).isNotSameAs(this.primary);
		assertThat(counted(RoutingReason.CAUGHT_UP)).isOne();
	}

	@Test
	void thePrimaryServesWhatNoReplicaHas() {
		this.primary.reports("u:1-10");
		assertThat(readAfter("u:1-10")).isSameAs(this.primary);
		assertThat(counted(RoutingReason.BEHIND)).isOne();
	}

	@Test
	void aReplicaThatIsFarBehindIsNotWaitedFor() {
		this.primary.reports("u:1-10");
		this.cluster.publish(WELL, Map.of("near", Duration.ofSeconds(1), "far", Duration.ofSeconds(1)));
		long began = System.nanoTime();
		assertThat(readAfter("u:1-10")).isSameAs(this.primary);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(StubSite.READS.catchUp());
	}

	@Test
	void aReplicaThatLagsTooMuchIsNotReadAtAll() {
		this.cluster.publish(WELL, Map.of("near", Duration.ofSeconds(6), "far", Duration.ofSeconds(6)));
		assertThat(readAfter("")).isSameAs(this.primary);
		assertThat(counted(RoutingReason.NO_REPLICA)).isOne();
	}

	@Test
	void aReplicaIsWaitedForLongerWhenThePrimaryIsBusy() {
		this.primary.reports("u:1-10");
		assertThat(readAfter("u:1-10")).isSameAs(this.primary);
		whilePrimaryIsRead(() -> {
			CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> {
				this.near.has("u:1-10");
				this.far.has("u:1-10");
			});
			assertThat(readAfter("u:1-10")).isNotSameAs(this.primary);
		});
		assertThat(counted(RoutingReason.CAUGHT_UP)).isOne();
	}

	@Test
	void aReadFailsRatherThanShowLess() {
		this.primary.reports("u:1-10");
		whilePrimaryIsRead(() -> assertThatExceptionOfType(NoServerException.class)
			.isThrownBy(() -> Deadline.after(Duration.ofMillis(400)).call(() -> readAfter("u:1-10")))
			.withMessageContaining("No database server has what must be read"));
		// Writes have connections of their own.
		whilePrimaryIsRead(() -> this.site.work().write(StubSite.statement()));
		assertThat(this.near.statements() + this.far.statements()).isZero();
	}

	private void whilePrimaryIsRead(Runnable work) {
		try (var causality = ConsistencyContext.begin("u:1-10", false)) {
			this.site.work().read((jdbc) -> {
				StubSite.statement().apply(jdbc);
				assertThat(this.primary.statements()).isPositive();
				Crowd.apart(work);
				return 0;
			});
			assertThat(causality.isDegraded()).isFalse();
		}
	}

	@Test
	void aReplicaThatLetSomebodyDownIsNotChosen() {
		this.near.node().suspect();
		for (int i = 0; i < 10; i++) {
			assertThat(readAfter("")).isSameAs(this.far);
		}
	}

	@Test
	void aReplicaThatIsBusyGetsLess() {
		this.site.work().read((jdbc) -> {
			StubSite.statement().apply(jdbc);
			StubServer busy = (this.near.statements() > 0) ? this.near : this.far;
			Crowd.apart(() -> {
				for (int i = 0; i < 10; i++) {
					assertThat(readAfter("")).isNotSameAs(busy);
				}
			});
			return 0;
		});
	}

	@Test
	void withoutPrimaryAndReplicaAServerThatMissesNothingIsRead() {
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.DETACHED, ServerRole.UNKNOWN);
		assertThat(readAfter("u:1-9")).isSameAs(this.near);
		assertThat(counted(RoutingReason.LEFTOVER)).isOne();
	}

	@Test
	void aReadWaitsNoLongerThanItsRequestMay() {
		this.cluster.roles(ServerRole.UNKNOWN, ServerRole.REPLICA, ServerRole.REPLICA);
		long began = System.nanoTime();
		assertThatExceptionOfType(NoServerException.class)
			.isThrownBy(() -> Deadline.after(Duration.ofMillis(100)).call(() -> readAfter("u:1-10")));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
	}

	/** Reads as somebody who has seen that position; answers who served it. */
	private StubServer readAfter(String position) {
		int[] before = statements();
		try (var causality = ConsistencyContext.begin(position, false)) {
			this.site.work().read(StubSite.statement());
			assertThat(causality.position()).isEqualTo(position);
		}
		StubServer[] servers = { this.primary, this.near, this.far };
		int[] after = statements();
		for (int i = 0; i < servers.length; i++) {
			if (after[i] > before[i]) {
				return servers[i];
			}
		}
		throw new AssertionError("Nobody served it");
	}

	private int[] statements() {
		return new int[] { this.primary.statements(), this.near.statements(), this.far.statements() };
	}

	private double counted(RoutingReason reason) {
		return this.site.meters.find("database.routed")
			.tag("reason", reason.label())
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
