package com.foobar;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A target for a time that a test measures. A test prints a time that misses its target,
 * and fails only if the time is more than three times the target, because other load on
 * the machine affects it. This rule is only for times that are not promised: a test of a
 * promise, such as a timeout, asserts the bound itself. Immutable.
 */
public record TimeTarget(Duration target) {

	private static final int TOLERANCE = 3;

	/** Returns whether a time is longer than the target. */
	public boolean isMissed(Duration measured) {
		return measured.compareTo(this.target) > 0;
	}

	/** Asserts that a time is at most three times the target. */
	public void assertWithinTolerance(String description, Duration measured) {
		assertThat(measured).as("%s, with a target of %s", description, this.target)
			.isLessThanOrEqualTo(this.target.multipliedBy(TOLERANCE));
	}

}
