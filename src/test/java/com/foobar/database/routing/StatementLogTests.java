package com.foobar.database.routing;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.foobar.database.FailoverProperties;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests which statements are logged, and that their data is not. */
class StatementLogTests {

	private final StubServer primary = new StubServer("primary").reportExecuted("u:1");

	private final StubCluster cluster = new StubCluster(this.primary).roles(ServerRole.PRIMARY);

	private final Logger logger = (Logger) LoggerFactory.getLogger(StatementLog.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void startAppender() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stopAppender() {
		this.logger.detachAppender(this.appender);
	}

	@Test
	void slowStatementAndSlowCommitAreLogged() {
		update(site(Duration.ZERO));
		assertThat(messages()).satisfiesExactly(
				(message) -> assertThat(message)
					.matches("Slow statement: server=primary connection=0 ms=\\d+ sql=UPDATE articles SET title = \\?"),
				(message) -> assertThat(message)
					.matches("Slow statement: server=primary connection=0 ms=\\d+ sql=COMMIT"));
	}

	@Test
	void fastStatementIsNotLogged() {
		update(site(Duration.ofHours(1)));
		assertThat(messages()).isEmpty();
	}

	@Test
	void longStatementIsCut() {
		site(Duration.ZERO).work().write((jdbc) -> jdbc.sql("UPDATE " + "a".repeat(9000)).update());
		assertThat(messages().getFirst()).endsWith("aaa...").hasSizeLessThan(300);
	}

	@Test
	void textOfStatementThatIsNotPreparedIsNotLogged() {
		site(Duration.ZERO).jdbcTemplate().update("UPDATE articles SET title = 'private'");
		assertThat(messages()).singleElement().asString().endsWith(" sql=-");
	}

	@Test
	void failedStatementIsLoggedWithItsCodesAndWithoutItsMessage() {
		this.primary.onStatement((number) -> {
			throw new SQLException("private", "41000", 1205);
		});
		assertThat(catchThrowable(() -> update(site(Duration.ofHours(1))))).isNotNull();
		assertThat(messages()).singleElement()
			.asString()
			.matches("Failed statement: server=primary connection=0 ms=\\d+ error=1205 state=41000 sql=UPDATE .*")
			.doesNotContain("private");
	}

	@Test
	void failedCommitIsLogged() {
		this.primary.onCommit((number) -> {
			throw new SQLRecoverableException("gone", "08S01");
		});
		assertThat(catchThrowable(() -> update(site(Duration.ofHours(1))))).isNotNull();
		assertThat(messages()).singleElement()
			.asString()
			.matches("Failed statement: server=primary connection=0 ms=\\d+ error=0 state=08S01 sql=COMMIT");
	}

	@Test
	void violatedConstraintIsNotLogged() {
		this.primary.onStatement((number) -> {
			throw new SQLException("Duplicate entry", "23000", 1062);
		});
		assertThat(catchThrowable(() -> update(site(Duration.ofHours(1))))).isNotNull();
		assertThat(messages()).isEmpty();
	}

	@Test
	void writeThatWaitedForAPrimaryIsLogged() {
		this.cluster.roles(ServerRole.REPLICA);
		var site = new StubSite(this.cluster, new FailoverProperties(Duration.ofSeconds(10), 10), Duration.ofHours(1));
		var write = CompletableFuture.runAsync(() -> update(site));
		Awaitility.await().until(() -> site.meters.get("database.primary.waiting").gauge().value() == 1);
		this.cluster.roles(ServerRole.PRIMARY);
		assertThat(write).succeedsWithin(Duration.ofSeconds(10));
		assertThat(messages()).singleElement()
			.asString()
			.matches("Write waited for a primary: server=primary connection=0 ms=\\d+");
	}

	private StubSite site(Duration slowStatement) {
		return new StubSite(this.cluster, StubSite.FAILOVER, slowStatement);
	}

	private static void update(StubSite site) {
		site.work()
			.write((jdbc) -> jdbc.sql("UPDATE articles\n  SET title = :title").param("title", "private").update());
	}

	private List<String> messages() {
		return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
