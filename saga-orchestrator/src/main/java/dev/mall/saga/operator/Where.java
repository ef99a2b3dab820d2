package dev.mall.saga.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The conditions of a query, with the values of their parameters. */
public final class Where {

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  /**
   * Adds a condition without parameters, unless {@code value} is null. Values that the condition
   * contains literally let the database use partial indexes; they must not come from the caller.
   */
  public <T> Where and(@Nullable T value, Function<T, String> condition) {
    if (value != null) {
      conditions.add(condition.apply(value));
    }
    return this;
  }

  /** Adds a condition with {@code value} as its parameter {@code name}, unless it is null. */
  public Where and(@Nullable Object value, String condition, String name) {
    if (value != null) {
      conditions.add(condition);
      parameters.put(name, value);
    }
    return this;
  }

  @Override
  public String toString() {
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  /** Sets the parameters of the conditions. */
  public StatementSpec fill(StatementSpec statement) {
    return statement.params(parameters);
  }
}
