package com.foobar.database.migration;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A session of a server that holds a lock somebody waits for.
 *
 * @param account null if it cannot be seen, and nothing else of the session either
 * @param seconds how long its transaction has been open, or it has been in its present
 * state where it has none
 * @param statement the beginning of what it runs; null while it runs nothing
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

	/** What an administrator types to end these sessions. */
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
				(this.host != null) ? this.host : "its own server", this.seconds, activity);
	}

}
