package com.foobar.database;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import com.foobar.database.routing.RoutingDataSource;
import com.foobar.database.server.NodePool;
import com.foobar.database.server.WrappedPool;
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
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.annotation.Transactional;
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
		assertThat(visitor.newRequest(url("/settings")).get().select("[name=username]").val())
			.isEqualTo("page-" + this.name);
	}

	// The form that signs out everywhere has no key.
	@Test
	void pageWithoutAKeySaysThatTheOutcomeIsUnknown() throws IOException {
		org.jsoup.Connection visitor = Jsoup.newSession().ignoreHttpErrors(true).cookie("sign-in", this.token);
		FormElement form = form(visitor, "/settings");
		assertThat(form.attr("action")).isEqualTo("/logout/everywhere");
		nextFault.set(CommitFault.ROLLED_BACK);
		Document page = form.submit().execute().parse();
		assertThat(nextFault).hasNullValue();
		assertThat(page.select("h1").text()).isEqualTo("It may have worked, or not");
		assertThat(page.text()).contains("look before you send it again");
		assertThat(visitor.newRequest(url("/settings")).get().select("h1").text()).isEqualTo("Your Settings");
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
	static class FaultyPoolConfiguration {

		@Bean
		static BeanPostProcessor faultyPools() {
			return new BeanPostProcessor() {
				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					if (bean instanceof RoutingDataSource routing) {
						Map<Object, Object> pools = new HashMap<>(routing.getResolvedDataSources());
						pools.replaceAll((route, pool) -> faulty((NodePool) pool));
						routing.setTargetDataSources(pools);
						routing.initialize();
					}
					return bean;
				}
			};
		}

		private static NodePool faulty(NodePool pool) {
			return pool.isReadOnly() ? pool : WrappedPool.of(pool, FaultyConnection::wrap);
		}

	}

	/** A connection of a pool that gets lost during a commit. */
	private static final class FaultyConnection implements InvocationHandler {

		private final Connection target;

		private boolean lost;

		private FaultyConnection(Connection target) {
			this.target = target;
		}

		static Connection wrap(Connection target) {
			return (Connection) Proxy.newProxyInstance(FaultyConnection.class.getClassLoader(),
					new Class<?>[] { Connection.class }, new FaultyConnection(target));
		}

		@Override
		public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
			if (method.getName().equals("commit") && RequestContextHolder.getRequestAttributes() != null) {
				applyFault(nextFault.getAndSet(null));
			}
			if (this.lost && method.getName().equals("isClosed")) {
				return true;
			}
			if (this.lost && method.getName().equals("close")) {
				return null;
			}
			try {
				return method.invoke(this.target, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

		private void applyFault(CommitFault fault) throws SQLException {
			switch (fault) {
				case null -> {
				}
				case CUT_BEFORE -> killConnection();
				case COMMITTED -> lose(() -> end(Connection::commit));
				case ROLLED_BACK -> lose(() -> end(Connection::rollback));
				case COMMITTED_LATER -> lose(() -> endOnceTheNextAttemptWaits(Connection::commit));
				case ROLLED_BACK_LATER -> lose(() -> endOnceTheNextAttemptWaits(Connection::rollback));
				case SERVER_GONE -> lose(() -> {
					end(Connection::commit);
					MySqlPair.run(MySqlPair.first, "SET GLOBAL super_read_only = ON");
				});
			}
		}

		private void killConnection() throws SQLException {
			try (var statement = this.target.createStatement();
					var id = statement.executeQuery("SELECT CONNECTION_ID()")) {
				id.next();
				MySqlPair.run(MySqlPair.first, "KILL " + id.getLong(1));
			}
		}

		// Throws what the driver throws for a connection that is lost.
		private void lose(Runnable event) throws SQLException {
			this.lost = true;
			event.run();
			throw new SQLRecoverableException("lost", "08S01");
		}

		private void end(TransactionEnd end) {
			try (this.target) {
				end.apply(this.target);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		// The transaction stays open on the server, although the site has lost its
		// connection, until the next attempt waits for one of its locks.
		private void endOnceTheNextAttemptWaits(TransactionEnd end) {
			Thread.startVirtualThread(() -> {
				Awaitility.await()
					.until(() -> MySqlPair.query(MySqlPair.first,
							"SELECT COUNT(*) FROM performance_schema.data_lock_waits"),
							(waiting) -> !waiting.equals("0"));
				end(end);
			});
		}

		private interface TransactionEnd {

			void apply(Connection connection) throws SQLException;

		}

	}

}
