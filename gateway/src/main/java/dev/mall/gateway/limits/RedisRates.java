package dev.mall.gateway.limits;

import dev.mall.gateway.limits.Rate.Decision;
import java.util.List;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * Rates that replicas share: {@link Rate#take} as a script, on Redis's clock, in one round trip.
 * The script has no state beside its key, so a Redis that lost its data counts from zero.
 */
final class RedisRates {

  private static final String TAKE =
      """
      local time = redis.call('time')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local per = tonumber(ARGV[1])
      local burst = tonumber(ARGV[2])
      local from = math.max(tonumber(redis.call('get', KEYS[1]) or '0'), now)
      local next = from + per
      local earliest = next - per * burst
      if earliest > now then
        return {0, 0, from - now, earliest - now}
      end
      redis.call('set', KEYS[1], string.format('%.0f', next), 'px', next - now)
      return {1, math.floor((now - earliest) / per), next - now, 0}
      """;

  private final RedissonClient redis;

  RedisRates(RedissonClient redis) {
    this.redis = redis;
  }

  /**
   * @throws org.redisson.client.RedisException if Redis does not answer
   */
  Decision take(String key, Rate rate) {
    List<Long> reply =
        redis
            .getScript(StringCodec.INSTANCE)
            .eval(
                Mode.READ_WRITE,
                TAKE,
                ReturnType.LIST,
                List.of("mall:rate:" + key),
                Long.toString(rate.per().toMillis()),
                Integer.toString(rate.burst()));
    return new Decision(reply.get(0) == 1, reply.get(1).intValue(), reply.get(2), reply.get(3));
  }
}
