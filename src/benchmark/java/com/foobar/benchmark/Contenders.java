package com.foobar.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** All contenders, ready to run on the same two servers. */
final class Contenders implements AutoCloseable {

	private final Site site = new Site();

	private final List<HikariDataSource> pools = new ArrayList<>();

	private final Map<Contender, ReadTransaction> reads;

	Contenders() {
		// The site comes first, because it shows where the replica is.
		ReadTransaction routed = this.site.read();
		awaitReplica(routed);
		HikariDataSource primary = open(this.site.plain(false));
		HikariDataSource replica = open(this.site.plain(true));
		this.reads = Map.of(Contender.DIRECT, direct(), Contender.ROUTED, routed, Contender.SPRING,
				spring(primary, replica), Contender.NAIVE, naive(primary, replica));
		this.reads.values().forEach(Contenders::awaitReplica);
	}

	private static void awaitReplica(ReadTransaction read) {
		Awaitility.await().until(read::isOnReplica);
	}

	// A single pool does not need a LazyConnectionDataSourceProxy. The transactions are
	// not marked as read-only, because the connections are: Spring would switch each
	// connection back to read-write, and the pool would switch it to read-only again, in
	// two useless round trips.
	private ReadTransaction direct() {
		HikariConfig preset = this.site.sameAsSite(true);
		preset.setAutoCommit(false);
		preset.setReadOnly(true);
		return ReadTransaction.on(open(preset), false);
	}

	private static ReadTransaction spring(DataSource primary, DataSource replica) {
		var lazy = new LazyConnectionDataSourceProxy(primary);
		lazy.setReadOnlyDataSource(replica);
		return ReadTransaction.on(lazy, true);
	}

	private static ReadTransaction naive(DataSource primary, DataSource replica) {
		var routing = new AbstractRoutingDataSource() {
			@Override
			protected Object determineCurrentLookupKey() {
				return TransactionSynchronizationManager.isCurrentTransactionReadOnly();
			}
		};
		routing.setTargetDataSources(Map.of(false, primary, true, replica));
		routing.afterPropertiesSet();
		return ReadTransaction.on(new LazyConnectionDataSourceProxy(routing), true);
	}

	private HikariDataSource open(HikariConfig config) {
		var pool = new HikariDataSource(config);
		this.pools.add(pool);
		return pool;
	}

	ReadTransaction get(Contender contender) {
		return Objects.requireNonNull(this.reads.get(contender));
	}

	@Override
	public void close() {
		this.pools.forEach(HikariDataSource::close);
		this.site.close();
	}

}
