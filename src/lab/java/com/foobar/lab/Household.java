package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One household in IPv6 that holds as many connections as it can, from addresses in five
 * of its networks: one half waits before it ends a header, the other before it ends a
 * form.
 */
final class Household implements AutoCloseable {

	/** What a provider gives it, and the site takes it for. */
	static final String NETWORK = "2001:db8:1::";

	private static final String ROUTE = NETWORK + "/48";

	private static final String CONNECTIONS = """
			import socket, ssl, threading, time
			head = b"POST /editor HTTP/1.1\\r\\nHost: www.foobar.test\\r\\nContent-Length: 50000\\r\\n"
			tls = ssl._create_unverified_context()
			end = time.monotonic() + 30

			def come(port, text, most):
			    held, number = [], 0
			    while time.monotonic() < end:
			        number += 1
			        try:
			            one = socket.create_connection(("%s", port), 2, ("2001:db8:1:%%d::1" %% (number %% 5 + 1), 0))
			            if port == 443:
			                one = tls.wrap_socket(one, server_hostname="www.foobar.test")
			            one.sendall(text)
			            held.append(one)
			        except OSError:
			            time.sleep(0.01)
			        if len(held) > most:
			            held.pop(0).close()

			# More of a form than the balancer waits for before it asks a server.
			threading.Thread(target=come, args=(443, head + b"\\r\\n" + b"a" * 40000, 400)).start()
			come(80, head, 2000)
			""".formatted(Lab.IPV6_ADDRESS);

	private final String name = "household-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

	private final Process process;

	Household() {
		Balancers.ALL.forEach((balancer) -> Lab.on(balancer, "ip", "-6", "route", "replace", ROUTE, "dev", "eth0"));
		String addresses = "for i in 1 2 3 4 5; do ip address add 2001:db8:1:$i::1/64 dev eth0 nodad; done; ";
		List<String> command = List.of("docker", "run", "--rm", "--init", "--name", this.name, "--network",
				"foobar-lab", "--label", "foobar-lab", "--cap-add", "NET_ADMIN", "--ulimit", "nofile=8192",
				"--entrypoint", "sh", "foobar/server", "-c", addresses + "exec python3 -c \"$0\"", CONNECTIONS);
		try {
			this.process = new ProcessBuilder(command).inheritIO().start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** How many connections it has, as the balancer counts them. */
	int connections(String balancer) {
		return Lab
			.on(balancer, "sh", "-c", "echo 'show table balancers/networks' | socat -t 5 - /run/haproxy/admin.sock")
			.lines()
			.filter((line) -> line.contains("key=" + NETWORK + " "))
			.mapToInt((line) -> Integer.parseInt(line.replaceAll(".*conn_cur=([0-9]+).*", "$1")))
			.sum();
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Balancers.ALL.forEach((balancer) -> Lab.on(balancer, "ip", "-6", "route", "delete", ROUTE, "dev", "eth0"));
	}

}
