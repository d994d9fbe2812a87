package com.foobar.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Asks a MySQL server for its position, over two connections of its own: one waits, the
 * other must not.
 */
final class MySqlQuestions implements Node.Questions {

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final OwnConnection connection;

	private final Shared<Optional<GtidSet>> executed = new Shared<>(this::question, this.executor);

	private final CatchUp catchUp;

	MySqlQuestions(NodeAddress address, DatabaseProperties properties) {
		this.connection = new OwnConnection(address, properties);
		this.catchUp = new CatchUp(new OwnConnection(address, properties), this.executor,
				properties.monitor().timeout());
	}

	@Override
	public boolean await(GtidSet position, Duration patience) {
		return this.catchUp.await(position, patience);
	}

	@Override
	public Optional<GtidSet> executed() {
		return this.executed.ask().join();
	}

	private Optional<GtidSet> question() {
		try {
			String text = this.connection.ask("SELECT @@global.gtid_executed", (row) -> row.getString(1));
			return Optional.of(GtidSet.parse(text));
		}
		catch (SQLException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.catchUp.close();
		this.connection.close();
	}

}
