package com.foobar.user;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings {@code foobar.password.*}: the cost of hashing a password with Argon2id,
 * for the site and for an attacker. After an increase, each sign-in hashes the user's
 * password anew, which revokes older tokens as a new password does.
 *
 * @param memory the memory for one hash, at least 7 MB. OWASP recommends at least 19 MiB
 * with two passes.
 * @param passes the number of passes over that memory
 * @param maxConcurrent the maximum number of concurrent hashes. Each uses that memory and
 * one processor. 0 means half of the processors, which leaves the others to readers.
 * @param timeout the longest wait for a permit to hash; the request stays open
 */
@Validated
@ConfigurationProperties("foobar.password")
record PasswordProperties(@DefaultValue("19MB") DataSize memory, @DefaultValue("2") @Positive int passes,
		@DefaultValue("0") int maxConcurrent, @DefaultValue("5s") @DurationMin Duration timeout) {

	private static final DataSize MIN_MEMORY = DataSize.ofMegabytes(7);

	PasswordProperties {
		if (memory.compareTo(MIN_MEMORY) < 0) {
			throw new InvalidSettingException("foobar.password.memory",
					"is [%s], with which attackers can guess passwords fast".formatted(memory),
					"Write 19MB or more with 2 passes, and never less than %dMB.".formatted(MIN_MEMORY.toMegabytes()));
		}
		maxConcurrent = (maxConcurrent > 0) ? maxConcurrent
				: Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
	}

}
