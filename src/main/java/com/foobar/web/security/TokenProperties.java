package com.foobar.web.security;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How sign-in tokens are made.
 *
 * @param key what is signed and encrypted with: 32 random bytes or more in base64, the
 * same on every instance, for any of them must accept what another one issued. Several
 * are separated by commas: the first signs, all verify. It may be left out on the
 * embedded database, which forgets its visitors anyway.
 * @param lifetime how long a visitor stays signed in who does not come again
 * @param absoluteLifetime how long after signing in a visitor has to sign in again,
 * however often they came
 * @param legacySignature whether tokens are signed so that the version before this one
 * accepts them: it would clear the cookies that this one has renewed. The next release
 * turns the default to {@code false}, and the one after that removes the setting.
 */
@ConfigurationProperties("foobar.token")
record TokenProperties(@DefaultValue("") String key, @DefaultValue("14d") Duration lifetime,
		@DefaultValue("90d") Duration absoluteLifetime, @DefaultValue("true") boolean legacySignature) {

	TokenProperties {
		if (lifetime.toSeconds() < 60) {
			throw new InvalidSettingException("foobar.token.lifetime",
					"is [%s], too short to sign in".formatted(lifetime),
					"Write how long a visitor stays signed in, for example 14d.");
		}
		if (absoluteLifetime.compareTo(lifetime) < 0) {
			throw new InvalidSettingException("foobar.token.absolute-lifetime",
					"is [%s], shorter than foobar.token.lifetime [%s]".formatted(absoluteLifetime, lifetime),
					"Write how long after signing in a visitor has to sign in again at the latest, for example 90d.");
		}
	}

	@Override
	public String toString() {
		return "TokenProperties[key=***, lifetime=%s, absoluteLifetime=%s]".formatted(this.lifetime,
				this.absoluteLifetime);
	}

}
