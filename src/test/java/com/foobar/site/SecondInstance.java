package com.foobar.site;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.database.Instance;
import com.foobar.database.MySqlPair;
import org.springframework.boot.resttestclient.autoconfigure.RestTestClientBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Starts a second instance on the same database servers, and sends every other request of
 * a test's client to it, as HAProxy does.
 */
@TestConfiguration(proxyBeanMethods = false)
class SecondInstance {

	private final AtomicInteger requests = new AtomicInteger();

	/** Starts the second instance with the clock of the first one. */
	@Bean
	Instance other(MovableClock clock) {
		return Instance.start((context) -> {
			new MySqlPair().initialize(context);
			((GenericApplicationContext) context).registerBean("clockOfTheFirst", MovableClock.class, () -> clock,
					(definition) -> definition.setPrimary(true));
		});
	}

	@Bean
	RestTestClientBuilderCustomizer balanced(Instance other) {
		int port = URI.create(other.url()).getPort();
		return (client) -> client
			.requestInterceptor((request, body, execution) -> send(request, body, execution, port));
	}

	private ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution, int port)
			throws IOException {
		boolean even = this.requests.incrementAndGet() % 2 == 0;
		return execution.execute(even ? toPort(request, port) : request, body);
	}

	private static HttpRequest toPort(HttpRequest request, int port) {
		URI uri = UriComponentsBuilder.fromUri(request.getURI()).port(port).build(true).toUri();
		return new HttpRequestWrapper(request) {
			@Override
			public URI getURI() {
				return uri;
			}
		};
	}

}
