package dev.mall.lab.consensus.node;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotResult;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/** The values, to which each node applies the committed entries of the log, in their order. */
final class StoreStateMachine extends BaseStateMachine {

  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final Map<String, String> values = new HashMap<>();
  private final AtomicInteger installed = new AtomicInteger();

  /** As this node has it, whatever the others have. */
  synchronized Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Snapshots that the leader sent since this process started. */
  int snapshotsInstalled() {
    return installed.get();
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, groupId, raftStorage);
    storage.init(raftStorage);
    load(storage.getLatestSnapshot());
  }

  /** Comes after a snapshot from the leader. */
  @Override
  public void reinitialize() throws IOException {
    load(storage.loadLatestSnapshot());
  }

  @Override
  public void notifySnapshotInstalled(
      InstallSnapshotResult result, long snapshotIndex, RaftPeer peer) {
    if (result == InstallSnapshotResult.SUCCESS) {
      installed.incrementAndGet();
    }
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    var entry = transaction.getLogEntry();
    var command = StoreCommand.decoded(entry.getStateMachineLogEntry().getLogData());
    boolean done;
    synchronized (this) {
      done = command.applyTo(values);
      updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    }
    return CompletableFuture.completedFuture(Message.valueOf(Boolean.toString(done)));
  }

  /** An absent value is an empty message, a value one that begins with {@code =}. */
  @Override
  public CompletableFuture<Message> query(Message request) {
    var value = value(request.getContent().toStringUtf8());
    return CompletableFuture.completedFuture(Message.valueOf(value.map("="::concat).orElse("")));
  }

  @Override
  public long takeSnapshot() throws IOException {
    var copy = new Properties();
    TermIndex last;
    synchronized (this) {
      copy.putAll(values);
      last = getLastAppliedTermIndex();
    }
    var file = storage.getSnapshotFile(last.getTerm(), last.getIndex());
    try (var out = Files.newOutputStream(file.toPath())) {
      copy.store(out, null);
    }
    var digest = MD5FileUtil.computeAndSaveMd5ForFile(file);
    storage.updateLatestSnapshot(
        new SingleFileSnapshotInfo(new FileInfo(file.toPath(), digest), last));
    return last.getIndex();
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  private void load(@Nullable SingleFileSnapshotInfo snapshot) throws IOException {
    if (snapshot == null) {
      return;
    }
    var file = snapshot.getFile().getPath();
    MD5FileUtil.verifySavedMD5(file.toFile(), snapshot.getFile().getFileDigest());
    var stored = new Properties();
    try (var in = Files.newInputStream(file)) {
      stored.load(in);
    }
    synchronized (this) {
      values.clear();
      stored.stringPropertyNames().forEach(key -> values.put(key, stored.getProperty(key)));
      setLastAppliedTermIndex(
          SimpleStateMachineStorage.getTermIndexFromSnapshotFile(file.toFile()));
    }
  }
}
