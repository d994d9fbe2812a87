package com.foobar.web.security;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the clock. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

	/** The clock for sign-in tokens. A test replaces it to set the time. */
	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
