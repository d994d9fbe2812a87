package com.foobar.user;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static com.foobar.ApiResponses.token;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests which requests wait while the only permit to hash a password is in use. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "foobar.password.max-concurrent=1", "foobar.password.timeout=0s" })
@Import(HashingTests.Configuration.class)
class HashingTests {

	@Autowired
	ObservedEncoder encoder;

	@LocalServerPort
	int port;

	private final String name = "hashed" + UUID.randomUUID();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	@AfterEach
	void releaseHashes() {
		this.encoder.release();
		this.executor.close();
	}

	@Test
	void hashesNoPasswordInATransaction() throws IOException {
		String token = token(post("/api/users", account("password1")));
		String changed = token(put(token, Map.of("password", "password2", "currentPassword", "password1")));
		put(changed, Map.of("email", "new" + this.name + "@example.com", "currentPassword", "password2")).expectStatus()
			.isOk();
		post("/api/users/login", Map.of("email", "new" + this.name + "@example.com", "password", "password2"))
			.expectStatus()
			.isOk();
		submitForms();
		assertThat(this.encoder.transactions).hasSizeGreaterThanOrEqualTo(8).containsOnly(false);
	}

	private void submitForms() throws IOException {
		Connection browser = Jsoup.newSession();
		submit(browser, "/register", Map.of("username", "p" + this.name, "email", "p" + this.name + "@example.com",
				"password", "password1"));
		submit(browser, "/settings", Map.of("password", "password2"));
		submit(browser, "/login", Map.of("email", "p" + this.name + "@example.com", "password", "password2"));
	}

	@Test
	void changeWithoutPasswordDoesNotWaitForAHash() throws Exception {
		String token = token(post("/api/users", account("password1")));
		Connection browser = Jsoup.newSession();
		submit(browser, "/login", Map.of("email", this.name + "@example.com", "password", "password1"));
		Future<RestTestClient.ResponseSpec> hashing = startSlowHash();
		put(token, Map.of("bio", "Needs no hash", "email", "new" + this.name + "@example.com")).expectStatus().isOk();
		submit(browser, "/settings", Map.of("bio", "Needs none either"));
		assertThat(browser.newRequest("http://localhost:" + this.port + "/settings").get().select("[name=bio]").val())
			.isEqualTo("Needs none either");
		post("/api/users/login", account("password1")).expectStatus()
			.isEqualTo(503)
			.expectBody()
			.json("{\"errors\": {\"site\": [\"is busy, try again in a moment\"]}}");
		this.encoder.release();
		hashing.get().expectStatus().isCreated();
	}

	@Test
	void incompleteRequestsDoNotBlockSignIns() throws IOException {
		post("/api/users", account("password1")).expectStatus().isCreated();
		List<Socket> sockets = new ArrayList<>();
		try {
			for (String path : List.of("/api/users", "/api/users/login", "/login", "/register")) {
				sockets.add(sendHeaders(path));
			}
			post("/api/users/login", Map.of("email", this.name + "@example.com", "password", "password1"))
				.expectStatus()
				.isOk();
		}
		finally {
			for (Socket socket : sockets) {
				socket.close();
			}
		}
	}

	// Sends the headers of a request, and returns when the application waits for the
	// body. The test does not send the body.
	private Socket sendHeaders(String path) throws IOException {
		var socket = new Socket("localhost", this.port);
		socket.getOutputStream().write("""
				POST %s HTTP/1.1
				Host: localhost
				Content-Type: application/json
				Content-Length: 100
				Expect: 100-continue

				""".formatted(path).replace("\n", "\r\n").getBytes());
		assertThat(new String(socket.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 100");
		return socket;
	}

	private Future<RestTestClient.ResponseSpec> startSlowHash() {
		this.encoder.block();
		Future<RestTestClient.ResponseSpec> hashing = this.executor.submit(() -> post("/api/users", Map.of("username",
				"slow" + this.name, "email", "slow" + this.name + "@example.com", "password", "password1")));
		Awaitility.await().until(() -> this.encoder.started.getCount() == 0);
		return hashing;
	}

	private Connection.Response submit(Connection browser, String path, Map<String, String> fields) throws IOException {
		FormElement form = browser.newRequest("http://localhost:" + this.port + path)
			.get()
			.select("main form")
			.forms()
			.getFirst();
		fields.forEach((field, value) -> form.expectFirst("[name=" + field + "]").val(value));
		return form.submit().ignoreHttpErrors(true).execute();
	}

	private Map<String, String> account(String password) {
		return Map.of("username", this.name, "email", this.name + "@example.com", "password", password);
	}

	private RestTestClient.ResponseSpec post(String path, Map<String, String> user) {
		return send(HttpMethod.POST, path, "", user);
	}

	private RestTestClient.ResponseSpec put(String token, Map<String, String> user) {
		return send(HttpMethod.PUT, "/api/user", token, user);
	}

	// Adds an idempotency key, because every form of the site has one too.
	private RestTestClient.ResponseSpec send(HttpMethod method, String path, String token, Map<String, String> user) {
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.method(method)
			.uri(path)
			.header("Authorization", "Token " + token)
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user", user))
			.exchange();
	}

	/**
	 * Records for each call whether a transaction is active. Blocks the calls between
	 * {@link #block()} and {@link #release()}.
	 */
	static final class ObservedEncoder implements PasswordEncoder {

		private final PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 1024, 1);

		private final List<Boolean> transactions = new CopyOnWriteArrayList<>();

		private volatile CountDownLatch started = new CountDownLatch(0);

		private volatile CountDownLatch released = new CountDownLatch(0);

		private void block() {
			this.started = new CountDownLatch(1);
			this.released = new CountDownLatch(1);
		}

		private void release() {
			this.released.countDown();
		}

		private void observe() {
			this.transactions.add(TransactionSynchronizationManager.isActualTransactionActive());
			this.started.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public String encode(CharSequence password) {
			observe();
			return String.valueOf(this.encoder.encode(password));
		}

		@Override
		public boolean matches(CharSequence password, String hash) {
			observe();
			return this.encoder.matches(password, hash);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Configuration {

		@Bean
		ObservedEncoder observedEncoder() {
			return new ObservedEncoder();
		}

		@Bean
		@Primary
		Passwords observedPasswords(PasswordProperties properties, ObservedEncoder encoder) {
			return new Passwords(properties, encoder);
		}

	}

}
