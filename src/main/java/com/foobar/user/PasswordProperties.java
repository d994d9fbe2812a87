package com.foobar.user;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What hashing a password with Argon2id costs, us and whoever guesses. Once this is
 * raised, each password is hashed anew when its owner signs in, which ends their older
 * tokens as a new password would.
 *
 * @param memory of one hash. With two passes, 19 MiB are the least that OWASP advises.
 * @param passes over that memory
 * @param atOnce how many are hashed at once, each of them with that memory and a
 * processor of its own. 0 means half of the processors: readers have the others.
 * @param patience how long one waits for one's turn, which keeps a request open
 */
@Validated
@ConfigurationProperties("foobar.password")
record PasswordProperties(@DefaultValue("19MB") DataSize memory, @DefaultValue("2") @Positive int passes,
		@DefaultValue("0") int atOnce, @DefaultValue("5s") Duration patience) {

	private static final DataSize LEAST = DataSize.ofMegabytes(7);

	PasswordProperties {
		if (memory.compareTo(LEAST) < 0) {
			throw new InvalidSettingException("foobar.password.memory",
					"is [%s], with which passwords are guessed fast".formatted(memory),
					"Write 19MB or more with 2 passes, and never less than %dMB.".formatted(LEAST.toMegabytes()));
		}
		if (patience.isNegative()) {
			throw new InvalidSettingException("foobar.password.patience", "is [%s]".formatted(patience),
					"Write how long somebody who signs in may wait for their turn, for example 5s.");
		}
		atOnce = (atOnce > 0) ? atOnce : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
	}

}
