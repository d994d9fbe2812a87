package com.foobar.site;

import org.junit.jupiter.api.Nested;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Tests every contract on the embedded database, which developers use first. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Import({ ApiDescriptionCheck.class, MovableClock.Configuration.class })
class EmbeddedSiteTests {

	@Nested
	class Registration extends RegistrationContract {

	}

	@Nested
	class Users extends UserContract {

	}

	@Nested
	class SignIn extends SignInContract {

	}

	@Nested
	class Passwords extends PasswordContract {

	}

	@Nested
	class Articles extends ArticleContract {

	}

	@Nested
	class Slugs extends SlugContract {

	}

	@Nested
	class ArticleLists extends ArticleListContract {

	}

	@Nested
	class Favorites extends FavoriteContract {

	}

	@Nested
	class Follows extends FollowContract {

	}

	@Nested
	class Comments extends CommentContract {

	}

	@Nested
	class Idempotency extends IdempotencyContract {

	}

	@Nested
	class Errors extends ErrorContract {

	}

	@Nested
	class CommentPages extends CommentPageContract {

	}

	@Nested
	class Pagination extends PaginationContract {

	}

	@Nested
	class CommentPurge extends CommentPurgeContract {

		// The embedded database deletes the comments together with their article.
		@Override
		int remainingComments(int comments) {
			return 0;
		}

	}

	@Nested
	class Search extends SearchContract {

	}

	@Nested
	class LineEnds extends LineEndContract {

	}

	@Nested
	class Text extends TextContract {

	}

}
