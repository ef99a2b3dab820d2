package dev.mall.chaos.mall;

import dev.mall.embedded.Ports;
import dev.mall.verifier.books.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which services run, and how.
 *
 * @param root of the repository, where the services' jars are built
 * @param doubled services that have two replicas; the others have one
 * @param settings environment variables that every service gets beside the usual ones
 */
public record Staffing(Path root, Set<Service> doubled, Map<String, String> settings) {

  public static final String OPERATOR_TOKEN = "let-me-in";

  /** Times short enough to be passed often. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "SPRING_APPLICATION_JSON",
          """
          {"mall": {
            "orders": {"announce-again-after": "5s", "announce-every": "1s"},
            "inventory": {"hold": "6s", "sweep-at-most": "2s"},
            "saga": {"place-order": {"steps": {
              "reserve": {"timeout": "3s"}, "pay": {"timeout": "3s"},
              "commit": {"timeout": "3s"}, "confirm": {"timeout": "3s"},
              "notify": {"timeout": "3s"}, "release": {"timeout": "3s"},
              "refund": {"timeout": "3s"}, "cancel": {"timeout": "3s"}}}}}}
          """);

  /** Two replicas of those that share work by leases and locks. */
  public static Staffing usual(Path root) {
    return new Staffing(root, EnumSet.of(Service.INVENTORY, Service.SAGA), IMPATIENT);
  }

  /** Two replicas of these and no others. */
  public Staffing doubling(Service... services) {
    return new Staffing(root, Set.of(services), settings);
  }

  List<Replica> hire(Mall mall) {
    var replicas = new ArrayList<Replica>();
    for (var service : Service.values()) {
      int count = doubled.contains(service) ? 2 : 1;
      var unpacked = Unpacked.of(jarOf(service), service.title(), mall.home().resolve("jars"));
      IntStream.rangeClosed(1, count)
          .mapToObj(number -> replica(mall, service, unpacked, count == 1 ? "" : "-" + number))
          .forEach(replicas::add);
    }
    return replicas;
  }

  private Replica replica(Mall mall, Service service, Unpacked unpacked, String suffix) {
    var name = service.title() + suffix;
    int port = Ports.free();
    var control = mall.home().resolve("control").resolve(name);
    var command = new ProcessBuilder(commandLine(unpacked, control)).redirectErrorStream(true);
    command.redirectOutput(
        ProcessBuilder.Redirect.appendTo(mall.home().resolve(name + ".log").toFile()));
    var environment = command.environment();
    var its = "MALL_%s_".formatted(service);
    environment.put(its + "PORT", Integer.toString(port));
    environment.put(
        its + "DB_URL",
        "jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(mall.linkToDatabaseOf(service).port(), Mall.databaseOf(service)));
    environment.put(its + "DB_USER", Mall.databaseOf(service));
    environment.put(its + "DB_PASSWORD", mall.postgres().password());
    environment.put("MALL_KAFKA_SERVERS", mall.kafkaServers());
    environment.put("MALL_REDIS_URL", "redis://127.0.0.1:" + mall.linkToRedis().port());
    environment.put("MALL_OPERATOR_TOKEN", OPERATOR_TOKEN);
    environment.putAll(settings);
    return new Replica(service, name, port, command, control);
  }

  private List<String> commandLine(Unpacked service, Path control) {
    var agent = root.resolve("chaos-points/target/mall-chaos-points.jar");
    return List.of(
        Jvm.program(),
        "-XX:TieredStopAtLevel=1", // quick to start, which is most of what it does here
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-Xss512k",
        "-Duser.timezone=UTC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-javaagent:%s=%s".formatted(agent, control),
        "-cp",
        service.classPath(),
        service.mainClass());
  }

  private Path jarOf(Service service) {
    var target = root.resolve(service.title()).resolve("target");
    var jars = FileSystems.getDefault().getPathMatcher("glob:mall-*-exec.jar");
    try (var files = Files.list(target)) {
      return files
          .filter(file -> jars.matches(file.getFileName()))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no jar was built in " + target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
