package com.foobar.database.routing;

import java.time.Duration;
import java.util.Optional;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Deadline;
import com.foobar.database.NoServerException;
import com.foobar.database.ReadProperties;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.GtidSet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Raises the position of a read to everything that was acknowledged to anybody before the
 * read began. Asks the primary what it has executed, with one query for all reads that
 * wait for the answer. The read then needs a server with that position, which is usually
 * a replica. Safe for use by several threads.
 */
final class StrongReadPosition {

	private final Cluster cluster;

	private final Duration timeout;

	private final PrimaryWaitQueue waitQueue;

	private final Counter degradedReads;

	StrongReadPosition(Cluster cluster, ReadProperties properties, PrimaryWaitQueue waitQueue, MeterRegistry meters) {
		this.cluster = cluster;
		this.timeout = properties.timeout();
		this.waitQueue = waitQueue;
		this.degradedReads = Counter.builder("database.reads.degraded")
			.description("Strong reads that were answered without a primary, so possibly stale")
			.register(meters);
	}

	/**
	 * Raises the position of the context to everything acknowledged. Without a primary, a
	 * transaction with the label {@code strong} waits as a write does. A read that is
	 * strong only by the API's rule waits for at most
	 * {@code foobar.database.read.timeout}; it then keeps the position it has, and the
	 * context is marked as degraded.
	 * @param labelled whether the transaction has the label
	 * @throws NoServerException if it has the label, and there is no primary in time
	 */
	void raise(ConsistencyContext context, boolean labelled) {
		// The limit also covers a primary that is frozen and does not answer.
		Optional<GtidSet> acknowledged = labelled ? acknowledgedPosition(true)
				: Deadline.after(this.timeout).call(() -> acknowledgedPosition(false));
		if (acknowledged.isPresent()) {
			context.advance(acknowledged.get());
			context.clearStrong();
		}
		else if (labelled) {
			throw new NoServerException("There is no primary to ask which writes were acknowledged [%s]"
				.formatted(this.cluster.topology()));
		}
		else {
			this.degradedReads.increment();
			context.markDegraded();
		}
	}

	private Optional<GtidSet> acknowledgedPosition(boolean labelled) {
		return this.cluster.primary()
			.flatMap(StrongReadPosition::queryPosition)
			.or(() -> awaitPrimary(labelled).flatMap(StrongReadPosition::queryPosition));
	}

	private static Optional<GtidSet> queryPosition(Node primary) {
		Optional<GtidSet> position = primary.queryExecuted();
		// A server that had no time to answer before the deadline is not suspect.
		if (position.isEmpty() && !Deadline.current().hasPassed()) {
			primary.markSuspect();
		}
		return position;
	}

	private Optional<Node> awaitPrimary(boolean labelled) {
		return labelled ? Optional.of(this.waitQueue.primary())
				: this.cluster.awaitPrimary(Deadline.current().remaining());
	}

}
