package com.foobar.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that the balancers get their certificate from an ACME server and renew it, and
 * that no request fails meanwhile.
 */
@Tag("lab")
@Tag("group")
@Tag("long")
@Tag("balancer")
class CertificateIntegrationTests {

	private static final String LAB = "foobar-lab";

	@Test
	void publicCertificateIsObtainedAndRenewedWithoutFailedRequests() {
		String directory = Lab.run("deploy/tests/acme", "start", LAB, "10.80.88.3", Lab.ADDRESS);
		try {
			Lab.write("control", "/root/secrets/acme-authority.pem", Lab.run("deploy/tests/acme", "authority", LAB));
			String own = Lab.on("control", "cat", Lab.CA_CERTIFICATE);
			String authority = Lab.run("deploy/tests/acme", "root", LAB);
			LoadEvents events = Traffic.during(() -> {
				runPlaybook(directory, "site.yml", "--limit", "balancer");
				String first = serialNumber();
				assertThat(issuer()).contains("Pebble");
				runPlaybook(directory, "renew-certificate.yml", "-e", "renew=true");
				assertThat(serialNumber()).isNotEqualTo(first);
			}, own + "\n" + authority);
			events.assertEveryReadServed();
			events.assertEveryWriteServed();
			String good = serialNumber();
			Lab.run("deploy/tests/acme", "stop", LAB);
			assertThatIllegalStateException()
				.isThrownBy(() -> runPlaybook(directory, "renew-certificate.yml", "-e", "renew=true"));
			assertThat(serialNumber()).isEqualTo(good);
		}
		finally {
			Lab.run("deploy/tests/acme", "stop", LAB);
			Lab.runPlaybook("site.yml", "--limit", "balancer");
		}
		assertThat(issuer()).contains("foobar test");
		assertThatIllegalStateException().as("the certificate ends within 825 days, as Apple's systems require")
			.isThrownBy(() -> certificate("-checkend %d".formatted(Duration.ofDays(825).toSeconds())))
			.withMessageContaining("will expire");
	}

	private static void runPlaybook(String directory, String... arguments) {
		List<String> command = new ArrayList<>(List.of(arguments));
		for (String variable : List.of("https_certificate=acme", "https_acme_email=somebody@foobar.test",
				"https_acme_directory=" + directory, "https_acme_authority=/root/secrets/acme-authority.pem")) {
			command.addAll(List.of("-e", variable));
		}
		Lab.runPlaybook(command.toArray(String[]::new));
	}

	private static String serialNumber() {
		return certificate("-serial");
	}

	private static String issuer() {
		return certificate("-issuer");
	}

	private static String certificate(String option) {
		return Lab.on("control", "bash", "-o", "pipefail", "-c", """
				openssl s_client -connect %s:443 -servername www.foobar.test </dev/null 2>/dev/null |
				    openssl x509 -noout %s
				""".formatted(Lab.ADDRESS, option));
	}

}
