package com.foobar.site;

import java.time.Duration;

import com.foobar.database.MySqlPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * Tests the contracts of users, articles and comments on two instances, which get the API
 * requests in turn. The replica is one second behind the primary.
 */
@Tag("slow")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@ContextConfiguration(initializers = MySqlPair.class)
@Import({ ApiDescriptionCheck.class, MovableClock.Configuration.class, SecondInstance.class })
class TwoInstancesSiteIntegrationTests {

	@BeforeAll
	static void delayReplica() {
		MySqlPair.delay(Duration.ofSeconds(1));
	}

	@AfterAll
	static void awaitReplicas() {
		MySqlPair.delay(Duration.ZERO);
		MySqlPair.awaitReplicas();
	}

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

		@Override
		int instances() {
			return 2;
		}

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

}
