package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens as many connections as it can over IPv6, from addresses in five subnets of one
 * network. Some connections stop before the end of a header, the others before the end of
 * a form.
 */
final class Ipv6ConnectionFlood implements AutoCloseable {

	/**
	 * The network that a provider assigns to one customer. The site counts it as one
	 * visitor.
	 */
	static final String NETWORK = "2001:db8:1::";

	private static final String ROUTE = NETWORK + "/48";

	private static final String CONNECTIONS = """
			import socket, ssl, threading, time
			head = b"POST /editor HTTP/1.1\\r\\nHost: www.foobar.test\\r\\nContent-Length: 50000\\r\\n"
			tls = ssl._create_unverified_context()
			end = time.monotonic() + 30
			forms = threading.Event()

			def connect(port, text, limit):
			    connections, number = [], 0
			    while time.monotonic() < end:
			        number += 1
			        try:
			            source = "2001:db8:1:%%d::1" %% (number %% 5 + 1)
			            connection = socket.create_connection(("%s", port), 2, (source, 0))
			            if port == 443:
			                connection = tls.wrap_socket(connection, server_hostname="www.foobar.test")
			            connection.sendall(text)
			            connections.append(connection)
			        except OSError:
			            time.sleep(0.01)
			        if len(connections) > limit:
			            connections.pop(0).close()
			            # Without a pause, the limit of requests would refuse the forms before the limits of this test.
			            time.sleep(0.01)
			        if port == 443 and len(connections) == 300:
			            forms.set()

			# The form is longer than the part that the balancer awaits before it contacts a server.
			threading.Thread(target=connect, args=(443, head + b"\\r\\n" + b"a" * 40000, 400)).start()
			# The cheap connections must not use the network's whole share before the forms have theirs.
			forms.wait()
			connect(80, head, 2000)
			""".formatted(Lab.IPV6_ADDRESS);

	private final String name = "flood-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

	private final Process process;

	Ipv6ConnectionFlood() {
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

	/** Returns the number of the connections from the network that a balancer counts. */
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
