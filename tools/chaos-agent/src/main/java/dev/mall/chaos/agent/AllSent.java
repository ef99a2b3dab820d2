package dev.mall.chaos.agent;

import java.util.HashSet;
import java.util.List;

/** Says of rows that they were sent. */
public final class AllSent {

  private AllSent() {}

  /**
   * The shipment that would be, had every row been acknowledged.
   *
   * @param shipment what really came of it
   * @param rows those that were to be sent
   */
  public static Object of(Object shipment, List<?> rows) throws ReflectiveOperationException {
    var numbers = new HashSet<>();
    for (var row : rows) {
      var number = row.getClass().getDeclaredMethod("number");
      number.setAccessible(true);
      numbers.add(number.invoke(row));
    }
    var all = shipment.getClass().getDeclaredConstructors()[0];
    all.setAccessible(true);
    return all.newInstance(numbers, List.of());
  }
}
