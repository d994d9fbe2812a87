package com.foobar.site;

import com.foobar.database.MySqlPair;

import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = MySqlPair.class)
class MySqlLineEndIntegrationTests extends LineEndContract {

}
