package com.foobar.site;

import java.time.Duration;

import com.foobar.database.MySqlPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** Runs the contract on two instances in turn, with a replica one second behind. */
@Tag("slow")
@ContextConfiguration(initializers = MySqlPair.class)
@Import(SecondInstance.class)
class TwoInstancesSiteIntegrationTests extends SiteContract {

	@BeforeAll
	static void fallBehind() {
		MySqlPair.delay(Duration.ofSeconds(1));
	}

	@AfterAll
	static void catchUpTimeout() {
		MySqlPair.delay(Duration.ZERO);
		MySqlPair.catchUpTimeout();
	}

}
