package com.foobar.database.server;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.foobar.database.BoundSettings;
import com.foobar.database.DatabaseProperties;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ServerConfigurationCheckTests {

	private static final Node A = new StubServer("a").node();

	private static final Node B = new StubServer("b").node();

	@Test
	void warnsIfMaxConnectionsIsTooSmallForThePools(CapturedOutput output) {
		var check = new ServerConfigurationCheck(properties("a,b", 100));
		check.check(Map.of(A, result(151, 0)));
		check.check(Map.of(A, result(151, 0)));
		assertThat(output).containsOnlyOnce("a allows 151 connections, and this instance alone may open 203")
			.contains("Set its max_connections to 203 for each instance, or foobar.database.pool.size to 74 or less");
	}

	@Test
	void warnsAboutAnEvenNumberOfMembers(CapturedOutput output) {
		new ServerConfigurationCheck(properties("a,b", 10)).check(Map.of(A, result(151, 2)));
		assertThat(output).contains("has 2 members, an even number").contains("Add a member");
	}

	@Test
	void warnsAboutUnnamedMembers(CapturedOutput output) {
		new ServerConfigurationCheck(properties("a,b", 10)).check(Map.of(A, result(151, 3)));
		assertThat(output).contains("has 3 members, and foobar.database.nodes names 2 servers").contains("Name all");
	}

	@Test
	void warnsAboutServersWithoutGtids(CapturedOutput output) {
		new ServerConfigurationCheck(properties("a,b", 10))
			.check(Map.of(A, new ProbeResult("u", true, false, GtidSet.EMPTY, false, List.of(), 151)));
		assertThat(output).contains("set its gtid_mode to ON");
	}

	@Test
	void warnsAboutOneServerWithTwoNames(CapturedOutput output) {
		new ServerConfigurationCheck(properties("a,b", 10)).check(Map.of(A, result(151, 0), B, result(151, 0)));
		assertThat(output).contains("names one server by two names");
	}

	@Test
	void doesNotWarnAboutAHealthyGroup(CapturedOutput output) {
		new ServerConfigurationCheck(properties("a,b,c", 10)).check(Map.of(A, result(151, 3)));
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void warnsOnceAboutErrantTransactionsUntilTheyAreGone(CapturedOutput output) {
		var check = new ServerConfigurationCheck(properties("a,b", 10));
		for (int i = 1; i <= 1000; i++) {
			check.checkErrant(A, true, GtidSet.parse("u:1-" + i));
		}
		assertThat(output).containsOnlyOnce("Database server a has transactions of its own");
		check.checkErrant(A, false, GtidSet.EMPTY);
		check.checkErrant(A, true, GtidSet.parse("u:2000"));
		assertThat(output).contains("among [u:2000]");
	}

	private static ProbeResult result(int maxConnections, int members) {
		var group = IntStream.range(0, members)
			.mapToObj((i) -> new ProbeResult.Member("u" + i, "ONLINE", i == 0))
			.toList();
		return new ProbeResult("u0", true, false, GtidSet.parse("u:1-3"), members > 0, group, maxConnections);
	}

	private static DatabaseProperties properties(String nodes, int poolSize) {
		return BoundSettings.database(Map.of("nodes", nodes, "username", "x", "password", "x", "pool.size", poolSize));
	}

}
