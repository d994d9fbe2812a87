package com.foobar.benchmark;

import java.util.List;

import org.openjdk.jmh.util.ListStatistics;

/**
 * How many times the cost of another, with the ends of its 95 % confidence interval: how
 * far off it may be after so many rounds. Another run may differ by more, for Java
 * compiles the same code differently each time.
 */
record Ratio(double median, double lower, double upper) {

	/** Compares within each round, where the machine was the same for both. */
	static Ratio of(List<Double> own, List<Double> other) {
		var ratios = new ListStatistics();
		for (int round = 0; round < own.size(); round++) {
			ratios.addValue(own.get(round) / other.get(round));
		}
		// In percentiles: every other round is above the true median, so how many are is
		// binomial, and deviates by half the root of their number.
		double margin = 100 * 1.96 * 0.5 / Math.sqrt(own.size());
		return new Ratio(ratios.getPercentile(50), ratios.getPercentile(50 - margin),
				ratios.getPercentile(50 + margin));
	}

}
