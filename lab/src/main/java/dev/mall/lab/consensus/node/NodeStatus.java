package dev.mall.lab.consensus.node;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A node as it sees itself and the others: the page {@code /status}.
 *
 * @param role {@code LEADER}, {@code FOLLOWER} or {@code CANDIDATE}
 * @param leader the node that it follows, or itself; empty if it knows none
 * @param committed the index up to which it knows entries to be on a majority
 * @param applied the index up to which its values are
 * @param snapshotsInstalled received from a leader since the process started
 * @param followers only of a leader: commit index of each node that follows, as last reported
 */
public record NodeStatus(
    String role,
    long term,
    String leader,
    long committed,
    long applied,
    int snapshotsInstalled,
    Map<String, Long> followers) {

  private static final String FOLLOWER = "follower.";

  public NodeStatus {
    followers = Map.copyOf(followers);
  }

  public boolean leads() {
    return role.equals("LEADER");
  }

  /** A line for each value. */
  public String text() {
    var lines = new TreeMap<String, String>();
    followers.forEach((node, index) -> lines.put(FOLLOWER + node, Long.toString(index)));
    return """
    role=%s
    term=%d
    leader=%s
    committed=%d
    applied=%d
    snapshotsInstalled=%d
    """
            .formatted(role, term, leader, committed, applied, snapshotsInstalled)
        + lines.entrySet().stream()
            .map(line -> line.getKey() + "=" + line.getValue() + "\n")
            .collect(Collectors.joining());
  }

  public static NodeStatus parse(String text) {
    var read = new Properties();
    try {
      read.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new NodeStatus(
        read.getProperty("role"),
        Long.parseLong(read.getProperty("term")),
        read.getProperty("leader"),
        Long.parseLong(read.getProperty("committed")),
        Long.parseLong(read.getProperty("applied")),
        Integer.parseInt(read.getProperty("snapshotsInstalled")),
        read.stringPropertyNames().stream()
            .filter(name -> name.startsWith(FOLLOWER))
            .collect(
                Collectors.toMap(
                    name -> name.substring(FOLLOWER.length()),
                    name -> Long.valueOf(read.getProperty(name)))));
  }
}
