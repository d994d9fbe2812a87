package com.foobar.database.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;

/** Cluster whose roles a test sets. Safe for use by several threads. */
public final class StubCluster implements Cluster {

	private final List<Node> nodes;

	private int waitingThreads;

	private volatile Topology<Node> topology = new Topology<>(Map.of(), Map.of());

	public StubCluster(StubServer... servers) {
		this.nodes = Stream.of(servers).map(StubServer::node).toList();
	}

	/** Sets the roles of the servers, in their order. No server lags. */
	public StubCluster roles(ServerRole... roles) {
		var lags = this.nodes.stream().collect(Collectors.toMap(Node::name, (node) -> Duration.ZERO));
		return publish(roles, lags);
	}

	/**
	 * Sets the roles of the servers, in their order, and the lags by the servers' names.
	 */
	public StubCluster publish(ServerRole[] roles, Map<String, Duration> lags) {
		var byNode = Stream.iterate(0, (i) -> i + 1)
			.limit(roles.length)
			.collect(Collectors.toMap(this.nodes::get, (i) -> roles[i]));
		var lagsByNode = this.nodes.stream()
			.filter((node) -> lags.containsKey(node.name()))
			.collect(Collectors.toMap((node) -> node, (node) -> lags.get(node.name())));
		this.topology = new Topology<>(byNode, lagsByNode);
		wakeWaitingThreads();
		return this;
	}

	/** Publishes the same topology again, as the monitor does in each round. */
	public void republish() {
		this.topology = new Topology<>(this.topology.roles(), this.topology.lags());
		wakeWaitingThreads();
	}

	/** Wakes waiting threads after something other than the topology has changed. */
	public synchronized void wakeWaitingThreads() {
		notifyAll();
	}

	/** Returns the number of threads that wait in {@link #await}. */
	public synchronized int waitingThreads() {
		return this.waitingThreads;
	}

	@Override
	public List<Node> nodes() {
		return this.nodes;
	}

	@Override
	public Topology<Node> topology() {
		return this.topology;
	}

	@Override
	public String probeError(Node node) {
		return "";
	}

	@Override
	public synchronized boolean await(BooleanSupplier condition, Duration timeout) {
		this.waitingThreads++;
		try {
			return TimedWait.await(this, condition, timeout);
		}
		finally {
			this.waitingThreads--;
		}
	}

	@Override
	public void close() {
	}

}
