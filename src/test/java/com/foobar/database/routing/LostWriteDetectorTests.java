package com.foobar.database.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Deadline;
import com.foobar.database.NoServerException;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what happens to a write that a visitor has seen and that the primary does not
 * have.
 */
@ExtendWith(OutputCaptureExtension.class)
class LostWriteDetectorTests {

	private final StubServer primary = new StubServer("primary").reportExecuted("u:1-9");

	private final StubServer other = new StubServer("other").reportExecuted("u:1-9");

	private final StubCluster cluster = new StubCluster(this.primary, this.other).roles(ServerRole.PRIMARY,
			ServerRole.UNKNOWN);

	private final StubSite site = new StubSite(this.cluster);

	@Test
	void lostWriteIsCountedOnceAndRemovedFromThePosition(CapturedOutput output) {
		try (var context = ConsistencyContext.begin("u:1-9,gone:1", false)) {
			withMonitor(() -> this.site.work().read(StubSite.statement()));
			assertThat(context.position()).isEqualTo("u:1-9");
			this.site.work().read(StubSite.statement());
		}
		assertThat(this.site.count("database.writes.lost")).isOne();
		assertThat(this.primary.statements()).isEqualTo(2);
		assertThat(output).containsOnlyOnce("A write that was acknowledged is lost").contains("gone:1");
	}

	@Test
	void writeThatThePrimaryGetsDuringTheWaitIsNotLost() {
		CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(() -> this.primary.addExecuted("u:10"));
		try (var context = ConsistencyContext.begin("u:1-10", false)) {
			this.site.work().read(StubSite.statement());
			assertThat(context.position()).isEqualTo("u:1-10");
		}
		assertThat(this.site.count("database.writes.lost")).isZero();
	}

	@Test
	void writeThatTheNextPrimaryHasIsNotLost() {
		this.other.reportExecuted("u:1-10");
		CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
			.execute(() -> this.cluster.roles(ServerRole.UNKNOWN, ServerRole.PRIMARY));
		try (var context = ConsistencyContext.begin("u:1-10", false)) {
			withMonitor(() -> this.site.work().read(StubSite.statement()));
			assertThat(context.position()).isEqualTo("u:1-10");
		}
		assertThat(this.site.count("database.writes.lost")).isZero();
		assertThat(this.other.statements()).isOne();
	}

	@Test
	void unresponsivePrimaryHasLostNothing() {
		this.primary.answering(false);
		assertNotLost();
	}

	@Test
	void nothingIsLostIfTheDeadlineLeavesNoTimeToQuery() {
		assertNotLost();
	}

	private void assertNotLost() {
		try (var context = ConsistencyContext.begin("u:1-10", false)) {
			assertThatExceptionOfType(NoServerException.class).isThrownBy(() -> Deadline.after(Duration.ofMillis(100))
				.call(() -> this.site.work().read(StubSite.statement())));
			assertThat(context.position()).isEqualTo("u:1-10");
		}
		assertThat(this.site.count("database.writes.lost")).isZero();
	}

	/** Runs the work while a monitor publishes the same topology again every 50 ms. */
	private void withMonitor(Runnable work) {
		try (var monitor = Executors.newSingleThreadScheduledExecutor()) {
			var rounds = monitor.scheduleAtFixedRate(this.cluster::republish, 50, 50, TimeUnit.MILLISECONDS);
			work.run();
			rounds.cancel(false);
		}
	}

}
