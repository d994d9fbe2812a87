package com.foobar.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People who pay each other through several instances, whatever happens to the database,
 * and a revision that compares what they were told with what is there.
 */
final class Bank {

	private static final int ACCOUNTS = 20;

	private static final int BALANCE = 1000;

	// Between one customer and the next, so that the machine has time for the servers.
	private static final Duration PAUSE = Duration.ofMillis(4);

	private final List<Instance> branches;

	private final Map<Integer, MySQLContainer> servers;

	// When each payment that went well did.
	private final Map<String, Long> made = new ConcurrentHashMap<>();

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	private final AtomicInteger unknown = new AtomicInteger();

	private final AtomicInteger found = new AtomicInteger();

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicInteger failedLooks = new AtomicInteger();

	private final Set<String> complaints = new ConcurrentSkipListSet<>();

	Bank(List<Instance> branches, List<MySQLContainer> servers) {
		this.branches = branches;
		this.servers = IntStream.rangeClosed(1, servers.size())
			.boxed()
			.collect(Collectors.toMap((id) -> id, (id) -> servers.get(id - 1)));
	}

	static void found(MySQLContainer primary) {
		MySqlServers.run(primary, "CREATE TABLE accounts (id INT PRIMARY KEY, balance INT NOT NULL)",
				"CREATE TABLE payments (id CHAR(36) PRIMARY KEY, payer INT, payee INT, amount INT)");
		MySqlServers.run(primary,
				IntStream.rangeClosed(1, ACCOUNTS)
					.mapToObj((id) -> "INSERT INTO accounts VALUES (%d, %d)".formatted(id, BALANCE))
					.toArray(String[]::new));
	}

	static void dissolve(MySQLContainer primary) {
		MySqlServers.run(primary, "DROP TABLE accounts, payments");
	}

	/** Lets people in until the work is done. */
	void open(Runnable work) {
		Crowd.meanwhile(6, this::pay, () -> Crowd.meanwhile(2, this::look, work));
	}

	private void pay() {
		var person = new Person();
		String payment = UUID.randomUUID().toString();
		var random = ThreadLocalRandom.current();
		Function<JdbcClient, Integer> statements = payment(payment, random.nextInt(1, ACCOUNTS + 1),
				random.nextInt(1, ACCOUNTS + 1), random.nextInt(1, 10));
		try {
			settle(person, statements);
			this.made.put(payment, System.nanoTime());
			find(person, payment);
		}
		catch (DataAccessException ex) {
			this.refused.add(payment);
			this.complaints.add(ex.toString());
		}
		LockSupport.parkNanos(PAUSE.toNanos());
	}

	// On whichever branch: by who made it, and by anybody who asks for all there is.
	private void find(Person person, String payment) {
		try {
			assertThat(person.<Integer>read(branch(), (jdbc) -> booked(jdbc, payment))).isOne();
			this.found.incrementAndGet();
		}
		catch (DataAccessException ex) {
			this.complaints.add(ex.toString());
		}
		try (var causality = ConsistencyContext.begin("", true)) {
			int seen = branch().work().read((jdbc) -> booked(jdbc, payment));
			assertThat(seen == 1 || causality.isDegraded()).isTrue();
			this.found.incrementAndGet();
		}
		catch (DataAccessException ex) {
			this.complaints.add(ex.toString());
		}
	}

	private static int booked(JdbcClient jdbc, String payment) {
		return jdbc.sql("SELECT COUNT(*) FROM payments WHERE id = ?").param(payment).query(Integer.class).single();
	}

	// By doing it again: either that fails because it was done, or it is done now.
	private void settle(Person person, Function<JdbcClient, Integer> payment) {
		try {
			person.write(branch(), payment);
		}
		catch (UnknownOutcomeException ex) {
			this.unknown.incrementAndGet();
			insist(person, payment);
		}
	}

	private void insist(Person person, Function<JdbcClient, Integer> payment) {
		while (true) {
			try {
				person.write(branch(), payment);
				return;
			}
			catch (DuplicateKeyException ex) {
				return;
			}
			catch (DataAccessException ex) {
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
	}

	private static Function<JdbcClient, Integer> payment(String id, int payer, int payee, int amount) {
		return (jdbc) -> {
			jdbc.sql("INSERT INTO payments VALUES (?, ?, ?, ?)").params(id, payer, payee, amount).update();
			change(jdbc, payer, -amount);
			return change(jdbc, payee, amount);
		};
	}

	private static int change(JdbcClient jdbc, int account, int amount) {
		return jdbc.sql("UPDATE accounts SET balance = balance + ? WHERE id = ?").params(amount, account).update();
	}

	// Whenever one looks, the sum is right; and nobody is sent to a server that is known
	// to be unfit.
	private void look() {
		Instance branch = branch();
		try {
			Topology before = branch.topology();
			int server = new Person().read(branch, (jdbc) -> {
				assertThat(jdbc.sql("SELECT SUM(balance) FROM accounts").query(Integer.class).single())
					.isEqualTo(ACCOUNTS * BALANCE);
				return jdbc.sql("SELECT @@server_id").query(Integer.class).single();
			});
			this.looks.incrementAndGet();
			String node = NodeAddress.parse(MySqlServers.address(this.servers.get(server))).name();
			assertThat(List.of(before.role(node), branch.topology().role(node))).as("of %s, which was read", node)
				.containsAnyOf(ServerRole.PRIMARY, ServerRole.REPLICA);
		}
		catch (DataAccessException ex) {
			this.failedLooks.incrementAndGet();
			this.complaints.add(ex.toString());
		}
		LockSupport.parkNanos(PAUSE.toNanos());
	}

	/** How many payments went well. */
	int made() {
		return this.made.size();
	}

	int refused() {
		return this.refused.size();
	}

	int failedLooks() {
		return this.failedLooks.get();
	}

	/** The longest time in which nobody could pay. */
	Duration gap() {
		var times = new ArrayList<>(new TreeSet<>(this.made.values()));
		long longest = IntStream.range(1, times.size())
			.mapToLong((i) -> times.get(i) - times.get(i - 1))
			.max()
			.orElse(0);
		return Duration.ofNanos(longest);
	}

	/** What was told as done is there once, what was told as refused is not. */
	void revise(MySQLContainer primary) {
		Set<String> booked = Set.of(MySqlServers.ask(primary, """
				SELECT /*+ SET_VAR(group_concat_max_len = 100000000) */ GROUP_CONCAT(id SEPARATOR ' ') FROM payments
				""").split(" "));
		assertThat(booked).containsAll(this.made.keySet());
		assertThat(this.refused).noneMatch(booked::contains);
		assertThat(MySqlServers.ask(primary, "SELECT SUM(balance) FROM accounts"))
			.isEqualTo(String.valueOf(ACCOUNTS * BALANCE));
		assertThat(MySqlServers.ask(primary, """
				SELECT COUNT(*) FROM accounts
				 WHERE balance <> %d - (SELECT COALESCE(SUM(amount), 0) FROM payments WHERE payer = accounts.id)
				                     + (SELECT COALESCE(SUM(amount), 0) FROM payments WHERE payee = accounts.id)
				""".formatted(BALANCE))).isEqualTo("0");
	}

	@Override
	public String toString() {
		return "%d payments made and found %d times, %d refused, %d of unknown outcome and settled; %d looks, %d failed; %d ms without a payment %s"
			.formatted(made(), this.found.get(), refused(), this.unknown.get(), this.looks.get(), failedLooks(),
					gap().toMillis(), this.complaints.isEmpty() ? "" : Collections.unmodifiableSet(this.complaints));
	}

	private Instance branch() {
		return this.branches.get(ThreadLocalRandom.current().nextInt(this.branches.size()));
	}

}
