package com.foobar.database.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Set of MySQL transaction ids (GTIDs), in MySQL's own text format:
 * {@code <server>:1-5:7,<other>:1-3}. It is a set and not a number, because the
 * transactions of several servers and tags have no common order.
 *
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @param ranges the transactions of each source. A source is a server's UUID, optionally
 * with a tag. The ranges of a source are sorted, do not touch each other, and are never
 * empty.
 */
public record GtidSet(SortedMap<String, List<Range>> ranges) {

	/** The set without transactions, also of a server without GTIDs. */
	public static final GtidSet EMPTY = new GtidSet(new TreeMap<>());

	public GtidSet {
		ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
	}

	/**
	 * Parses a GTID set in MySQL's format.
	 * @throws IllegalArgumentException if the text is not a GTID set
	 */
	public static GtidSet parse(String text) {
		var ranges = new TreeMap<String, List<Range>>();
		for (String part : text.toLowerCase(Locale.ROOT).replaceAll("\\s", "").split(",")) {
			String[] parts = part.split(":");
			String source = parts[0];
			for (int i = 1; i < parts.length; i++) {
				if (Character.isDigit(parts[i].charAt(0))) {
					ranges.merge(source, List.of(Range.parse(parts[i])), GtidSet::merged);
				}
				else {
					source = parts[0] + ":" + parts[i];
				}
			}
		}
		return ranges.isEmpty() ? EMPTY : new GtidSet(ranges);
	}

	/** Whether this set has no transactions. */
	public boolean isEmpty() {
		return this.ranges.isEmpty();
	}

	/** Whether this set has every transaction of the other one. */
	public boolean contains(GtidSet other) {
		return other.ranges.entrySet().stream().allMatch((entry) -> {
			List<Range> mine = this.ranges.getOrDefault(entry.getKey(), List.of());
			return entry.getValue().stream().allMatch((range) -> mine.stream().anyMatch((own) -> own.contains(range)));
		});
	}

	/** Returns the transactions of both sets. */
	public GtidSet union(GtidSet other) {
		if (contains(other)) {
			return this;
		}
		var union = new TreeMap<>(this.ranges);
		other.ranges.forEach((source, list) -> union.merge(source, list, GtidSet::merged));
		return new GtidSet(union);
	}

	/** Returns the transactions of one source, with and without tags. */
	public GtidSet ofSource(String source) {
		return new GtidSet(filtered((name) -> isOf(source, name)));
	}

	/**
	 * Returns this set with the transactions of one source replaced by those of that
	 * source in the other set.
	 */
	public GtidSet replaceSource(String source, GtidSet other) {
		return new GtidSet(filtered((name) -> !isOf(source, name))).union(other.ofSource(source));
	}

	private SortedMap<String, List<Range>> filtered(Predicate<String> sources) {
		var filtered = new TreeMap<>(this.ranges);
		filtered.keySet().removeIf(sources.negate());
		return filtered;
	}

	private static boolean isOf(String source, String name) {
		return name.equals(source) || name.startsWith(source + ":");
	}

	/** Returns the number of transactions. */
	public long size() {
		return this.ranges.values()
			.stream()
			.flatMap(List::stream)
			.mapToLong((range) -> range.last() - range.first() + 1)
			.sum();
	}

	private static List<Range> merged(List<Range> some, List<Range> others) {
		var merged = new ArrayList<Range>();
		Stream.concat(some.stream(), others.stream()).sorted().forEach((range) -> {
			if (!merged.isEmpty() && merged.getLast().last() + 1 >= range.first()) {
				Range before = merged.removeLast();
				merged.add(new Range(before.first(), Math.max(before.last(), range.last())));
			}
			else {
				merged.add(range);
			}
		});
		return List.copyOf(merged);
	}

	@Override
	public String toString() {
		return this.ranges.entrySet().stream().map(GtidSet::toString).collect(Collectors.joining(","));
	}

	private static String toString(Map.Entry<String, List<Range>> source) {
		return source.getKey() + ":" + source.getValue().stream().map(Range::toString).collect(Collectors.joining(":"));
	}

	/** Range of consecutive transactions, first and last included. */
	record Range(long first, long last) implements Comparable<Range> {

		public static Range parse(String text) {
			String[] ends = text.split("-");
			return new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
		}

		public boolean contains(Range other) {
			return this.first <= other.first && other.last <= this.last;
		}

		@Override
		public int compareTo(Range other) {
			return Long.compare(this.first, other.first);
		}

		@Override
		public String toString() {
			return (this.first == this.last) ? Long.toString(this.first) : this.first + "-" + this.last;
		}

	}

}
