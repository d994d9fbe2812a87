package com.foobar.load;

/**
 * One line of the load client's output: a response, or the absence of one. Immutable.
 *
 * @param ended the end of the request, in milliseconds since 1970
 * @param millis the duration of the request in milliseconds
 * @param subject the name of the written object, or the path that was read
 * @param detail the instance and its response, or why none came
 */
public record Event(long ended, Kind kind, long millis, String subject, String detail) {

	public static Event parse(String line) {
		String[] fields = line.split("\t", -1);
		return new Event(Long.parseLong(fields[0]), Kind.valueOf(fields[1]), Long.parseLong(fields[2]), fields[3],
				fields[4]);
	}

	public long began() {
		return this.ended - this.millis;
	}

	@Override
	public String toString() {
		return String.join("\t", String.valueOf(this.ended), this.kind.name(), String.valueOf(this.millis),
				this.subject, this.detail.replaceAll("\\s+", " "));
	}

	public enum Kind {

		/** The site acknowledged a write, perhaps after failed attempts. */
		WRITTEN,

		/**
		 * The site did not acknowledge an attempt to write. The client sends it again.
		 */
		ATTEMPT_FAILED,

		/** The client gave up a write at the end of the run; its outcome is unknown. */
		UNRESOLVED,

		/** A read after a write returned the write. */
		FOUND,

		/** A read after a write did not return the write. */
		STALE,

		/** A read did not return the write, but the response was marked as degraded. */
		DEGRADED,

		/** A client read a page or from the API. */
		READ,

		/** A read failed: any status but 200, or no response. */
		READ_FAILED,

		/** A client with a new connection got the home page. */
		NEW_CONNECTION_SERVED,

		/** A client with a new connection did not get the home page. */
		NEW_CONNECTION_FAILED

	}

}
