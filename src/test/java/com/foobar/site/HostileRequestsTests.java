package com.foobar.site;

import java.io.IOException;

/** Runs the contract on the embedded database. */
class HostileRequestsTests extends HostileRequests {

	HostileRequestsTests() throws IOException {
	}

}
