package com.foobar.site;

/** The bounds of lists on the embedded database. */
class EmbeddedBoundsTests extends BoundsContract {

	// It deletes them with it.
	@Override
	int outlivingComments(int comments) {
		return 0;
	}

}
