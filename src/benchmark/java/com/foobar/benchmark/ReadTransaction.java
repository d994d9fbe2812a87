package com.foobar.benchmark;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction that reads one row by its primary key, as one contender runs it. */
record ReadTransaction(TransactionTemplate transaction, JdbcClient jdbc) {

	static final long ID = 1;

	static ReadTransaction on(DataSource dataSource, boolean readOnly) {
		var transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		transaction.setReadOnly(readOnly);
		return new ReadTransaction(transaction, JdbcClient.create(dataSource));
	}

	String run() {
		return this.transaction.execute((status) -> this.jdbc.sql("SELECT username FROM users WHERE id = ?")
			.param(ID)
			.query(String.class)
			.single());
	}

	/** Returns whether the server of the transaction reports that it is read-only. */
	boolean isOnReplica() {
		return this.transaction
			.execute((status) -> this.jdbc.sql("SELECT @@super_read_only").query(Boolean.class).single());
	}

}
