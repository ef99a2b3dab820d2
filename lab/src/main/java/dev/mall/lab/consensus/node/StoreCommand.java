package dev.mall.lab.consensus.node;

import java.util.Map;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * An entry of the replicated log: puts a value.
 *
 * @param ifAbsent only if the key has none
 */
record StoreCommand(boolean ifAbsent, String key, String value) {

  /** Keys have no line feeds. */
  ByteString encoded() {
    return ByteString.copyFromUtf8((ifAbsent ? "absent" : "always") + "\n" + key + "\n" + value);
  }

  static StoreCommand decoded(ByteString entry) {
    var parts = entry.toStringUtf8().split("\n", 3);
    return new StoreCommand(parts[0].equals("absent"), parts[1], parts[2]);
  }

  /** Whether the value was put. */
  boolean applyTo(Map<String, String> values) {
    if (ifAbsent) {
      return values.putIfAbsent(key, value) == null;
    }
    values.put(key, value);
    return true;
  }
}
