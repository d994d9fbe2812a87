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
 * Runs another contender in each iteration, where JMH would run one for long and then the
 * next: what else the machine does meanwhile would weigh more than what is measured.
 * {@link Comparison} tells their times apart.
 */
// JMH calls the methods of the setup first.
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
