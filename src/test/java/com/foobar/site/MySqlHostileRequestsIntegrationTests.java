package com.foobar.site;

import java.io.IOException;

import com.foobar.database.MySqlPair;
import org.junit.jupiter.api.Tag;
import org.springframework.test.context.ContextConfiguration;

/** Tests random requests on a MySQL primary with a replica. */
@Tag("slow")
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlHostileRequestsIntegrationTests extends HostileRequests {

	MySqlHostileRequestsIntegrationTests() throws IOException {
	}

}
