package com.foobar.site;

import java.io.IOException;

/** Tests random requests on the embedded database. */
class HostileRequestsTests extends HostileRequests {

	HostileRequestsTests() throws IOException {
	}

}
