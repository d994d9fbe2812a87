package com.foobar.comment;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Deletes the comments on articles that were deleted, which nobody sees any more. One
 * transaction for all of them, and the article, could be larger than a replication group
 * accepts.
 */
@Component
class OrphanPurge {

	private static final Logger logger = LoggerFactory.getLogger(OrphanPurge.class);

	// The longest comments have 40 kB: 20 MB, of the 48 MB that the servers of a group
	// accept.
	private static final int BATCH = 500;

	private final OrphanedComments comments;

	OrphanPurge(OrphanedComments comments) {
		this.comments = comments;
	}

	// Every instance does it, each in its own time.
	@Scheduled(initialDelayString = "${random.int(60)}", fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
	void purge() {
		purge(this.comments::articles);
	}

	/** After a roll-out, and once a day. */
	@Scheduled(initialDelayString = "${random.int(300,600)}", fixedDelay = 86_400, timeUnit = TimeUnit.SECONDS)
	void purgeUnnoted() {
		purge(this.comments::unnoted);
	}

	private void purge(Supplier<List<Long>> articles) {
		try {
			articles.get().forEach(this::purge);
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("Comments on deleted articles are kept until the next attempt: {}",
					NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
	}

	private void purge(long article) {
		while (this.comments.delete(article, BATCH) == BATCH) {
			logger.debug("Deleted [{}] comments on the deleted article [{}]", BATCH, article);
		}
	}

}
