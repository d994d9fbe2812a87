package com.foobar.web.security;

import java.net.URI;
import java.time.Duration;

import com.foobar.web.SiteProperties;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which responses extend the lifetime of the CSRF cookie. */
class CsrfCookieRepositoryTests {

	private final CsrfCookieRepository repository = new CsrfCookieRepository(
			new SiteProperties(URI.create("http://localhost:8080")),
			new TokenProperties("", Duration.ofDays(14), Duration.ofDays(90), true));

	@ParameterizedTest
	@CsvSource({ "GET, true", "HEAD, true", "POST, false" })
	void pageWithAFormExtendsTheLifeOfTheCookie(String method, boolean extended) {
		var request = new MockHttpServletRequest(method, "/login");
		request.setCookies(new Cookie("csrf", "sent"));
		var response = new MockHttpServletResponse();
		assertThat(this.repository.loadDeferredToken(request, response).get().getToken()).isEqualTo("sent");
		assertThat(response.getCookie("csrf") != null).isEqualTo(extended);
	}

}
