package com.foobar.site;

import java.io.IOException;

import com.foobar.database.MySqlPair;
import org.springframework.test.context.ContextConfiguration;

/** On a MySQL primary and its replica. */
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlHostileRequestsIntegrationTests extends HostileRequests {

	MySqlHostileRequestsIntegrationTests() throws IOException {
	}

}
