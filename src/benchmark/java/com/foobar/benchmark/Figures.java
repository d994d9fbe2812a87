package com.foobar.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;

/** The times of the contenders' transactions in microseconds, round by round. */
final class Figures {

	private static final int CONTENDERS = Contender.values().length;

	// The turn is just long enough for some dozens of transactions. A round then ends
	// before the machine's speed changes, and no connection is idle for so long that its
	// pool tests it.
	private static final TimeValue TURN = TimeValue.milliseconds(20);

	private static final TimeValue WARMUP_TURN = TimeValue.milliseconds(250);

	private final Map<Contender, List<Double>> medians = new EnumMap<>(Contender.class);

	private Figures(Iterable<IterationResult> iterations) {
		int iteration = 0;
		for (IterationResult result : iterations) {
			this.medians.computeIfAbsent(Contender.turn(iteration), (contender) -> new ArrayList<>())
				.add(result.getPrimaryResult().getStatistics().getPercentile(50));
			iteration++;
		}
	}

	/**
	 * Runs the contenders in turn, and returns their times.
	 * @param warmupRounds the number of rounds that are not measured, of a second each;
	 * it is even, because the order of turns begins anew after them
	 */
	static Figures measure(int threads, int warmupRounds, int rounds) throws RunnerException {
		Options options = new OptionsBuilder().include(ReadTransactionBenchmark.class.getName())
			// All contenders run in this process. They could not take turns in several
			// ones.
			.forks(0)
			.threads(threads)
			.warmupIterations(warmupRounds * CONTENDERS)
			.warmupTime(WARMUP_TURN)
			.measurementIterations(rounds * CONTENDERS)
			.measurementTime(TURN)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build();
		return new Figures(
				new Runner(options).runSingle().getBenchmarkResults().iterator().next().getIterationResults());
	}

	double median(Contender contender) {
		var rounds = new ListStatistics();
		medians(contender).forEach(rounds::addValue);
		return rounds.getPercentile(50);
	}

	Ratio ratio(Contender contender) {
		return Ratio.of(medians(contender), medians(Contender.DIRECT));
	}

	private List<Double> medians(Contender contender) {
		return Objects.requireNonNull(this.medians.get(contender));
	}

}
