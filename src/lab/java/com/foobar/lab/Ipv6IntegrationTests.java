package com.foobar.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.lab.Client.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for visitors with IPv6. */
@Tag("lab")
@Tag("group")
class Ipv6IntegrationTests {

	// Of the 7900 that visitors may have, and of the places at two servers.
	private static final int FIFTH_OF_CONNECTIONS = 1580;

	private static final int FIFTH_OF_PLACES = 200;

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	@Test
	void theSiteIsThere() {
		assertThat(get("/").status()).isEqualTo(200);
		assertThat(Client.curl("--connect-to", "::[" + Lab.IPV6_ADDRESS + "]:80", "http://foobar.test/").status())
			.isEqualTo(308);
		assertThat(Client
			.curl("--http3-only", "--resolve", "www.foobar.test:443:[" + Lab.IPV6_ADDRESS + "]", Client.SITE + "/")
			.status()).isEqualTo(200);
	}

	@Test
	void bothAddressesMoveWhenABalancerFails() {
		String before = Balancers.awaitHolder();
		assertThat(Balancers.awaitHolder(Lab.IPV6_ADDRESS)).isEqualTo(before);
		Lab.on(before, "systemctl", "stop", "haproxy");
		try {
			String after = Balancers.awaitOtherHolderThan(before);
			assertThat(Balancers.awaitHolder(Lab.IPV6_ADDRESS)).isEqualTo(after);
			assertThat(get("/").status()).isEqualTo(200);
		}
		finally {
			Lab.on(before, "systemctl", "start", "haproxy");
		}
	}

	// Docker's DNS knows both addresses of each name; the firewall lets in by one.
	@Test
	void serversFindEachOtherByTheAddressesOfTheInventory() {
		assertThat(Lab.on("web-01", "getent", "ahosts", "ops-01")).startsWith("10.80.88.31 ");
	}

	@Test
	void householdHoldsAFifthAtMostAndAnotherIsServed() {
		String holder = Balancers.awaitHolder(Lab.IPV6_ADDRESS);
		List<Integer> connections = new ArrayList<>();
		List<Integer> places = new ArrayList<>();
		List<Duration> waits = new ArrayList<>();
		try (Household household = new Household()) {
			Awaitility.await("a household that has what it can get")
				.atMost(Duration.ofSeconds(20))
				.until(() -> household.connections(holder) > FIFTH_OF_CONNECTIONS / 2
						&& places(holder) > FIFTH_OF_PLACES / 4);
			for (int i = 0; i < 8; i++) {
				connections.add(household.connections(holder));
				places.add(places(holder));
				waits.add(firstPage());
			}
		}
		System.out.printf("A household holds %s connections and %s places, and another waits %s%n", connections, places,
				waits);
		assertThat(connections).allMatch((number) -> number <= FIFTH_OF_CONNECTIONS + 20);
		assertThat(places).allMatch((number) -> number <= FIFTH_OF_PLACES + 20);
		assertThat(waits).allMatch((wait) -> wait.compareTo(PATIENCE) < 0);
	}

	// Without what docker needs to start a command.
	private static Duration firstPage() {
		String said = Lab.on("control", "curl", "--silent", "--show-error", "--fail", "--cacert",
				"/root/secrets/authority.pem", "--resolve", "www.foobar.test:443:[" + Lab.IPV6_ADDRESS + "]",
				"--max-time", "20", "--output", "/dev/null", "--write-out", "%{time_total}", Client.SITE + "/");
		return Duration.ofMillis(Math.round(Double.parseDouble(said) * 1000));
	}

	// What nginx has of requests: those that it refuses are over at once.
	private static int places(String balancer) {
		return Lab.on(balancer, "sh", "-c", "echo 'show stat' | socat -t 5 - /run/haproxy/admin.sock")
			.lines()
			.map((line) -> line.split(",", -1))
			.filter((fields) -> fields.length > 5 && fields[1].startsWith("web-"))
			.mapToInt((fields) -> Integer.parseInt(fields[4]))
			.sum();
	}

	private static Answer get(String path) {
		return Client.curl("--connect-to", "::[" + Lab.IPV6_ADDRESS + "]:443", Client.SITE + path);
	}

}
