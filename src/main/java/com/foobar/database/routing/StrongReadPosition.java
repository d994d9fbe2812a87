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
 * Lets a read see everything that was acknowledged before it began, by anyone: the
 * primary is asked what it has executed, once for all who want to know, and the read then
 * needs a server that has that. Most often that is a replica.
 */
final class StrongReadPosition {

	private final Cluster cluster;

	private final Duration patience;

	private final PrimaryWaitQueue holding;

	private final Counter degraded;

	StrongReadPosition(Cluster cluster, ReadProperties properties, PrimaryWaitQueue holding, MeterRegistry meters) {
		this.cluster = cluster;
		this.patience = properties.patience();
		this.holding = holding;
		this.degraded = meters.counter("database.reads.degraded");
	}

	/**
	 * Raises the position of a read to all that is acknowledged. Without a primary, a
	 * transaction that asks for it itself waits as a write does; one that only follows
	 * the API's rule waits a little, and then reads what there is and says so.
	 * @param insists whether the transaction asks itself
	 * @throws NoServerException if it does and there is no primary in time
	 */
	void acknowledge(ConsistencyContext causality, boolean insists) {
		// Also a primary that is there may be frozen, and answer nothing.
		Optional<GtidSet> all = insists ? acknowledged(true)
				: Deadline.after(this.patience).call(() -> acknowledged(false));
		if (all.isPresent()) {
			causality.saw(all.get());
			causality.settle();
		}
		else if (insists) {
			throw new NoServerException(
					"No primary tells what was acknowledged [%s]".formatted(this.cluster.topology()));
		}
		else {
			this.degraded.increment();
			causality.degrade();
		}
	}

	private Optional<GtidSet> acknowledged(boolean insists) {
		return this.cluster.primary()
			.flatMap(StrongReadPosition::ask)
			.or(() -> next(insists).flatMap(StrongReadPosition::ask));
	}

	private static Optional<GtidSet> ask(Node primary) {
		Optional<GtidSet> answer = primary.ask();
		// That there was no time for an answer says nothing against the server.
		if (answer.isEmpty() && !Deadline.current().hasPassed()) {
			primary.suspect();
		}
		return answer;
	}

	private Optional<Node> next(boolean insists) {
		return insists ? Optional.of(this.holding.primary()) : this.cluster.awaitPrimary(Deadline.current().left());
	}

}
