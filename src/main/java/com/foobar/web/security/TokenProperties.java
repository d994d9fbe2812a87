package com.foobar.web.security;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of sign-in tokens.
 *
 * @param key the keys that sign and encrypt: 32 random bytes or more in base64, the same
 * on every instance, because each instance must accept the tokens of the others. Several
 * keys are separated by commas: the first signs, all verify. The setting is optional with
 * the embedded database, which keeps no users after a restart.
 * @param lifetime how long a user stays signed in without a visit, 60 seconds or longer
 * @param absoluteLifetime how long after a sign-in the user must sign in again, however
 * often they visit; not shorter than {@code lifetime}
 * @param legacySignature whether the previous version accepts the signature of new
 * tokens. Otherwise an instance of the previous version would clear the cookies that this
 * version has renewed. The next release changes the default to {@code false}, and the
 * release after that removes the setting.
 */
@Validated
@ConfigurationProperties("foobar.token")
record TokenProperties(@DefaultValue("") String key, @DefaultValue("14d") @DurationMin(minutes = 1) Duration lifetime,
		@DefaultValue("90d") Duration absoluteLifetime, @DefaultValue("true") boolean legacySignature) {

	TokenProperties {
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
