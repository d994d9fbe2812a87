package com.foobar.web.idempotency;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to requests that carry an {@code Idempotency-Key}.
 *
 * @param retention how long their answers are kept. A request that is sent again later is
 * made again. A day is enough for a phone that was without a network over night, and
 * keeps the table small.
 */
@ConfigurationProperties("foobar.idempotency")
record IdempotencyProperties(@DefaultValue("24h") Duration retention) {

	IdempotencyProperties {
		if (retention.toSeconds() < 60) {
			throw new InvalidSettingException("foobar.idempotency.retention",
					"is [%s], too short to send a request again in".formatted(retention),
					"Write how long an answer is kept, for example 24h.");
		}
	}

}
