package com.foobar.benchmark;

import java.util.Locale;

import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the benchmark with one thread and with two, and prints the contenders' costs side
 * by side. Then it runs the benchmark of the home page.
 */
final class Comparison {

	private static final double TARGET = 1.10;

	private Comparison() {
	}

	public static void main(String[] args) {
		try {
			compare();
			PageBenchmark.run();
		}
		catch (RunnerException | RuntimeException ex) {
			ex.printStackTrace();
			// The site's threads would keep the process running after a failure.
			System.exit(1);
		}
	}

	private static void compare() throws RunnerException {
		print("%nMeasuring read-only transactions for a minute and a half...");
		// The first measurement warms up Java for both. Before that, longer code looks
		// slower than it is.
		Figures oneThread = Figures.measure(1, 14, 420);
		Figures twoThreads = Figures.measure(2, 4, 180);
		print("%nA read-only transaction with one SELECT by primary key. The figures are medians of all");
		print("rounds: of the time, and of its ratio to the time of direct in the same round%n");
		print("%-50s%17s%21s", "", "1 thread", "2 threads");
		for (Contender contender : Contender.values()) {
			print("%s%s    %s", contender, cell(oneThread, contender), cell(twoThreads, contender));
		}
		Ratio routed = oneThread.ratio(Contender.ROUTED);
		print("%nTarget: routed at most %.2fx direct, with 1 thread. It is %.2fx (95 %%: %.2fx to %.2fx): %s.%n",
				TARGET, routed.median(), routed.lower(), routed.upper(),
				(routed.median() <= TARGET) ? "met" : "MISSED");
	}

	private static String cell(Figures figures, Contender contender) {
		return "%7.0f us %6.2fx".formatted(figures.median(contender), figures.ratio(contender).median());
	}

	static void print(String format, Object... values) {
		System.out.printf(Locale.ROOT, format + "%n", values);
	}

}
