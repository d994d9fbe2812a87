package com.foobar.web.limit;

import java.time.Duration;

import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the limit on the writes of one account, per instance.
 *
 * @param window the time in which all permits come back, evenly; one second or longer
 * @param perAccount how many writing requests an account may send per window, to pages
 * and to the API together. It may send all of them at once. The default, ten a second, is
 * more than any person sends, and twice what an account of the load tests sends.
 */
@Validated
@ConfigurationProperties("foobar.write-limit")
record WriteLimitProperties(@DefaultValue("1m") @DurationMin(seconds = 1) Duration window,
		@DefaultValue("600") @Positive int perAccount) {

}
