package dev.mall.lab.locks;

import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.Place;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.locks.Exclusion.Attempt;
import dev.mall.lab.locks.provider.RedisClients;
import dev.mall.lab.locks.provider.ZooKeeperLocks;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.test.TestingCluster;

/** A server of the lock service is lost, and another one takes over. */
public final class NodeLost implements Experiment {

  private static final Duration LEASE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "locks/node-lost";
  }

  @Override
  public String title() {
    return "The replica that takes over does not have the lock";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A lock service on one server is gone with the server, so it gets a replica. Redis replicates asynchronously: the primary answers
    the client first and sends the write to its replica afterwards. When the primary is lost in between, the replica is promoted
    without the lock, and the next process acquires it there. The first one has an acknowledgement in its hands and holds nothing. The
    window is short, but a failover happens just when a network or a host is in trouble, and then the window is as long as the trouble.

    The alternative is to acknowledge a write only when a majority has it on its disks. ZooKeeper, etcd and Consul do so by a consensus
    protocol: the lock of one client is in at least two of three servers, and a server that lacks it cannot become the leader, since
    the election needs a majority as well. When a server is lost, the session of the holder moves to another one, with its lock. The
    price is a write to several disks for each lock, and a majority that has to be reachable: two lost servers of three stop the
    service, which is better for a lock than two holders.

    Redis has a command that waits for the acknowledgement of a replica. It makes the loss less likely, and it decides no election.
    """;
  }

  @Override
  public String claim() {
    return "No worker acquires the lock while another one holds it within its lease.";
  }

  @Override
  public String naive() {
    return "Redis with a replica, which is promoted when the primary is lost.";
  }

  @Override
  public String remedy() {
    return "Three ZooKeeper servers, which acknowledge a lock when two of them have stored it.";
  }

  @Override
  public String conclusion() {
    return """
    Asynchronous replication makes a lock service available, not safe: after a failover assume that every lock is lost. If that does
    harm, use a service that rests on consensus, or let the protected store decide.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 3: Redis may fail over, the database fences",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Redis: Why failover-based implementations are not enough",
            "https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/"),
        Link.to(
            "Hunt et al.: ZooKeeper (2010)",
            "https://www.usenix.org/legacy/event/atc10/tech/full_papers/Hunt.pdf"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var first = trial.node("first server");
    var others = trial.node("other servers");
    var service = half.isNaive() ? Replicated.start(trial) : Ensemble.start(trial);

    others.step("lag behind", service::lag);
    a.call(first, "acquires the lock for 30 s", () -> new Attempt("A", service.acquire("A")));
    a.hold();
    service.loseFirst();
    first.crash("power cut");
    others.step("take over", service::takeOver);
    b.call(others, "acquires the lock for 30 s", () -> new Attempt("B", service.acquire("B")));
  }

  @Override
  public List<Violation> judge(History history) {
    return Exclusion.violations(history);
  }

  private interface Service {

    String lag() throws Exception;

    boolean acquire(String worker) throws Exception;

    void loseFirst() throws Exception;

    String takeOver() throws Exception;
  }

  /** Redis and a replica; a client finds the primary of the moment. */
  private static final class Replicated implements Service {

    private final Trial trial;
    private final EmbeddedRedis primary;
    private final EmbeddedRedis replica;

    Replicated(Trial trial, EmbeddedRedis primary, EmbeddedRedis replica) {
      this.trial = trial;
      this.primary = primary;
      this.replica = replica;
    }

    static Service start(Trial trial) throws InterruptedException {
      var primary =
          trial.opened(
              new EmbeddedRedis(Place.temporary(), List.of("--repl-diskless-sync-delay", "0")));
      primary.start();
      var replica =
          trial.opened(
              new EmbeddedRedis(
                  Place.temporary(),
                  List.of("--replicaof", "127.0.0.1", Integer.toString(primary.port()))));
      replica.start();
      trial.await(
          "the replica has the data",
          () ->
              RedisClients.command(replica, "INFO", "replication")
                  .contains("master_link_status:up"));
      return new Replicated(trial, primary, replica);
    }

    @Override
    public String lag() {
      replica.suspend();
      RedisClients.command(primary, "CLIENT", "KILL", "TYPE", "replica");
      return "the primary does not wait for its replica";
    }

    @Override
    public boolean acquire(String worker) throws InterruptedException {
      return RedisClients.connect(trial, primary.running() ? primary : replica)
          .getLock("lock")
          .tryLock(0, LEASE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void loseFirst() {
      primary.kill();
    }

    @Override
    public String takeOver() {
      replica.resume();
      RedisClients.command(replica, "REPLICAOF", "NO", "ONE");
      return "the replica is the primary, with %s keys"
          .formatted(RedisClients.command(replica, "DBSIZE"));
    }
  }

  /** Three ZooKeeper servers. */
  private static final class Ensemble implements Service {

    private final Trial trial;
    private final TestingCluster cluster;
    private final CuratorFramework clientOfA;
    private final CuratorFramework clientOfB;

    Ensemble(Trial trial, TestingCluster cluster) {
      this.trial = trial;
      this.cluster = cluster;
      this.clientOfA = ZooKeeperLocks.connect(trial, cluster.getConnectString(), LEASE);
      this.clientOfB = ZooKeeperLocks.connect(trial, cluster.getConnectString(), LEASE);
    }

    static Service start(Trial trial) throws Exception {
      return new Ensemble(trial, ZooKeeperLocks.startServers(trial));
    }

    @Override
    public String lag() {
      return "a majority has to store a lock before it is acknowledged";
    }

    @Override
    public boolean acquire(String worker) throws Exception {
      var client = "A".equals(worker) ? clientOfA : clientOfB;
      return new InterProcessMutex(client, "/lock").acquire(0, TimeUnit.SECONDS);
    }

    /** The server of A's session. */
    @Override
    public void loseFirst() throws Exception {
      var zookeeper = clientOfA.getZookeeperClient().getZooKeeper();
      cluster.killServer(cluster.findConnectionInstance(zookeeper));
    }

    @Override
    public String takeOver() throws Exception {
      trial.await("a majority serves clients", () -> clientOfA.getZookeeperClient().isConnected());
      return "the session of A moves to another server, with %d lock"
          .formatted(clientOfA.getChildren().forPath("/lock").size());
    }
  }
}
