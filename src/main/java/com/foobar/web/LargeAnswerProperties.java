package com.foobar.web;

import java.time.Duration;

import com.foobar.setting.SettingException;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many {@link LargeAnswers large answers} an instance makes at once.
 *
 * @param atOnce how many, each with some ten megabytes of the heap at most
 * @param patience how long a request waits for its turn. Below the two seconds after
 * which the balancer asks another instance.
 */
@Validated
@ConfigurationProperties("foobar.large-answers")
record LargeAnswerProperties(@DefaultValue("4") @Positive int atOnce, @DefaultValue("1s") Duration patience) {

	LargeAnswerProperties {
		if (patience.isNegative()) {
			throw new SettingException("foobar.large-answers.patience", "is [%s]".formatted(patience),
					"Write how long a request may wait for its turn, for example 1s.");
		}
	}

}
