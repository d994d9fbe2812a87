package com.foobar.user;

import java.time.Duration;

import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings {@code foobar.login-throttle.*}: the limits on sign-ins and registrations,
 * on one instance. Used attempts become available again at a constant rate: with the
 * defaults, an attacker has two attempts a minute for an account.
 *
 * @param window the time in which all attempts become available again, at least 1 s
 * @param perAccount the maximum number of failed sign-ins to one account from one
 * address: more than a user needs who tries to remember the password
 * @param perAddress the maximum number of failed sign-ins from one address to any
 * accounts; an office or a school shares one address
 * @param registrations the maximum number of registrations from one address. Failed ones
 * count too, since each hashes a password. The default lets a school class register at
 * once.
 */
@Validated
@ConfigurationProperties("foobar.login-throttle")
record LoginThrottleProperties(@DefaultValue("5m") @DurationMin(seconds = 1) Duration window,
		@DefaultValue("10") @Positive int perAccount, @DefaultValue("100") @Positive int perAddress,
		@DefaultValue("1000") @Positive int registrations) {

}
