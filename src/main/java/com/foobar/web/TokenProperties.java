package com.foobar.web;

import java.time.Duration;

import com.foobar.setting.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How sign-in tokens are made.
 *
 * @param key what they are signed with: 32 random bytes or more in base64, the same on
 * every instance, for any of them must accept what another one issued. May be left out on
 * the embedded database, which forgets its visitors anyway.
 * @param lifetime how long a visitor stays signed in
 */
@ConfigurationProperties("foobar.token")
record TokenProperties(@DefaultValue("") String key, @DefaultValue("14d") Duration lifetime) {

	TokenProperties {
		if (lifetime.toSeconds() < 60) {
			throw new SettingException("foobar.token.lifetime", "is [%s], too short to sign in".formatted(lifetime),
					"Write how long a visitor stays signed in, for example 14d.");
		}
	}

	@Override
	public String toString() {
		return "TokenProperties[key=***, lifetime=%s]".formatted(this.lifetime);
	}

}
