package com.foobar.web.limit;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many {@link LargeResponses large answers} an instance makes at once.
 *
 * @param atOnce how many, each with some ten megabytes of the heap at most
 * @param patience how long a request waits for its turn. Below the two seconds after
 * which the balancer asks another instance.
 * @param longest after what time a turn is given to somebody else, although its answer is
 * not sent yet. The balancer does not wait longer than two seconds for it to begin.
 */
@Validated
@ConfigurationProperties("foobar.large-answers")
record LargeResponseProperties(@DefaultValue("4") @Positive int atOnce, @DefaultValue("1s") Duration patience,
		@DefaultValue("3s") Duration longest) {

	LargeResponseProperties {
		if (patience.isNegative()) {
			throw new InvalidSettingException("foobar.large-answers.patience", "is [%s]".formatted(patience),
					"Write how long a request may wait for its turn, for example 1s.");
		}
		if (!longest.isPositive()) {
			throw new InvalidSettingException("foobar.large-answers.longest", "is [%s]".formatted(longest),
					"Write after what time the next request has its turn, for example 3s.");
		}
	}

}
