package dev.mall.messaging.envelope;

import dev.mall.contracts.Message;
import dev.mall.contracts.wire.MessageTypes;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which versions of each message this release reads, and which one it writes. The record in {@code
 * contracts} always has the shape of the newest version that is read; older bodies are upgraded to
 * it when they are read, and it is downgraded when an older version is written.
 *
 * <p>A new version takes two releases: the first reads it and writes the one before, the second
 * writes it. {@code docs/messages.md} has the steps.
 */
final class MessageVersions {

  /** Every message is still at its first version. */
  static final MessageVersions CURRENT = new MessageVersions(Map.of());

  private static final History FIRST = new History(1, 1, List.of());

  private final Map<String, History> byType;

  /**
   * @param changed the messages that have had more than one version
   */
  MessageVersions(Map<String, History> changed) {
    this.byType = Map.copyOf(changed);
  }

  /**
   * The versions of one message.
   *
   * @param oldest the oldest version that is read
   * @param written the version that is written
   * @param changes from each version to the next, beginning at {@code oldest}
   */
  record History(int oldest, int written, List<Change> changes) {

    History {
      changes = List.copyOf(changes);
      if (oldest < 1 || written < oldest || written > oldest + changes.size()) {
        throw new IllegalArgumentException(
            "cannot write version %d of %d to %d"
                .formatted(written, oldest, oldest + changes.size()));
      }
    }

    int newest() {
      return oldest + changes.size();
    }

    boolean reads(int version) {
      return version >= oldest && version <= newest();
    }

    /** Brings the body of an older message into the newest shape. */
    void upgrade(ObjectNode body, int from) {
      changes.subList(from - oldest, changes.size()).forEach(change -> change.upgrade(body));
    }

    /** Brings a body of the newest shape into the one that is written. */
    void downgrade(ObjectNode body) {
      changes
          .subList(written - oldest, changes.size())
          .reversed()
          .forEach(change -> change.downgrade(body));
    }
  }

  /** The difference between a version and the next; changes the body in place. */
  interface Change {

    void upgrade(ObjectNode body);

    void downgrade(ObjectNode body);
  }

  History of(Class<? extends Message> type) {
    return byType.getOrDefault(MessageTypes.nameOf(type), FIRST);
  }
}
