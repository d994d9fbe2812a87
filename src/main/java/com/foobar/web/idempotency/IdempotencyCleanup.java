package com.foobar.web.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Forgets {@link IdempotencyRecords} that nobody will ask for again. */
@Component
class IdempotencyCleanup {

	private static final Logger logger = LoggerFactory.getLogger(IdempotencyCleanup.class);

	// So few that no visitor waits for one batch.
	private static final int BATCH = 500;

	private final IdempotencyRecords answers;

	private final Duration retention;

	IdempotencyCleanup(IdempotencyRecords answers, IdempotencyProperties properties) {
		this.answers = answers;
		this.retention = properties.retention();
	}

	// Every instance does it, each in its own time.
	@Scheduled(initialDelayString = "${random.int(600)}", fixedDelay = 600, timeUnit = TimeUnit.SECONDS)
	void purge() {
		Instant end = Instant.now().minus(this.retention);
		try {
			while (this.answers.forget(end, BATCH) == BATCH) {
				logger.debug("Forgot [{}] answers from before {}", BATCH, end);
			}
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("Old answers are kept until the next attempt: {}",
					NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
	}

}
