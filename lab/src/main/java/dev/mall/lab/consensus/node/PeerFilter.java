package dev.mall.lab.consensus.node;

import java.util.Optional;
import java.util.Set;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCall.Listener;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * Refuses what certain nodes send, as a firewall would. Two nodes that refuse each other are
 * separated by a partition, while their clients reach both.
 */
final class PeerFilter implements ServerInterceptor {

  private volatile Set<String> refused = Set.of();

  void refuse(Set<String> nodes) {
    refused = Set.copyOf(nodes);
  }

  boolean refuses(String node) {
    return refused.contains(node);
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {

      private boolean ended;

      @Override
      public void onMessage(Q message) {
        if (!ended && sender(message).filter(PeerFilter.this::refuses).isPresent()) {
          ended = true;
          call.close(Status.UNAVAILABLE.withDescription("partition"), new Metadata());
        }
        if (!ended) {
          super.onMessage(message);
        }
      }

      @Override
      public void onHalfClose() {
        if (!ended) {
          super.onHalfClose();
        }
      }
    };
  }

  /** Empty for a message that is not from a node. */
  private static Optional<String> sender(Object message) {
    return switch (message) {
      case AppendEntriesRequestProto append -> sender(append.getServerRequest());
      case InstallSnapshotRequestProto install -> sender(install.getServerRequest());
      case RequestVoteRequestProto vote -> sender(vote.getServerRequest());
      case ReadIndexRequestProto read -> sender(read.getServerRequest());
      case StartLeaderElectionRequestProto start -> sender(start.getServerRequest());
      default -> Optional.empty();
    };
  }

  private static Optional<String> sender(RaftRpcRequestProto request) {
    return Optional.of(request.getRequestorId().toStringUtf8());
  }
}
