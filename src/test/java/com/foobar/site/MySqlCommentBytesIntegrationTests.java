package com.foobar.site;

import com.foobar.database.MySqlPair;
import org.springframework.test.context.ContextConfiguration;

/** Runs the contract on a MySQL primary with a replica. */
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlCommentBytesIntegrationTests extends CommentBytesContract {

	@Override
	void settle() {
		MySqlPair.catchUpTimeout();
	}

}
