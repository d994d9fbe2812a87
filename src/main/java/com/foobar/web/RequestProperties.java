package com.foobar.web;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long requests are served: as long as the balancer waits for an answer. A balancer
 * that says how long it waits, in the header {@code X-Request-Timeout-Ms}, is believed if
 * that is shorter.
 *
 * @param safeTimeout for GET, HEAD and OPTIONS, which the balancer sends to another
 * instance after that
 * @param timeout for all other requests
 */
@ConfigurationProperties("foobar.request")
record RequestProperties(@DefaultValue("2s") Duration safeTimeout, @DefaultValue("30s") Duration timeout) {

	RequestProperties {
		positive("safe-timeout", safeTimeout);
		positive("timeout", timeout);
	}

	private static void positive(String key, Duration value) {
		if (value.toMillis() < 100) {
			throw new InvalidSettingException("foobar.request." + key, "is [%s]".formatted(value),
					"Write how long the balancer waits for an answer, 100ms or longer, for example 2s.");
		}
	}

}
