package com.foobar.lab;

import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * A small file system for the data of one MySQL server, which a test can fill. It is in
 * memory and has 256 MB of free space, of which the lab's servers require 128 MB.
 */
final class SmallDisk {

	private static final String FILLER = "/var/lib/mysql/filler";

	private final String server;

	private String formerPid = "";

	private SmallDisk(String server) {
		this.server = server;
	}

	/** Moves the data of a server's MySQL to a small file system, and restarts MySQL. */
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

	/** Fills the file system to the last byte, faster than mysql-agent checks it. */
	void fill() {
		this.formerPid = mainPid();
		Lab.on(this.server, "sh", "-euc", """
				left=$(df --block-size 1 --output=avail /var/lib/mysql | tail -n 1)
				fallocate --length $((left - 256 * 1024)) %1$s
				! dd if=/dev/zero bs=4k status=none >> %1$s
				""".formatted(FILLER));
	}

	/** Fills the file system except for the given number of megabytes. */
	void fillExcept(int megabytes) {
		Lab.on(this.server, "sh", "-euc", """
				left=$(df --block-size 1M --output=avail /var/lib/mysql | tail -n 1)
				fallocate --length $((left - %d))M %s
				""".formatted(megabytes, FILLER));
	}

	/** Removes the file that {@link #fill} or {@link #fillExcept} has written. */
	void free() {
		Lab.on(this.server, "rm", "-f", FILLER);
	}

	/**
	 * Waits until the server cannot acknowledge writes any more, for ten seconds at most.
	 */
	void awaitNoWrites() {
		Awaitility.await("mysqld on %s is read-only, or was killed".formatted(this.server))
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> isReadOnly(this.server) || !mainPid().equals(this.formerPid));
	}

	/**
	 * Returns whether mysql-agent has made a group's member read-only. MySQL's own
	 * variable is not reliable: it changes while the statement that sets it still waits
	 * and may fail.
	 */
	static boolean isReadOnly(String server) {
		return Lab.on(server, "sh", "-c", "test ! -e /run/mysql-agent/read-only || echo read-only").equals("read-only");
	}

	private String mainPid() {
		return Lab.on(this.server, "systemctl", "show", "--property", "MainPID", "mysql");
	}

	void awaitAgentStatus(String text) {
		Lab.awaitAgentStatus(this.server, text, Duration.ofSeconds(60));
	}

	/** Moves the data back to the server's own disk, and restarts MySQL. */
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
