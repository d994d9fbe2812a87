package com.foobar.web;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the clock that tells the time of day. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

	/** The clock of sign-ins and of stored rows. A test replaces it to set the time. */
	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
