package dev.mall.lab.locks.provider;

import dev.mall.lab.trial.Trial;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.RetryNTimes;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/** Ephemeral sequential nodes, of which each watches the one before, by Curator. */
public final class ZooKeeperLocks implements LockProvider {

  private static final int SERVERS = 3;
  private static final int TICK_MILLIS = 500;
  private static final int CONNECT_MILLIS = 10_000;

  @Override
  public String name() {
    return "ZooKeeper";
  }

  @Override
  public String description() {
    return "three ZooKeeper servers: Curator's `InterProcessMutex`, held by a session";
  }

  @Override
  public Set<Guarantee> claims() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.REMAINING_LEASE));
  }

  @Override
  public String brokenBy() {
    return "a pause beyond the session, and a client that does not react to its end";
  }

  @Override
  public String goodFor() {
    return "few, long-held locks whose loss is expensive, such as the choice of a leader";
  }

  @Override
  public LockService start(Trial trial) throws Exception {
    return new Service(trial, startServers(trial));
  }

  /** An ensemble that ends with the trial. */
  public static TestingCluster startServers(Trial trial) throws Exception {
    var specs = new ArrayList<InstanceSpec>();
    for (int i = 0; i < SERVERS; i++) {
      specs.add(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, -1));
    }
    var cluster = trial.opened(new TestingCluster(specs));
    cluster.start();
    return cluster;
  }

  /** A client as a process has it, which reconnects to any server; closed with the trial. */
  public static CuratorFramework connect(Trial trial, String servers, Duration session) {
    var client =
        trial.opened(
            CuratorFrameworkFactory.builder()
                .connectString(servers)
                .sessionTimeoutMs(Math.toIntExact(session.toMillis()))
                .connectionTimeoutMs(CONNECT_MILLIS)
                .retryPolicy(new RetryNTimes(100, 100))
                .build());
    client.start();
    return client;
  }

  private record Service(Trial trial, TestingCluster cluster, List<CuratorFramework> clients)
      implements LockService {

    Service(Trial trial, TestingCluster cluster) {
      this(trial, cluster, new CopyOnWriteArrayList<>());
    }

    @Override
    public LockClient connect(String process, Duration lease) {
      var client = ZooKeeperLocks.connect(trial, cluster.getConnectString(), lease);
      clients.add(client);
      return new Client(process, client);
    }

    /** A second connection closes the session, as the servers do after its timeout. */
    @Override
    public void pass(Duration time) throws Exception {
      for (var client : clients) {
        var session = client.getZookeeperClient().getZooKeeper();
        new ZooKeeper(
                cluster.getConnectString(),
                session.getSessionTimeout(),
                _ -> {},
                session.getSessionId(),
                session.getSessionPasswd())
            .close();
      }
      clients.clear();
    }

    @Override
    public void restartServer() throws Exception {
      var server = anyServer();
      cluster.killServer(server);
      cluster.restartServer(server);
    }

    @Override
    public void loseServer() throws Exception {
      cluster.killServer(anyServer());
    }

    private InstanceSpec anyServer() {
      return cluster.getInstances().iterator().next();
    }
  }

  private record Client(String process, CuratorFramework curator) implements LockClient {

    @Override
    public Optional<Held> acquire(String lock, Duration wait) throws Exception {
      var mutex = new NamedMutex(curator, "/" + lock, process);
      return mutex.acquire(wait.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(new HeldNode(process, mutex, OptionalLong.of(mutex.transaction())))
          : Optional.empty();
    }

    @Override
    public Optional<Holder> holder(String lock) throws Exception {
      var nodes = new InterProcessMutex(curator, "/" + lock).getParticipantNodes();
      if (nodes.isEmpty()) {
        return Optional.empty();
      }
      var owner = curator.getData().forPath(nodes.iterator().next());
      return Optional.of(new Holder(new String(owner, StandardCharsets.UTF_8), Optional.empty()));
    }

    /** It sends no heartbeats any more: its session ends when time passes. */
    @Override
    public void crash() {}
  }

  private record HeldNode(String owner, InterProcessMutex mutex, OptionalLong token)
      implements LockClient.Held {

    @Override
    public void release() throws Exception {
      if (mutex.isOwnedByCurrentThread()) {
        mutex.release();
      }
    }
  }

  /** Its node says whose it is and gives a token: the transaction that wrote it. */
  private static final class NamedMutex extends InterProcessMutex {

    private final CuratorFramework curator;
    private final String process;

    NamedMutex(CuratorFramework curator, String path, String process) {
      super(curator, path);
      this.curator = curator;
      this.process = process;
    }

    long transaction() throws Exception {
      var node = curator.checkExists().forPath(getLockPath());
      if (node == null) {
        throw new KeeperException.NoNodeException(getLockPath());
      }
      return node.getCzxid();
    }

    @Override
    protected byte[] getLockNodeBytes() {
      return process.getBytes(StandardCharsets.UTF_8);
    }
  }
}
