package com.foobar.site;

import com.foobar.database.MySqlPair;
import org.springframework.test.context.ContextConfiguration;

/** The contract on a MySQL primary and its replica. */
@ContextConfiguration(initializers = MySqlPair.class)
class MySqlAccountIntegrationTests extends AccountContract {

}
