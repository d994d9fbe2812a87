package com.foobar.web.idempotency;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of requests that carry an {@code Idempotency-Key}.
 *
 * @param retention how long their responses are kept, 60 seconds or longer. A request
 * that is repeated later is applied again. A day is enough for a phone that has no
 * network over night, and keeps the table small.
 */
@ConfigurationProperties("foobar.idempotency")
record IdempotencyProperties(@DefaultValue("24h") Duration retention) {

	IdempotencyProperties {
		if (retention.toSeconds() < 60) {
			throw new InvalidSettingException("foobar.idempotency.retention",
					"is [%s], too short to repeat a request in".formatted(retention),
					"Write how long a response is kept, for example 24h.");
		}
	}

}
