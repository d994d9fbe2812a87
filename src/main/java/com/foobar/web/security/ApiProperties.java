package com.foobar.web.security;

import java.util.List;
import java.util.regex.Pattern;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the API.
 *
 * @param origins the sites whose scripts may, in the browsers of their visitors, as
 * browsers write them. Programs that are no browsers need not be named.
 */
@ConfigurationProperties("foobar.api")
record ApiProperties(@DefaultValue List<String> origins) {

	// Without the port that goes without saying, which browsers leave out.
	private static final Pattern ORIGIN = Pattern
		.compile("(?!http:.*:80$|https:.*:443$)https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:\\d{1,5})?");

	ApiProperties {
		for (String origin : origins) {
			if (!ORIGIN.matcher(origin).matches()) {
				throw new InvalidSettingException("foobar.api.origins",
						"holds [%s], which is no browser's name for a site".formatted(origin),
						"Write for example https://app.example.com, in small letters and without a path; "
								+ "with commas between several.");
			}
		}
	}
}
