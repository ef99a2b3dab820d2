package dev.mall.lab.locks.etcd;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three etcd servers on 127.0.0.1 with data in a temporary directory. */
final class EtcdServers implements AutoCloseable {

  private static final int SIZE = 3;

  private final Path program;
  private final Path directory;
  private final List<Member> members = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private record Member(String name, int clientPort, int peerPort) {

    String client() {
      return "http://127.0.0.1:" + clientPort;
    }

    String peer() {
      return "http://127.0.0.1:" + peerPort;
    }
  }

  private EtcdServers(Path program, Path directory) {
    this.program = program;
    this.directory = directory;
  }

  /** The program, if it is on the PATH. */
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "etcd"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts them; they answer a little later. */
  static EtcdServers start(Path program) throws IOException {
    var servers = new EtcdServers(program, Files.createTempDirectory("mall-etcd-"));
    var ports = freePorts(2 * SIZE);
    for (int i = 0; i < SIZE; i++) {
      servers.members.add(new Member("etcd" + i, ports.get(2 * i), ports.get(2 * i + 1)));
    }
    for (int i = 0; i < SIZE; i++) {
      servers.processes.add(servers.launch(i));
    }
    return servers;
  }

  /** Addresses for clients; any server answers for all. */
  List<String> addresses() {
    return members.stream().map(Member::client).toList();
  }

  void kill(int server) {
    processes.get(server).destroyForcibly().onExit().join();
  }

  /** Starts it with its data. */
  void restart(int server) throws IOException {
    processes.set(server, launch(server));
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < processes.size(); i++) {
      kill(i);
    }
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Process launch(int server) throws IOException {
    var member = members.get(server);
    var log = directory.resolve(member.name() + ".log").toFile();
    return new ProcessBuilder(
            program.toString(),
            "--name=" + member.name(),
            "--data-dir=" + directory.resolve(member.name()),
            "--listen-client-urls=" + member.client(),
            "--advertise-client-urls=" + member.client(),
            "--listen-peer-urls=" + member.peer(),
            "--initial-advertise-peer-urls=" + member.peer(),
            "--initial-cluster="
                + members.stream()
                    .map(each -> each.name() + "=" + each.peer())
                    .collect(Collectors.joining(",")))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log))
        .start();
  }

  private static List<Integer> freePorts(int count) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    var ports = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (var socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
