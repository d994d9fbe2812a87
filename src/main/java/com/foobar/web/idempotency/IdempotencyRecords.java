package com.foobar.web.idempotency;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import com.foobar.web.Timestamps;
import com.foobar.web.security.TokenKeys;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the responses of requests under their idempotency keys, in the table
 * {@code answered_requests}. Safe for use by several threads.
 */
@Repository
class IdempotencyRecords {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	// The response to a registration or a sign-in contains a token, and the hash of its
	// request would let an attacker guess the password. Neither may be readable in the
	// database or in a backup, so every stored response is encrypted.
	private final StoredResponseEncryption encryption;

	private final Clock clock;

	IdempotencyRecords(JdbcClient jdbc, JsonMapper json, TokenKeys keys, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.encryption = new StoredResponseEncryption(keys);
		this.clock = clock;
	}

	/**
	 * Inserts a key, which locks it for this transaction. Waits while another open
	 * transaction has inserted the same key, for at most
	 * {@code innodb_lock_wait_timeout}; then MySQL reports ER_LOCK_WAIT_TIMEOUT.
	 * @return the stored response, if a committed transaction has already inserted the
	 * key
	 * @throws IdempotencyKeyException if the stored response cannot be decrypted
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	Optional<StoredResponse> insertOrFind(IdempotencyKey key) {
		try {
			this.jdbc.sql("""
					INSERT INTO answered_requests (owner_id, idempotency_key, created_at)
					VALUES (:owner, :value, :now)
					""")
				.param("owner", key.owner())
				.param("value", key.value())
				.param("now", Timestamps.now(this.clock))
				.update();
			return Optional.empty();
		}
		catch (DuplicateKeyException ex) {
			return Optional.of(find(key));
		}
	}

	private StoredResponse find(IdempotencyKey key) {
		byte[] encrypted = this.jdbc
			.sql("SELECT answer FROM answered_requests WHERE owner_id = :owner AND idempotency_key = :value")
			.param("owner", key.owner())
			.param("value", key.value())
			.query((row, number) -> row.getBytes("answer"))
			.single();
		return this.encryption.decrypt(encrypted)
			.map((text) -> this.json.readValue(text, StoredResponse.class))
			.orElseThrow(() -> IdempotencyKeyException.undecryptable(key));
	}

	/** Stores the response of a key that this transaction has inserted. */
	@Transactional(propagation = Propagation.MANDATORY)
	void save(IdempotencyKey key, StoredResponse response) {
		this.jdbc
			.sql("UPDATE answered_requests SET answer = :answer WHERE owner_id = :owner AND idempotency_key = :value")
			.param("owner", key.owner())
			.param("value", key.value())
			.param("answer", this.encryption.encrypt(this.json.writeValueAsBytes(response)))
			.update();
	}

	/**
	 * Deletes a batch of the records that were made before an instant.
	 * @return how many it deleted; fewer than the limit when none are left
	 */
	@Transactional
	int deleteOlderThan(Instant before, int limit) {
		return this.jdbc.sql("DELETE FROM answered_requests WHERE created_at < :before LIMIT :limit")
			.param("before", Timestamps.of(before))
			.param("limit", limit)
			.update();
	}

}
