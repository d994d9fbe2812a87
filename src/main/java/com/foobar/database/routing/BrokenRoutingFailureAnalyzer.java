package com.foobar.database.routing;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a {@link BrokenRoutingException}: says which beans to look at. */
class BrokenRoutingFailureAnalyzer extends AbstractFailureAnalyzer<BrokenRoutingException> {

	@Override
	protected FailureAnalysis analyze(Throwable failure, BrokenRoutingException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"""
						Find what wraps or replaces the bean dataSource, for example a library that traces or counts statements, \
						and let it wrap the bean routingDataSource instead, below the LazyConnectionDataSourceProxy; or leave it \
						out. The transaction manager must be the one of com.foobar.database.""",
				cause);
	}

}
