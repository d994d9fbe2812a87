package com.foobar.benchmark;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Runs another contender in each iteration. JMH would run one contender for a long time
 * and then the next, and other load on the machine would have more effect than the
 * difference to be measured. {@link Figures} separates the contenders' times.
 */
// JMH calls the setup methods first.
@SuppressWarnings("NullAway.Init")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadTransactionBenchmark {

	private Contenders contenders;

	private ReadTransaction read;

	private int iteration;

	@Setup
	public void open() {
		this.contenders = new Contenders();
	}

	@Setup(Level.Iteration)
	public void nextTurn() {
		this.read = this.contenders.get(Contender.turn(this.iteration));
		this.iteration++;
	}

	@Benchmark
	public String read() {
		return this.read.run();
	}

	@TearDown
	public void close() {
		this.contenders.close();
	}

}
