package com.foobar.web;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long an instance works on a request: as long as the balancer waits for the
 * response. A shorter time in the balancer's header {@code X-Request-Timeout-Ms} takes
 * precedence. Both settings are 100 ms or longer.
 *
 * @param safeTimeout the timeout of GET, HEAD, OPTIONS and TRACE, after which the
 * balancer tries another instance
 * @param timeout the timeout of all other requests
 */
@Validated
@ConfigurationProperties("foobar.request")
record RequestProperties(@DefaultValue("2s") @DurationMin(millis = 100) Duration safeTimeout,
		@DefaultValue("30s") @DurationMin(millis = 100) Duration timeout) {

}
