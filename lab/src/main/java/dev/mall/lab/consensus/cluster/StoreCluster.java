package dev.mall.lab.consensus.cluster;

import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.Ports;
import dev.mall.embedded.process.Waiting;
import dev.mall.lab.consensus.node.NodeSettings;
import dev.mall.lab.consensus.node.NodeStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three nodes of the store, each a process. */
public final class StoreCluster implements AutoCloseable {

  private static final int SIZE = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final HttpClient http;
  private final List<NodeProcess> nodes;

  private StoreCluster(Path directory, HttpClient http, List<NodeProcess> nodes) {
    this.directory = directory;
    this.http = http;
    this.nodes = nodes;
  }

  /** Starts the nodes; they may still have to elect a leader. */
  public static StoreCluster start() {
    try {
      var cluster = of(Files.createTempDirectory("mall-store-"));
      cluster.restartTheDead();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StoreCluster of(Path directory) {
    var group = UUID.randomUUID();
    var peers =
        IntStream.rangeClosed(1, SIZE)
            .mapToObj(i -> new NodeSettings.Peer("store-" + i, Ports.free(), Ports.free()))
            .toList();
    var http = NodeHttp.client();
    var nodes =
        peers.stream()
            .map(peer ->
                new NodeProcess(
                    new NodeSettings(peer.id(), directory.resolve(peer.id()), group, peers),
                    NodeHttp.to(peer.httpPort(), http)))
            .toList();
    return new StoreCluster(directory, http, nodes);
  }

  /**
   * Repairs whatever an earlier schedule broke, and waits until one node leads and the others have
   * all that it has.
   *
   * @return the leader first
   */
  public List<NodeProcess> whole() {
    nodes.stream().filter(NodeProcess::isAlive).forEach(NodeProcess::resume);
    restartTheDead();
    heal();
    await("a leader that both others follow", this::isWhole);
    var leader = leader(nodes).orElseThrow();
    var ordered = new ArrayList<>(List.of(leader));
    nodes.stream().filter(node -> !node.equals(leader)).forEach(ordered::add);
    return ordered;
  }

  /** Separates a node from the two others by a partition; clients still reach all three. */
  public void isolate(NodeProcess node) {
    var others = nodes.stream().filter(other -> !other.equals(node)).toList();
    others.stream()
        .filter(NodeProcess::isAlive)
        .forEach(other -> other.separateFrom(List.of(node)));
    node.separateFrom(others);
  }

  /** Ends the partition. */
  public void heal() {
    nodes.stream().filter(NodeProcess::isAlive).forEach(node -> node.separateFrom(List.of()));
  }

  /** Waits until one of these nodes leads, that is, has had an entry of its term committed. */
  public NodeProcess awaitLeader(NodeProcess... among) {
    var candidates = List.of(among);
    await("a leader of " + candidates, () -> leader(candidates).isPresent());
    return leader(candidates).orElseThrow();
  }

  /** Waits until a node has applied everything that another one knows to be committed. */
  public void awaitCaughtUp(NodeProcess behind, NodeProcess ahead) {
    await(behind + " has caught up", () -> lag(behind, ahead) == 0);
  }

  /** Committed entries that a node has not applied. */
  public static long lag(NodeProcess behind, NodeProcess ahead) {
    var other = ahead.status();
    var own = behind.status();
    return own.isEmpty() || other.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(0, other.get().committed() - own.get().applied());
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::kill);
    http.close();
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void restartTheDead() {
    var dead = nodes.stream().filter(node -> !node.isAlive()).toList();
    dead.forEach(NodeProcess::launch);
    dead.forEach(NodeProcess::awaitReady);
  }

  private boolean isWhole() {
    var all = nodes.stream().flatMap(node -> node.status().stream()).toList();
    return all.size() == SIZE
        && all.stream().filter(NodeStatus::leads).count() == 1
        && all.stream().noneMatch(status -> status.leader().isEmpty())
        && same(all.stream().map(NodeStatus::term))
        && same(all.stream().map(NodeStatus::leader))
        && same(all.stream().flatMap(it -> Stream.of(it.committed(), it.applied())));
  }

  private static boolean same(Stream<?> values) {
    return values.distinct().count() == 1;
  }

  private static Optional<NodeProcess> leader(List<NodeProcess> candidates) {
    return candidates.stream()
        .filter(NodeProcess::isAlive)
        .filter(
            node -> node.status().filter(it -> it.leads() && !it.leader().isEmpty()).isPresent())
        .findFirst();
  }

  private static void await(String condition, BooleanSupplier isTrue) {
    if (!Waiting.until(PATIENCE, isTrue)) {
      throw new IllegalStateException(
          "after %d s it was not so: %s".formatted(PATIENCE.toSeconds(), condition));
    }
  }
}
