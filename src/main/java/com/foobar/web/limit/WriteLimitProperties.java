package com.foobar.web.limit;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one account may write, on one instance.
 *
 * @param window in which all of it comes back, evenly
 * @param perAccount requests that change something, by pages and by the API together; all
 * of them at once if they like. The default, ten a second, is more than any person sends,
 * and twice what each account of the load tests does.
 */
@Validated
@ConfigurationProperties("foobar.writes")
record WriteLimitProperties(@DefaultValue("1m") Duration window, @DefaultValue("600") @Positive int perAccount) {

	WriteLimitProperties {
		if (window.toMillis() < 1000) {
			throw new InvalidSettingException("foobar.writes.window", "is [%s], which limits nobody".formatted(window),
					"Write in how long all writes come back, for example 1m.");
		}
	}

}
