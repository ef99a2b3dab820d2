package dev.mall.lab.consensus.linearizability;

import dev.mall.lab.consensus.linearizability.KeyedValues.Got;
import dev.mall.lab.consensus.linearizability.KeyedValues.Operation;
import dev.mall.lab.consensus.linearizability.KeyedValues.Put;
import dev.mall.lab.consensus.linearizability.KeyedValues.PutIfAbsent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Histories of the key x. */
final class RandomCalls {

  private static final int VALUES = 2;

  private RandomCalls() {}

  /** Answers at random, so that about half of the histories are linearizable. */
  static List<ClientCall<Operation>> of(Random random, int count) {
    var calls = new ArrayList<ClientCall<Operation>>();
    var free = new long[3]; // a client's calls come one after the other
    for (int i = 0; i < count; i++) {
      int client = random.nextInt(free.length);
      long from = Math.max(i, free[client]) + random.nextInt(2);
      long to = random.nextInt(8) == 0 ? ClientCall.UNANSWERED : from + random.nextInt(5);
      if (from == ClientCall.UNANSWERED || free[client] == ClientCall.UNANSWERED) {
        continue;
      }
      free[client] = to == ClientCall.UNANSWERED ? to : to + 1;
      calls.add(
          new ClientCall<>("c" + client, operation(random, to != ClientCall.UNANSWERED), from, to));
    }
    return calls;
  }

  private static Operation operation(Random random, boolean answered) {
    var value = Integer.toString(random.nextInt(VALUES));
    return switch (random.nextInt(answered ? 4 : 2)) {
      case 0 -> new Put("x", value);
      case 1 ->
          new PutIfAbsent(
              "x", value, answered ? Optional.of(random.nextBoolean()) : Optional.empty());
      default -> new Got("x", random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value));
    };
  }

  /** Answers of a map: each call takes effect at a moment of its own. */
  static List<ClientCall<Operation>> ofARealObject(Random random, int clients, int count) {
    record Plan(int client, boolean write, String value, long from, long effect, long to) {}
    var plans = new ArrayList<Plan>();
    var free = new long[clients];
    for (int i = 0; i < count; i++) {
      int client = i % clients;
      long from = free[client] + random.nextInt(3);
      long effect = from + random.nextInt(4);
      long to = effect + random.nextInt(4);
      free[client] = to + 1;
      plans.add(new Plan(client, random.nextBoolean(), "v" + i, from, effect, to));
    }
    plans.sort(Comparator.comparingLong(Plan::effect));
    var calls = new ArrayList<ClientCall<Operation>>();
    Optional<String> value = Optional.empty();
    for (var plan : plans) {
      Operation operation;
      if (plan.write()) {
        value = Optional.of(plan.value());
        operation = new Put("x", plan.value());
      } else {
        operation = new Got("x", value);
      }
      calls.add(new ClientCall<>("c" + plan.client(), operation, plan.from(), plan.to()));
    }
    return calls;
  }
}
