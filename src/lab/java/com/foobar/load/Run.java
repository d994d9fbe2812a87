package com.foobar.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time span of a run, and its output. Safe for use by several threads. */
final class Run {

	private final CountDownLatch end = new CountDownLatch(1);

	private final PrintStream output;

	Run(PrintStream output) {
		this.output = output;
	}

	void end() {
		this.end.countDown();
	}

	/** Waits that long, or until the run ends. Returns whether the run continues. */
	boolean pause(Duration time) {
		try {
			return !this.end.await(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Repeats the work in this interval until the run ends; later if it takes longer. */
	void repeat(Duration interval, Runnable work) {
		Duration delay = Duration.ZERO;
		while (pause(delay)) {
			long began = System.nanoTime();
			work.run();
			delay = interval.minusNanos(System.nanoTime() - began);
		}
	}

	void record(Event.Kind kind, long began, String subject, String detail) {
		long now = System.currentTimeMillis();
		synchronized (this.output) {
			this.output.println(new Event(now, kind, now - began, subject, detail));
			this.output.flush();
		}
	}

}
