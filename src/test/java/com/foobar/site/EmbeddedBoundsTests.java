package com.foobar.site;

/** Runs the contract on the embedded database. */
class EmbeddedBoundsTests extends BoundsContract {

	// The embedded database deletes an article's comments with the article.
	@Override
	int remainingComments(int comments) {
		return 0;
	}

}
