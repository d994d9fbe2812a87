package com.foobar.lab;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import com.foobar.lab.Client.Response;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which responses nginx sends itself, and to whom. */
@Tag("lab")
@Tag("group")
class NginxIntegrationTests {

	private static final List<String> SECURITY_HEADERS = List.of("Content-Security-Policy", "X-Content-Type-Options",
			"X-Frame-Options", "X-XSS-Protection", "Referrer-Policy", "Permissions-Policy");

	private static final String BALANCER_TLS = "/etc/haproxy/tls/";

	@ParameterizedTest
	@CsvSource({ "/, Accept: text/html, HIT", "/, Cookie: theme=dark, HIT", "/, Cookie: __Host-sign-in=some, ''",
			"/, Cookie: theme=dark; __Host-consistency=some, ''", "/, Consistency-Token: some, ''",
			"/, Authorization: Token some, ''", "/api/articles, Accept: application/json, ''",
			"/login, Accept: text/html, MISS" })
	void onlyAnonymousReadersAreServedFromTheCache(String path, String header, String cacheStatus) {
		String mark = UUID.randomUUID().toString();
		String page = "https://web-01%s?mark=%s".formatted(path, mark);
		// The requests go to one server with a balancer's certificate. A balancer would
		// send them to both servers in turn.
		Client.curlOn("lb-01", "--cacert", BALANCER_TLS + "authority.pem", "--cert", BALANCER_TLS + "certificate.pem",
				"--key", BALANCER_TLS + "key.pem", "--header", "Host: www.foobar.test", "--header",
				"X-Request-Id: " + mark, "--header", header, page, page);
		List<String> log = Awaitility.await()
			.until(() -> WebServers.log(mark).lines().toList(), (lines) -> lines.size() == 2);
		assertThat(log.getLast()).contains("\"cache\":\"%s\"".formatted(cacheStatus));
	}

	@Test
	void pagesAreServedWithAFullDisk() {
		List<String> directories = List.of("/var/cache/nginx", "/var/lib/nginx");
		directories.forEach((directory) -> Lab.on("web-01", "sh", "-euc", """
				mkdir -p %1$s
				mount -t tmpfs -o size=64k tmpfs %1$s
				""".formatted(directory)));
		try {
			Lab.on("web-01", "systemctl", "restart", "nginx");
			directories.forEach((directory) -> Lab.on("web-01", "sh", "-c",
					"! dd if=/dev/zero of=%s/filler bs=1k status=none".formatted(directory)));
			assertThat(requestAsBalancer("/?mark=" + UUID.randomUUID()).status()).isEqualTo(200);
		}
		finally {
			directories.forEach((directory) -> Lab.on("web-01", "umount", "--lazy", directory));
			Lab.on("web-01", "systemctl", "restart", "nginx");
			WebServers.awaitAll();
		}
	}

	private static Response requestAsBalancer(String path) {
		return Client.curlOn("lb-01", "--cacert", BALANCER_TLS + "authority.pem", "--cert",
				BALANCER_TLS + "certificate.pem", "--key", BALANCER_TLS + "key.pem", "--header",
				"Host: www.foobar.test", "https://web-01" + path);
	}

	@Test
	void requestWithoutClientCertificateIsRefused() {
		Response response = Client.curlOn("lb-01", "--cacert", BALANCER_TLS + "authority.pem", "https://web-01/");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.body()).contains("No required SSL certificate was sent");
	}

	@Test
	void certificateOfAnotherServerIsRefused() {
		String directory = "/etc/nginx/tls/";
		Response response = Client.curlOn("web-01", "--cacert", directory + "authority.pem", "--cert",
				directory + "certificate.pem", "--key", directory + "key.pem", "https://web-01/");
		assertThat(response.status()).isEqualTo(403);
	}

	@Test
	void assetsAreCompressedAndHaveTheHeadersOfPages() throws IOException {
		String sheet = Jsoup.connect(Lab.URL).get().select("link[rel=stylesheet]").attr("href");
		Response file = Client.curl("--output", "/dev/null", "--dump-header", "-", "--header",
				"Accept-Encoding: br, gzip", Client.SITE + sheet);
		assertThat(file.header("Content-Encoding")).contains("br");
		assertThat(file.header("Cache-Control").orElse("")).contains("immutable");
		Response page = Client.get("/login");
		assertThat(SECURITY_HEADERS)
			.allSatisfy((name) -> assertThat(file.header(name)).as(name).isPresent().isEqualTo(page.header(name)));
	}

	@Test
	void stalePagesAreServedWhileNoInstanceRuns() {
		// It is enough if one server has the page: the balancer requests it there after
		// an error of the other server.
		IntStream.range(0, 6).forEach((i) -> assertThat(Client.get("/").status()).isEqualTo(200));
		WebServers.ALL.parallelStream().forEach((server) -> Lab.on(server, "systemctl", "stop", "foobar"));
		try {
			Awaitility.await().untilAsserted(() -> assertThat(Client.get("/").body()).contains("article-preview"));
			assertThat(Client.get("/api/articles").status()).isEqualTo(503);
			assertThat(Client.curl("--data", "a=b", Client.SITE + "/login").status()).isEqualTo(503);
		}
		finally {
			WebServers.ALL.parallelStream().forEach((server) -> Lab.on(server, "systemctl", "start", "foobar"));
			WebServers.awaitAll();
		}
	}

}
