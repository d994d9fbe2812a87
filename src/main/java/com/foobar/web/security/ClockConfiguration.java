package com.foobar.web.security;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

	/**
	 * What time it is for sign-ins. A test puts a clock in its place that it can turn.
	 */
	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
