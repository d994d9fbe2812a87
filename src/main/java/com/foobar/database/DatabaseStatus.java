package com.foobar.database;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.foobar.database.topology.ServerRole;
import org.jspecify.annotations.Nullable;

/**
 * The state of the database servers when they were last asked, without addresses or
 * ports, so that everybody may see it. Inject a {@code Supplier<DatabaseStatus>}: it asks
 * no server and never waits.
 *
 * @param readable whether a server can be read from
 * @param writable whether a server accepts writes
 * @param servers in the order in which they are configured
 */
public record DatabaseStatus(boolean readable, boolean writable, List<Server> servers) {

	/**
	 * A database server.
	 *
	 * @param role for example primary or replica
	 * @param lag how far it is behind the primary; null if that is not known
	 * @param working whether it serves what its role is for
	 */
	public record Server(String name, String role, @Nullable Duration lag, boolean working) {

		@JsonIgnore
		public boolean isPrimary() {
			return this.role.equals(ServerRole.PRIMARY.label());
		}

	}

}
