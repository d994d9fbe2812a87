package com.foobar.site;

import com.foobar.database.MySqlPair;
import org.springframework.test.context.ContextConfiguration;

/** The bounds of lists on a MySQL primary and its replica. */
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlBoundsIntegrationTests extends BoundsContract {

	@Override
	void settle() {
		MySqlPair.catchUp();
	}

	// The transaction that deletes an article does not grow with them.
	@Override
	int outlivingComments(int comments) {
		return comments;
	}

}
