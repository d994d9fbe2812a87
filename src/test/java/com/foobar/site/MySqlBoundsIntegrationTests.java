package com.foobar.site;

import com.foobar.database.MySqlPair;
import org.springframework.test.context.ContextConfiguration;

/** Runs the contract on a MySQL primary with a replica. */
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlBoundsIntegrationTests extends BoundsContract {

	@Override
	void settle() {
		MySqlPair.catchUpTimeout();
	}

	// The deletion leaves all comments to the purge, so its transaction stays small.
	@Override
	int remainingComments(int comments) {
		return comments;
	}

}
