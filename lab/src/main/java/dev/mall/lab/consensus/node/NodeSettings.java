package dev.mall.lab.consensus.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;

/**
 * A node as its command line describes it.
 *
 * @param id of this node
 * @param group identifies the cluster, so that a node of another one at the same port is noticed
 * @param peers all nodes, this one too
 */
public record NodeSettings(String id, Path directory, UUID group, List<Peer> peers) {

  public NodeSettings {
    peers = List.copyOf(peers);
  }

  /**
   * @param raftPort for the other nodes
   * @param httpPort for clients
   */
  public record Peer(String id, int raftPort, int httpPort) {

    @Override
    public String toString() {
      return "%s:%d:%d".formatted(id, raftPort, httpPort);
    }

    static Peer parse(String text) {
      var parts = text.split(":", -1);
      return new Peer(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
  }

  public List<String> arguments() {
    var arguments = new ArrayList<>(List.of(id, directory.toString(), group.toString()));
    peers.forEach(peer -> arguments.add(peer.toString()));
    return arguments;
  }

  static NodeSettings parse(String... arguments) {
    return new NodeSettings(
        arguments[0],
        Path.of(arguments[1]),
        UUID.fromString(arguments[2]),
        Arrays.stream(arguments).skip(3).map(Peer::parse).toList());
  }

  Peer self() {
    return peer(id);
  }

  Peer peer(String wanted) {
    return peers.stream().filter(peer -> peer.id().equals(wanted)).findAny().orElseThrow();
  }

  RaftGroup raftGroup() {
    return RaftGroup.valueOf(
        RaftGroupId.valueOf(group),
        peers.stream()
            .map(peer ->
                RaftPeer.newBuilder()
                    .setId(peer.id())
                    .setAddress("127.0.0.1:" + peer.raftPort())
                    .build())
            .toList());
  }
}
