package com.foobar.web.consistency;

import java.time.Duration;

import com.foobar.database.ReadProperties;
import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the consistency tokens.
 *
 * @param lifetime how long a token is valid, at least twice
 * {@code foobar.database.read.max-lag}. By then every replica in use has applied the
 * visitor's writes, so a longer lifetime gains nothing.
 */
@ConfigurationProperties("foobar.consistency")
record ConsistencyProperties(@DefaultValue("1m") Duration lifetime) {

	/**
	 * Checks that tokens live until every replica in use has their position.
	 * @throws InvalidSettingException if the lifetime is too short
	 */
	void checkAgainst(ReadProperties readProperties) {
		Duration minimum = readProperties.maxLag().multipliedBy(2);
		if (this.lifetime.compareTo(minimum) < 0) {
			throw new InvalidSettingException("foobar.consistency.lifetime",
					"is [%s], and replicas may be [%s] behind: a visitor might not see what they wrote"
						.formatted(this.lifetime, readProperties.maxLag()),
					"Write %ds or longer, or a shorter foobar.database.read.max-lag.".formatted(minimum.toSeconds()));
		}
	}

}
