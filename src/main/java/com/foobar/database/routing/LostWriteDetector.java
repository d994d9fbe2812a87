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
 * Notices writes that a failover lost: somebody has seen them, and the primary does not
 * have them.
 */
final class LostWriteDetector {

	private static final Logger logger = LoggerFactory.getLogger(LostWriteDetector.class);

	private final Cluster cluster;

	private final Duration patience;

	private final Counter lost;

	LostWriteDetector(Cluster cluster, ReadProperties properties, MeterRegistry meters) {
		this.cluster = cluster;
		this.patience = properties.patience();
		this.lost = meters.counter("database.writes.lost");
	}

	/**
	 * Whether the primary has all that a read must see. What it will never have is
	 * forgotten, so that nobody waits for it again.
	 */
	boolean has(Node primary, ConsistencyContext causality) {
		GtidSet position = causality.seen();
		// A replica may show a write before the primary itself says that it has it, so
		// what is lacking has a while to come.
		boolean missing = !primary.has(position) && Deadline.after(this.patience).call(() -> primary.ask().isPresent())
				&& !primary.await(position, Deadline.current().atMost(this.patience));
		// One that was deposed meanwhile may lack what its successor has.
		if (missing && this.cluster.nextPrimary().equals(Optional.of(primary))) {
			primary.ask().filter((all) -> !all.contains(position)).ifPresent((all) -> lose(primary, causality, all));
		}
		return primary.has(causality.seen());
	}

	private void lose(Node primary, ConsistencyContext causality, GtidSet all) {
		this.lost.increment();
		logger
			.error("A write that was acknowledged is lost: a visitor has seen [{}], and {}, now the primary, has [{}]. "
					+ "It may still be on a server that was the primary before", causality.seen(), primary, all);
		causality.forget(all);
	}

}
