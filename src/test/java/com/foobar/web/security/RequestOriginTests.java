package com.foobar.web.security;

import java.net.URI;

import com.foobar.web.SiteProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how the origin of a form is determined if the browser does not send
 * {@code Sec-Fetch-Site}.
 */
class RequestOriginTests {

	private static final SiteProperties SITE = new SiteProperties(URI.create("https://www.foobar.com"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			https | www.foobar.com | https://www.foobar.com       | OWN
			http  | www.foobar.com | https://www.foobar.com       | OWN
			https | www.foobar.com | HTTPS://WWW.FOOBAR.COM       | OWN
			https | 192.0.2.1      | https://192.0.2.1            | OWN
			http  | localhost:8080 | http://localhost:8080        | OWN
			http  | localhost:8080 | http://LOCALHOST:8080        | OWN
			http  | www.foobar.com | http://www.foobar.com        | FOREIGN
			https | www.foobar.com | http://www.foobar.com        | FOREIGN
			https | 192.0.2.1      | http://192.0.2.1             | FOREIGN
			http  | localhost:8080 | http://localhost:8081        | FOREIGN
			http  | localhost:8080 | http://evil.example          | FOREIGN
			http  | localhost:8080 | null                         | FOREIGN
			http  | -              | http://localhost:8080        | FOREIGN
			http  | -              | https://www.foobar.com       | OWN
			http  | localhost:8080 | -                            | UNKNOWN
			""")
	void originIsOwnIfHostAndSchemeMatch(String scheme, @Nullable String host, @Nullable String origin,
			RequestOrigin expected) {
		var request = new MockHttpServletRequest("POST", "/logout");
		request.setScheme(scheme);
		if (host != null) {
			request.addHeader("Host", host);
		}
		if (origin != null) {
			request.addHeader("Origin", origin);
		}
		assertThat(RequestOrigin.of(request, SITE)).isEqualTo(expected);
	}

}
