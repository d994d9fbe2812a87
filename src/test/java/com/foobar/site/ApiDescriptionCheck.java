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
 * Checks that every request and response of a test's client matches the description of
 * the API.
 */
@TestConfiguration(proxyBeanMethods = false)
class ApiDescriptionCheck {

	private final ApiDescription description;

	ApiDescriptionCheck() throws IOException {
		this.description = new ApiDescription();
	}

	@Bean
	RestTestClientBuilderCustomizer apiDescriptionCustomizer() {
		return (client) -> client.requestInterceptor(this::check);
	}

	private ClientHttpResponse check(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		ClientHttpResponse response = execution.execute(request, body);
		// The client buffers the response, so the test can read the body again.
		byte[] responseBody = response.getBody().readAllBytes();
		this.description.check(request.getMethod(), target(request.getURI()), request.getHeaders(), body,
				response.getStatusCode().value(), response.getHeaders(), responseBody);
		return response;
	}

	private static String target(URI uri) {
		return uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
	}

}
