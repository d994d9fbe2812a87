package com.foobar.web.idempotency;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of requests that carry an {@code Idempotency-Key}.
 *
 * @param retention how long their responses are kept, 60 seconds or longer. A request
 * that is repeated later is applied again. A day is enough for a phone that has no
 * network over night, and keeps the table small.
 */
@Validated
@ConfigurationProperties("foobar.idempotency")
record IdempotencyProperties(@DefaultValue("24h") @DurationMin(minutes = 1) Duration retention) {

}
