package com.foobar.web.consistency;

import java.time.Duration;

import com.foobar.database.ReadProperties;
import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long visitors are held to what they have seen.
 *
 * @param lifetime of a consistency token. After it a visitor's own writes are as old as
 * any replica in use may be behind, so nothing is gained by a longer one.
 */
@ConfigurationProperties("foobar.consistency")
record ConsistencyProperties(@DefaultValue("1m") Duration lifetime) {

	/**
	 * Refuses tokens that would end while some replica still lacks what they stand for.
	 */
	void outlast(ReadProperties reads) {
		Duration least = reads.toleratedLag().multipliedBy(2);
		if (this.lifetime.compareTo(least) < 0) {
			throw new InvalidSettingException("foobar.consistency.lifetime",
					"is [%s], and replicas may be [%s] behind: a visitor could lose sight of what they wrote"
						.formatted(this.lifetime, reads.toleratedLag()),
					"Write %ds or longer, or a shorter foobar.database.read.tolerated-lag."
						.formatted(least.toSeconds()));
		}
	}

}
