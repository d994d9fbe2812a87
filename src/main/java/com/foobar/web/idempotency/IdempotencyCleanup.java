package com.foobar.web.idempotency;

import java.time.Clock;
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

/**
 * Deletes {@link IdempotencyRecords} that are older than
 * {@code foobar.idempotency.retention}, every 10 minutes.
 */
@Component
class IdempotencyCleanup {

	private static final Logger logger = LoggerFactory.getLogger(IdempotencyCleanup.class);

	// Small, so that no visitor waits for the locks of a batch.
	private static final int BATCH = 500;

	private final IdempotencyRecords records;

	private final Duration retention;

	private final Clock clock;

	IdempotencyCleanup(IdempotencyRecords records, IdempotencyProperties properties, Clock clock) {
		this.records = records;
		this.retention = properties.retention();
		this.clock = clock;
	}

	// All instances do this. The random delay keeps them from doing it at the same time.
	@Scheduled(initialDelayString = "${random.int(600)}", fixedDelay = 600, timeUnit = TimeUnit.SECONDS)
	void deleteExpired() {
		Instant end = this.clock.instant().minus(this.retention);
		try {
			while (this.records.deleteOlderThan(end, BATCH) == BATCH) {
				logger.debug("Deleted [{}] stored responses from before {}", BATCH, end);
			}
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("Old stored responses are kept until the next attempt: {}",
					NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
	}

}
