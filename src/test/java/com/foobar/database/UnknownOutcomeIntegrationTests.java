package com.foobar.database;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import com.foobar.web.security.AuthenticatedUser;
import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the responses to a visitor if the connection to the database is lost during the
 * commit.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "foobar.database.failover.timeout=2s")
@AutoConfigureRestTestClient
@ContextConfiguration(initializers = MySqlPair.class)
@Import(UnknownOutcomeIntegrationTests.NotesApi.class)
class UnknownOutcomeIntegrationTests {

	private static final AtomicReference<CommitFault> nextFault = new AtomicReference<>();

	@Autowired
	RestTestClient client;

	@LocalServerPort
	int port;

	private final String name = "unlucky-" + UUID.randomUUID();

	private String token = "";

	/** Fault that happens at the commit of the next transaction of a request. */
	enum CommitFault {

		COMMITTED, ROLLED_BACK, COMMITTED_LATER, ROLLED_BACK_LATER, CUT_BEFORE, SERVER_GONE

	}

	@BeforeEach
	void register() {
		byte[] response = this.client.post()
			.uri("/api/users")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user",
					Map.of("username", this.name, "email", this.name + "@example.com", "password", "password1")))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		this.token = JsonPath.read(new String(response), "$.user.token");
		Notes.create(MySqlPair.first);
		// Otherwise the application would look up the user on the primary, and the fault
		// would hit that connection.
		MySqlPair.awaitReplicas();
	}

	@AfterEach
	void removeFault() {
		Notes.drop(MySqlPair.first);
		nextFault.set(null);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVER_GONE")
	void requestWithAKeyIsAppliedOnceAfterAnyFault(CommitFault fault) {
		nextFault.set(fault);
		String body = body(write("k").expectStatus().isCreated());
		assertThat(nextFault).hasNullValue();
		assertThat(body).contains("\"author\":\"" + this.name);
		assertThat(notes()).isEqualTo("1");
		assertThat(body(write("k").expectStatus().isCreated())).isEqualTo(body);
		assertThat(notes()).isEqualTo("1");
	}

	@Test
	void requestWithoutAKeyGetsTheUnknownOutcome() {
		nextFault.set(CommitFault.COMMITTED);
		assertUnknownOutcome(write(null));
		assertThat(notes()).isEqualTo("1");
	}

	@Test
	void registrationIsRetriedAndSignsInOnce() throws IOException {
		org.jsoup.Connection visitor = Jsoup.newSession();
		FormElement form = form(visitor, "/register");
		form.select("[name=username]").val("page-" + this.name);
		form.select("[name=email]").val("page-" + this.name + "@example.com");
		form.select("[name=password]").val("password1");
		nextFault.set(CommitFault.ROLLED_BACK);
		var response = form.submit().followRedirects(false).execute();
		assertThat(nextFault).hasNullValue();
		assertThat(response.headers("Set-Cookie")).filteredOn((cookie) -> cookie.startsWith("sign-in=")).hasSize(1);
		assertThat(visitor.newRequest(url("/")).get().select("nav.navbar .nav-link").eachText())
			.contains("page-" + this.name);
	}

	@Test
	void pageWithoutAKeySaysThatTheOutcomeIsUnknown() throws IOException {
		org.jsoup.Connection visitor = Jsoup.newSession().ignoreHttpErrors(true).cookie("sign-in", this.token);
		FormElement form = form(visitor, "/editor");
		form.select("[name=title], [name=description], [name=body]").val("By " + this.name);
		form.select("[name=idempotencyKey]").remove();
		nextFault.set(CommitFault.ROLLED_BACK);
		Document page = form.submit().execute().parse();
		assertThat(page.select("h1").text()).isEqualTo("It may have worked, or not");
		assertThat(page.text()).contains("look before you send it again");
		assertThat(notes()).isEqualTo("0");
	}

	private FormElement form(org.jsoup.Connection visitor, String path) throws IOException {
		return visitor.newRequest(url(path)).get().select("form").forms().getLast();
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

	@Test
	void outcomeStaysUnknownIfLaterAttemptsFail() {
		nextFault.set(CommitFault.SERVER_GONE);
		try {
			assertUnknownOutcome(write("k"));
		}
		finally {
			MySqlPair.follow(MySqlPair.second, MySqlPair.first);
		}
		write("k").expectStatus().isCreated().expectHeader().valueEquals("Idempotency-Replayed", "true");
		assertThat(notes()).isEqualTo("1");
	}

	private static void assertUnknownOutcome(RestTestClient.ResponseSpec response) {
		response.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.doesNotExist("Retry-After")
			.expectBody()
			.jsonPath("$.errors.database[0]")
			.value((String reason) -> assertThat(reason).contains("it may have been made or not"));
	}

	private RestTestClient.ResponseSpec write(String key) {
		return this.client.post()
			.uri("/api/notes")
			.header("Authorization", "Token " + this.token)
			.headers((headers) -> {
				if (key != null) {
					headers.set("Idempotency-Key", key);
				}
			})
			.exchange();
	}

	private static String body(RestTestClient.ResponseSpec response) {
		return new String(response.expectBody().returnResult().getResponseBodyContent());
	}

	private String notes() {
		return MySqlPair.query(MySqlPair.first,
				"SELECT COUNT(*) FROM notes JOIN users ON users.id = author WHERE username = '%s'"
					.formatted(this.name));
	}

	/** Writes to a table that does not belong to the site. */
	@RestController
	static class NotesApi {

		private final JdbcClient jdbc;

		NotesApi(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@PostMapping("/api/notes")
		@ResponseStatus(HttpStatus.CREATED)
		@Transactional
		public Map<String, String> write(@AuthenticationPrincipal AuthenticatedUser user) {
			Notes.write(Math.toIntExact(user.id()), 1).apply(this.jdbc);
			return Map.of("author", user.username());
		}

	}

	@TestConfiguration
	static class FaultyDataSourceConfiguration {

		@Bean
		static BeanPostProcessor faultyDataSource() {
			return new BeanPostProcessor() {
				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return name.equals("dataSource") ? new FaultyDataSource((DataSource) bean) : bean;
				}
			};
		}

	}

	private static class FaultyDataSource extends DelegatingDataSource {

		FaultyDataSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			var lost = new CompletableFuture<Void>();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						if (method.getName().equals("commit") && isWriteOfARequest() && nextFault.get() != null) {
							applyFault(nextFault.getAndSet(null), connection, lost);
						}
						if (lost.isDone()) {
							return null;
						}
						try {
							return method.invoke(connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

		private static boolean isWriteOfARequest() {
			return RequestContextHolder.getRequestAttributes() != null
					&& !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
		}

		private static void applyFault(CommitFault fault, Connection connection, CompletableFuture<Void> lost)
				throws SQLException {
			switch (fault) {
				case CUT_BEFORE -> {
					killConnection(connection);
					return;
				}
				case COMMITTED -> connection.commit();
				case ROLLED_BACK -> connection.rollback();
				case COMMITTED_LATER -> endOnceTheNextAttemptWaits(connection, lost, Connection::commit);
				case ROLLED_BACK_LATER -> endOnceTheNextAttemptWaits(connection, lost, Connection::rollback);
				case SERVER_GONE -> {
					connection.commit();
					MySqlPair.run(MySqlPair.first, "SET GLOBAL super_read_only = ON");
				}
			}
			throw new UnknownOutcomeException("The connection was lost", new SQLException("lost", "08S01"));
		}

		private static void killConnection(Connection connection) throws SQLException {
			try (var statement = connection.createStatement();
					var id = statement.executeQuery("SELECT CONNECTION_ID()")) {
				id.next();
				MySqlPair.run(MySqlPair.first, "KILL " + id.getLong(1));
			}
		}

		// The transaction stays open on the server, although the site has lost its
		// connection, until the next attempt waits for one of its locks.
		private static void endOnceTheNextAttemptWaits(Connection connection, CompletableFuture<Void> lost,
				TransactionEnd end) {
			lost.complete(null);
			Thread.startVirtualThread(() -> {
				Awaitility.await()
					.until(() -> MySqlPair.query(MySqlPair.first,
							"SELECT COUNT(*) FROM performance_schema.data_lock_waits"),
							(waiting) -> !waiting.equals("0"));
				try (connection) {
					end.apply(connection);
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			});
		}

		private interface TransactionEnd {

			void apply(Connection connection) throws SQLException;

		}

	}

}
