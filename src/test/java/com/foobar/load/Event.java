package com.foobar.load;

/**
 * What a client was told, or was not. A line of its output.
 *
 * @param ended when, in milliseconds since 1970
 * @param millis how long it took
 * @param subject what was written, or the path that was read
 * @param detail who answered what, or why nobody did
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

		/** A write was acknowledged, perhaps after attempts that failed. */
		WRITTEN,

		/** An attempt to write was not acknowledged. The same is sent again. */
		ATTEMPT_FAILED,

		/** A write was given up at the end, and nobody knows what came of it. */
		UNRESOLVED,

		/** Who wrote something saw it. */
		FOUND,

		/** Who wrote something did not see it. */
		STALE,

		/** Neither, but the answer said that it may be older than it should be. */
		DEGRADED,

		/** Anybody read a page or from the API. */
		READ,

		/** A read, of what one wrote or of anything, was not answered well. */
		READ_FAILED,

		/** Who came for the first time was shown the front page. */
		ARRIVED,

		/** Who came for the first time was not. */
		TURNED_AWAY

	}

}
