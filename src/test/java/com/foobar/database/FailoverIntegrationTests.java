package com.foobar.database;

import java.time.Duration;
import java.util.List;

import com.foobar.TimeTarget;
import com.foobar.database.topology.ServerRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests concurrent payments while a group of three members loses its primary in several
 * ways. No money is created or lost, and every reported outcome is true.
 */
@Tag("slow")
class FailoverIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(FailoverIntegrationTests.class);

	private static List<Instance> instances;

	private MySQLContainer formerPrimary = MySqlGroup.primary();

	@BeforeAll
	static void start() {
		instances = List.of(Instance.start(new MySqlGroup()), Instance.start(new MySqlGroup()));
		Bank.createTables(MySqlGroup.primary());
	}

	@AfterAll
	static void stop() {
		Bank.dropTables(MySqlGroup.primary());
		instances.forEach(Instance::close);
	}

	@AfterEach
	void repair() {
		MySqlGroup.awaitOnline();
		awaitHealthy();
	}

	@Test
	void noPaymentIsLostIfThePrimaryIsKilled() {
		payDuring(() -> MySqlGroup.kill(this.formerPrimary), Duration.ofSeconds(8));
	}

	@Test
	void noPaymentIsLostIfAFrozenPrimaryThawsAfterItsReplacement() {
		payDuring(() -> {
			MySqlGroup.freeze(this.formerPrimary);
			awaitAnotherPrimary();
			MySqlGroup.thaw(this.formerPrimary);
		}, Duration.ofSeconds(8));
	}

	@Test
	void noPaymentIsLostIfThePrimaryIsCutOffFromItsPeers() {
		payDuring(() -> MySqlGroup.cutOff(this.formerPrimary), Duration.ofSeconds(8));
	}

	@Test
	void noPaymentIsRefusedDuringASwitchover() {
		Bank bank = payDuring(() -> MySqlGroup.switchTo(anotherMember()), Duration.ofSeconds(1));
		assertThat(bank.refused()).isZero();
	}

	@Test
	void noPaymentIsLostIfTheWholeGroupRestarts() {
		var bank = new Bank(instances, MySqlGroup.members);
		bank.runDuring(() -> {
			awaitPayments(bank, 100);
			MySqlGroup.members.forEach(MySqlGroup::kill);
			instances.forEach((instance) -> Awaitility.await()
				.until(() -> instance.topology().withRole(ServerRole.UNKNOWN).size() == 3));
			MySqlGroup.restartAll();
			awaitHealthy();
			awaitPayments(bank, bank.acknowledged() + 100);
		});
		logger.info("noPaymentIsLostIfTheWholeGroupRestarts: {}", bank);
		bank.audit(MySqlGroup.primary());
	}

	// Each fault heals within failover.timeout, so no write may wait in vain. The target
	// is lower, and only a gap beyond its tolerance fails the test.
	private Bank payDuring(Runnable fault, Duration target) {
		var bank = new Bank(instances, MySqlGroup.members);
		bank.runDuring(() -> {
			awaitPayments(bank, 200);
			fault.run();
			awaitAnotherPrimary();
			awaitPayments(bank, bank.acknowledged() + 200);
		});
		logger.info("{} The target is {} ms.", bank, target.toMillis());
		bank.audit(MySqlGroup.primary());
		assertThat(bank.failedReads()).isZero();
		assertThat(bank.refusedAfterWait()).isZero();
		assertThat(bank.longestGap()).isLessThan(instances.getFirst().bean(FailoverProperties.class).timeout());
		new TimeTarget(target).assertWithinTolerance("the longest time without a payment", bank.longestGap());
		return bank;
	}

	private static void awaitPayments(Bank bank, int payments) {
		Awaitility.await("%d payments are acknowledged".formatted(payments))
			.atMost(Duration.ofSeconds(90))
			.until(() -> bank.acknowledged() >= payments);
	}

	private void awaitAnotherPrimary() {
		String name = name(this.formerPrimary);
		instances.forEach((instance) -> Awaitility.await("a server other than %s is the primary".formatted(name))
			.atMost(Duration.ofSeconds(60))
			.until(() -> instance.topology().primary().filter((primary) -> !primary.name().equals(name)).isPresent()));
	}

	private static void awaitHealthy() {
		instances.forEach((instance) -> Awaitility.await("the topology has a primary and two replicas")
			.atMost(Duration.ofSeconds(60))
			.until(() -> instance.topology().primary().isPresent()
					&& instance.topology().replicas(Duration.ofSeconds(1)).size() == 2));
	}

	private MySQLContainer anotherMember() {
		return MySqlGroup.members.stream().filter((member) -> member != this.formerPrimary).findAny().orElseThrow();
	}

	private static String name(MySQLContainer server) {
		return NodeAddress.parse(MySqlServers.address(server)).name();
	}

}
