package dev.mall.lab.consensus.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Texts between a node's process and the lab's. */
class NodeStatusTest {

  @Test
  void aStatusPageIsReadAsItWasWritten() {
    var leader =
        new NodeStatus("LEADER", 3, "store-1", 41, 40, 2, Map.of("store-2", 41L, "store-3", 7L));
    var lost = new NodeStatus("CANDIDATE", 4, "", -1, -1, 0, Map.of());

    assertThat(NodeStatus.parse(leader.text())).isEqualTo(leader);
    assertThat(NodeStatus.parse(lost.text())).isEqualTo(lost);
    assertThat(leader.leads()).isTrue();
    assertThat(lost.leads()).isFalse();
  }

  @Test
  void aCommandLineIsReadAsItWasWritten() {
    var settings =
        new NodeSettings(
            "store-2",
            Path.of("/a/b"),
            new UUID(1, 2),
            List.of(
                new NodeSettings.Peer("store-1", 1, 2), new NodeSettings.Peer("store-2", 3, 4)));

    assertThat(NodeSettings.parse(settings.arguments().toArray(String[]::new))).isEqualTo(settings);
    assertThat(settings.self().httpPort()).isEqualTo(4);
  }

  @Test
  void aCommandIsReadFromTheLogAsItWasWritten() {
    var command = new StoreCommand(true, "key", "value\nof two lines");

    assertThat(StoreCommand.decoded(command.encoded())).isEqualTo(command);
  }

  @Test
  void aConditionalCommandPutsNothingOverAValue() {
    var values = new HashMap<>(Map.of("x", "1"));

    assertThat(new StoreCommand(true, "x", "2").applyTo(values)).isFalse();
    assertThat(new StoreCommand(true, "y", "3").applyTo(values)).isTrue();
    assertThat(new StoreCommand(false, "x", "4").applyTo(values)).isTrue();
    assertThat(values).containsOnly(Map.entry("x", "4"), Map.entry("y", "3"));
  }
}
