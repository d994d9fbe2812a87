package com.foobar.database.migration;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A session of a server that holds a lock for which another session waits.
 *
 * @param account null if only the session's number is known
 * @param seconds how long its transaction has been open; without a transaction, how long
 * the session has been in its present state
 * @param statement the beginning of the statement that it runs; null if it runs none
 */
record LockHolder(long session, @Nullable String account, @Nullable String host, long seconds, boolean inTransaction,
		@Nullable String statement) {

	static LockHolder unknown(long session) {
		return new LockHolder(session, null, null, 0, false, null);
	}

	static String describe(List<LockHolder> holders) {
		return holders.isEmpty() ? "an unknown session"
				: holders.stream().map(LockHolder::toString).collect(Collectors.joining(", and "));
	}

	/** The statements with which an administrator ends these sessions. */
	static String kill(List<LockHolder> holders) {
		return holders.stream().map((holder) -> "KILL %d;".formatted(holder.session)).collect(Collectors.joining(" "));
	}

	@Override
	public String toString() {
		if (this.account == null) {
			return "session " + this.session;
		}
		String activity = (this.statement != null) ? "running " + this.statement.replaceAll("\\s+", " ").strip()
				: this.inTransaction ? "idle in a transaction" : "idle";
		return "session %d of %s from %s, for %d s %s".formatted(this.session, this.account,
				(this.host != null) ? this.host : "the server itself", this.seconds, activity);
	}

}
