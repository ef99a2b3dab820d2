package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.saga.checkout.Participants;
import dev.mall.saga.runtime.store.SagaSignal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Releases that take turns, forward and back. */
class RollingReleasesIT extends ReleaseFixture {

  /**
   * Releases change from batch to batch, forward and back, while orders come in and replies are
   * repeated and shuffled.
   */
  @Test
  void endsAllSagasOnceWhileReleasesRollForwardAndBack() {
    for (int seed = 0; seed < 5; seed++) {
      var random = new Random(seed);
      clear();
      var shop = new Participants(1_000_000, 1_000_000_000);
      var commands = new HashMap<String, Integer>();
      var orders = new ArrayList<Long>();
      var waiting = new ArrayList<SagaSignal>();
      for (int round = 0; round < 60; round++) {
        if (round < 40) {
          orders.add(newOrder());
          waiting.add(incoming(anOrder(orders.getLast())));
        }
        var release =
            round < 50 ? List.of(older(), both(), newer()).get(random.nextInt(3)) : newer();
        Collections.shuffle(waiting, random);
        int many = round < 50 ? random.nextInt(waiting.size() + 1) : waiting.size();
        var batch = List.copyOf(waiting.subList(0, many));
        waiting.subList(0, many).clear();
        if (!batch.isEmpty()) {
          release.handle(batch);
        }
        release.takeUpDeferred(5);
        drain(shop, commands, waiting, random);
      }

      assertThat(jdbc.sql("select count(*) from deferred_signal").query(Integer.class).single())
          .as("seed %d", seed)
          .isZero();
      assertThat(orders).as("seed %d", seed).allMatch(o -> column("state", o).equals("COMPLETED"));
      assertThat(versions()).as("seed %d", seed).containsExactlyInAnyOrder(1, 2);
      assertThat(commands.values()).as("seed %d: each sent once", seed).containsOnly(1);
    }
  }

  /** Has the commands carried out that wait to be sent; a third of the replies come twice. */
  private void drain(
      Participants shop, Map<String, Integer> commands, List<SagaSignal> waiting, Random random) {
    for (var command : unsent()) {
      commands.merge(command.step().toString(), 1, Integer::sum);
      var reply = incoming(shop.handle(command));
      waiting.add(reply);
      if (random.nextInt(3) == 0) {
        waiting.add(reply);
      }
    }
  }

  private static List<Command> unsent() {
    var codec = replica.bean(MessageCodec.class);
    var found =
        jdbc.sql(
                "select headers::jsonb ->> 'mall-type' as type, payload from outbox order by number")
            .query((row, _) ->
                codec.decode(
                    MessageTypes.named(row.getString("type"))
                        .orElseThrow()
                        .asSubclass(Command.class),
                    1,
                    row.getBytes("payload")))
            .list();
    jdbc.sql("delete from outbox").update();
    return List.<Command>copyOf(found);
  }

  private static List<Integer> versions() {
    return jdbc.sql("select distinct version from saga").query(Integer.class).list();
  }

  /** Knows both, and still starts the first. */
  private SagaRunner both() {
    return release(1, List.of(first, second())).runner();
  }
}
