package com.foobar.web.idempotency;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import com.foobar.web.security.TokenKeys;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps answers under the keys of their requests. */
@Repository
class IdempotencyRecords {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	// Whoever registers or signs in is answered a token, and their request's hash would
	// let the password be guessed: neither may be read from the database or a backup of
	// it. So all that is kept of a request is encrypted, and no request is an exception.
	private final StoredResponseEncryption encryption;

	IdempotencyRecords(JdbcClient jdbc, JsonMapper json, TokenKeys keys) {
		this.jdbc = jdbc;
		this.json = json;
		this.encryption = new StoredResponseEncryption(keys);
	}

	/**
	 * Takes a key for the work of this transaction: nobody else gets it unless this rolls
	 * back. Waits while another transaction has it that has not ended, as long as for any
	 * lock (innodb_lock_wait_timeout).
	 * @return the answer, if the work is done already
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	Optional<StoredResponse> claim(IdempotencyKey key) {
		try {
			this.jdbc.sql("""
					INSERT INTO answered_requests (owner_id, idempotency_key, created_at)
					VALUES (:owner, :value, :now)
					""")
				.param("owner", key.owner())
				.param("value", key.value())
				.param("now", utc(Instant.now()))
				.update();
			return Optional.empty();
		}
		catch (DuplicateKeyException ex) {
			return Optional.of(find(key));
		}
	}

	private StoredResponse find(IdempotencyKey key) {
		byte[] answer = this.jdbc
			.sql("SELECT answer FROM answered_requests WHERE owner_id = :owner AND idempotency_key = :value")
			.param("owner", key.owner())
			.param("value", key.value())
			.query((row, number) -> row.getBytes("answer"))
			.single();
		return this.encryption.decrypt(answer)
			.map((text) -> this.json.readValue(text, StoredResponse.class))
			.orElseThrow(() -> IdempotencyKeyException.ofAnswerThatIsLost(key));
	}

	/** Keeps the answer under a key that this transaction claimed. */
	@Transactional(propagation = Propagation.MANDATORY)
	void keep(IdempotencyKey key, StoredResponse answer) {
		this.jdbc
			.sql("UPDATE answered_requests SET answer = :answer WHERE owner_id = :owner AND idempotency_key = :value")
			.param("owner", key.owner())
			.param("value", key.value())
			.param("answer", this.encryption.encrypt(this.json.writeValueAsBytes(answer)))
			.update();
	}

	/**
	 * Forgets some of the requests that were made before then.
	 * @return how many, and fewer than the limit when none are left
	 */
	@Transactional
	int forget(Instant before, int limit) {
		return this.jdbc.sql("DELETE FROM answered_requests WHERE created_at < :before LIMIT :limit")
			.param("before", utc(before))
			.param("limit", limit)
			.update();
	}

	private static LocalDateTime utc(Instant instant) {
		return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

}
