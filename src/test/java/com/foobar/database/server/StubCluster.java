package com.foobar.database.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;

/** Servers whose roles a test changes as it likes. Safe for several threads. */
public final class StubCluster implements Cluster {

	private final List<Node> nodes;

	private volatile Topology topology = new Topology(Map.of(), Map.of());

	public StubCluster(StubServer... servers) {
		this.nodes = Stream.of(servers).map(StubServer::node).toList();
	}

	/** Gives the servers their roles, in order. None of them lags. */
	public StubCluster roles(ServerRole... roles) {
		var lags = this.nodes.stream().collect(Collectors.toMap(Node::name, (node) -> Duration.ZERO));
		return publish(roles, lags);
	}

	/** The same, with how far each is behind. */
	public StubCluster publish(ServerRole[] roles, Map<String, Duration> lags) {
		var byName = Stream.iterate(0, (i) -> i + 1)
			.limit(roles.length)
			.collect(Collectors.toMap((i) -> this.nodes.get(i).name(), (i) -> roles[i]));
		this.topology = new Topology(byName, lags);
		changed();
		return this;
	}

	/** Publishes the same once more, as the monitor does in each round. */
	public void again() {
		this.topology = new Topology(this.topology.roles(), this.topology.lags());
		changed();
	}

	/** Wakes those who wait, for something else than the topology has changed. */
	public synchronized void changed() {
		notifyAll();
	}

	@Override
	public List<Node> nodes() {
		return this.nodes;
	}

	@Override
	public Topology topology() {
		return this.topology;
	}

	@Override
	public String complaint(String node) {
		return "";
	}

	@Override
	public synchronized boolean await(BooleanSupplier condition, Duration atMost) {
		long end = System.nanoTime() + atMost.toNanos();
		while (!condition.getAsBoolean()) {
			long left = end - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return true;
	}

	@Override
	public void close() {
	}

}
