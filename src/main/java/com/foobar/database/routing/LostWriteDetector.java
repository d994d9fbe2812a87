package com.foobar.database.routing;

import java.time.Duration;
import java.util.Optional;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Deadline;
import com.foobar.database.ReadProperties;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.GtidSet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects writes that a failover lost: a visitor has seen them, and the primary does not
 * have them. Safe for use by several threads.
 */
final class LostWriteDetector {

	private static final Logger logger = LoggerFactory.getLogger(LostWriteDetector.class);

	private final Cluster cluster;

	private final Duration timeout;

	private final Counter lostWrites;

	LostWriteDetector(Cluster cluster, ReadProperties properties, MeterRegistry meters) {
		this.cluster = cluster;
		this.timeout = properties.timeout();
		this.lostWrites = Counter.builder("database.writes.lost")
			.description("Positions of visitors that the primary does not have, which means that it lost writes")
			.register(meters);
	}

	/**
	 * Whether the primary has the position of the context. Asks the primary and waits for
	 * the position, each for at most {@code foobar.database.read.timeout}. If the
	 * position is still missing, waits for the next topology for at most two seconds, and
	 * asks again. No wait is longer than the {@link Deadline}. Removes lost transactions
	 * from the position, so that no later read waits for them.
	 */
	boolean hasPosition(Node primary, ConsistencyContext context) {
		GtidSet position = context.seen();
		// A replica can show a write before the primary reports it, so the primary gets
		// some time to reach the position.
		boolean missing = !primary.hasExecuted(position)
				&& Deadline.after(this.timeout).call(() -> primary.queryExecuted().isPresent())
				&& !primary.await(position, Deadline.current().atMost(this.timeout));
		// A primary that was replaced meanwhile may lack what the new primary has.
		if (missing && this.cluster.nextPrimary().equals(Optional.of(primary))) {
			primary.queryExecuted()
				.filter((executed) -> !executed.contains(position))
				.ifPresent((executed) -> recordLoss(primary, context, executed));
		}
		return primary.hasExecuted(context.seen());
	}

	private void recordLoss(Node primary, ConsistencyContext context, GtidSet executed) {
		this.lostWrites.increment();
		logger
			.error("A write that was acknowledged is lost: a visitor has seen [{}], and {}, now the primary, has [{}]. "
					+ "It may still be on a server that was the primary before", context.seen(), primary, executed);
		context.reset(executed);
	}

}
