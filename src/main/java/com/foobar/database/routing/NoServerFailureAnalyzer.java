package com.foobar.database.routing;

import com.foobar.database.NoServerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a {@link NoServerException} at start. Only the migration of the schema needs a
 * server at start.
 */
class NoServerFailureAnalyzer extends AbstractFailureAnalyzer<NoServerException> {

	@Override
	protected FailureAnalysis analyze(Throwable failure, NoServerException cause) {
		return new FailureAnalysis("The schema could not be migrated. " + cause.getMessage(),
				"Make sure that one of foobar.database.nodes accepts writes, or set spring.flyway.enabled=false "
						+ "to start without migrating.",
				cause);
	}

}
