package com.foobar.web;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an instance works on a request: as long as the balancer waits for the
 * response. A shorter time in the balancer's header {@code X-Request-Timeout-Ms} takes
 * precedence. Both settings are 100 ms or longer.
 *
 * @param safeTimeout the timeout of GET, HEAD, OPTIONS and TRACE, after which the
 * balancer tries another instance
 * @param timeout the timeout of all other requests
 */
@ConfigurationProperties("foobar.request")
record RequestProperties(@DefaultValue("2s") Duration safeTimeout, @DefaultValue("30s") Duration timeout) {

	RequestProperties {
		requireAtLeast100Millis("safe-timeout", safeTimeout);
		requireAtLeast100Millis("timeout", timeout);
	}

	private static void requireAtLeast100Millis(String key, Duration value) {
		if (value.toMillis() < 100) {
			throw new InvalidSettingException("foobar.request." + key, "is [%s]".formatted(value),
					"Write how long the balancer waits for a response, 100ms or longer, for example 2s.");
		}
	}

}
