package com.foobar.site;

import com.foobar.database.MySqlPair;
import org.springframework.test.context.ContextConfiguration;

/** On a MySQL primary and its replica. */
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlTextIntegrationTests extends TextContract {

}
