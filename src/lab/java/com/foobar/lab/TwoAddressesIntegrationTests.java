package com.foobar.lab;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that both balancers serve visitors if the site has two addresses, and that one of
 * them holds both if the other fails.
 */
@Tag("lab")
@Tag("group")
@Tag("long")
@Tag("balancer")
class TwoAddressesIntegrationTests {

	private static final String SECOND = "10.80.88.9";

	@Test
	void eachBalancerHoldsOneAddressExceptAfterAFailure() {
		shareAddresses();
		try {
			assertBothAnswer("lb-01", "lb-02");
			Lab.on("lb-01", "systemctl", "stop", "haproxy");
			Balancers.awaitOtherHolderThan("lb-01");
			assertBothAnswer("lb-02", "lb-02");
			Lab.on("lb-01", "systemctl", "start", "haproxy");
			shareAddresses();
			assertBothAnswer("lb-01", "lb-02");
		}
		finally {
			Lab.runPlaybook("site.yml", "--limit", "balancer");
		}
		Awaitility.await().until(() -> Balancers.holders(SECOND).isEmpty());
		assertThat(Client.get("/").status()).isEqualTo(200);
	}

	private static void assertBothAnswer(String first, String second) {
		assertThat(Balancers.awaitHolder(Lab.ADDRESS)).isEqualTo(first);
		assertThat(Balancers.awaitHolder(SECOND)).isEqualTo(second);
		assertThat(Client.get("/").status()).isEqualTo(200);
		assertThat(Client.curl("--connect-to", "::" + SECOND, Client.SITE + "/").status()).isEqualTo(200);
	}

	private static void shareAddresses() {
		Lab.runPlaybook("site.yml", "--limit", "balancer", "-e",
				"{virtual_addresses: [%s, %s]}".formatted(Lab.ADDRESS, SECOND));
	}

}
