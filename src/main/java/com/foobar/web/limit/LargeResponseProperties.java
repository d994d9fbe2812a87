package com.foobar.web.limit;

import java.time.Duration;

import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of {@link LargeResponses large responses}.
 *
 * @param maxConcurrent how many large responses an instance builds at once. Each takes
 * about ten megabytes of the heap at most.
 * @param timeout how long a request waits for a permit. Keep it below the two seconds
 * after which the balancer tries another instance.
 * @param maxDuration how long a request keeps its permit. Then another request gets it,
 * although this response is not sent yet. The balancer waits at most two seconds for a
 * response to begin.
 */
@Validated
@ConfigurationProperties("foobar.large-responses")
record LargeResponseProperties(@DefaultValue("4") @Positive int maxConcurrent,
		@DefaultValue("1s") @DurationMin Duration timeout,
		@DefaultValue("3s") @DurationMin(inclusive = false) Duration maxDuration) {

}
