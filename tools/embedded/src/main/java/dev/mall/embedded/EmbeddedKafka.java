package dev.mall.embedded;

import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and its controller in this JVM, on 127.0.0.1.
 *
 * <p>A test that wants to kill it runs {@link #main} in a JVM of its own.
 */
public final class EmbeddedKafka extends EmbeddedServer implements KafkaServer {

  private final IntUnaryOperator advertised;
  private @Nullable KafkaRaftServer server;

  public EmbeddedKafka(Place place) {
    this(place, IntUnaryOperator.identity());
  }

  /**
   * @param advertised the port to send clients to, given the broker's own: that of a proxy
   */
  public EmbeddedKafka(Place place, IntUnaryOperator advertised) {
    super("Kafka", place);
    this.advertised = advertised;
  }

  /**
   * Serves until standard input ends, as it does when the parent process dies, or until SIGTERM.
   * Prints {@code ready <port>} when it answers.
   *
   * @param args the directory; the port, or 0; and the port to send clients to, if it is another
   */
  public static void main(String... args) throws IOException {
    var place = Place.lasting(Path.of(args[0]), Integer.parseInt(args[1]));
    var kafka = new EmbeddedKafka(place, own -> args.length > 2 ? Integer.parseInt(args[2]) : own);
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
    kafka.start();
    System.out.println("ready " + kafka.port());
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
    System.exit(0);
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
    formatUnlessDone();
    var broker =
        new KafkaRaftServer(
            KafkaConfig.fromProps(
                KafkaSettings.of(place().data(), port, Ports.free(), advertised.applyAsInt(port))),
            Time.SYSTEM);
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

  private void formatUnlessDone() throws IOException {
    if (Files.exists(place().data().resolve("meta.properties"))) {
      return;
    }
    Directories.delete(place().data()); // formatting was cut short
    var data = Files.createDirectories(place().data()).toString();
    try {
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(KafkaSettings.NODE_ID)
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
}
