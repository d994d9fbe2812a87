package com.foobar.database;

import java.util.List;

/** The database servers, and what they currently are to each other. */
sealed interface Cluster extends AutoCloseable permits MySqlCluster, EmbeddedCluster {

	List<Node> nodes();

	/** The latest topology; never blocks. */
	Topology topology();

	@Override
	void close();

}
