package com.foobar.site;

import java.io.IOException;
import java.net.URI;

import org.springframework.boot.resttestclient.autoconfigure.RestTestClientBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Holds everything that a test's client asks, and is answered, against the description.
 */
@TestConfiguration(proxyBeanMethods = false)
class ApiDescriptionCheck {

	private final ApiDescription description;

	ApiDescriptionCheck() throws IOException {
		this.description = new ApiDescription();
	}

	@Bean
	RestTestClientBuilderCustomizer described() {
		return (client) -> client.requestInterceptor(this::check);
	}

	private ClientHttpResponse check(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		ClientHttpResponse response = execution.execute(request, body);
		// It is buffered, so the test reads it too.
		byte[] answer = response.getBody().readAllBytes();
		this.description.check(request.getMethod(), target(request.getURI()), request.getHeaders(), body,
				response.getStatusCode().value(), response.getHeaders(), answer);
		return response;
	}

	private static String target(URI uri) {
		return uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
	}

}
