package com.foobar;

import com.foobar.database.migration.Migration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the site. With the argument {@code migrate}, it instead migrates the schema on
 * every database server and exits: {@code java -jar foobar.jar migrate}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FoobarApplication {

	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals("migrate")) {
			Migration.run(args);
		}
		else {
			SpringApplication.run(FoobarApplication.class, args);
		}
	}

}
