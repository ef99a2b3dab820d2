package dev.mall.lab.locks;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Pending;
import dev.mall.lab.trial.Trial;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.PredicateResults;
import org.apache.curator.framework.recipes.locks.StandardLockInternalsDriver;
import org.apache.curator.retry.RetryNTimes;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.admin.ZooKeeperAdmin;

/** Waiters of one lock in ZooKeeper that all watch its holder, or each the waiter before it. */
public final class Herd implements Experiment {

  private static final String PATH = "/lock";

  /** Waiters that looked for the lock again after a release. */
  private record Woken(int waiters, int waiting) {
    @Override
    public String toString() {
      return "%d of %d".formatted(waiters, waiting);
    }
  }

  @Override
  public String name() {
    return "locks/herd";
  }

  @Override
  public String title() {
    return "A release wakes every waiter";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A process that waits for a lock may ask again and again, which is slow or expensive, or have itself notified. ZooKeeper offers a
    watch: one message when a node changes. The obvious lock is one node: the process that creates it holds the lock, all others watch
    it, and when it is deleted, all of them are notified at once, ask at once, and all but one go back to waiting. With a thousand
    waiters each release causes a thousand messages and a thousand requests, of which one is of use: a herd that tramples on the server
    whenever a gate opens. Handing the lock to each of n waiters once costs on the order of n² messages.

    The recipe of ZooKeeper lines the waiters up instead. Each creates a sequential node below the lock, and the smallest number holds
    it. A waiter watches only the node right before its own. A release deletes one node, which one waiter watches, and this is the one
    whose turn it is. The nodes are ephemeral: they vanish with the session of their creator, so a waiter that crashes leaves the line,
    and the one behind it moves up.

    The line is fair as a side effect: locks are given in the order of the requests.
    """;
  }

  @Override
  public String claim() {
    return "A release wakes only the waiter that acquires the lock next.";
  }

  @Override
  public String naive() {
    return "Every waiter watches the node of the holder.";
  }

  @Override
  public String remedy() {
    return "Every waiter watches the node before its own, as Curator's mutex does.";
  }

  @Override
  public String conclusion() {
    return """
    Notify one waiter per release, the next one. Count the messages per release before you count locks per second: a herd shows only
    under the load for which the lock was made.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "The batch lock wakes all waiters by one message; there are as many as replicas",
            "common/locking/src/main/java/dev/mall/locking/ReleaseSignal.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "ZooKeeper recipes: locks",
            "https://zookeeper.apache.org/doc/current/recipes.html#sc_recipes_Locks"),
        Link.to(
            "Hunt et al.: ZooKeeper, section 2.4 (2010)",
            "https://www.usenix.org/legacy/event/atc10/tech/full_papers/Hunt.pdf"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var nodes =
        Stream.of("A", "B", "C", "D").map(letter -> trial.node("worker " + letter)).toList();
    var zookeeper = trial.node("ZooKeeper");
    var server = trial.opened(new TestingServer());
    var workers =
        nodes.stream()
            .map(node -> new Worker(half, node, connect(trial, server.getConnectString())))
            .toList();
    var first = workers.getFirst();
    first.node.call(zookeeper, "acquires the lock", first::acquire);
    first.node.hold();
    var line = new ArrayDeque<Pending<String>>();
    for (var worker : workers.subList(1, workers.size())) {
      line.add(worker.node.begin("waits for the lock", worker::acquire));
      trial.await("it watches a node", () -> worker.isWaiting(""));
    }
    for (int i = 0; !line.isEmpty(); i++) {
      var holder = workers.get(i);
      var waiting = workers.subList(i + 1, workers.size());
      int looks = looks(waiting);
      var released = holder.path;
      holder.node.call(zookeeper, "releases the lock", holder::release);
      holder.node.free();
      line.remove().end();
      waiting.getFirst().node.hold();
      trial.await(
          "the others wait again",
          () -> waiting.stream().skip(1).allMatch(worker -> worker.isWaiting(released)));
      zookeeper.step(
          "counts the waiters that it woke",
          () -> new Woken(looks(waiting) - looks, waiting.size()));
    }
  }

  @Override
  public List<Violation> judge(History history) {
    return history.facts(Woken.class).stream()
        .filter(woken -> woken.value().waiters() > 1)
        .map(woken ->
            Violation.of("One release woke %d waiters".formatted(woken.value().waiters()), woken))
        .toList();
  }

  private static int looks(List<Worker> workers) {
    return workers.stream().mapToInt(worker -> worker.looks.get()).sum();
  }

  private static CuratorFramework connect(Trial trial, String servers) {
    var client =
        trial.opened(
            CuratorFrameworkFactory.builder()
                .connectString(servers)
                .zookeeperFactory(
                    (address, timeout, watcher, _) -> new OpenZooKeeper(address, timeout, watcher))
                .retryPolicy(new RetryNTimes(20, 100))
                .build());
    client.start();
    return client;
  }

  /** A process with a connection of its own. */
  private static final class Worker {

    private final Node node;
    private final CuratorFramework client;
    private final PathMutex mutex;

    /** It looks once when it asks for the lock, and again each time that it is woken. */
    private final AtomicInteger looks = new AtomicInteger();

    private volatile String path = "";

    Worker(Half half, Node node, CuratorFramework client) {
      this.node = node;
      this.client = client;
      this.mutex = new PathMutex(client, new CountingDriver(half, looks));
    }

    String acquire() throws Exception {
      mutex.acquire();
      path = mutex.getLockPath();
      return "acquired";
    }

    void release() throws Exception {
      mutex.release();
    }

    /** Whether the server will notify it of a change of a node, which is not the one released. */
    boolean isWaiting(String released) {
      var watched = watched();
      return watched.stream().anyMatch(node -> node.startsWith(PATH))
          && !watched.contains(released);
    }

    private List<String> watched() {
      try {
        return client.getZookeeperClient().getZooKeeper() instanceof OpenZooKeeper zookeeper
            ? zookeeper.getDataWatches()
            : List.of();
      } catch (Exception e) { // declared so by Curator
        throw new IllegalStateException(e);
      }
    }
  }

  /** Decides which node a waiter watches. */
  private static final class CountingDriver extends StandardLockInternalsDriver {

    private final Half half;
    private final AtomicInteger looks;

    CountingDriver(Half half, AtomicInteger looks) {
      this.half = half;
      this.looks = looks;
    }

    @Override
    public PredicateResults getsTheLock(
        CuratorFramework client, List<String> children, String ownNode, int maxLeases)
        throws Exception {
      looks.incrementAndGet();
      var result = super.getsTheLock(client, children, ownNode, maxLeases);
      return half.isNaive() && !result.getsTheLock()
          ? new PredicateResults(children.getFirst(), false)
          : result;
    }
  }

  private static final class PathMutex extends InterProcessMutex {

    PathMutex(CuratorFramework client, CountingDriver driver) {
      super(client, PATH, driver);
    }

    @Override
    protected String getLockPath() {
      return super.getLockPath();
    }
  }

  /** Shows the nodes that it watches. */
  @SuppressWarnings("try") // ZooKeeper's own close() is interruptible
  private static final class OpenZooKeeper extends ZooKeeperAdmin {

    OpenZooKeeper(String address, int timeoutMillis, Watcher watcher) throws IOException {
      super(address, timeoutMillis, watcher);
    }

    @Override
    protected List<String> getDataWatches() {
      return super.getDataWatches();
    }
  }
}
