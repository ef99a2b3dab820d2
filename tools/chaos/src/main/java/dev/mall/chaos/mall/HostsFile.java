package dev.mall.chaos.mall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names that one process can resolve: its JVM reads this file and asks no server. */
public final class HostsFile {

  public static final String POSTGRES = "postgres.mall.test";
  public static final String KAFKA = "kafka.mall.test";

  private final Path file;
  private final Set<String> names = new TreeSet<>(Set.of("localhost", POSTGRES, KAFKA));

  HostsFile(Path file) {
    this.file = file;
    ownName().ifPresent(names::add);
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write();
  }

  /** The machine's, where it resolves; services ask for it when they start. */
  private static Optional<String> ownName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }

  /** For JAVA_TOOL_OPTIONS: names are resolved by this file, and remembered for a second. */
  String options() {
    return "-Djdk.net.hosts.file='%s' -Dsun.net.inetaddr.ttl=1 -Dsun.net.inetaddr.negative.ttl=1"
        .formatted(file);
  }

  /** From now on the name is unknown. */
  public synchronized void remove(String name) {
    names.remove(name);
    write();
  }

  public synchronized void add(String name) {
    names.add(name);
    write();
  }

  private void write() {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, "127.0.0.1 %s%n".formatted(String.join(" ", names)));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
