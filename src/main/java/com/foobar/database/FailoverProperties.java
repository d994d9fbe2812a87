package com.foobar.database;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the wait queue for writes without primary.
 *
 * @param hold the longest time that a write waits for a primary. A replication group
 * takes about 7 s to replace a primary that died, and the balancer gives a write 30 s.
 * @param limit the most writes that wait at once; one more fails. Each of them keeps a
 * request open, and a balancer sends an instance at most 1600 requests.
 */
@Validated
@ConfigurationProperties("foobar.database.failover")
public record FailoverProperties(@DefaultValue("15s") Duration hold, @DefaultValue("1000") @Positive int limit) {

	public FailoverProperties {
		if (hold.isNegative()) {
			throw new InvalidSettingException("foobar.database.failover.hold", "is [%s]".formatted(hold),
					"Write how long a write may wait for a primary, for example 15s; 0s means not at all.");
		}
	}

}
