package dev.mall.contracts.wire;

import dev.mall.contracts.Message;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name under which each message travels. It is the record's own, so a record must not be
 * renamed once it has been sent.
 */
public final class MessageTypes {

  private static final Map<String, Class<? extends Message>> BY_NAME =
      leaves(Message.class)
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  private MessageTypes() {}

  public static String nameOf(Class<? extends Message> type) {
    return type.getSimpleName();
  }

  /** Empty for a name that no message in this release has. */
  public static Optional<Class<? extends Message>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Every message there is. */
  public static Stream<Class<? extends Message>> all() {
    return BY_NAME.values().stream();
  }

  private static Stream<Class<? extends Message>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageTypes::leaves)
        : Stream.of(type.asSubclass(Message.class));
  }
}
