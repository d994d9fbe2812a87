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
 * A set of transactions, as MySQL writes it: {@code <server>:1-5:7,<other>:1-3}. A set
 * and not a number, for the transactions of several servers and tags have no common
 * order. Immutable.
 *
 * @param ranges the transactions of each source, a server's UUID or that and a tag; in
 * order, apart from each other, never empty
 */
public record GtidSet(SortedMap<String, List<Range>> ranges) {

	public static final GtidSet EMPTY = new GtidSet(new TreeMap<>());

	public GtidSet {
		ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
	}

	/**
	 * Reads what a server wrote.
	 * @throws IllegalArgumentException if it is no GTID set
	 */
	public static GtidSet parse(String text) {
		var ranges = new TreeMap<String, List<Range>>();
		for (String part : text.toLowerCase(Locale.ROOT).replaceAll("\\s", "").split(",")) {
			String[] words = part.split(":");
			String source = words[0];
			for (int i = 1; i < words.length; i++) {
				if (Character.isDigit(words[i].charAt(0))) {
					ranges.merge(source, List.of(Range.parse(words[i])), GtidSet::joined);
				}
				else {
					source = words[0] + ":" + words[i];
				}
			}
		}
		return ranges.isEmpty() ? EMPTY : new GtidSet(ranges);
	}

	public boolean isEmpty() {
		return this.ranges.isEmpty();
	}

	public boolean contains(GtidSet other) {
		return other.ranges.entrySet().stream().allMatch((entry) -> {
			List<Range> mine = this.ranges.getOrDefault(entry.getKey(), List.of());
			return entry.getValue().stream().allMatch((range) -> mine.stream().anyMatch((own) -> own.contains(range)));
		});
	}

	public GtidSet union(GtidSet other) {
		if (contains(other)) {
			return this;
		}
		var union = new TreeMap<>(this.ranges);
		other.ranges.forEach((source, list) -> union.merge(source, list, GtidSet::joined));
		return new GtidSet(union);
	}

	/** Those of that source, with or without a tag. */
	public GtidSet only(String source) {
		return new GtidSet(filtered((name) -> isOf(source, name)));
	}

	/** These, but of that source those that the other set has. */
	public GtidSet replace(String source, GtidSet other) {
		return new GtidSet(filtered((name) -> !isOf(source, name))).union(other.only(source));
	}

	private SortedMap<String, List<Range>> filtered(Predicate<String> sources) {
		var filtered = new TreeMap<>(this.ranges);
		filtered.keySet().removeIf(sources.negate());
		return filtered;
	}

	private static boolean isOf(String source, String name) {
		return name.equals(source) || name.startsWith(source + ":");
	}

	/** How many transactions these are. */
	public long size() {
		return this.ranges.values()
			.stream()
			.flatMap(List::stream)
			.mapToLong((range) -> range.last() - range.first() + 1)
			.sum();
	}

	private static List<Range> joined(List<Range> some, List<Range> others) {
		var joined = new ArrayList<Range>();
		Stream.concat(some.stream(), others.stream()).sorted().forEach((range) -> {
			if (!joined.isEmpty() && joined.getLast().last() + 1 >= range.first()) {
				Range before = joined.removeLast();
				joined.add(new Range(before.first(), Math.max(before.last(), range.last())));
			}
			else {
				joined.add(range);
			}
		});
		return List.copyOf(joined);
	}

	@Override
	public String toString() {
		return this.ranges.entrySet().stream().map(GtidSet::toString).collect(Collectors.joining(","));
	}

	private static String toString(Map.Entry<String, List<Range>> source) {
		return source.getKey() + ":" + source.getValue().stream().map(Range::toString).collect(Collectors.joining(":"));
	}

	/** Transactions that follow each other; first and last belong to it. */
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
