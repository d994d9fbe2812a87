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

import com.foobar.database.server.Node;
import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes concurrent payments through several instances while the database fails, and
 * audits whether the database matches the reported outcomes.
 */
final class Bank {

	private static final int ACCOUNTS = 20;

	private static final int BALANCE = 1000;

	// The pause after each payment leaves CPU time for the servers.
	private static final Duration PAUSE = Duration.ofMillis(4);

	private final List<Instance> instances;

	private final Map<Integer, MySQLContainer> servers;

	// Maps the id of each payment to the time of its acknowledgement.
	private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

	private final Map<String, DataAccessException> refused = new ConcurrentHashMap<>();

	private final AtomicInteger unknown = new AtomicInteger();

	private final AtomicInteger verified = new AtomicInteger();

	private final AtomicInteger reads = new AtomicInteger();

	private final AtomicInteger failedReads = new AtomicInteger();

	private final Set<String> errors = new ConcurrentSkipListSet<>();

	Bank(List<Instance> instances, List<MySQLContainer> servers) {
		this.instances = instances;
		this.servers = IntStream.rangeClosed(1, servers.size())
			.boxed()
			.collect(Collectors.toMap((id) -> id, (id) -> servers.get(id - 1)));
	}

	static void createTables(MySQLContainer primary) {
		MySqlServers.run(primary, "CREATE TABLE accounts (id INT PRIMARY KEY, balance INT NOT NULL)",
				"CREATE TABLE payments (id CHAR(36) PRIMARY KEY, payer INT, payee INT, amount INT)");
		MySqlServers.run(primary,
				IntStream.rangeClosed(1, ACCOUNTS)
					.mapToObj((id) -> "INSERT INTO accounts VALUES (%d, %d)".formatted(id, BALANCE))
					.toArray(String[]::new));
	}

	static void dropTables(MySQLContainer primary) {
		MySqlServers.run(primary, "DROP TABLE accounts, payments");
	}

	/** Pays and reads concurrently until the work is done. */
	void runDuring(Runnable work) {
		Threads.repeatDuring(6, this::pay, () -> Threads.repeatDuring(2, this::readSum, work));
	}

	private void pay() {
		var session = new ConsistencySession();
		String payment = UUID.randomUUID().toString();
		var random = ThreadLocalRandom.current();
		Function<JdbcClient, Integer> statements = statements(payment, random.nextInt(1, ACCOUNTS + 1),
				random.nextInt(1, ACCOUNTS + 1), random.nextInt(1, 10));
		try {
			payOnce(session, statements);
			this.acknowledged.put(payment, System.nanoTime());
			verify(session, payment);
		}
		catch (DataAccessException ex) {
			this.refused.put(payment, ex);
			this.errors.add(ex.toString());
		}
		LockSupport.parkNanos(PAUSE.toNanos());
	}

	// The payment must be visible on every instance, both to its payer and to a strong
	// read.
	private void verify(ConsistencySession session, String payment) {
		try {
			assertThat(session.<Integer>read(instance(), (jdbc) -> count(jdbc, payment))).isOne();
			this.verified.incrementAndGet();
		}
		catch (DataAccessException ex) {
			this.errors.add(ex.toString());
		}
		try (var context = ConsistencyContext.begin("", true)) {
			int seen = instance().work().read((jdbc) -> count(jdbc, payment));
			assertThat(seen == 1 || context.isDegraded()).isTrue();
			this.verified.incrementAndGet();
		}
		catch (DataAccessException ex) {
			this.errors.add(ex.toString());
		}
	}

	private static int count(JdbcClient jdbc, String payment) {
		return jdbc.sql("SELECT COUNT(*) FROM payments WHERE id = ?").param(payment).query(Integer.class).single();
	}

	// Retries after an unknown outcome. A duplicate key then shows that the first attempt
	// was committed.
	private void payOnce(ConsistencySession session, Function<JdbcClient, Integer> payment) {
		try {
			session.write(instance(), payment);
		}
		catch (UnknownOutcomeException ex) {
			this.unknown.incrementAndGet();
			retryUntilDone(session, payment);
		}
	}

	private void retryUntilDone(ConsistencySession session, Function<JdbcClient, Integer> payment) {
		while (true) {
			try {
				session.write(instance(), payment);
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

	private static Function<JdbcClient, Integer> statements(String id, int payer, int payee, int amount) {
		return (jdbc) -> {
			jdbc.sql("INSERT INTO payments VALUES (?, ?, ?, ?)").params(id, payer, payee, amount).update();
			updateBalance(jdbc, payer, -amount);
			return updateBalance(jdbc, payee, amount);
		};
	}

	private static int updateBalance(JdbcClient jdbc, int account, int amount) {
		return jdbc.sql("UPDATE accounts SET balance = balance + ? WHERE id = ?").params(amount, account).update();
	}

	// Checks that the read sees the right sum, and that it does not go to a server that
	// is known to be neither primary nor replica.
	private void readSum() {
		Instance instance = instance();
		try {
			Topology<Node> topologyBefore = instance.topology();
			int server = new ConsistencySession().read(instance, (jdbc) -> {
				assertThat(jdbc.sql("SELECT SUM(balance) FROM accounts").query(Integer.class).single())
					.isEqualTo(ACCOUNTS * BALANCE);
				return jdbc.sql("SELECT @@server_id").query(Integer.class).single();
			});
			this.reads.incrementAndGet();
			Node node = instance.node(this.servers.get(server));
			assertThat(List.of(topologyBefore.role(node), instance.topology().role(node)))
				.as("the roles of %s, which served the read", node)
				.containsAnyOf(ServerRole.PRIMARY, ServerRole.REPLICA);
		}
		catch (DataAccessException ex) {
			this.failedReads.incrementAndGet();
			this.errors.add(ex.toString());
		}
		LockSupport.parkNanos(PAUSE.toNanos());
	}

	/** Returns the number of acknowledged payments. */
	int acknowledged() {
		return this.acknowledged.size();
	}

	int refused() {
		return this.refused.size();
	}

	/** Returns the number of payments that waited for a primary in vain. */
	long refusedAfterWait() {
		return this.refused.values().stream().filter(PrimaryWaitTimeoutException.class::isInstance).count();
	}

	int failedReads() {
		return this.failedReads.get();
	}

	/** Returns the longest time without an acknowledged payment. */
	Duration longestGap() {
		var times = new ArrayList<>(new TreeSet<>(this.acknowledged.values()));
		long longest = IntStream.range(1, times.size())
			.mapToLong((i) -> times.get(i) - times.get(i - 1))
			.max()
			.orElse(0);
		return Duration.ofNanos(longest);
	}

	/**
	 * Checks that the database has every acknowledged payment and no refused payment, and
	 * that the balances match the payments.
	 */
	void audit(MySQLContainer primary) {
		Set<String> paymentIds = Set.of(MySqlServers.query(primary, """
				SELECT /*+ SET_VAR(group_concat_max_len = 100000000) */ GROUP_CONCAT(id SEPARATOR ' ') FROM payments
				""").split(" "));
		assertThat(paymentIds).containsAll(this.acknowledged.keySet());
		assertThat(this.refused.keySet()).noneMatch(paymentIds::contains);
		assertThat(MySqlServers.query(primary, "SELECT SUM(balance) FROM accounts"))
			.isEqualTo(String.valueOf(ACCOUNTS * BALANCE));
		assertThat(MySqlServers.query(primary, """
				SELECT COUNT(*) FROM accounts
				 WHERE balance <> %d - (SELECT COALESCE(SUM(amount), 0) FROM payments WHERE payer = accounts.id)
				                     + (SELECT COALESCE(SUM(amount), 0) FROM payments WHERE payee = accounts.id)
				""".formatted(BALANCE))).isEqualTo("0");
	}

	@Override
	public String toString() {
		String report = "%d payments were acknowledged and verified %d times, %d were refused, "
				+ "and %d were retried after an unknown outcome. %d reads succeeded, and %d failed. "
				+ "The longest time without a payment was %d ms. %s";
		return report.formatted(acknowledged(), this.verified.get(), refused(), this.unknown.get(), this.reads.get(),
				failedReads(), longestGap().toMillis(),
				this.errors.isEmpty() ? "" : Collections.unmodifiableSet(this.errors));
	}

	private Instance instance() {
		return this.instances.get(ThreadLocalRandom.current().nextInt(this.instances.size()));
	}

}
