package com.foobar.database.routing;

import java.sql.Connection;
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
 * Keeps work that needs the primary, and of which nothing has been sent yet, until there
 * is one: at most as long, and as many at once, as {@link FailoverProperties} say, and
 * never longer than the {@link Deadline}. Safe for several threads.
 */
public final class PrimaryWaitQueue {

	private static final Logger logger = LoggerFactory.getLogger(PrimaryWaitQueue.class);

	private final Cluster cluster;

	private final FailoverProperties properties;

	private final Semaphore places;

	private final Semaphore leaving;

	private final Timer released;

	private final Timer turnedAway;

	/**
	 * Creates a place to wait.
	 * @param poolSize the size of the primary's pool: those who have waited take half of
	 * it at a time, and leave the other half to new requests
	 */
	public PrimaryWaitQueue(Cluster cluster, FailoverProperties properties, int poolSize, MeterRegistry meters) {
		this.cluster = cluster;
		this.properties = properties;
		this.leaving = new Semaphore((poolSize + 1) / 2, true);
		this.places = new Semaphore(properties.limit());
		this.released = Timer.builder("database.hold").tag("outcome", "released").register(meters);
		this.turnedAway = Timer.builder("database.hold").tag("outcome", "turned-away").register(meters);
		Gauge.builder("database.held", () -> properties.limit() - this.places.availablePermits()).register(meters);
	}

	/**
	 * A connection to the primary, as soon as there is one.
	 * @throws PrimaryWaitTimeoutException if there is none in time, or too many wait
	 * already
	 */
	Connection connect(Connecting connecting) throws SQLException {
		if (this.cluster.primary().isPresent()) {
			try {
				return connecting.connect();
			}
			catch (UnreachableException | NoServerException ex) {
				logger.debug("The primary has just gone", ex);
			}
		}
		return hold((deadline) -> await(connecting, deadline));
	}

	/**
	 * The primary, as soon as there is one.
	 * @throws PrimaryWaitTimeoutException if there is none in time, or too many wait
	 * already
	 */
	Node primary() {
		return hold((deadline) -> this.cluster.awaitPrimary(deadline.left()).orElseThrow(() -> none(null)));
	}

	private <T, X extends Exception> T hold(Held<T, X> work) throws X {
		if (!this.places.tryAcquire()) {
			throw new PrimaryWaitTimeoutException(
					"No database server accepts writes, and [%d] wait for one already [%s]"
						.formatted(this.properties.limit(), this.cluster.topology()),
					null);
		}
		long began = System.nanoTime();
		Timer outcome = this.turnedAway;
		try {
			T result = work.until(Deadline.after(this.properties.hold()));
			outcome = this.released;
			return result;
		}
		finally {
			this.places.release();
			outcome.record(Duration.ofNanos(System.nanoTime() - began));
		}
	}

	private Connection await(Connecting connecting, Deadline deadline) throws SQLException {
		Exception last = null;
		while (this.cluster.awaitPrimary(deadline.left()).isPresent() && takeTurn(deadline)) {
			try {
				return connecting.connect();
			}
			catch (UnreachableException | NoServerException ex) {
				last = ex;
			}
			finally {
				this.leaving.release();
			}
		}
		throw none(last);
	}

	// What waited for seconds does not come down on the new primary all at once.
	private boolean takeTurn(Deadline deadline) {
		try {
			return this.leaving.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private PrimaryWaitTimeoutException none(@Nullable Exception last) {
		return new PrimaryWaitTimeoutException(
				"No database server accepts writes [%s]".formatted(this.cluster.topology()), last);
	}

	/** Gets a connection to the primary of the moment. */
	interface Connecting {

		Connection connect() throws SQLException;

	}

	private interface Held<T, X extends Exception> {

		T until(Deadline deadline) throws X;

	}

}
