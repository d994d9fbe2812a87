package com.foobar.user;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often somebody may try, on one instance. What is used up comes back evenly: with
 * these defaults a guesser is left with two attempts a minute.
 *
 * @param window in which all of it comes back
 * @param perAccount failed sign-ins to one account from one address: more than anybody
 * needs who has forgotten which password it was
 * @param perAddress failed sign-ins from one address to whichever accounts: an office or
 * a school shares one
 * @param registrations from one address, whether they succeed or not, since each costs a
 * hash; so many that a class can join at once
 */
@Validated
@ConfigurationProperties("foobar.attempts")
record LoginThrottleProperties(@DefaultValue("5m") Duration window, @DefaultValue("10") @Positive int perAccount,
		@DefaultValue("100") @Positive int perAddress, @DefaultValue("1000") @Positive int registrations) {

	LoginThrottleProperties {
		if (window.toMillis() < 1000) {
			throw new InvalidSettingException("foobar.attempts.window",
					"is [%s], which slows nobody down".formatted(window),
					"Write in how long all attempts come back, for example 5m.");
		}
	}

}
