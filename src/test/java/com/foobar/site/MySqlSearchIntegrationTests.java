package com.foobar.site;

import java.io.IOException;

import com.foobar.database.MySqlPair;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the contract with MySQL's full-text index, also on a replica. */
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlSearchIntegrationTests extends SearchContract {

	@Test
	void accentsDoNotMatter() throws IOException {
		publish("Crème brûlée", "Description", "Café" + this.word);
		assertThat(search("CAFE" + this.word).select(".article-preview h1").eachText()).containsExactly("Crème brûlée");
	}

}
