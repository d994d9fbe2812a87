package com.foobar.article;

import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;

/**
 * A controller of resources below an article, which may not exist or may belong to
 * another author. The API reports that error before any error in the request's body or
 * parameters: {@link AccessCheckedExceptionResolver} checks access when Spring could not
 * read the request.
 */
public interface AccessChecked {

	/**
	 * Throws the exception that the handlers throw if the article does not exist or the
	 * user may not change it.
	 * @param user the signed-in user; null for an anonymous visitor, who only reads
	 */
	void checkAccess(String slug, @Nullable AuthenticatedUser user);

}
