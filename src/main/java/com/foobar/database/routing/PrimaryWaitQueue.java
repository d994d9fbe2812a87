package com.foobar.database.routing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.foobar.database.Deadline;
import com.foobar.database.FailoverProperties;
import com.foobar.database.NoServerException;
import com.foobar.database.PrimaryWaitTimeoutException;
import com.foobar.database.UnreachableException;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets transactions that need the primary wait until there is one. Nothing of such a
 * transaction has been sent to a server yet. A transaction waits for at most
 * {@code foobar.database.failover.timeout}, and not longer than its {@link Deadline}; at
 * most {@code foobar.database.failover.max-waiting} transactions wait at once. Safe for
 * use by several threads.
 */
public final class PrimaryWaitQueue {

	private static final Logger logger = LoggerFactory.getLogger(PrimaryWaitQueue.class);

	private final Cluster cluster;

	private final FailoverProperties properties;

	private final Semaphore slots;

	private final Semaphore connectPermits;

	private final Timer connected;

	private final Timer rejected;

	/**
	 * Creates an empty queue.
	 * @param poolSize the size of the primary's pool: at most half as many transactions
	 * leave the queue at a time, so that the other half is left to new requests
	 */
	public PrimaryWaitQueue(Cluster cluster, FailoverProperties properties, int poolSize, MeterRegistry meters) {
		this.cluster = cluster;
		this.properties = properties;
		this.connectPermits = new Semaphore((poolSize + 1) / 2, true);
		this.slots = new Semaphore(properties.maxWaiting());
		this.connected = timer("connected", meters);
		this.rejected = timer("rejected", meters);
		Gauge.builder("database.primary.waiting", () -> properties.maxWaiting() - this.slots.availablePermits())
			.description("How many transactions wait for a primary")
			.register(meters);
	}

	private static Timer timer(String outcome, MeterRegistry meters) {
		return Timer.builder("database.primary.wait")
			.description("How long transactions waited for a primary")
			.tag("outcome", outcome)
			.register(meters);
	}

	/**
	 * Gets a connection to the primary, and waits if there is no primary.
	 * @throws PrimaryWaitTimeoutException if there is no primary in time, or the queue is
	 * full
	 */
	RoutedConnection connect(Connector connector) throws SQLException {
		if (this.cluster.primary().isPresent()) {
			try {
				return connector.connect();
			}
			catch (UnreachableException | NoServerException ex) {
				logger.debug("The primary is not reachable any more", ex);
			}
		}
		long began = System.nanoTime();
		RoutedConnection connection = enqueue((deadline) -> await(connector, deadline));
		connection.logWait(Duration.ofNanos(System.nanoTime() - began));
		return connection;
	}

	/**
	 * Waits for the primary.
	 * @throws PrimaryWaitTimeoutException if there is no primary in time, or the queue is
	 * full
	 */
	Node primary() {
		return enqueue((deadline) -> this.cluster.awaitPrimary(deadline.remaining()).orElseThrow(() -> timeout(null)));
	}

	private <T, X extends Exception> T enqueue(QueuedWork<T, X> work) throws X {
		if (!this.slots.tryAcquire()) {
			throw new PrimaryWaitTimeoutException(
					"No database server accepts writes, and [%d] wait for one already [%s]"
						.formatted(this.properties.maxWaiting(), this.cluster.topology()),
					null);
		}
		long began = System.nanoTime();
		Timer outcome = this.rejected;
		try {
			T result = work.runUntil(Deadline.after(this.properties.timeout()));
			outcome = this.connected;
			return result;
		}
		finally {
			this.slots.release();
			outcome.record(Duration.ofNanos(System.nanoTime() - began));
		}
	}

	private RoutedConnection await(Connector connector, Deadline deadline) throws SQLException {
		Exception lastFailure = null;
		while (this.cluster.awaitPrimary(deadline.remaining()).isPresent() && acquireConnectPermit(deadline)) {
			try {
				return connector.connect();
			}
			catch (UnreachableException | NoServerException ex) {
				lastFailure = ex;
			}
			finally {
				this.connectPermits.release();
			}
		}
		throw timeout(lastFailure);
	}

	// Limits how many waiting transactions connect at once, so that they do not overload
	// the new primary.
	private boolean acquireConnectPermit(Deadline deadline) {
		try {
			return this.connectPermits.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private PrimaryWaitTimeoutException timeout(@Nullable Exception lastFailure) {
		return new PrimaryWaitTimeoutException(
				"No database server accepts writes [%s]".formatted(this.cluster.topology()), lastFailure);
	}

	/** Gets a connection to the current primary. */
	interface Connector {

		RoutedConnection connect() throws SQLException;

	}

	private interface QueuedWork<T, X extends Exception> {

		T runUntil(Deadline deadline) throws X;

	}

}
