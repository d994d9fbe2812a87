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
 * Deletes the comments on deleted articles, which no visitor sees any more, in batches. A
 * single transaction for an article and all its comments could exceed
 * {@code max_binlog_cache_size} of the database servers.
 */
@Component
class OrphanPurge {

	private static final Logger logger = LoggerFactory.getLogger(OrphanPurge.class);

	// The longest comment has 40 kB, so a batch has at most 20 MB. The servers accept
	// transactions of up to 48 MB.
	private static final int BATCH = 500;

	private final OrphanedComments comments;

	OrphanPurge(OrphanedComments comments) {
		this.comments = comments;
	}

	// Every instance runs this; the random delay keeps them apart.
	@Scheduled(initialDelayString = "${random.int(60)}", fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
	void purge() {
		purge(this.comments::deletedArticles);
	}

	/** Runs after a roll-out and once a day, because it reads a whole index. */
	@Scheduled(initialDelayString = "${random.int(300,600)}", fixedDelay = 86_400, timeUnit = TimeUnit.SECONDS)
	void purgeUnrecorded() {
		purge(this.comments::unrecordedArticles);
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
