package com.foobar.database;

import com.github.dockerjava.api.model.ContainerNetwork;
import org.testcontainers.containers.Network;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Connects servers only with each other. A server that is disconnected from this network
 * still answers on its published port.
 */
final class PeerNetwork {

	// The network is internal, so that Docker does not publish the port on it. Otherwise
	// a disconnected server would lose its published port.
	private final Network network = Network.builder()
		.createNetworkCmdModifier((command) -> command.withInternal(true))
		.build();

	void connect(MySQLContainer server, String name) {
		server.getDockerClient()
			.connectToNetworkCmd()
			.withNetworkId(this.network.getId())
			.withContainerId(server.getContainerId())
			.withContainerNetwork(new ContainerNetwork().withAliases(name))
			.exec();
	}

	void disconnect(MySQLContainer server) {
		server.getDockerClient()
			.disconnectFromNetworkCmd()
			.withNetworkId(this.network.getId())
			.withContainerId(server.getContainerId())
			.exec();
	}

	boolean connects(MySQLContainer server) {
		return server.getCurrentContainerInfo()
			.getNetworkSettings()
			.getNetworks()
			.values()
			.stream()
			.anyMatch((network) -> this.network.getId().equals(network.getNetworkID()));
	}

}
