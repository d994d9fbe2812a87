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
 * Runs commands on the lab's servers, and on the machine that hosts them, as an operator
 * does.
 */
final class Lab {

	static final String URL = Objects.requireNonNull(System.getenv("FOOBAR_LAB_URL"),
			"FOOBAR_LAB_URL is not set: these tests are run by deploy/test");

	/** The IPv4 address that one of the balancers holds. */
	static final String ADDRESS = "10.80.88.10";

	/** The IPv6 address, which moves together with the IPv4 address. */
	static final String IPV6_ADDRESS = "fd80:88::10";

	/** The file on the control server with the certificate of the site's own CA. */
	static final String CA_CERTIFICATE = "/root/secrets/authority.pem";

	static final List<String> SERVERS = List.of("lb-01", "lb-02", "web-01", "web-02", "ops-01");

	private Lab() {
	}

	/**
	 * Runs a command on a server and returns its output.
	 * @throws IllegalStateException if the command fails; the message contains its output
	 */
	static String on(String server, String... command) {
		List<String> docker = new ArrayList<>(List.of("docker", "exec", container(server)));
		docker.addAll(Arrays.asList(command));
		return run(docker);
	}

	/**
	 * Runs SQL statements on a server's MySQL as its administrator, and returns the rows,
	 * with columns separated by tabs.
	 * @throws IllegalStateException if a statement fails, or if MySQL does not answer the
	 * new connection within three seconds
	 */
	static String sql(String server, String statements) {
		// A frozen server accepts connections but sends nothing.
		return on(server, "mysql", "--connect-timeout=3", "--batch", "--skip-column-names", "--execute", statements);
	}

	/** Waits until a server's MySQL answers, for one minute at most. */
	static void awaitMySql(String server) {
		Awaitility.await("MySQL on %s answers".formatted(server))
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.until(() -> sql(server, "SELECT 1"), "1"::equals);
	}

	/** Waits until the status of a server's mysql-agent contains the given text. */
	static void awaitAgentStatus(String server, String text, Duration atMost) {
		Awaitility.await("the status of mysql-agent on %s contains: %s".formatted(server, text))
			.atMost(atMost)
			.until(() -> on(server, "systemctl", "show", "--property", "StatusText", "mysql-agent"),
					(status) -> status.contains(text));
	}

	/** Returns whether a server has the given address at the moment. */
	static boolean hasAddress(String server, String address) {
		return !on(server, "ip", "-oneline", "address", "show", "to", address).isEmpty();
	}

	/**
	 * Returns whether a server's journal contains the given text from the last minute.
	 * @param option the option of journalctl that selects the journal
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

	/**
	 * Runs deploy/lab with the given arguments and returns its output.
	 * @throws IllegalStateException if the command fails; the message contains its output
	 */
	static String operate(String... arguments) {
		List<String> command = new ArrayList<>(List.of("deploy/lab"));
		command.addAll(Arrays.asList(arguments));
		return run(command);
	}

	/**
	 * Runs ansible-playbook on the control server with the lab's inventory, and returns
	 * its output. For operations that deploy/lab has no command for.
	 * @throws IllegalStateException if the command fails; the message contains its output
	 */
	static String runPlaybook(String... arguments) {
		return on("control",
				Stream
					.concat(Stream.of("ansible-playbook", "-i", "inventory/lab/%s.yml".formatted(topology())),
							Stream.of(arguments))
					.toArray(String[]::new));
	}

	/** Returns the topology of the lab's database servers: group or pair. */
	private static String topology() {
		return run("docker", "network", "inspect", "--format", "{{index .Labels \"foobar-lab\"}}", "foobar-lab");
	}

	private static String container(String server) {
		return "foobar-lab-" + server;
	}

	/**
	 * Runs a command in the repository's directory on this machine and returns its
	 * output.
	 * @throws IllegalStateException if the command fails; the message contains its output
	 */
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
