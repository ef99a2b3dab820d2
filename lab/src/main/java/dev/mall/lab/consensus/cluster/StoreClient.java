package dev.mall.lab.consensus.cluster;

import dev.mall.embedded.process.Waiting;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A client of the store that reaches certain nodes. It asks one after the other until one answers,
 * and numbers its writes, so that a repeated one takes effect once.
 */
public final class StoreClient {

  /** Once to each node. */
  public static final Duration ONE_ATTEMPT = Duration.ZERO;

  /** Longer than an election takes. */
  public static final Duration PATIENTLY = Duration.ofSeconds(15);

  private final UUID id = UUID.randomUUID();
  private final AtomicLong calls = new AtomicLong();
  private final List<NodeProcess> nodes;
  private final Duration patience;

  public StoreClient(Duration patience, NodeProcess... nodes) {
    this.patience = patience;
    this.nodes = List.of(nodes);
  }

  /** How a node answers a read. */
  public enum ReadMode {
    /** With the value that it has. */
    LOCAL,
    /** When it has everything that was committed before the read. */
    LINEARIZABLE
  }

  /**
   * @param value empty if the key has none
   */
  public record Found(Optional<String> value) {}

  /** Whether a majority has the value; if not, it may have it later, or never. */
  public boolean put(String key, String value) {
    return write(key, value, "").isPresent();
  }

  /** Whether the key had no value before; empty if no majority answered. */
  public Optional<Boolean> putIfAbsent(String key, String value) {
    return write(key, value, "&if=absent").map(response -> Boolean.valueOf(response.body()));
  }

  /** Empty if no node could answer. */
  public Optional<Found> get(String key, ReadMode mode) {
    var path =
        "/values/%s?read=%s".formatted(key, mode == ReadMode.LOCAL ? "local" : "linearizable");
    return answer(node -> node.http().get(path))
        .map(response ->
            new Found(Optional.of(response.body()).filter(_ -> response.statusCode() == 200)));
  }

  private Optional<HttpResponse<String>> write(String key, String value, String condition) {
    var path =
        "/values/%s?client=%s&call=%d%s".formatted(key, id, calls.incrementAndGet(), condition);
    return answer(node -> node.http().put(path, value));
  }

  private Optional<HttpResponse<String>> answer(
      Function<NodeProcess, Optional<HttpResponse<String>>> request) {
    var found = new AtomicReference<Optional<HttpResponse<String>>>(Optional.empty());
    Waiting.until(
        patience,
        () -> {
          found.set(
              nodes.stream()
                  .filter(NodeProcess::isAlive)
                  .flatMap(node -> request.apply(node).stream())
                  .filter(response -> response.statusCode() < 300)
                  .findFirst());
          return found.get().isPresent();
        });
    return found.get();
  }
}
