package com.foobar.lab;

import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * A disk for one MySQL server's data that a test can fill: a file system in memory with
 * 256 MB of room, of which the lab's servers want 128 MB.
 */
final class SmallDisk {

	private static final String FILLER = "/var/lib/mysql/filler";

	private final String server;

	private String process = "";

	private SmallDisk(String server) {
		this.server = server;
	}

	/** Restarts MySQL there with its data on such a disk. */
	static SmallDisk at(String server) {
		Lab.on(server, "sh", "-euc", """
				systemctl stop mysql-agent mysql
				mkdir -p /mnt/small
				size=$(du --summarize --block-size 1M /var/lib/mysql | cut -f 1)
				mount -t tmpfs -o size=$((size + 256))M tmpfs /mnt/small
				chown mysql:mysql /mnt/small
				cp -a /var/lib/mysql/. /mnt/small
				mount --bind /mnt/small /var/lib/mysql
				systemctl start mysql mysql-agent
				""");
		return new SmallDisk(server);
	}

	/** To the last byte, and faster than mysql-agent looks. */
	void fill() {
		this.process = process();
		Lab.on(this.server, "sh", "-euc", """
				left=$(df --block-size 1 --output=avail /var/lib/mysql | tail -n 1)
				fallocate --length $((left - 256 * 1024)) %1$s
				! dd if=/dev/zero bs=4k status=none >> %1$s
				""".formatted(FILLER));
	}

	/** All but so many MB. */
	void leave(int free) {
		Lab.on(this.server, "sh", "-euc", """
				left=$(df --block-size 1M --output=avail /var/lib/mysql | tail -n 1)
				fallocate --length $((left - %d))M %s
				""".formatted(free, FILLER));
	}

	void free() {
		Lab.on(this.server, "rm", "-f", FILLER);
	}

	/** Until no write can be acknowledged there any more, ten seconds at most. */
	void awaitFence() {
		Awaitility.await("mysqld on %s read-only, or killed".formatted(this.server))
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> isReadOnly(this.server) || !process().equals(this.process));
	}

	/**
	 * Whether mysql-agent there, of a group's member, has made it read-only. MySQL's own
	 * variable says so while a statement that sets it still waits, and may fail.
	 */
	static boolean isReadOnly(String server) {
		return Lab.on(server, "sh", "-c", "test ! -e /run/mysql-agent/read-only || echo read-only").equals("read-only");
	}

	private String process() {
		return Lab.on(this.server, "systemctl", "show", "--property", "MainPID", "mysql");
	}

	void awaitAgentStatus(String words) {
		Lab.awaitAgentStatus(this.server, words, Duration.ofSeconds(60));
	}

	/** Gives the server its own disk back, with what is on this one. */
	void remove() {
		Lab.on(this.server, "sh", "-euc", """
				rm -f %s
				systemctl stop mysql-agent mysql
				umount /var/lib/mysql
				find /var/lib/mysql -mindepth 1 -delete
				cp -a /mnt/small/. /var/lib/mysql
				umount /mnt/small
				systemctl reset-failed mysql
				systemctl start mysql mysql-agent
				""".formatted(FILLER));
	}

}
