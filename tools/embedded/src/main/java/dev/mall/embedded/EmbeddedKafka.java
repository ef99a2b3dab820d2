package dev.mall.embedded;

import dev.mall.embedded.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and its controller in this JVM, on 127.0.0.1; alone, or a {@link KafkaNode} of a
 * cluster.
 *
 * <p>A test that wants to kill it runs {@link #main} in a JVM of its own.
 */
public final class EmbeddedKafka extends EmbeddedServer implements KafkaServer {

  private final IntUnaryOperator advertised;
  private final Supplier<KafkaNode> node;
  private final Map<String, String> settings;
  private @Nullable KafkaRaftServer server;

  public EmbeddedKafka(Place place) {
    this(place, Map.of());
  }

  /**
   * @param settings of the broker, which take the place of the usual ones; its listeners are {@code
   *     BROKER} for clients, {@code INTERNAL} and {@code CONTROLLER}
   */
  public EmbeddedKafka(Place place, Map<String, String> settings) {
    this(place, IntUnaryOperator.identity(), KafkaNode::alone, settings);
  }

  /**
   * @param advertised the port to send clients to, given the broker's own: that of a proxy
   * @param node asked for at each start
   */
  private EmbeddedKafka(
      Place place,
      IntUnaryOperator advertised,
      Supplier<KafkaNode> node,
      Map<String, String> settings) {
    super("Kafka", place);
    this.advertised = advertised;
    this.node = node;
    this.settings = Map.copyOf(settings);
  }

  /**
   * Serves until standard input ends, as it does when the parent process dies, or until SIGTERM.
   * Prints {@code ready <port>} when it answers.
   *
   * @param args the directory; the port, or 0; the port to send clients to, if it is another; and
   *     for a node of a cluster its id and the controller ports of all nodes
   */
  public static void main(String... args) throws IOException {
    var place = Place.lasting(Path.of(args[0]), Integer.parseInt(args[1]));
    var kafka =
        new EmbeddedKafka(
            place,
            own -> args.length > 2 ? Integer.parseInt(args[2]) : own,
            args.length > 3 ? () -> node(args) : KafkaNode::alone,
            Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
    kafka.start();
    System.out.println("ready " + kafka.port());
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static KafkaNode node(String... args) {
    return new KafkaNode(
        Integer.parseInt(args[3]), Arrays.stream(args).skip(4).map(Integer::valueOf).toList());
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }

  @Override
  public boolean running() {
    return server != null;
  }

  @Override
  void launch(int port) throws IOException {
    var current = node.get();
    formatUnlessDone(current);
    var properties = KafkaSettings.of(current, place().data(), port, advertised.applyAsInt(port));
    properties.putAll(settings);
    var broker = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    try {
      broker.startup();
      server = broker;
    } catch (RuntimeException e) {
      broker.shutdown();
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  void halt() {
    var broker = server;
    if (broker != null) {
      broker.shutdown();
      broker.awaitShutdown();
      server = null;
    }
  }

  /** It lives and dies with its JVM. */
  @Override
  void endLeftover() {}

  private void formatUnlessDone(KafkaNode current) throws IOException {
    if (Files.exists(place().data().resolve("meta.properties"))) {
      return;
    }
    Directories.delete(place().data()); // formatting was cut short
    var data = Files.createDirectories(place().data()).toString();
    try {
      new Formatter()
          .setClusterId(clusterId(current).toString())
          .setNodeId(current.id())
          .setControllerListenerName(KafkaSettings.CONTROLLER)
          .setMetadataLogDirectory(data)
          .addDirectory(data)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()))
          .run();
    } catch (Exception e) { // declared so
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Nodes of a cluster have the same; a lone one has its own. */
  private static Uuid clusterId(KafkaNode node) {
    return node.controllerPorts().size() == 1
        ? Uuid.randomUuid()
        : new Uuid(node.controllerPorts().getFirst(), node.controllerPorts().getLast());
  }
}
