package com.foobar.benchmark;

import java.util.List;

import org.openjdk.jmh.util.ListStatistics;

/**
 * The ratio of two costs, with the ends of its 95 % confidence interval. The interval
 * shows how inexact the ratio is after so many rounds. Another run can differ by more,
 * because Java compiles the same code differently each time.
 */
record Ratio(double median, double lower, double upper) {

	/** Compares the costs within each round, where the machine was the same for both. */
	static Ratio of(List<Double> own, List<Double> other) {
		var ratios = new ListStatistics();
		for (int round = 0; round < own.size(); round++) {
			ratios.addValue(own.get(round) / other.get(round));
		}
		// The ends of the interval are percentiles. Each round is above the true median
		// with a probability of one half, so the number of such rounds is binomial, and
		// its deviation is half the root of the number of rounds.
		double margin = 100 * 1.96 * 0.5 / Math.sqrt(own.size());
		return new Ratio(ratios.getPercentile(50), ratios.getPercentile(50 - margin),
				ratios.getPercentile(50 + margin));
	}

}
