package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Keeps work that needs the primary, and of which nothing has been sent yet, until there
 * is one: for so long, and so many at once.
 */
final class Holding {

	// Fewer than a pool has connections, so that those who come new find one as well.
	private static final int A_FEW = 5;

	private final Cluster cluster;

	private final FailoverProperties properties;

	private final Semaphore places;

	private final Semaphore leaving = new Semaphore(A_FEW, true);

	private final Timer released;

	private final Timer turnedAway;

	Holding(Cluster cluster, FailoverProperties properties, MeterRegistry meters) {
		this.cluster = cluster;
		this.properties = properties;
		this.places = new Semaphore(properties.limit());
		this.released = Timer.builder("database.hold").tag("outcome", "released").register(meters);
		this.turnedAway = Timer.builder("database.hold").tag("outcome", "turned-away").register(meters);
		Gauge.builder("database.held", () -> properties.limit() - this.places.availablePermits()).register(meters);
	}

	/**
	 * A connection to the primary, as soon as there is one.
	 * @throws NoServerException if there is none in time, or too many wait already
	 */
	Connection connect(Connecting connecting) throws SQLException {
		if (this.cluster.primary().isPresent()) {
			try {
				return connecting.connect();
			}
			catch (SQLException ex) {
				rethrowUnlessUnreachable(ex);
			}
		}
		return hold((deadline) -> await(connecting, deadline));
	}

	/**
	 * The primary, as soon as there is one.
	 * @throws NoServerException if there is none in time, or too many wait already
	 */
	Node primary() {
		return hold((deadline) -> this.cluster.awaitPrimary(left(deadline)).orElseThrow(this::none));
	}

	private <T, X extends Exception> T hold(Held<T, X> work) throws X {
		if (!this.places.tryAcquire()) {
			throw new NoServerException("No database server accepts writes, and [%d] wait for one already [%s]"
				.formatted(this.properties.limit(), this.cluster.topology()));
		}
		long began = System.nanoTime();
		Timer outcome = this.turnedAway;
		try {
			T result = work.until(began + this.properties.hold().toNanos());
			outcome = this.released;
			return result;
		}
		finally {
			this.places.release();
			outcome.record(Duration.ofNanos(System.nanoTime() - began));
		}
	}

	private Connection await(Connecting connecting, long deadline) throws SQLException {
		while (System.nanoTime() < deadline && this.cluster.awaitPrimary(left(deadline)).isPresent()) {
			// What waited for seconds does not come down on the new primary all at once.
			this.leaving.acquireUninterruptibly();
			try {
				return connecting.connect();
			}
			catch (SQLException ex) {
				rethrowUnlessUnreachable(ex);
			}
			finally {
				this.leaving.release();
			}
		}
		throw none();
	}

	private NoServerException none() {
		return new NoServerException("No database server accepts writes [%s]".formatted(this.cluster.topology()));
	}

	private static Duration left(long deadline) {
		return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
	}

	private static void rethrowUnlessUnreachable(SQLException ex) throws SQLException {
		if (!NodePool.unreachable(ex)) {
			throw ex;
		}
	}

	/** Gets a connection to the primary of the moment. */
	interface Connecting {

		Connection connect() throws SQLException;

	}

	private interface Held<T, X extends Exception> {

		T until(long deadline) throws X;

	}

}
