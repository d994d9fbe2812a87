package com.foobar.web.security;

import java.util.List;
import java.util.regex.Pattern;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the API.
 *
 * @param origins the origins whose scripts may use the API in a browser, as browsers
 * write them. Other programs need no entry.
 */
@ConfigurationProperties("foobar.api")
record ApiProperties(@DefaultValue List<String> origins) {

	// Without the scheme's default port, which browsers leave out.
	private static final Pattern ORIGIN = Pattern
		.compile("(?!http:.*:80$|https:.*:443$)https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:\\d{1,5})?");

	ApiProperties {
		for (String origin : origins) {
			if (!ORIGIN.matcher(origin).matches()) {
				throw new InvalidSettingException("foobar.api.origins",
						"holds [%s], which is not an origin as browsers write it".formatted(origin),
						"Write for example https://app.example.com, in lower case and without a path; "
								+ "separate several by commas.");
			}
		}
	}
}
