package com.foobar.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the time zone and the precision of stored timestamps. */
class TimestampsTests {

	@Test
	void nowIsInUtcAndInMicroseconds() {
		Clock tokyo = Clock.fixed(Instant.parse("2026-01-31T23:59:59.123456789Z"), ZoneId.of("Asia/Tokyo"));
		assertThat(Timestamps.now(tokyo)).isEqualTo(LocalDateTime.parse("2026-01-31T23:59:59.123456"));
	}

}
