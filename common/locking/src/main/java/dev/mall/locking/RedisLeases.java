package dev.mall.locking;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;

/**
 * The locks as Redis keeps them: one key per name with the owner as its value, which expires with
 * the lease. Each operation is one script, hence atomic and one round trip for any number of names.
 *
 * <p>Every method throws {@link LockStoreUnavailableException} when Redis does not answer within
 * the configured timeout, and at once while the circuit breaker is open.
 */
final class RedisLeases {

  /** Where releases are announced. */
  static final String RELEASED = "mall:lock:released";

  private static final String KEY_PREFIX = "mall:lock:";

  /** Answers 0, or the remaining lease in ms of a lock that is busy. */
  private static final String ACQUIRE =
      """
      for _, name in ipairs(KEYS) do
        local left = redis.call('pttl', name)
        if left ~= -2 then return math.max(left, 1) end
      end
      for _, name in ipairs(KEYS) do
        redis.call('set', name, ARGV[1], 'px', ARGV[2])
      end
      return 0
      """;

  private static final String RELEASE =
      """
      local freed = 0
      for _, name in ipairs(KEYS) do
        if redis.call('get', name) == ARGV[1] then
          freed = freed + redis.call('del', name)
        end
      end
      if freed > 0 then redis.call('publish', ARGV[2], '') end
      return freed
      """;

  private static final String HOLDER =
      "return {redis.call('get', KEYS[1]), redis.call('pttl', KEYS[1])}";

  private final RedissonClient redisson;
  private final CircuitBreaker breaker;

  RedisLeases(RedissonClient redisson, CircuitBreaker breaker) {
    this.redisson = redisson;
    this.breaker = breaker;
  }

  /**
   * Takes all of {@code names} or none.
   *
   * @return empty if they are taken; else how long a lock that is in the way will last at most
   */
  Optional<Duration> acquire(Set<String> names, String owner, Duration lease) {
    try {
      long busyMillis =
          guarded(() ->
              script()
                  .<Long>eval(
                      Mode.READ_WRITE,
                      ACQUIRE,
                      ReturnType.LONG,
                      keys(names),
                      owner,
                      Long.toString(lease.toMillis())));
      return busyMillis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(busyMillis));
    } catch (LockStoreUnavailableException unavailable) {
      if (!(unavailable.getCause() instanceof CallNotPermittedException)) {
        releaseUnheard(names, owner); // it may have been taken, only the answer was late
      }
      throw unavailable;
    }
  }

  /**
   * Frees those of {@code names} that {@code owner} still holds; answers how many. Passes by the
   * circuit breaker: it may have opened since, and a lock that is not freed blocks all replicas.
   */
  long release(Set<String> names, String owner) {
    return answered(() ->
        script()
            .<Long>eval(Mode.READ_WRITE, RELEASE, ReturnType.LONG, keys(names), owner, RELEASED));
  }

  Optional<LockHolder> holder(String name) {
    List<@Nullable Object> answer =
        guarded(() -> script().eval(Mode.READ_ONLY, HOLDER, ReturnType.LIST, keys(Set.of(name))));
    return answer.get(0) instanceof String owner && answer.get(1) instanceof Long left
        ? Optional.of(new LockHolder(owner, Duration.ofMillis(left)))
        : Optional.empty();
  }

  private void releaseUnheard(Set<String> names, String owner) {
    var _ =
        script().evalAsync(Mode.READ_WRITE, RELEASE, ReturnType.LONG, keys(names), owner, RELEASED);
  }

  private RScript script() {
    return redisson.getScript(StringCodec.INSTANCE);
  }

  private <T> T guarded(Supplier<T> call) {
    return answered(() -> breaker.executeSupplier(call));
  }

  private static <T> T answered(Supplier<T> call) {
    try {
      return call.get();
    } catch (CallNotPermittedException | RedisException unavailable) {
      throw new LockStoreUnavailableException(unavailable);
    }
  }

  private static List<Object> keys(Set<String> names) {
    return names.stream().<Object>map(KEY_PREFIX::concat).toList();
  }
}
