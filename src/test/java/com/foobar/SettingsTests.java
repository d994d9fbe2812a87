package com.foobar;

import java.util.List;

import com.foobar.web.security.SignInTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that an invalid setting stops the start with a message that names the setting and
 * says what to write.
 */
@ExtendWith(OutputCaptureExtension.class)
class SettingsTests {

	// No server listens on this port.
	private static final String NODES = "--foobar.database.nodes=127.0.0.1:1";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
									NODES                                         | foobar.database.username is required         | Set foobar.database.username
							NODES --foobar.database.username=foobar       | foobar.database.password is required         | Set foobar.database.password
							NODES ACCOUNT --spring.flyway.enabled=false   | foobar.token.key is required                 | openssl rand -base64 32
							NODES ACCOUNT --foobar.token.key=bm90LXNob3du --spring.flyway.enabled=false | foobar.token.key holds 9 bytes               | openssl rand -base64 32
							NODES ACCOUNT --foobar.token.key=not-shown! --spring.flyway.enabled=false | foobar.token.key is not base64               | openssl rand -base64 32
							NODES ACCOUNT KEY --foobar.database.failover.timeout=0s | No database server accepts writes            | spring.flyway.enabled=false
							NODES ACCOUNT --foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=,bm90LXNob3du --spring.flyway.enabled=false | foobar.token.key lists 2 keys, of which number 2 holds 9 bytes | separated by commas
							NODES ACCOUNT --foobar.token.key=not-shown!,MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY= --spring.flyway.enabled=false | foobar.token.key lists 2 keys, of which number 1 is not base64 | openssl rand -base64 32
							NODES ACCOUNT --foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=,MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY= --spring.flyway.enabled=false | foobar.token.key lists a key twice | openssl rand -base64 32
							--foobar.token.absolute-lifetime=1d           | foobar.token.absolute-lifetime is [PT24H], shorter than foobar.token.lifetime [PT336H] | for example 90d
							--foobar.database.nodes=web-01,web-01 ACCOUNT | foobar.database.nodes names [web-01] twice   | Name each server once
							--foobar.database.nodes=web-01:x ACCOUNT      | foobar.database.nodes holds [web-01:x]       | Write host or host:port
					ACCOUNT                                       | foobar.database.username and password are set | foobar.database.nodes
					--foobar.database.monitor.username=x          | foobar.database.monitor.username and password | Set both
							--foobar.database.certificate-authority=/no.pem | foobar.database.certificate-authority names [/no.pem], which is not a file | Write the path of a PEM file
							--foobar.database.read.timeout=10ms          | foobar.database.read.timeout is [PT0.01S], less than catch-up-timeout [PT0.05S] | Write 50ms or longer
							--foobar.consistency.lifetime=9s              | foobar.consistency.lifetime is [PT9S], and replicas may be [PT5S] behind | Write 10s or longer
							--foobar.password.memory=1MB                  | foobar.password.memory is [1048576B]         | Write 19MB or more
							--foobar.database.pool.read-statement-timeout=2s | foobar.database.pool.read-statement-timeout is [PT2S], and foobar.request.safe-timeout [PT2S] | three quarters
							NODES ACCOUNT KEY --foobar.database.pool.size=4 | foobar.database.pool.size is [4], too few to migrate | spring.flyway.enabled=false
							--foobar.database.failover.hold=1s | foobar.database.failover.hold is the former name of a setting | Write foobar.database.failover.timeout instead
							--foobar.site.url=www.foobar.com              | foobar.site.url is [www.foobar.com]          | https://www.foobar.com
							--foobar.database.nodes=localhost,192.0.2.1 ACCOUNT KEY --spring.flyway.enabled=false | foobar.site.url is required because foobar.database.nodes names other machines | Write the address visitors use
							--foobar.api.origins=https://a.com,a.com/x    | foobar.api.origins holds [a.com/x]           | Write for example https://app.example.com
							--foobar.api.origins=*                        | foobar.api.origins holds [*]                 | Write for example https://app.example.com
							--foobar.api.origins=https://a.com:443        | foobar.api.origins holds [https://a.com:443] | Write for example https://app.example.com
							""")
	void invalidSettingStopsTheStart(String arguments, String problem, String remedy, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(arguments));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsIgnoringCase(problem)
			.contains(remedy)
			.doesNotContain("not-shown")
			.doesNotContain("bm90LXNob3du")
			.doesNotContain("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					foobar.login-throttle.window=999ms               | foobar.login-throttle.window              | PT0.999S | must be longer than or equal to 1 second
					foobar.login-throttle.per-account=0              | foobar.login-throttle.perAccount          | 0        | must be greater than 0
					foobar.database.failover.timeout=-1s             | foobar.database.failover.timeout          | PT-1S    | must be longer than or equal to 0
					foobar.database.failover.max-waiting=0           | foobar.database.failover.maxWaiting       | 0        | must be greater than 0
					foobar.database.migration.timeout=999ms          | foobar.database.migration.timeout         | PT0.999S | must be longer than or equal to 1 second
					foobar.database.monitor.interval=9ms             | foobar.database.monitor.interval          | PT0.009S | must be longer than or equal to 10 millis
					foobar.database.monitor.timeout=-1s              | foobar.database.monitor.timeout           | PT-1S    | must be longer than or equal to 10 millis
					foobar.database.pool.read-statement-timeout=99ms | foobar.database.pool.readStatementTimeout | PT0.099S | must be longer than or equal to 100 millis
					foobar.database.pool.size=0                      | foobar.database.pool.size                 | 0        | must be greater than 0
					foobar.database.pool.timeout=249ms               | foobar.database.pool.timeout              | PT0.249S | must be longer than or equal to 250 millis
					foobar.database.read.catch-up-timeout=0s         | foobar.database.read.catchUpTimeout       | PT0S     | must be longer than or equal to 1 milli
					foobar.database.read.max-lag=99ms                | foobar.database.read.maxLag               | PT0.099S | must be longer than or equal to 100 millis
					foobar.database.slow-statement=-1s               | foobar.database.slowStatement             | PT-1S    | must be longer than or equal to 0
					foobar.idempotency.retention=59s                 | foobar.idempotency.retention              | PT59S    | must be longer than or equal to 1 minute
					foobar.large-responses.max-duration=0s           | foobar.large-responses.maxDuration        | PT0S     | must be longer than 0
					foobar.large-responses.timeout=-1s               | foobar.large-responses.timeout            | PT-1S    | must be longer than or equal to 0
					foobar.password.passes=0                         | foobar.password.passes                    | 0        | must be greater than 0
					foobar.password.timeout=-1s                      | foobar.password.timeout                   | PT-1S    | must be longer than or equal to 0
					foobar.request.safe-timeout=99ms                 | foobar.request.safeTimeout                | PT0.099S | must be longer than or equal to 100 millis
					foobar.request.timeout=99ms                      | foobar.request.timeout                    | PT0.099S | must be longer than or equal to 100 millis
					foobar.token.lifetime=59s                        | foobar.token.lifetime                     | PT59S    | must be longer than or equal to 1 minute
					foobar.write-limit.window=999ms                  | foobar.write-limit.window                 | PT0.999S | must be longer than or equal to 1 second
					""")
	void valueOutOfBoundsStopsTheStart(String setting, String property, String value, String bound,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--" + setting));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: " + property, "Value: \"%s\"".formatted(value), "Reason: " + bound);
	}

	@Test
	void embeddedDatabaseWarnsThatDataIsLost(CapturedOutput output) {
		try (var application = start("")) {
			assertThat(output).contains("what is written is gone at the next start").contains("FOOBAR_DATABASE_NODES");
			assertThat(application.isRunning()).isTrue();
		}
	}

	@Test
	void startWithoutDatabaseIsLiveButNotReady(CapturedOutput output) {
		try (var application = start("NODES ACCOUNT KEY --spring.flyway.enabled=false")) {
			assertThat(output).contains("Database servers: 127.0.0.1:1 UNKNOWN. None accepts writes");
			get(application, "/readyz", "Accept", "*/*").expectStatus().isEqualTo(503);
			get(application, "/livez", "Accept", "*/*").expectStatus().isOk();
		}
	}

	@Test
	void scheduledTasksFailInOneLineWithoutDatabase(CapturedOutput output) {
		String settings = "NODES ACCOUNT KEY --spring.flyway.enabled=false --foobar.database.failover.timeout=100ms";
		try (var application = start(settings)) {
			application.getBean(ScheduledTaskHolder.class)
				.getScheduledTasks()
				.forEach((task) -> task.getTask().getRunnable().run());
			assertThat(output)
				.containsOnlyOnce("Old stored responses are kept until the next attempt: No database server")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void requestsWithoutDatabaseGetRetryAfter() {
		try (var application = start("NODES ACCOUNT KEY --spring.flyway.enabled=false")) {
			String token = application.getBean(SignInTokens.class).issue(1, "");
			get(application, "/api/user", "Authorization", "Token " + token).expectStatus()
				.isEqualTo(503)
				.expectHeader()
				.valueEquals("Retry-After", "2");
			get(application, "/", "Cookie", "sign-in=" + token).expectStatus()
				.isEqualTo(503)
				.expectHeader()
				.valueEquals("Retry-After", "2");
		}
	}

	private static RestTestClient.ResponseSpec get(ConfigurableApplicationContext application, String path,
			String header, String value) {
		String site = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
		return RestTestClient.bindToServer().baseUrl(site).build().get().uri(path).header(header, value).exchange();
	}

	private static ConfigurableApplicationContext start(String arguments) {
		String full = "%s --server.port=0".formatted(arguments)
			.replace("NODES", NODES)
			.replace("ACCOUNT", "--foobar.database.username=foobar --foobar.database.password=not-shown")
			.replace("KEY", "--foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");

		return SpringApplication.run(FoobarApplication.class, full.strip().split("\\s+"));
	}

}
