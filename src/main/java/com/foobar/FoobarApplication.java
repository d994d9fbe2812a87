package com.foobar;

import com.foobar.database.migration.Migration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the site, or, called as {@code java -jar foobar.jar migrate}, brings the schema
 * up to date on every database server and ends.
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
