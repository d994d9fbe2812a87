package com.foobar.database;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A database server and our connections to it.
 *
 * @param name as it appears in logs and metrics
 * @param reads connections for read-only transactions, preset so that the server refuses
 * writes on them
 * @param writes connections for everything else
 */
record Node(String name, HikariDataSource reads, HikariDataSource writes) implements AutoCloseable {

	/**
	 * Lets connections go as soon as nobody uses them: they were made for a role that the
	 * server no longer has.
	 */
	void evict() {
		this.reads.getHikariPoolMXBean().softEvictConnections();
		this.writes.getHikariPoolMXBean().softEvictConnections();
	}

	@Override
	public void close() {
		this.reads.close();
		this.writes.close();
	}

}
