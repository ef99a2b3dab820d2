package dev.mall.lab.consensus.linearizability;

import dev.mall.lab.consensus.linearizability.KeyedValues.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A key-value store, one key at a time; the state is the key's value, or empty. */
public final class KeyedValues implements SequentialObject<Optional<String>, Operation> {

  private static final KeyedValues OBJECT = new KeyedValues();

  private KeyedValues() {}

  /** A question about a key and its answer. */
  public sealed interface Operation {
    String key();
  }

  public record Got(String key, Optional<String> value) implements Operation {}

  public record Put(String key, String value) implements Operation {}

  /**
   * Puts a value if the key has none.
   *
   * @param done whether it did; empty if the answer did not come
   */
  public record PutIfAbsent(String key, String value, Optional<Boolean> done)
      implements Operation {}

  /** Judges each key. */
  public static Map<String, Linearization<Operation>> linearized(
      List<ClientCall<Operation>> calls) {
    return Linearization.byKey(Operation::key, OBJECT, calls);
  }

  @Override
  public Optional<String> initial() {
    return Optional.empty();
  }

  @Override
  public Optional<Optional<String>> after(Optional<String> state, Operation operation) {
    return switch (operation) {
      case Got got -> got.value().equals(state) ? Optional.of(state) : Optional.empty();
      case Put put -> Optional.of(Optional.of(put.value()));
      case PutIfAbsent put ->
          put.done().orElse(state.isEmpty()) == state.isEmpty()
              ? Optional.of(state.or(() -> Optional.of(put.value())))
              : Optional.empty();
    };
  }
}
