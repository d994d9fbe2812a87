package com.foobar.site;

import com.foobar.database.MySqlPair;
import org.springframework.test.context.ContextConfiguration;

/** The bytes of comments on a MySQL primary and its replica. */
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlCommentBytesIntegrationTests extends CommentBytesContract {

	@Override
	void settle() {
		MySqlPair.catchUp();
	}

}
