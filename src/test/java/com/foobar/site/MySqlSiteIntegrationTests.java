package com.foobar.site;

import java.io.IOException;

import com.foobar.database.MySqlPair;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests every contract on a MySQL primary with a replica. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@ContextConfiguration(initializers = MySqlPair.class)
@Import({ ApiDescriptionCheck.class, MovableClock.Configuration.class })
class MySqlSiteIntegrationTests {

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

		@Override
		void awaitReplicas() {
			MySqlPair.awaitReplicas();
		}

	}

	@Nested
	class Pagination extends PaginationContract {

		@Override
		void awaitReplicas() {
			MySqlPair.awaitReplicas();
		}

	}

	@Nested
	class CommentPurge extends CommentPurgeContract {

		@Override
		void awaitReplicas() {
			MySqlPair.awaitReplicas();
		}

		// The deletion leaves all comments to the purge, so its transaction stays small.
		@Override
		int remainingComments(int comments) {
			return comments;
		}

	}

	@Nested
	class Search extends SearchContract {

		@Test
		void accentsDoNotMatter() throws IOException {
			publish("Crème brûlée", "Description", "Café" + this.word);
			assertThat(search("CAFE" + this.word).select(".article-preview h1").eachText())
				.containsExactly("Crème brûlée");
		}

	}

	@Nested
	class LineEnds extends LineEndContract {

	}

	@Nested
	@Tag("slow")
	class Text extends TextContract {

	}

}
