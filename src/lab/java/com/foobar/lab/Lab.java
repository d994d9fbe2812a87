package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * The operator's hands: commands on the lab's servers, and on the machine that carries
 * them.
 */
final class Lab {

	static final String URL = Objects.requireNonNull(System.getenv("FOOBAR_LAB_URL"),
			"FOOBAR_LAB_URL is not set: these tests are run by deploy/test");

	/** The one that the balancers hold. */
	static final String ADDRESS = "10.80.88.10";

	/** The one beside it, which moves with it. */
	static final String IPV6_ADDRESS = "fd80:88::10";

	static final List<String> SERVERS = List.of("lb-01", "lb-02", "web-01", "web-02", "ops-01");

	private Lab() {
	}

	/** What a command printed on one of the servers. */
	static String on(String server, String... command) {
		List<String> docker = new ArrayList<>(List.of("docker", "exec", container(server)));
		docker.addAll(Arrays.asList(command));
		return run(docker);
	}

	/** What the MySQL server there answers, asked by its administrator. */
	static String ask(String server, String query) {
		// A frozen server takes connections and says nothing.
		return on(server, "mysql", "--connect-timeout=3", "--batch", "--skip-column-names", "--execute", query);
	}

	/** Returns when the MySQL server there answers. */
	static void awaitMySql(String server) {
		Awaitility.await("MySQL on " + server)
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.until(() -> ask(server, "SELECT 1"), "1"::equals);
	}

	/** Returns when mysql-agent there says that. */
	static void awaitAgentStatus(String server, String words, Duration atMost) {
		Awaitility.await(words)
			.atMost(atMost)
			.until(() -> on(server, "systemctl", "show", "--property", "StatusText", "mysql-agent"),
					(text) -> text.contains(words));
	}

	/** Whether a server has that address at the moment. */
	static boolean hasAddress(String server, String address) {
		return !on(server, "ip", "-oneline", "address", "show", "to", address).isEmpty();
	}

	/**
	 * Whether that text was said there in the last minute, in a journal that journalctl's
	 * option names.
	 */
	static boolean isInJournal(String server, String option, String text) {
		return on(server, "sh", "-c",
				"journalctl %s --output cat --since -1min | grep -F '%s' || true".formatted(option, text))
			.contains(text);
	}

	static void powerOff(String server) {
		run(List.of("docker", "kill", container(server)));
	}

	static void powerOn(String server) {
		run(List.of("docker", "start", container(server)));
	}

	/** What deploy/lab printed for a verb of its own. */
	static String operate(String... verb) {
		List<String> command = new ArrayList<>(List.of("deploy/lab"));
		command.addAll(Arrays.asList(verb));
		return run(command);
	}

	/** What ansible-playbook printed, for what deploy/lab has no verb. */
	static String play(String... arguments) {
		return on("control",
				Stream
					.concat(Stream.of("ansible-playbook", "-i", "inventory/lab/%s.yml".formatted(kind())),
							Stream.of(arguments))
					.toArray(String[]::new));
	}

	/** Of database servers: group or pair. */
	private static String kind() {
		return run("docker", "network", "inspect", "--format", "{{index .Labels \"foobar-lab\"}}", "foobar-lab");
	}

	private static String container(String server) {
		return "foobar-lab-" + server;
	}

	/** What a command of the repository's printed. */
	static String run(String... command) {
		return run(List.of(command));
	}

	static void write(String server, String file, String text) {
		on(server, "sh", "-c", "printf '%s' \"$1\" > \"$0\"", file, text);
	}

	private static String run(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			if (process.waitFor() != 0) {
				throw new IllegalStateException("%s failed:%n%s".formatted(command, output));
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
