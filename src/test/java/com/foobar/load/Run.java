package com.foobar.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time for which clients are busy, and the record of what they were told. */
final class Run {

	private final CountDownLatch end = new CountDownLatch(1);

	private final PrintStream record;

	Run(PrintStream record) {
		this.record = record;
	}

	void end() {
		this.end.countDown();
	}

	/** Waits that long, or less if the run ends; whether it goes on. */
	boolean pause(Duration time) {
		try {
			return !this.end.await(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Does something at a steady pace, or slower if it takes longer, to the end. */
	void repeat(Duration interval, Runnable work) {
		Duration left = Duration.ZERO;
		while (pause(left)) {
			long began = System.nanoTime();
			work.run();
			left = interval.minusNanos(System.nanoTime() - began);
		}
	}

	void note(Event.Kind kind, long began, String subject, String detail) {
		long now = System.currentTimeMillis();
		synchronized (this.record) {
			this.record.println(new Event(now, kind, now - began, subject, detail));
			this.record.flush();
		}
	}

}
