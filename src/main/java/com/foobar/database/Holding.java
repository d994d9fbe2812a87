package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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
final class Holding {

	private static final Logger logger = LoggerFactory.getLogger(Holding.class);

	private final Cluster cluster;

	private final FailoverProperties properties;

	private final Semaphore places;

	private final Semaphore leaving;

	private final Timer released;

	private final Timer turnedAway;

	/**
	 * Creates a place to wait.
	 * @param poolSize of whose connections half is left to those who come new
	 */
	Holding(Cluster cluster, FailoverProperties properties, int poolSize, MeterRegistry meters) {
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
	 * @throws HeldInVainException if there is none in time, or too many wait already
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
	 * @throws HeldInVainException if there is none in time, or too many wait already
	 */
	Node primary() {
		return hold((deadline) -> this.cluster.awaitPrimary(left(deadline)).orElseThrow(() -> none(null)));
	}

	private <T, X extends Exception> T hold(Held<T, X> work) throws X {
		if (!this.places.tryAcquire()) {
			throw new HeldInVainException("No database server accepts writes, and [%d] wait for one already [%s]"
				.formatted(this.properties.limit(), this.cluster.topology()), null);
		}
		long began = System.nanoTime();
		Timer outcome = this.turnedAway;
		try {
			T result = work.until(began + Deadline.current().atMost(this.properties.hold()).toNanos());
			outcome = this.released;
			return result;
		}
		finally {
			this.places.release();
			outcome.record(Duration.ofNanos(System.nanoTime() - began));
		}
	}

	private Connection await(Connecting connecting, long deadline) throws SQLException {
		Exception last = null;
		while (this.cluster.awaitPrimary(left(deadline)).isPresent() && takeTurn(deadline)) {
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
	private boolean takeTurn(long deadline) {
		try {
			return this.leaving.tryAcquire(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private HeldInVainException none(@Nullable Exception last) {
		return new HeldInVainException("No database server accepts writes [%s]".formatted(this.cluster.topology()),
				last);
	}

	private static Duration left(long deadline) {
		return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
	}

	/** Gets a connection to the primary of the moment. */
	interface Connecting {

		Connection connect() throws SQLException;

	}

	private interface Held<T, X extends Exception> {

		T until(long deadline) throws X;

	}

}
