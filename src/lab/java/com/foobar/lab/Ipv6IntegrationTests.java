package com.foobar.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.lab.Client.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the site serves visitors with IPv6, and limits them by network. */
@Tag("lab")
@Tag("group")
class Ipv6IntegrationTests {

	// One network can have a fifth of the 7900 connections of all visitors, and a fifth
	// of the requests that two web servers handle at a time.
	private static final int FIFTH_OF_CONNECTIONS = 1580;

	private static final int FIFTH_OF_REQUESTS = 200;

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

	@Test
	void siteServesRequestsOverIpv6() {
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

	// Docker's DNS returns both addresses of a name, but the firewall admits only one of
	// them.
	@Test
	void serversFindEachOtherByTheAddressesOfTheInventory() {
		assertThat(Lab.on("web-01", "getent", "ahosts", "ops-01")).startsWith("10.80.88.31 ");
	}

	@Test
	void oneNetworkHoldsAFifthOfTheConnectionsAtMost() {
		String holder = Balancers.awaitHolder(Lab.IPV6_ADDRESS);
		List<Integer> connections = new ArrayList<>();
		List<Integer> requests = new ArrayList<>();
		List<Duration> waits = new ArrayList<>();
		try (Ipv6ConnectionFlood flood = new Ipv6ConnectionFlood()) {
			Awaitility.await("the flood holds many connections and requests")
				.atMost(Duration.ofSeconds(20))
				.until(() -> flood.connections(holder) > FIFTH_OF_CONNECTIONS / 2
						&& requests(holder) > FIFTH_OF_REQUESTS / 2);
			for (int i = 0; i < 8; i++) {
				connections.add(flood.connections(holder));
				requests.add(requests(holder));
				waits.add(timeOfHomePage());
			}
		}
		System.out.printf("One network holds %s connections and %s requests; another visitor waits %s%n", connections,
				requests, waits);
		assertThat(connections).allMatch((number) -> number <= FIFTH_OF_CONNECTIONS + 20);
		assertThat(requests).allMatch((number) -> number <= FIFTH_OF_REQUESTS + 20);
		assertThat(waits).allMatch((wait) -> wait.compareTo(LONGEST_WAIT) < 0);
	}

	// Returns the time that curl measured, because Docker needs time to start a command.
	private static Duration timeOfHomePage() {
		String seconds = Lab.on("control", "curl", "--silent", "--show-error", "--fail", "--cacert", Lab.CA_CERTIFICATE,
				"--resolve", "www.foobar.test:443:[" + Lab.IPV6_ADDRESS + "]", "--max-time", "20", "--output",
				"/dev/null", "--write-out", "%{time_total}", Client.SITE + "/");
		return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
	}

	// Returns the number of requests that nginx handles. Requests that it refuses end at
	// once.
	private static int requests(String balancer) {
		return Lab.on(balancer, "sh", "-c", "echo 'show stat' | socat -t 5 - /run/haproxy/admin.sock")
			.lines()
			.map((line) -> line.split(",", -1))
			.filter((fields) -> fields.length > 5 && fields[1].startsWith("web-"))
			.mapToInt((fields) -> Integer.parseInt(fields[4]))
			.sum();
	}

	private static Response get(String path) {
		return Client.curl("--connect-to", "::[" + Lab.IPV6_ADDRESS + "]:443", Client.SITE + path);
	}

}
