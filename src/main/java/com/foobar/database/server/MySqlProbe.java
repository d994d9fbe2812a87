package com.foobar.database.server;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.NodeAddress;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;

/** Asks a MySQL server what it is, over a connection of its own. */
final class MySqlProbe implements Probe {

	// A channel whose receiver is reconnecting still counts: its primary died, which is
	// when reads matter most. The channels of a replication group are its own affair.
	private static final String QUESTION = """
			SELECT @@global.server_uuid AS uuid,
			       @@global.read_only OR @@global.super_read_only AS read_only,
			       IF(@@global.gtid_mode = 'ON', @@global.gtid_executed, '') AS executed,
			       @@global.max_connections AS max_connections,
			       EXISTS (
			         SELECT 1 FROM performance_schema.replication_connection_status receiver
			           JOIN performance_schema.replication_applier_status applier USING (channel_name)
			          WHERE receiver.service_state <> 'OFF' AND applier.service_state = 'ON') AS replicating,
			       (SELECT variable_value FROM performance_schema.global_variables
			         WHERE variable_name = 'group_replication_group_name') AS group_name,
			       (SELECT GROUP_CONCAT(CONCAT_WS(' ', member_id, member_state, member_role) SEPARATOR ',')
			          FROM performance_schema.replication_group_members WHERE member_id <> '') AS members
			""";

	private final String node;

	private final ControlConnection connection;

	private volatile String complaint = "";

	MySqlProbe(NodeAddress address, DatabaseProperties properties) {
		this.node = address.name();
		this.connection = new ControlConnection(address, properties);
	}

	@Override
	public String node() {
		return this.node;
	}

	@Override
	public String complaint() {
		return this.complaint;
	}

	@Override
	public Optional<ProbeResult> ask() {
		try {
			ProbeResult report = this.connection.ask(QUESTION, MySqlProbe::report);
			this.complaint = "";
			return Optional.of(report);
		}
		catch (SQLException ex) {
			this.complaint = ConnectionErrorMessages.of(ex);
			return Optional.empty();
		}
		catch (RuntimeException ex) {
			this.complaint = "its answer cannot be read [%s]".formatted(ex.getMessage());
			return Optional.empty();
		}
	}

	private static ProbeResult report(ResultSet row) throws SQLException {
		String group = row.getString("group_name");
		String members = row.getString("members");
		return new ProbeResult(row.getString("uuid"), !row.getBoolean("read_only"), row.getBoolean("replicating"),
				GtidSet.parse(row.getString("executed")), group != null && !group.isBlank(),
				(members != null) ? members(members) : List.of(), row.getInt("max_connections"));
	}

	private static List<ProbeResult.Member> members(String list) {
		return Stream.of(list.split(","))
			.map((member) -> member.split(" "))
			.map((words) -> new ProbeResult.Member(words[0], words[1], words.length > 2 && words[2].equals("PRIMARY")))
			.toList();
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
