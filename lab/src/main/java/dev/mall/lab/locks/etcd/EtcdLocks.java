package dev.mall.lab.locks.etcd;

import dev.mall.lab.locks.provider.Guarantee;
import dev.mall.lab.locks.provider.LockClient;
import dev.mall.lab.locks.provider.LockProvider;
import dev.mall.lab.locks.provider.LockService;
import dev.mall.lab.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A key with a lease, written if it is absent, over etcd's JSON API. */
public final class EtcdLocks implements LockProvider {

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public String description() {
    return "three etcd servers: a key with a lease, in a transaction, by the JSON API";
  }

  @Override
  public Set<Guarantee> claims() {
    return EnumSet.allOf(Guarantee.class);
  }

  @Override
  public String brokenBy() {
    return "a pause beyond the lease, and a client that does not react to its end";
  }

  @Override
  public String goodFor() {
    return "few, long-held locks, where etcd runs anyway";
  }

  @Override
  public boolean comesWithTheBuild() {
    return false;
  }

  @Override
  public boolean isInstalled() {
    return EtcdServers.program().isPresent();
  }

  @Override
  public LockService start(Trial trial) throws Exception {
    var servers = trial.opened(EtcdServers.start(EtcdServers.program().orElseThrow()));
    var api = trial.opened(new EtcdApi(servers.addresses()));
    trial.await("etcd has a leader", () -> isServing(api));
    return new Service(trial, servers, api, new CopyOnWriteArrayList<>());
  }

  private static boolean isServing(EtcdApi api) {
    try {
      api.post("/v3/kv/range", Map.of("key", EtcdApi.encoded("ready")));
      return true;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param leases that were granted
   */
  private record Service(Trial trial, EtcdServers servers, EtcdApi api, List<String> leases)
      implements LockService {

    @Override
    public LockClient connect(String process, Duration lease) throws Exception {
      var ownApi = trial.opened(new EtcdApi(servers.addresses()));
      var granted = ownApi.post("/v3/lease/grant", Map.of("TTL", Long.toString(lease.toSeconds())));
      var id = granted.get("ID").asString();
      leases.add(id);
      var timer = trial.opened(Executors.newSingleThreadScheduledExecutor());
      var renewal =
          timer.scheduleAtFixedRate(
              () -> keepAlive(ownApi, id),
              lease.toMillis() / 3,
              lease.toMillis() / 3,
              TimeUnit.MILLISECONDS);
      return new Client(process, ownApi, id, renewal);
    }

    private static void keepAlive(EtcdApi api, String lease) {
      try {
        api.post("/v3/lease/keepalive", Map.of("ID", lease));
      } catch (IOException e) {
        throw new IllegalStateException("the lease ends", e); // and so do the renewals
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /** The servers revoke the leases, as they do after their time. */
    @Override
    public void pass(Duration time) throws Exception {
      for (var lease : leases) {
        api.post("/v3/lease/revoke", Map.of("ID", lease));
      }
      leases.clear();
    }

    @Override
    public void restartServer() throws IOException {
      servers.kill(0);
      servers.restart(0);
    }

    @Override
    public void loseServer() {
      servers.kill(0);
    }
  }

  private record Client(String process, EtcdApi api, String lease, ScheduledFuture<?> renewal)
      implements LockClient {

    @Override
    public Optional<Held> acquire(String lock, Duration wait)
        throws IOException, InterruptedException, ExecutionException {
      long deadline = System.nanoTime() + wait.toNanos();
      while (true) {
        var answer =
            api.post(
                "/v3/kv/txn",
                Map.of(
                    "compare",
                    List.of(created(lock, 0)),
                    "success",
                    List.of(Map.of("requestPut", entry(lock)))));
        long revision = answer.get("header").get("revision").asLong();
        if (answer.path("succeeded").asBoolean(false)) {
          return Optional.of(new HeldKey(process, api, lock, revision));
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        api.awaitDeletion(lock, revision + 1, Duration.ofNanos(left));
      }
    }

    private Map<String, String> entry(String lock) {
      return Map.of(
          "key", EtcdApi.encoded(lock), "value", EtcdApi.encoded(process), "lease", lease);
    }

    @Override
    public Optional<Holder> holder(String lock) throws IOException, InterruptedException {
      var found = api.post("/v3/kv/range", Map.of("key", EtcdApi.encoded(lock))).path("kvs");
      if (found.isEmpty()) {
        return Optional.empty();
      }
      var entry = found.get(0);
      var left =
          api.post("/v3/lease/timetolive", Map.of("ID", entry.get("lease").asString()))
              .get("TTL")
              .asLong();
      return Optional.of(
          new Holder(
              EtcdApi.decoded(entry.get("value").asString()),
              Optional.of(Duration.ofSeconds(left))));
    }

    @Override
    public void crash() {
      renewal.cancel(true);
    }
  }

  /**
   * @param revision of the transaction that wrote the key
   */
  private record HeldKey(String owner, EtcdApi api, String lock, long revision)
      implements LockClient.Held {

    @Override
    public OptionalLong token() {
      return OptionalLong.of(revision);
    }

    @Override
    public void release() throws IOException, InterruptedException {
      api.post(
          "/v3/kv/txn",
          Map.of(
              "compare",
              List.of(created(lock, revision)),
              "success",
              List.of(Map.of("requestDeleteRange", Map.of("key", EtcdApi.encoded(lock))))));
    }
  }

  /** The key was written by the transaction of this revision, or by none if it is 0. */
  private static Map<String, String> created(String lock, long revision) {
    return Map.of(
        "target",
        "CREATE",
        "key",
        EtcdApi.encoded(lock),
        "createRevision",
        Long.toString(revision));
  }
}
