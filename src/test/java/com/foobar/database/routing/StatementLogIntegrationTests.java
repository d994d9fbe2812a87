package com.foobar.database.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.foobar.database.MySqlPair;
import com.foobar.database.NodeAddress;
import com.foobar.database.Work;
import com.foobar.database.server.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the log leads from the id of a request to the number of its connection in
 * MySQL's own logs.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "foobar.database.slow-statement=100ms")
@ContextConfiguration(initializers = MySqlPair.class)
@Import(Work.class)
@ExtendWith(OutputCaptureExtension.class)
class StatementLogIntegrationTests {

	private static final String ID = "019a6f5e-93a1-7c55-b0a2-7d1f6f2d9c11";

	private static final String SERVER = NodeAddress.parse(MySqlPair.address(MySqlPair.first)).name();

	@Autowired
	Work work;

	@Autowired
	Cluster cluster;

	@Autowired
	MeterRegistry meters;

	@BeforeEach
	void awaitPrimary() {
		Awaitility.await().until(() -> this.cluster.topology().primary().isPresent());
	}

	@AfterEach
	void restoreServers() {
		MySqlPair.run(MySqlPair.first, "SET GLOBAL slow_query_log = OFF", "SET GLOBAL log_output = 'FILE'");
		MySqlPair.follow(MySqlPair.second, MySqlPair.first);
	}

	@Test
	void slowStatementIsFoundInMySqlsSlowLog(CapturedOutput output) {
		MySqlPair.run(MySqlPair.first, "SET GLOBAL log_output = 'TABLE'", "SET GLOBAL slow_query_log = ON");
		long connection = withId(() -> this.work.write((jdbc) -> {
			jdbc.sql("SET SESSION long_query_time = 0.1").update();
			jdbc.sql("SELECT SLEEP(0.2)").query(Integer.class).single();
			jdbc.sql("SET SESSION long_query_time = DEFAULT").update();
			return connectionId(jdbc);
		}));
		assertThat(logged(output, "Slow statement: server=%s connection=%d ms=".formatted(SERVER, connection)))
			.contains("sql=SELECT SLEEP(0.2)");
		assertThat(MySqlPair.query(MySqlPair.first,
				"SELECT CONVERT(sql_text USING utf8mb4) FROM mysql.slow_log WHERE thread_id = " + connection))
			.isEqualTo("SELECT SLEEP(0.2)");
	}

	@Test
	void statementWhoseConnectionIsLostIsLoggedWithItsNumber(CapturedOutput output) {
		var connection = new CompletableFuture<Long>();
		assertThatExceptionOfType(RecoverableDataAccessException.class)
			.isThrownBy(() -> withId(() -> this.work.write((jdbc) -> {
				connection.complete(connectionId(jdbc));
				MySqlPair.run(MySqlPair.first, "KILL " + connection.join());
				return connectionId(jdbc);
			})));
		assertThat(logged(output, "Failed statement: server=%s connection=%d ms=".formatted(SERVER, connection.join())))
			.contains("sql=SELECT CONNECTION_ID()");
	}

	@Test
	void writeThatWaitedForAPrimaryIsLoggedWithItsConnection(CapturedOutput output) {
		MySqlPair.run(MySqlPair.first, "SET GLOBAL super_read_only = ON");
		Awaitility.await().until(() -> this.cluster.topology().primary().isEmpty());
		var write = CompletableFuture
			.supplyAsync(() -> withId(() -> this.work.write(StatementLogIntegrationTests::connectionId)));
		Awaitility.await().until(() -> this.meters.get("database.primary.waiting").gauge().value() == 1);
		MySqlPair.run(MySqlPair.first, "SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
		assertThat(write).succeedsWithin(Duration.ofSeconds(15));
		logged(output, "Write waited for a primary: server=%s connection=%d ms=".formatted(SERVER, write.join()));
	}

	private static long connectionId(JdbcClient jdbc) {
		return jdbc.sql("SELECT CONNECTION_ID()").query(Long.class).single();
	}

	private static <T> T withId(Supplier<T> request) {
		try (var entry = MDC.putCloseable("id", ID)) {
			return request.get();
		}
	}

	private static String logged(CapturedOutput output, String message) {
		return assertThat(output.getOut().lines().filter((line) -> line.contains(message))).singleElement()
			.asString()
			.contains("[" + ID + "]")
			.actual();
	}

}
