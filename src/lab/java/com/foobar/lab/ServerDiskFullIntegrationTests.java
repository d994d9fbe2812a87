package com.foobar.lab;

import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that visitors are served while a disk without MySQL's data is full to the last
 * byte, on a balancer or on a web server.
 */
@Tag("lab")
@Tag("group")
@Tag("long")
class ServerDiskFullIntegrationTests {

	private String server = "";

	private List<String> directories = List.of();

	private List<String> services = List.of();

	@AfterEach
	void removeDisks() {
		for (String directory : this.directories) {
			Lab.on(this.server, "sh", "-c", "rm $0/filler; umount --lazy $0 /mnt/small$0", directory);
		}
		restartJournals();
		// Each service has its own mounts, and sees the original directories only after a
		// restart.
		restartServices();
		WebServers.awaitAll();
		awaitLoggedRequest();
	}

	@Test
	void balancerWithAFullDiskServesReloadsAndRestarts() {
		this.services = List.of("haproxy");
		fillDisks(Balancers.awaitHolder(), "/var/log", "/var/lib/haproxy");
		LoadEvents events = Traffic.during(() -> Lab.on(this.server, "systemctl", "reload", "haproxy"));
		assertNoRequestFailed("Fill a balancer's disk", events);
		restartServices();
		WebServers.awaitAll();
	}

	@Test
	void webServerWithAFullDiskServesAndRestarts() {
		this.services = List.of("nginx", "foobar");
		fillDisks("web-02", "/var/log", "/var/lib/nginx", "/opt/foobar");
		LoadEvents events = Traffic.during(() -> Lab.on(this.server, "systemctl", "reload", "nginx"));
		assertNoRequestFailed("Fill a web server's disk", events);
		restartServices();
		WebServers.awaitAll();
	}

	private void fillDisks(String server, String... directories) {
		this.server = server;
		this.directories = List.of(directories);
		for (String directory : directories) {
			Lab.on(server, "sh", "-euc",
					"""
							disk=/mnt/small$0
							mkdir -p $disk
							mount -t tmpfs -o size=$(($(du --summarize --apparent-size --block-size 1M $0 | cut -f 1) + 4))M tmpfs $disk
							cp -a --sparse=never $0/. $disk
							mount --bind $disk $0
							""",
					directory);
		}
		restartJournals();
		for (String directory : directories) {
			Lab.on(server, "sh", "-c", "! dd if=/dev/zero bs=4k status=none of=$0/filler", directory);
		}
	}

	private void restartServices() {
		this.services.forEach((service) -> Lab.on(this.server, "systemctl", "restart", service));
	}

	private void restartJournals() {
		Lab.on(this.server, "systemctl", "restart", "systemd-journald", "systemd-journald@access");
	}

	// Each request can reach either server, and appears in the journal shortly after its
	// response.
	private void awaitLoggedRequest() {
		List<String> ids = new ArrayList<>();
		Awaitility.await("a request is in the journal of " + this.server).until(() -> {
			ids.add(Client.get("/").header("X-Request-Id").orElseThrow());
			return ids.stream().anyMatch((id) -> Lab.isInJournal(this.server, "--namespace=access", id));
		});
	}

	private static void assertNoRequestFailed(String fault, LoadEvents events) {
		new DataCheck(events).assertNoRequestFailed(fault, Target.withoutVisits(1), Group.awaitPrimary());
	}

}
