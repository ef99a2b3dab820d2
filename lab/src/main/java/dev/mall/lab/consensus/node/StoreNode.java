package dev.mall.lab.consensus.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** A node of the store; {@link #main} is its process. */
public final class StoreNode {

  private static final long SNAPSHOT_MILLIS = 5_000;

  private final NodeSettings settings;
  private final RaftGroup group;
  private final StoreStateMachine values = new StoreStateMachine();
  private final PeerFilter filter = new PeerFilter();
  private final RaftServer server;
  private final ClientId reader = ClientId.randomId();

  StoreNode(NodeSettings settings) throws IOException {
    this.settings = settings;
    this.group = settings.raftGroup();
    var parameters = new Parameters();
    GrpcConfigKeys.Server.setServicesCustomizer(
        parameters, (builder, _) -> builder.intercept(filter));
    this.server =
        RaftServer.newBuilder()
            .setServerId(
                group.getPeers().stream()
                    .filter(peer -> peer.getId().toString().equals(settings.id()))
                    .findAny()
                    .orElseThrow()
                    .getId())
            .setGroup(group)
            .setOption(hasData() ? StartupOption.RECOVER : StartupOption.FORMAT)
            .setStateMachine(values)
            .setProperties(properties())
            .setParameters(parameters)
            .build();
  }

  /**
   * Serves until it is killed, or standard input ends, as it does when the parent process dies.
   * Prints {@code ready} when it takes requests.
   *
   * @param arguments {@link NodeSettings#arguments}
   */
  public static void main(String... arguments) throws IOException {
    var settings = NodeSettings.parse(arguments);
    var node = new StoreNode(settings);
    node.server.start();
    new StoreHttp(node, settings).start();
    System.out.println("ready");
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }

  /**
   * Puts a value through the log. A repetition with the same client and call has no further effect
   * and the same reply.
   */
  CompletableFuture<RaftClientReply> put(ClientId client, long call, StoreCommand command) {
    return submit(
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setCallId(call)
            .setType(RaftClientRequest.writeRequestType())
            .setMessage(Message.valueOf(command.encoded())));
  }

  /**
   * Reads after this node has everything that was committed when the read began: it asks the leader
   * for its commit index, the leader asks a majority whether it still leads, and the node waits
   * until it has applied as much.
   */
  CompletableFuture<RaftClientReply> read(String key) {
    return submit(
        RaftClientRequest.newBuilder()
            .setClientId(reader)
            .setCallId(0)
            .setType(RaftClientRequest.readRequestType())
            .setMessage(Message.valueOf(key)));
  }

  /** The value as this node has it now. */
  Optional<String> localValue(String key) {
    return values.value(key);
  }

  /** The node that takes writes, if it is another one and not cut off from this one. */
  Optional<String> otherLeader() throws IOException {
    return Optional.of(status().leader())
        .filter(leader -> !leader.isEmpty() && !leader.equals(settings.id()))
        .filter(leader -> !filter.refuses(leader));
  }

  /** Cuts the connection to these nodes, if they do the same, and to no others. */
  void separateFrom(Set<String> nodes) {
    filter.refuse(nodes);
  }

  /** Writes the values to a file and purges the closed segments of the log that they cover. */
  void takeSnapshot() throws IOException {
    var reply =
        server.snapshotManagement(
            SnapshotManagementRequest.newCreate(
                reader, server.getId(), group.getGroupId(), 0, SNAPSHOT_MILLIS));
    if (!reply.isSuccess()) {
      throw new IOException("no snapshot", reply.getException());
    }
  }

  NodeStatus status() throws IOException {
    var division = server.getDivision(group.getGroupId());
    var info = division.getInfo();
    var leader = info.getLeaderId();
    return new NodeStatus(
        info.getCurrentRole().toString(),
        info.getCurrentTerm(),
        leader == null || (info.isLeader() && !info.isLeaderReady()) ? "" : leader.toString(),
        division.getRaftLog().getLastCommittedIndex(),
        info.getLastAppliedIndex(),
        values.snapshotsInstalled(),
        division.getCommitInfos().stream()
            .filter(_ -> info.isLeader())
            .filter(other -> !name(other).equals(settings.id()))
            .collect(Collectors.toMap(StoreNode::name, CommitInfoProto::getCommitIndex)));
  }

  private CompletableFuture<RaftClientReply> submit(RaftClientRequest.Builder request) {
    try {
      return server.submitClientRequestAsync(
          request.setServerId(server.getId()).setGroupId(group.getGroupId()).build());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String name(CommitInfoProto other) {
    return other.getServer().getId().toStringUtf8();
  }

  private boolean hasData() {
    return Files.isDirectory(settings.directory().resolve(settings.group().toString()));
  }

  private RaftProperties properties() {
    var properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(properties, List.of(settings.directory().toFile()));
    GrpcConfigKeys.Server.setHost(properties, "127.0.0.1");
    GrpcConfigKeys.Server.setPort(properties, settings.self().raftPort());
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(600));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(1_200));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(300));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(600));
    RaftServerConfigKeys.Rpc.setRequestTimeout(properties, millis(1_000));
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    RaftServerConfigKeys.Read.setTimeout(properties, millis(1_000));
    RaftServerConfigKeys.Snapshot.setCreationGap(properties, 1);
    RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, 2);
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("4KB"));
    RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("4KB"));
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
    return properties;
  }

  private static TimeDuration millis(int millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }
}
