package com.foobar.database.migration;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a {@link MigrationException}: prints the problem and what to do, instead of a
 * stack trace.
 */
class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<MigrationException> {

	@Override
	protected FailureAnalysis analyze(Throwable failure, MigrationException cause) {
		Throwable reason = cause.getCause();
		String problem = cause.getMessage() + ((reason != null) ? "%n%n%s".formatted(reason.getMessage()) : "");
		return new FailureAnalysis(problem, cause.remedy(), cause);
	}

}
