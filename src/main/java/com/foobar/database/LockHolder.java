package com.foobar.database;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A session of a server that holds a lock somebody waits for.
 *
 * @param seconds how long its transaction has been open, or it has been in its present
 * state where it has none
 * @param statement the beginning of what it runs; null while it runs nothing
 */
record LockHolder(long session, String account, @Nullable String host, long seconds, @Nullable String statement) {

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
		String activity = (this.statement != null) ? "running " + this.statement.replaceAll("\\s+", " ").strip()
				: "idle in a transaction";
		return "session %d of %s from %s, for %d s %s".formatted(this.session, this.account,
				(this.host != null) ? this.host : "its own server", this.seconds, activity);
	}

}
