package com.foobar.database;

import java.time.Duration;

import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the wait queue for writes without primary.
 *
 * @param timeout the longest time that a write waits for a primary; 0 means not at all. A
 * replication group takes about 7 s to replace a primary that died, and the balancer
 * gives a write 30 s.
 * @param maxWaiting the most writes that wait at once; one more fails. Each of them keeps
 * a request open, and a balancer sends an instance at most 1600 requests.
 */
@Validated
@ConfigurationProperties("foobar.database.failover")
public record FailoverProperties(@DefaultValue("15s") @DurationMin Duration timeout,
		@DefaultValue("1000") @Positive int maxWaiting) {

}
