package dev.mall.lab.consensus;

import dev.mall.lab.consensus.cluster.NodeProcess;
import dev.mall.lab.consensus.cluster.StoreClient;
import dev.mall.lab.consensus.cluster.StoreClient.Found;
import dev.mall.lab.consensus.cluster.StoreClient.ReadMode;
import dev.mall.lab.consensus.cluster.StoreCluster;
import dev.mall.lab.trial.Trial;
import java.util.Optional;
import java.util.UUID;

/** The replicated store; its leader is server 1. */
final class RaftServers implements ThreeServers {

  /** The values of other trials have other keys. */
  private final String keys = UUID.randomUUID() + "-";

  private final StoreCluster cluster;
  private final NodeProcess first;
  private final NodeProcess second;
  private final NodeProcess third;
  private final StoreClient toAny;
  private final StoreClient toFirst;
  private final StoreClient toOthers;

  RaftServers(Trial trial) {
    cluster = trial.shared(StoreCluster.class, StoreCluster::start, StoreCluster::close);
    var nodes = cluster.whole();
    first = nodes.get(0);
    second = nodes.get(1);
    third = nodes.get(2);
    toAny = new StoreClient(StoreClient.PATIENTLY, first, second, third);
    toFirst = new StoreClient(StoreClient.ONE_ATTEMPT, first);
    toOthers = new StoreClient(StoreClient.PATIENTLY, second, third);
  }

  @Override
  public boolean put(String key, String value) {
    return toAny.put(keys + key, value);
  }

  @Override
  public Optional<Boolean> putIfAbsent(int server, String key, String value) {
    return (server == 1 ? toFirst : toOthers).putIfAbsent(keys + key, value);
  }

  @Override
  public Optional<Found> get(int server, String key) {
    var client = new StoreClient(StoreClient.PATIENTLY, server == 1 ? first : second);
    return client.get(keys + key, ReadMode.LINEARIZABLE);
  }

  @Override
  public void awaitCopied() {
    cluster.awaitCaughtUp(second, first);
  }

  @Override
  public void isolate(int server) {
    cluster.isolate(server == 1 ? first : second);
  }

  @Override
  public void reconnect() {
    cluster.heal();
  }

  @Override
  public void killFirst() {
    first.kill();
  }

  @Override
  public void takeOver() {
    cluster.awaitLeader(second, third);
  }

  @Override
  public void rejoinFirst() {
    cluster.whole();
  }
}
