package com.foobar.database;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How patient writes are while there is no primary.
 *
 * @param hold the longest a write waits for one: a replication group takes about 7
 * seconds to replace a primary that died, and the balancer gives a write 30
 * @param limit how many may wait at once; one more is turned away. Each keeps a request
 * open, and a balancer sends a server no more than 1600.
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
