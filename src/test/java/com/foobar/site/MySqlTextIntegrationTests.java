package com.foobar.site;

import com.foobar.database.MySqlPair;
import org.junit.jupiter.api.Tag;
import org.springframework.test.context.ContextConfiguration;

/** On a MySQL primary and its replica. */
@Tag("slow")
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlTextIntegrationTests extends TextContract {

}
